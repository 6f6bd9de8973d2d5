from odoo import models
from odoo.tools import format_date

from ..common.choices import choice_in_words


class DataSubject(models.AbstractModel):
    """Who prints what is kept of them finds their appointments; who prints it for them does not."""

    _inherit = "aggression.data.subject"

    def _talks(self, person):
        rows = super()._talks(person)
        if person.user_id != self.env.user:
            return rows
        for one in person._own_care().appointment_ids.sorted("start_at"):
            day = format_date(self.env, one.incident_id.protocol_id._day_of(one.start_at))
            words = (day, choice_in_words(one, "state"), one.place)
            rows.append((self.env._("Appointment"), ". ".join(filter(None, words))))
        return rows
