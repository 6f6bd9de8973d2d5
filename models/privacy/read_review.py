from odoo import api, fields, models
from odoo.tools import format_datetime

from .sealing import SealedText


class ReadReview(models.Model):
    """The privacy officer has looked at who read without a task on the case, and signs for it.

    Promise: who signed, when, for which period and for how many readings is counted by the
    system and cannot be changed afterwards; the periods follow one another without a gap.
    """

    _name = "aggression.read.review"
    _description = "Review of the read log"
    _inherit = ["aggression.append.only", "aggression.guarded"]
    _rec_name = "at"
    _order = "id desc"
    _log_access = False

    _guarded = frozenset({"at", "user_id", "company_id", "from_at", "readings", "people"})

    at = fields.Datetime("Signed at", required=True, readonly=True)
    user_id = fields.Many2one(
        "res.users", "Signed by", required=True, readonly=True, ondelete="restrict"
    )
    company_id = fields.Many2one(
        "res.company", "Municipality", required=True, readonly=True, ondelete="restrict"
    )
    from_at = fields.Datetime("From", required=True, readonly=True)
    readings = fields.Integer(readonly=True, aggregator=None)
    people = fields.Integer(readonly=True, aggregator=None)
    note = SealedText("What was found", required=True)

    @api.depends("at")
    @api.depends_context("lang", "tz")
    def _compute_display_name(self):
        for review in self:
            review.display_name = format_datetime(self.env, review.at, dt_format="short")

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._refuse_guarded(vals)
        return super(ReadReview, self._unlocked()).create(
            [{**vals, **self._found()} for vals in vals_list]
        )

    @api.model
    def _found(self):
        """Return what there is to sign for: everything since the review before this one."""
        now = fields.Datetime.now()
        company = self.env.company
        log, own = self.env["aggression.read.log"], [("company_id", "=", company.id)]
        start = self.search(own, limit=1).at or log.search(own, order="id", limit=1).at or now
        domain = own + self._to_review(start, now)
        ((readings, people),) = log._read_group(domain, [], ["__count", "user_id:count_distinct"])
        return {
            "at": now,
            "user_id": self.env.uid,
            "company_id": company.id,
            "from_at": start,
            "readings": readings,
            "people": people,
        }

    @api.model
    def _to_review(self, start, end):
        return [("without_task", "=", True), ("at", ">=", start), ("at", "<", end)]

    def action_show_readings(self):
        """Show the readings that this review is about."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "aggression_protocol.read_log_without_task_action"
        )
        return {
            **action,
            "context": {},
            "domain": self._to_review(self.from_at, self.at),
        }
