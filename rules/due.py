"""By when something must be done, and when somebody has to look whether it was.

Moments are naive UTC, as in :mod:`.terms`.
"""

from datetime import timedelta
from typing import NamedTuple

EARLIER, LAW, PROTOCOL = "earlier", "law", "protocol"


class Rung(NamedTuple):
    """A role that is told once something is so many hours overdue."""

    hours: int
    role: int


def counting(protocol, law, counts=EARLIER):
    """Return the end of a term that the protocol gives, and the law perhaps too (D10).

    :param datetime protocol: end of the protocol's term
    :param datetime law: end of the law's term, or None
    :param str counts: which of them; the earlier one unless a municipality chose otherwise
    """
    if law is None or counts == PROTOCOL:
        return protocol
    return law if counts == LAW else min(protocol, law)


def corrected(promised, worked_out, to_a_person):
    """Return the end of a term once the fact it counts from was corrected.

    What a person was promised comes no later because our own papers were wrong.

    :param datetime promised: the end that was told
    :param datetime worked_out: the end by the facts as they are now
    :param bool to_a_person: it was promised to somebody who was hit
    """
    return min(promised, worked_out) if to_a_person else worked_out


def rungs_reached(due, rungs, now):
    """Return how many rungs of the ladder have been reached; their hours ascend."""
    return sum(due + timedelta(hours=rung.hours) <= now for rung in rungs)


def next_look(due, reminder_hours, rungs, taken):
    """Return when somebody has to look again, or None when all were told.

    :param int taken: how many rungs were told; before the first it is the reminder's turn
    """
    if not taken:
        return due - timedelta(hours=reminder_hours)
    if taken < len(rungs):
        return due + timedelta(hours=rungs[taken].hours)
    return None
