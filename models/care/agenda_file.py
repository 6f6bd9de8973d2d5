import pytz
import vobject

from odoo import fields, models

from ...rules.terms import local
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
        """Return this appointment as the bytes of an iCalendar file (RFC 5545)."""
        self.ensure_one()
        zone = self.incident_id.sudo().protocol_id.timezone
        calendar = vobject.iCalendar()
        event = calendar.add("vevent")
        event.add("uid").value = self.reference
        event.add("dtstamp").value = pytz.utc.localize(fields.Datetime.now())
        event.add("dtstart").value = _on_the_clock(self.start_at, zone)
        event.add("dtend").value = _on_the_clock(self.end_at, zone)
        event.add("summary").value = self.env._(
            "Appointment %(reference)s", reference=self.incident_id.reference
        )
        event.add("status").value = STATUS.get(self.state, "CANCELLED")
        event.add("class").value = "PRIVATE"
        return calendar.serialize().encode()


def _on_the_clock(moment, zone):
    """Return a naive UTC moment as the clock shows it, in a zone that vobject can name."""
    return local(moment, zone).astimezone(pytz.timezone(zone))
