from odoo import fields, models
from odoo.exceptions import UserError

from ..models.privacy.access import HANDLER
from ..models.privacy.groups import TEAM
from ..models.privacy.sealing import SealedChar


class SharingWizard(models.TransientModel):
    """Add a colleague to a case: with a reason, and an entry in the timeline.

    Promise: nobody is added to a case in silence, and nobody who was hit in it comes to handle
    it this way (C3, C5).
    """

    _name = "aggression.sharing.wizard"
    _description = "Add somebody to a case"
    _inherit = "aggression.case.wizard"
    _parts = (HANDLER,)

    user_id = fields.Many2one("res.users", "Who", required=True)
    reason = SealedChar("Why this person is needed", required=True)

    def action_share(self):
        """Give this person access as a handler.

        :raises UserError: for somebody who was hit in the case, who is kept out of it, or who
            cannot open cases at all
        """
        self._require_case()
        incident = self.sudo().incident_id
        if self.user_id in incident.affected_ids.user_id:
            raise UserError(self.env._("This person was hit in this case and cannot handle it."))
        if self.user_id in incident._kept_out():
            raise UserError(self.env._("This person is kept out of this case."))
        on_team = self.user_id.has_group(TEAM)
        if not on_team or not incident._is_of_municipality(self.user_id):
            raise UserError(
                self.env._("This person is not in the case team. Ask the administrator first.")
            )
        row = incident._access_row(self.user_id.id, HANDLER, "granted")
        self.env["aggression.access"]._grant([{**row, "note": self.reason}])
        incident.with_env(self.env)._log("access", f"{self.user_id.name}: {self.reason}")
        return self._finish(incident)


class Incident(models.Model):
    _inherit = "aggression.incident"

    def action_share(self):
        """Open the screen for adding a colleague."""
        self.ensure_one()
        self._require(HANDLER)
        return self._action_wizard("aggression.sharing.wizard", self.env._("Add somebody"))
