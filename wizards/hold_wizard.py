from odoo import fields, models
from odoo.exceptions import UserError

from ..models.privacy.access import HANDLER
from ..models.privacy.sealing import SealedText

HOLD, LIFT = "hold", "lift"


class HoldWizard(models.TransientModel):
    """Keep a case from being destroyed for a while, or no longer (M8).

    Promise: it asks for a reason and for an end, and leaves an entry in the timeline.
    """

    _name = "aggression.hold.wizard"
    _description = "Not to be destroyed yet"
    _inherit = "aggression.case.wizard"
    _parts = (HANDLER,)

    step = fields.Selection(
        [(HOLD, "Keep longer"), (LIFT, "No longer keep")],
        required=True,
        default=HOLD,
        readonly=True,
    )
    until = fields.Date("Until and including")
    reason = SealedText("Why", required=True)

    def action_save(self):
        """Take the step and show the case."""
        self._require_case()
        if not (self.reason or "").strip():
            raise UserError(self.env._("Say why this case must be kept."))
        if self.step == HOLD:
            self.incident_id._hold(self.until, self.reason)
        else:
            self.incident_id._lift_hold(self.reason)
        return self._finish(self.sudo().incident_id)


class Incident(models.Model):
    _inherit = "aggression.incident"

    def action_hold(self):
        """Open the screen for keeping this case longer than its term."""
        return self._action_hold_screen(HOLD, self.env._("Keep longer"))

    def action_lift_hold(self):
        """Open the screen for no longer keeping it longer than its term."""
        return self._action_hold_screen(LIFT, self.env._("No longer keep"))

    def _action_hold_screen(self, step, name):
        self.ensure_one()
        self._require(HANDLER)
        action = self._action_wizard("aggression.hold.wizard", name)
        action["context"]["default_step"] = step
        return action
