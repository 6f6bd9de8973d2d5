from odoo import models


class Protocol(models.Model):
    _inherit = "aggression.protocol"

    def _clock(self, moment):
        """Return a moment as people in the municipality read it on their clock, in words."""
        if not moment:
            return ""
        return self.env["ir.qweb.field.datetime"].value_to_html(
            moment, {"format": "EEEE d MMMM, HH:mm", "tz_name": self.timezone}
        )
