from odoo import fields, models

from ..models.privacy.access import HANDLER
from ..models.privacy.sealing import SealedChar


class GirWizard(models.TransientModel):
    """Write down under which number a case is in GIR (M6)."""

    _name = "aggression.gir.wizard"
    _description = "Register in GIR"
    _inherit = "aggression.case.wizard"
    _parts = (HANDLER,)

    reference = SealedChar("Number in GIR", required=True)
    day = fields.Date("Registered on", required=True, default=fields.Date.context_today)

    def action_save(self):
        """Keep the number and the day with the case."""
        self._require_case()
        incident = self.incident_id
        incident._register_in_gir(self.reference, self.day)
        return self._finish(incident.sudo())
