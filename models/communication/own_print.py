from odoo import models


class DataSubject(models.AbstractModel):
    """The words by which a colleague is informed, on the own print of whom they are about (C4)."""

    _inherit = "aggression.data.subject"

    def _on_own_print(self, person):
        told = self.env["aggression.briefing"].sudo().search([("affected_id", "=", person.id)])
        label = self.env._("What a colleague whom you trust can read")
        return super()._on_own_print(person) + [(label, one.text) for one in told]
