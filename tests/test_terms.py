from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from odoo.tests import BaseCase

from ..rules.terms import DAYS, HOURS, WEEKS, WORKING_DAYS, Term, local, to_utc

ZONE = "Europe/Amsterdam"
MOMENTS = st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1)).map(
    lambda moment: moment.replace(second=0, microsecond=0)
)


def utc(text):
    """Return the UTC moment of a time read on a clock in the Netherlands."""
    return to_utc(datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(ZONE)))


class TestTerms(BaseCase):
    def due(self, start, amount, unit):
        end = local(Term(amount, unit).after(utc(start), ZONE), ZONE)
        return end.replace(tzinfo=None).isoformat(" ", "minutes")

    def test_terms_on_the_clock(self):
        """Z6, Z7, Z8: hours elapse; days and weeks keep the time of day, at every clock change."""
        table = [
            # an ordinary week
            ("2026-03-06 22:50", 24, HOURS, "2026-03-07 22:50"),
            ("2026-03-06 22:50", 3, DAYS, "2026-03-09 22:50"),
            # over the beginning of summer time, on 29 March 2026
            ("2026-03-06 22:50", 4, WEEKS, "2026-04-03 22:50"),
            ("2026-03-06 22:50", 6, WEEKS, "2026-04-17 22:50"),
            ("2026-03-28 20:00", 24, HOURS, "2026-03-29 21:00"),
            ("2026-03-28 20:00", 1, DAYS, "2026-03-29 20:00"),
            # a time of day that does not exist that night
            ("2026-03-28 02:30", 1, DAYS, "2026-03-29 03:30"),
            # over the end of summer time, on 25 October 2026
            ("2026-10-24 20:00", 24, HOURS, "2026-10-25 19:00"),
            ("2026-10-24 20:00", 1, DAYS, "2026-10-25 20:00"),
            ("2026-10-24 02:30", 1, DAYS, "2026-10-25 02:30"),
            # working days: over a weekend, Easter, and from a day that is none itself
            ("2026-03-06 22:50", 2, WORKING_DAYS, "2026-03-10 22:50"),
            ("2026-04-02 09:00", 1, WORKING_DAYS, "2026-04-07 09:00"),
            ("2026-03-28 02:30", 1, WORKING_DAYS, "2026-03-30 02:30"),
            ("2026-12-24 16:00", 2, WORKING_DAYS, "2026-12-29 16:00"),
            # over the end of a year and a leap day
            ("2027-12-31 23:59", 1, DAYS, "2028-01-01 23:59"),
            ("2028-02-28 12:00", 1, DAYS, "2028-02-29 12:00"),
        ]
        for start, amount, unit, expected in table:
            with self.subTest(start=start, term=f"{amount} {unit}"):
                self.assertEqual(self.due(start, amount, unit), expected)

    def test_a_time_that_comes_twice_is_taken_the_first_time(self):
        end = Term(1, DAYS).after(utc("2026-10-24 02:30"), ZONE)
        self.assertEqual(end, datetime(2026, 10, 25, 0, 30))

    def test_unknown_unit(self):
        with self.assertRaises(ValueError):
            Term(1, "months").after(datetime(2026, 1, 1), ZONE)

    @given(MOMENTS, st.integers(1, 1000))
    def test_hours_are_elapsed_time(self, moment, hours):
        self.assertEqual(Term(hours, HOURS).after(moment, ZONE) - moment, timedelta(hours=hours))

    @given(MOMENTS, st.integers(1, 400))
    def test_days_keep_the_time_of_day(self, moment, days):
        start = local(moment, ZONE)
        end = local(Term(days, DAYS).after(moment, ZONE), ZONE)
        self.assertEqual(end.date() - start.date(), timedelta(days=days))
        if end.time() != start.time():
            self.assertEqual(
                (start.hour, end.hour), (2, 3), "only a time that does not exist moves"
            )

    @given(MOMENTS, st.integers(1, 50))
    def test_a_week_is_seven_days(self, moment, weeks):
        self.assertEqual(
            Term(weeks, WEEKS).after(moment, ZONE), Term(7 * weeks, DAYS).after(moment, ZONE)
        )

    @given(MOMENTS, MOMENTS, st.integers(1, 60), st.sampled_from([HOURS, DAYS, WEEKS]))
    def test_later_begun_is_never_due_earlier_by_more_than_the_clock_change(
        self, one, other, amount, unit
    ):
        early, late = sorted((one, other))
        term = Term(amount, unit)
        self.assertLessEqual(term.after(early, ZONE), term.after(late, ZONE) + timedelta(hours=1))
