from odoo import fields, models
from odoo.exceptions import UserError

from ..models.meeting.disturbance import MOMENTS, PURPOSES
from ..models.privacy.access import DECIDER, HANDLER
from ..models.privacy.sealing import SealedText

FORCE, CORRECT = "force", "correct"
DEMAND = ("demand", "A demand to leave")


class MeetingNote(models.TransientModel):
    """Why force was used in a meeting, or what time something really was (H3 to H7)."""

    _name = "aggression.meeting.note"
    _description = "Note on a disturbed meeting"
    _inherit = "aggression.case.wizard"
    _parts = (HANDLER, DECIDER)
    _about = ("disturbance_id",)

    disturbance_id = fields.Many2one("aggression.meeting.disturbance", readonly=True)
    step = fields.Selection(
        [(FORCE, "Force was used"), (CORRECT, "Put a time right")], required=True, default=CORRECT
    )
    purpose = fields.Selection(PURPOSES, "What for")
    moment = fields.Selection([*MOMENTS, DEMAND], "What")
    demand_number = fields.Integer("Which demand", default=1)
    at = fields.Datetime("When it was", default=lambda self: fields.Datetime.now())
    text = SealedText("Why")

    def action_save(self):
        """Take the step.

        :raises UserError: in one sentence; the screen keeps what was filled in
        """
        self._require_case()
        if not self.disturbance_id:
            raise UserError(self.env._("Open this from the meeting."))
        if self.step == FORCE:
            self.disturbance_id._use_force(self.purpose, self.text)
        elif self.moment == DEMAND[0]:
            demands = self.disturbance_id.demand_ids
            demand = demands.filtered(lambda one: one.number == self.demand_number)
            self.disturbance_id._correct_demand(demand, self.at, self.text)
        elif self.moment:
            self.disturbance_id._correct(self.moment, self.at, self.text)
        else:
            raise UserError(self.env._("Choose which time is put right."))
        return self._close()


class MeetingDisturbance(models.Model):
    _inherit = "aggression.meeting.disturbance"

    def action_force(self):
        """Open the screen for force that was used: it asks what for (H6)."""
        return self._action_note(FORCE, self.env._("Physical force was used"))

    def action_correct(self):
        """Open the screen on which a time is put right."""
        return self._action_note(CORRECT, self.env._("Put a time right"))

    def action_open_case(self):
        """Show the case of this meeting."""
        self.ensure_one()
        self._require(HANDLER, DECIDER)
        return self.incident_id._action_show()

    def _action_note(self, step, name):
        self.ensure_one()
        self._require(HANDLER, DECIDER)
        return self.incident_id._action_wizard(
            "aggression.meeting.note", name, disturbance_id=self.id, step=step
        )
