from odoo import fields, models

from ..models.privacy.access import HANDLER
from ..models.privacy.sealing import SealedChar, SealedText

KNOWN = [
    ("person", "Person"),
    ("group", "Group"),
    ("organisation", "Company or organisation"),
]


class NamingWizard(models.TransientModel):
    """Record who the causer is, when that becomes known later than the report (D2)."""

    _name = "aggression.naming.wizard"
    _description = "The causer is known"
    _inherit = "aggression.case.wizard"
    _parts = (HANDLER,)

    kind = fields.Selection(KNOWN, required=True, default="person")
    name = SealedChar()
    address = SealedText("Name and address for letters")
    accounts = SealedText("E-mail addresses and accounts")
    how = SealedText("How it became known")

    def action_save(self):
        """Keep who it is; from now on the case asks what it asks of a causer who is known."""
        self._require_case()
        values = {name: self[name] for name in ("kind", "name", "address", "accounts")}
        self.incident_id._name_causer(values, self.how)
        return self._finish(self.sudo().incident_id)


class Incident(models.Model):
    _inherit = "aggression.incident"

    def action_name_causer(self):
        """Open the screen for who the causer is."""
        self.ensure_one()
        self._require(HANDLER)
        return self._action_wizard("aggression.naming.wizard", self.env._("The causer is known"))
