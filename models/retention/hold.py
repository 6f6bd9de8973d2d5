from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import format_date

from ..privacy.access import HANDLER
from ..privacy.sealing import SealedText


class Hold(models.Model):
    """A case that must not be destroyed before a certain day, and why.

    Promise: set by who handles the case, with a reason and an end, and written in the timeline;
    it ends by itself. It keeps the causer's identity as well as the case (M8).
    """

    _name = "aggression.retention.hold"
    _description = "Not to be destroyed yet"
    _inherit = "aggression.confidential"
    _order = "at desc, id desc"

    _guarded = frozenset(
        {"incident_id", "until", "reason", "by_id", "at", "lifted_at", "lifted_by_id"}
    )

    until = fields.Date("Not before", required=True, readonly=True, help="Last day of the hold.")
    reason = SealedText("Why", required=True, readonly=True)
    by_id = fields.Many2one(
        "res.users", required=True, default=lambda self: self.env.user, readonly=True
    )
    at = fields.Datetime(
        "Since", required=True, default=lambda self: fields.Datetime.now(), readonly=True
    )
    lifted_at = fields.Datetime("Ended early at", readonly=True)
    lifted_by_id = fields.Many2one("res.users", "Ended by", readonly=True, ondelete="restrict")


class Incident(models.Model):
    _inherit = "aggression.incident"

    # Read by code alone, or whether there is one could be asked by who may not read it.
    hold_ids = fields.One2many("aggression.retention.hold", "incident_id", "Holds", groups=".")
    held_until = fields.Date("Not destroyed before", compute="_compute_held_until")

    @api.depends("hold_ids.until", "hold_ids.lifted_at")
    @api.depends_context("uid")
    def _compute_held_until(self):
        """Tell until when a case is held, to who may read its holds."""
        holds = self.env["aggression.retention.hold"]
        if holds.has_access("read"):
            today = fields.Date.context_today(self)
            holds = holds.search(
                Domain("incident_id", "in", self.ids)
                & Domain("lifted_at", "=", False)
                & Domain("until", ">=", today)
            )
        by_case = holds.grouped("incident_id")
        for incident in self:
            days = by_case.get(incident, holds.browse()).mapped("until")
            incident.held_until = max(days, default=False)

    def _hold(self, until, reason):
        """Keep this case from being destroyed before a day has passed.

        :param date until: the last day on which it must be there
        :raises UserError: without a reason, or with a day that has passed
        """
        self._require(HANDLER)
        if not (reason or "").strip():
            raise UserError(self.env._("Say why this case must be kept."))
        case = self.sudo()
        if not until or until <= case.protocol_id._today():
            raise UserError(self.env._("Choose a day in the future until which it must be kept."))
        self.env["aggression.retention.hold"].sudo()._unlocked().create(
            {"incident_id": case.id, "until": until, "reason": reason}
        )
        self._log("held", f"{format_date(self.env, until)}. {reason}")
        self.env["aggression.retention"]._refresh(case)

    def _lift_hold(self, reason):
        """End every hold on this case before its day.

        :raises UserError: without a reason
        """
        self._require(HANDLER)
        if not (reason or "").strip():
            raise UserError(self.env._("Say why this case may go."))
        case = self.sudo()
        running = case.hold_ids.filtered(lambda hold: not hold.lifted_at)
        running._unlocked().write(
            {"lifted_at": fields.Datetime.now(), "lifted_by_id": self.env.uid}
        )
        self._log("released", reason)
        self.env["aggression.retention"]._refresh(case)
