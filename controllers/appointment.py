from datetime import timedelta

import vobject
from vobject.icalendar import utc

from odoo import http
from odoo.http import content_disposition, request


class AppointmentController(http.Controller):
    """A talk for somebody's own calendar, which others may look into.

    Promise: only who takes part in the talk gets it, checked by the ordinary rules; it says when
    and under which reference, and nothing of what it is about or where (V2).
    """

    @http.route(
        "/aggression/appointment/<string:reference>", type="http", auth="user", methods=["GET"]
    )
    def appointment(self, reference):
        talks = request.env["aggression.risk.talk"]
        talk = talks.has_access("read") and talks.search([("reference", "=", reference)])
        if not talk:
            answer = request.env._("This appointment does not exist, or you have no part in it.")
            return request.make_response(answer, [("Content-Type", "text/plain")], status=404)
        return request.make_response(
            _calendar(talk),
            [
                ("Content-Type", "text/calendar; charset=utf-8"),
                ("Content-Disposition", content_disposition(f"{talk.reference}.ics")),
                ("X-Content-Type-Options", "nosniff"),
                ("Cache-Control", "no-store"),
            ],
        )


def _calendar(talk):
    """Return an appointment without content, as calendars read it."""
    calendar = vobject.iCalendar()
    event = calendar.add("vevent")
    start = talk.talk_at.replace(tzinfo=utc)
    event.add("uid").value = talk.reference
    event.add("dtstamp").value = start
    event.add("dtstart").value = start
    event.add("dtend").value = start + timedelta(minutes=talk.minutes)
    event.add("summary").value = talk.env._("Appointment %(reference)s", reference=talk.reference)
    event.add("class").value = "PRIVATE"
    return calendar.serialize()
