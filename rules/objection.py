"""The term within which somebody can object to a decision.

Six weeks (Awb 6:7) that begin on the day after the decision was sent (Awb 6:8). An end on a
Saturday, a Sunday or a general holiday moves to the next working day (Algemene termijnenwet,
article 1).
"""

from datetime import timedelta

from .working_days import first_working_day

OBJECTION = timedelta(weeks=6)


def last_day_to_object(sent_on):
    """Return the last day on which an objection is in time.

    :param date sent_on: day on which the decision was sent or handed over
    """
    return first_working_day(sent_on + OBJECTION)
