from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..privacy.access import HANDLER, PROTECTOR
from ..privacy.sealing import SealedText


class AffectedPerson(models.Model):
    _inherit = "aggression.affected.person"

    protection_ids = fields.One2many("aggression.protection", "affected_id", groups=".")


class Protection(models.Model):
    """How a person is protected, as decided outside the municipality (D7).

    Promise: the most restricted of all. It is read by the person and by who recorded it, or who
    took over that role: not by the others who handle the case, nor by the mayor; for them nothing
    shows that it exists, not in the timeline and not in the list of who is on the case. Who
    records something later on the same person reads that, and not what others recorded.
    """

    _name = "aggression.protection"
    _description = "Protection"
    _inherit = "aggression.personal"
    _order = "decided_on desc, id desc"

    _guarded = frozenset(
        {
            "incident_id",
            "affected_id",
            "authority_id",
            "decided_on",
            "text",
            "until",
            "review_on",
            "reviewed_on",
            "ended_on",
            "end_note",
            "role_id",
            "keeper_id",
        }
    )

    authority_id = fields.Many2one(
        "aggression.protection.authority",
        "Decided by",
        required=True,
        readonly=True,
        ondelete="restrict",
    )
    decided_on = fields.Date(required=True, readonly=True)
    until = fields.Date(readonly=True)
    review_on = fields.Date("Look at it again on", readonly=True)
    text = SealedText("What was decided", required=True, readonly=True)
    reviewed_on = fields.Date("Looked at on", readonly=True)
    ended_on = fields.Date("Ended on", readonly=True)
    end_note = SealedText("Why it ended", readonly=True)
    role_id = fields.Many2one(
        "aggression.role",
        groups=".",
        ondelete="restrict",
        help="The role in which it was recorded: whoever takes that over keeps it.",
    )
    keeper_id = fields.Many2one(
        "res.users", "Kept by", readonly=True, groups=".", ondelete="restrict"
    )
    can_change = fields.Boolean(compute="_compute_can_change")

    _ends_after_it_begins = models.Constraint(
        "CHECK (until IS NULL OR until >= decided_on)",
        "Protection cannot end before it was decided. Correct the dates.",
    )
    _looked_at_later = models.Constraint(
        "CHECK (review_on IS NULL OR review_on >= decided_on)",
        "Protection is looked at again after it was decided. Correct the dates.",
    )
    _to_review = models.Index("(review_on, id) WHERE ended_on IS NULL AND review_on IS NOT NULL")

    @api.depends("ended_on")
    @api.depends_context("uid")
    def _compute_can_change(self):
        for protection in self:
            kept = protection.sudo()._keeper() == self.env.user
            protection.can_change = not protection.ended_on and kept

    def _keeper(self):
        """Return who keeps this, as long as they have that part; in superuser mode."""
        rows = self.affected_id.access_ids.filtered(lambda row: row.role == PROTECTOR)
        return self.keeper_id & rows.user_id

    @api.model
    def _record(self, affected, values):
        """Record what was decided. By a handler of the case, who alone reads it from then on.

        :param aggression.affected.person affected: who is protected
        :param dict values: authority_id, decided_on, until, review_on, text
        :raises AccessError: for who does not handle the case
        :raises UserError: without a text
        """
        affected._require(HANDLER)
        self._check_values(affected, values)
        case = affected.sudo().incident_id
        handler = case.access_ids.filtered(
            lambda row: row.user_id.id == self.env.uid and row.role == HANDLER
        )
        role = handler.role_id[:1] or case.receiver_role_id
        row = case._access_row(
            self.env.uid, PROTECTOR, "granted", affected.sudo(), handler.role_id[:1].id
        )
        self.env["aggression.access"]._grant([row])
        about = {"incident_id": case.id, "affected_id": affected.id, "role_id": role.id}
        self.sudo()._unlocked().create({**values, **about, "keeper_id": self.env.uid})

    @api.model
    def _check_values(self, affected, values):
        protocol = affected.sudo().incident_id.protocol_id
        if not (values.get("text") or "").strip():
            raise UserError(self.env._("Write down what was decided."))
        if values.get("authority_id") not in protocol.authority_ids.ids:
            raise UserError(self.env._("Choose who decided on it."))

    def _require_kept(self):
        """Raise AccessError unless the user is who keeps this, and it still runs."""
        self.ensure_one()
        self.check_access("read")
        if self.sudo()._keeper() != self.env.user:
            raise AccessError(self._no_role_sentence())
        if self.ended_on:
            raise UserError(self.incident_id.sudo()._overtaken())

    def _renew(self, values):
        """Record a later decision, that takes the place of this one. By who keeps it."""
        self._require_kept()
        self._check_values(self.affected_id, values)
        protection = self.sudo()
        protection._unlocked().ended_on = protection.incident_id.protocol_id._today()
        names = ("incident_id", "affected_id", "role_id", "keeper_id")
        about = {name: protection[name].id for name in names}
        protection._unlocked().create({**values, **about})

    def _end(self, note):
        """Record that it is over, and why. By who keeps it."""
        self._require_kept()
        if not (note or "").strip():
            raise UserError(self.env._("Write down why it ended."))
        protection = self.sudo()
        today = protection.incident_id.protocol_id._today()
        protection._unlocked().write({"ended_on": today, "end_note": note})

    def _keep_as_it_is(self, review_on):
        """Record that it was looked at and goes on, and when to look again. By who keeps it."""
        self._require_kept()
        protection = self.sudo()
        today = protection.incident_id.protocol_id._today()
        if not review_on or review_on <= today:
            raise UserError(self.env._("Fill in a later day on which it is looked at again."))
        protection._unlocked().write({"reviewed_on": today, "review_on": review_on})
