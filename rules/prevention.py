"""When meetings and training that come back are due: once a year, or once a council period."""

from datetime import date, timedelta

ONCE_A_PERIOD, YEARLY, ON_REQUEST = "period", "yearly", "request"


def round_of(cadence, today, period_from):
    """Return the day on which the round began in which ``today`` lies; None when there is none.

    :param str cadence: one of the three above
    :param date period_from: when the present council took office, or None when nobody filled it in
    """
    if cadence == YEARLY:
        return date(today.year, 1, 1)
    if cadence == ONCE_A_PERIOD and period_from and period_from <= today:
        return period_from
    return None


def due_on(cadence, begun, weeks):
    """Return the last day on which it is in time, in the round that began on ``begun``."""
    if cadence == YEARLY:
        return date(begun.year, 12, 31)
    return begun + timedelta(weeks=weeks)
