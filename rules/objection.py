"""The term within which somebody can object to a decision.

Six weeks (Awb 6:7) that begin on the day after the decision was sent (Awb 6:8). An end on a
Saturday, a Sunday or a general holiday moves to the next day that is none of these (Algemene
termijnenwet, articles 1 and 3).
"""

from datetime import date, timedelta
from functools import cache

from dateutil.easter import easter

OBJECTION = timedelta(weeks=6)
SUNDAY = 6


def last_day_to_object(sent_on):
    """Return the last day on which an objection is in time.

    :param date sent_on: day on which the decision was sent or handed over
    """
    day = sent_on + OBJECTION
    while not is_working_day(day):
        day += timedelta(days=1)
    return day


def is_working_day(day):
    """Tell whether ``day`` is no Saturday, Sunday or general holiday."""
    return day.weekday() < SUNDAY - 1 and day not in general_holidays(day.year)


@cache
def general_holidays(year):
    """Return the days of a year that article 3 of the Algemene termijnenwet names.

    Days that the government equates with these for one year are not known here: the term then
    ends a day earlier on our paper than in law, and an objection on that day is still in time.
    """
    sunday = easter(year)
    moving = (-2, 1, 39, 50)  # Good Friday, Easter Monday, Ascension Day, Whit Monday
    return frozenset(
        {
            *(sunday + timedelta(days=days) for days in moving),
            date(year, 1, 1),
            _kings_day(year),
            date(year, 5, 5),
            date(year, 12, 25),
            date(year, 12, 26),
        }
    )


def _kings_day(year):
    birthday = date(year, 4, 27)
    return birthday - timedelta(days=birthday.weekday() == SUNDAY)
