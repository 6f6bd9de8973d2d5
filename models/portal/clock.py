from odoo import fields, models
from odoo.tools import format_date

from ...rules.terms import local


class Protocol(models.Model):
    _inherit = "aggression.protocol"

    def _clock(self, moment):
        """Return a moment as people in the municipality read it on their clock, in words.

        The year is said when it is another one than this.
        """
        if not moment:
            return ""
        now = local(fields.Datetime.now(), self.timezone)
        this_year = local(moment, self.timezone).year == now.year
        words = "EEEE d MMMM, HH:mm" if this_year else "EEEE d MMMM yyyy, HH:mm"
        return self.env["ir.qweb.field.datetime"].value_to_html(
            moment, {"format": words, "tz_name": self.timezone}
        )

    def _day_in_words(self, day):
        """Return a day as people read it, in words."""
        return day and format_date(self.env, day, date_format="EEEE d MMMM yyyy")
