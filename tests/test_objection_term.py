from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from odoo.tests import BaseCase

from ..rules.objection import last_day_to_object
from ..rules.working_days import FREE_DAYS, is_working_day, working_days_after

DAYS = st.dates(date(2020, 1, 1), date(2060, 1, 1))


class TestObjectionTerm(BaseCase):
    def test_known_ends(self):
        """A4: six weeks from the day after sending, and no end on a day without post."""
        table = [
            ("2026-03-09", "2026-04-20", "an ordinary Monday"),
            ("2026-03-07", "2026-04-20", "would end on a Saturday"),
            ("2026-02-23", "2026-04-07", "would end on Easter Monday"),
            ("2026-02-20", "2026-04-07", "would end on Good Friday: over the whole of Easter"),
            ("2026-03-16", "2026-04-28", "would end on King's Day"),
            ("2022-03-13", "2022-04-25", "the year in which King's Day is kept on the 27th"),
            ("2025-03-15", "2025-04-28", "King's Day on Saturday the 26th, then a Sunday"),
            ("2026-04-02", "2026-05-15", "would end on Ascension Day"),
            ("2026-11-13", "2026-12-28", "would end on Christmas Day"),
        ]
        for sent, last, why in table:
            with self.subTest(why):
                found = last_day_to_object(date.fromisoformat(sent))
                self.assertEqual(found.isoformat(), last)

    def test_holidays_of_a_year(self):
        """Algemene termijnenwet, article 3: what no Sunday is already."""
        days = [date(2026, 1, 1) + timedelta(days=number) for number in range(365)]
        free = {day.strftime("%d-%m") for day in days if day in FREE_DAYS and day.weekday() < 6}
        general = {"01-01", "03-04", "06-04", "27-04", "05-05", "14-05", "25-05", "25-12", "26-12"}
        self.assertEqual(free, general)

    @given(DAYS, st.integers(0, 30))
    def test_working_days_are_counted(self, day, number):
        """As many working days lie after the start as were asked for, the last one included."""
        end = working_days_after(day, number)
        between = [day + timedelta(days=step) for step in range(1, (end - day).days + 1)]
        self.assertEqual(len([day for day in between if is_working_day(day)]), number)

    @given(DAYS)
    def test_never_shorter_and_never_on_a_free_day(self, sent):
        last = last_day_to_object(sent)
        self.assertGreaterEqual(last - sent, timedelta(weeks=6))
        self.assertLessEqual(last - sent, timedelta(weeks=6, days=5))
        self.assertTrue(is_working_day(last))

    @given(DAYS)
    def test_a_later_letter_never_ends_earlier(self, sent):
        self.assertLessEqual(last_day_to_object(sent), last_day_to_object(sent + timedelta(days=1)))
