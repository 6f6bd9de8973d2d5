from odoo import models


class Incident(models.Model):
    """The clocks of a case start when it is closed, and stop when it is opened again."""

    _inherit = "aggression.incident"

    def _move(self, target, **values):
        result = super()._move(target, **values)
        if "closed_at" in values:
            self.env["aggression.retention"]._refresh(self)
        return result
