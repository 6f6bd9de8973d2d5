"""Working days in the Netherlands: no Saturday, no Sunday, no general holiday.

General holidays are those of the Algemene termijnenwet, article 3, Good Friday and 5 May among
them. Days that the government equates with these for one year are not known here: a term then
ends a day earlier on our paper than in law, and what comes in on that day is still in time.
"""

from datetime import timedelta

from holidays import country_holidays

# It works out a year when it is first asked for one of its days.
FREE_DAYS = country_holidays("NL", categories=("public", "optional"))


def is_working_day(day):
    """Tell whether ``day`` (a date) is a working day."""
    return FREE_DAYS.is_working_day(day)


def first_working_day(day):
    """Return ``day`` when it is a working day, or else the first one after it."""
    while not is_working_day(day):
        day += timedelta(days=1)
    return day


def working_days_after(day, number):
    """Return the date that is ``number`` working days after ``day``, which itself never counts."""
    for _day in range(number):
        day = first_working_day(day + timedelta(days=1))
    return day
