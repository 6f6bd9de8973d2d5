from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL, format_datetime

PROPOSED, SIGNED, DONE, WITHDRAWN = "proposed", "signed", "done", "withdrawn"


class RetentionRun(models.Model):
    """A list of what is due for destruction, for the privacy officer to sign.

    Promise: it holds numbers and nothing that points at a case; nothing is destroyed that is not
    on a signed list; a list stays for ever and cannot be changed, in the database either. The
    privacy officer signs, who sees no case and gains by the end of none; the machine has chosen
    what is on the list, and who handles the cases was told and could hold them.
    """

    _name = "aggression.retention.run"
    _description = "Destruction list"
    _inherit = ["aggression.append.only", "aggression.guarded"]
    _rec_name = "at"
    _order = "id desc"
    _log_access = False
    _forgets = False
    _guarded = frozenset(
        {"at", "company_id", "state", "signed_at", "signed_by_id", "done_at", "left_out"}
    )
    _retained = ("state", "signed_at", "signed_by_id", "done_at", "left_out")

    at = fields.Datetime("Made at", required=True, readonly=True)
    company_id = fields.Many2one(
        "res.company", "Municipality", required=True, readonly=True, ondelete="restrict"
    )
    state = fields.Selection(
        [
            (PROPOSED, "To be signed"),
            (SIGNED, "Signed"),
            (DONE, "Done"),
            (WITHDRAWN, "Withdrawn: something changed"),
        ],
        required=True,
        readonly=True,
    )
    signed_at = fields.Datetime(readonly=True)
    signed_by_id = fields.Many2one("res.users", "Signed by", readonly=True, ondelete="restrict")
    done_at = fields.Datetime(readonly=True)
    left_out = fields.Integer(
        "Left out afterwards",
        readonly=True,
        aggregator=None,
        help="Cases that were held or opened again between the signature and the destruction.",
    )
    count_ids = fields.One2many("aggression.retention.count", "run_id", "What is on it")
    blocker = fields.Char(compute="_compute_blocker")

    _one_waits = models.UniqueIndex("(company_id) WHERE state = 'proposed'")

    @api.depends("at")
    @api.depends_context("lang", "tz")
    def _compute_display_name(self):
        for run in self:
            run.display_name = format_datetime(self.env, run.at, dt_format="short")

    @api.depends("state")
    @api.depends_context("uid", "lang")
    def _compute_blocker(self):
        for run in self:
            run.blocker = run.state == PROPOSED and run._not_signable_reason()

    def action_sign(self):
        """Sign this list: what is on it will be destroyed. By the privacy officer.

        :return: an action that shows the list, or the new one that took its place
        :raises AccessError: for anybody else
        :raises UserError: in one sentence, when it cannot be signed
        """
        self.ensure_one()
        self.check_access("read")  # the privacy officers of this municipality alone
        run = self.sudo()
        self.env.cr.execute(
            SQL("SELECT FROM aggression_retention_run WHERE id = %s FOR UPDATE", run.id)
        )
        run.invalidate_recordset()
        if run.state != PROPOSED:
            raise UserError(self.env._("This list is not waiting to be signed any more."))
        if reason := self._not_signable_reason():
            raise UserError(reason)
        if run._has_changed():
            return run._replace()._action_show()
        run._set(state=SIGNED, signed_at=fields.Datetime.now(), signed_by_id=self.env.uid)
        self.env.ref("aggression_protocol.cron_destroy").sudo()._trigger()
        return run._action_show()

    def _not_signable_reason(self):
        """Return in one sentence why the user cannot sign this list now, or False."""
        members = self.sudo()._members()
        unchecked = members.term_id.filtered("to_check")
        if unchecked:
            return self.env._(
                "Nobody has checked the retention term %(term)s yet. The functional manager writes "
                "down in the protocol who did, and when.",
                term=", ".join(unchecked.mapped("name")),
            )
        if self.env.user in members.incident_id.access_ids.user_id:
            return self.env._("You have a part in a case on this list. Somebody else has to sign.")
        return False

    def _set(self, **values):
        """Take the next step with this list."""
        self.ensure_one()
        self._retain(SQL("id = %s", self.id), **values)

    def _action_show(self):
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
        }
