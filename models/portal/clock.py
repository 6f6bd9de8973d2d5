from odoo import models
from odoo.tools import format_date


class Protocol(models.Model):
    _inherit = "aggression.protocol"

    def _clock(self, moment):
        """Return a moment as people in the municipality read it on their clock, in words."""
        if not moment:
            return ""
        return self.env["ir.qweb.field.datetime"].value_to_html(
            moment, {"format": "EEEE d MMMM, HH:mm", "tz_name": self.timezone}
        )

    def _day_in_words(self, day):
        """Return a day as people read it, in words."""
        return day and format_date(self.env, day, date_format="EEEE d MMMM yyyy")
