from odoo import fields, models

from ..common.agenda_file import agenda_file
from .appointment import AGREED, PROPOSED

# What an agenda says of it; whoever fetches it again sees that it was cancelled.
STATUS = {PROPOSED: "TENTATIVE", AGREED: "CONFIRMED"}


class Appointment(models.Model):
    """An appointment leaves for somebody's own agenda.

    Promise: no calendar of Odoo holds it, whose events a whole office can see; in the file stand
    the time and the reference of the case, and no name, place or reason (C5).
    """

    _inherit = "aggression.appointment"

    def _neutral_name(self):
        """Return the name under which the file leaves."""
        return f"{self.reference}.ics"

    def _as_agenda_file(self):
        """Return this appointment as the bytes of an iCalendar file."""
        self.ensure_one()
        return agenda_file(
            self.reference,
            self.env._("Appointment %(reference)s", reference=self.incident_id.reference),
            self.start_at,
            self.end_at,
            self.incident_id.sudo().protocol_id.timezone,
            fields.Datetime.now(),
            STATUS.get(self.state, "CANCELLED"),
        )
