"""Terms: how long after a moment something is due.

The protocol counts in two ways (5.3, 5.4). "Within 24 hours" is elapsed time: a night on which
the clock changes makes it end an hour earlier or later on the wall. "Within three days" and
"after four to six weeks" keep the time of day that people see on their clock; working days leave
out the weekend and the general holidays.

Moments go in and come out as Odoo stores them: naive datetimes in UTC.
"""

from datetime import UTC, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from .working_days import working_days_after

HOURS, DAYS, WORKING_DAYS, WEEKS = "hours", "days", "working_days", "weeks"


class Term(NamedTuple):
    """An amount of one unit: hours elapse, all others keep the local time of day."""

    amount: int
    unit: str

    def after(self, moment, zone):
        """Return the moment at which this term ends.

        :param datetime moment: start of the term, naive UTC
        :param str zone: name of the time zone in which people read their clock
        :return: end of the term, naive UTC
        :raises ValueError: for any other unit
        """
        if self.unit == HOURS:
            return moment + timedelta(hours=self.amount)
        if self.unit == DAYS:
            return _same_time_of_day(moment, lambda day: day + timedelta(days=self.amount), zone)
        if self.unit == WORKING_DAYS:
            return _same_time_of_day(moment, lambda day: working_days_after(day, self.amount), zone)
        if self.unit == WEEKS:
            return _same_time_of_day(moment, lambda day: day + timedelta(weeks=self.amount), zone)
        raise ValueError(f"no such unit of time: {self.unit}")


def local(moment, zone):
    """Return a naive UTC moment as an aware datetime in the given zone."""
    return moment.replace(tzinfo=UTC).astimezone(ZoneInfo(zone))


def to_utc(aware):
    """Return an aware datetime as a naive UTC moment."""
    return aware.astimezone(UTC).replace(tzinfo=None)


def local_midnight(day, zone):
    """Return the moment at which a day begins in the given zone, naive UTC."""
    return to_utc(datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(zone)))


def is_midnight(moment, zone):
    """Tell whether a day ends, and the next begins, at this naive UTC moment."""
    return moment == local_midnight(local(moment, zone).date(), zone)


def last_day(moment, zone):
    """Return the last day on which something can be done that is due at this naive UTC moment.

    What is due at midnight is due by the end of the day that is over then.
    """
    return local(moment - timedelta(microseconds=1), zone).date()


def _same_time_of_day(moment, moved, zone):
    """Move to another day of the local calendar: ``moved`` returns it for the day it is now.

    A time that does not exist (02:30 in the night that summer time begins) becomes the time an
    hour later that does; of a time that exists twice the first is taken, so that nobody has to
    wait longer than was promised.
    """
    start = local(moment, zone)
    end = datetime.combine(moved(start.date()), start.timetz().replace(fold=0))
    return to_utc(end)
