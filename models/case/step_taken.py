from odoo import api, fields, models
from odoo.exceptions import UserError

from ..privacy.access import DECIDER, HANDLER, PERSON_HIT, REPORTER
from ..privacy.sealing import SealedChar


class StepTaken(models.Model):
    """One step of a step card that was taken: when, and by whom (H1, H2).

    Promise: it is kept in the words that stood on the card at that moment, whatever the card says
    later.
    """

    _name = "aggression.step.taken"
    _description = "Step taken"
    _inherit = "aggression.confidential"
    _order = "incident_id, at, id"

    _guarded = frozenset({"incident_id", "at", "step", "by_name"})

    at = fields.Datetime("When", required=True, readonly=True)
    step = SealedChar(required=True, readonly=True)
    by_name = SealedChar("By whom", required=True, readonly=True)

    @api.model
    def _record(self, incident, steps, at, by_name):
        """Write down steps that somebody took. By who handles or decides, was hit or reported it.

        :param aggression.step.line steps: of the protocol under which the case was reported
        :param datetime at: naive UTC
        :raises UserError: in one sentence; nothing is kept then
        """
        incident.ensure_one()
        incident._require(HANDLER, DECIDER, PERSON_HIT, REPORTER)
        case = incident.sudo()
        case._check_still_open()
        steps &= case.protocol_id.step_card_ids.line_ids
        if not steps or not (by_name or "").strip():
            raise UserError(self.env._("Choose the steps that were taken, and say who took them."))
        if not at or at > fields.Datetime.now():
            raise UserError(self.env._("Fill in when it was done: not in the future."))
        rows = [
            {"incident_id": case.id, "at": at, "step": step.name, "by_name": by_name}
            for step in steps.sorted()
        ]
        self.sudo()._unlocked().create(rows)
        case._log("steps", "\n".join(row["step"] for row in rows))


class Incident(models.Model):
    _inherit = "aggression.incident"

    step_taken_ids = fields.One2many("aggression.step.taken", "incident_id", "Steps taken")
