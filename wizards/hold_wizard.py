from odoo import fields, models

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
    )
    held_until = fields.Date("Kept until now", related="incident_id.held_until", related_sudo=False)
    until = fields.Date("Until and including")
    reason = SealedText("Why", required=True)

    def action_save(self):
        """Take the step and show the case."""
        self._require_case()
        if self.step == HOLD:
            self.incident_id._hold(self.until, self.reason)
        else:
            self.incident_id._lift_hold(self.reason)
        return self._finish(self.sudo().incident_id)


class Incident(models.Model):
    _inherit = "aggression.incident"

    def action_keep_longer(self):
        """Open the screen for keeping this case longer than its term, or no longer."""
        self.ensure_one()
        self._require(HANDLER)
        return self._action_wizard("aggression.hold.wizard", self.env._("Keep longer"))
