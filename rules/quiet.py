"""Quiet hours: the part of the night in which nobody gets a message that can wait."""

from datetime import datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from .terms import local, to_utc

DAY = timedelta(days=1)


class QuietHours(NamedTuple):
    """From one time of day until another, on the clock of a zone; the same twice means: none."""

    start: time
    end: time
    zone: str

    def after(self, moment):
        """Return the first moment, from this one on, that lies outside the quiet hours.

        Moments are naive UTC, as in :mod:`.terms`. On a night that the clock changes the quiet
        hours are an hour shorter or longer; a time that does not exist then is the time an hour
        later that does, and of a time that exists twice the first counts.
        """
        today = local(moment, self.zone).date()
        for evening in (today - DAY, today):
            start, end = self._night_of(evening)
            if start <= moment < end:
                return end
        return moment

    def _night_of(self, day):
        """Return beginning and end of the quiet hours that begin on ``day``."""
        last = day + DAY if self.end < self.start else day
        return self._moment(day, self.start), self._moment(last, self.end)

    def _moment(self, day, at):
        return to_utc(datetime.combine(day, at, tzinfo=ZoneInfo(self.zone)))


def time_of_day(hours):
    """Return a number of hours, as a form gives it, as a time: 22.5 is half past ten."""
    minutes = round(hours * 60)
    return time(minutes // 60, minutes % 60)
