"""A file with which somebody puts a time into their own agenda (iCalendar, RFC 5545).

In it stand the time and an opaque reference, and no name, place or reason: others look into an
agenda too (C5).
"""

import pytz
import vobject

from ...rules.terms import local


def agenda_file(reference, summary, start, end, zone, now, status="CONFIRMED"):
    """Return the bytes of a file with one event.

    :param str reference: what agendas know it by, so that a later file takes its place
    :param datetime start: and ``end`` and ``now``, naive UTC
    :param str zone: of the clock that people read, through the changes to summer time
    """
    calendar = vobject.iCalendar()
    event = calendar.add("vevent")
    event.add("uid").value = reference
    event.add("dtstamp").value = pytz.utc.localize(now)
    event.add("dtstart").value = _on_the_clock(start, zone)
    event.add("dtend").value = _on_the_clock(end, zone)
    event.add("summary").value = summary
    event.add("status").value = status
    event.add("class").value = "PRIVATE"
    return calendar.serialize().encode()


def _on_the_clock(moment, zone):
    """Return a naive UTC moment as the clock shows it, in a zone that vobject can name."""
    return local(moment, zone).astimezone(pytz.timezone(zone))
