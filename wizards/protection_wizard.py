from odoo import fields, models
from odoo.exceptions import UserError

from ..models.police.protection import DECIDERS
from ..models.privacy.access import HANDLER
from ..models.privacy.sealing import SealedText


class ProtectionWizard(models.TransientModel):
    """Record how somebody is protected, as decided outside the municipality (D7)."""

    _name = "aggression.protection.wizard"
    _description = "Record protection"
    _inherit = "aggression.person.wizard"
    _parts = (HANDLER,)

    person = fields.Char("Who is protected")
    decided_by = fields.Selection(DECIDERS, required=True)
    decided_on = fields.Date(required=True, default=fields.Date.context_today)
    until = fields.Date()
    text = SealedText("What was decided", required=True)

    def action_save(self):
        """Record it; from now on the person and the user behind the call can read it."""
        self._require_case()
        if not self.affected_id:
            raise UserError(self.env._("Say who is protected."))
        self.env["aggression.protection"]._record(
            self.affected_id,
            {name: self[name] for name in ("decided_by", "decided_on", "until", "text")},
        )
        return self._finish(self.sudo().incident_id)


class Incident(models.Model):
    _inherit = "aggression.incident"

    def action_protect(self):
        """Open the screen for protection that was decided."""
        self.ensure_one()
        self._require(HANDLER)
        return self._action_wizard("aggression.protection.wizard", self.env._("Record protection"))
