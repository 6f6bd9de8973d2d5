from datetime import datetime, timedelta
from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from odoo.tests import BaseCase

from ..rules.due import (
    EARLIER,
    LAW,
    PROTOCOL,
    Rung,
    corrected,
    counting,
    next_look,
    rungs_reached,
)

MOMENTS = st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1))
LADDERS = st.lists(st.integers(1, 500), unique=True, max_size=5).map(
    lambda hours: (Rung(0, 1), *(Rung(hour, 2) for hour in sorted(hours)))
)


def in_turn(promised, ends, to_a_person):
    """Correct a fact time after time; ``ends`` is what the term would be by each."""
    for end in ends:
        promised = corrected(promised, end, to_a_person)
    return promised


class TestDueRule(BaseCase):
    """Which end of a term counts, and how it moves: for whatever moments."""

    @given(MOMENTS, st.lists(MOMENTS, min_size=1, max_size=4))
    def test_a_promise_is_never_put_off(self, promised, ends):
        """Z6 to Z8: however often a fact is corrected."""
        due = in_turn(promised, ends, True)
        self.assertLessEqual(due, promised)
        self.assertEqual(due, min(promised, *ends), "the earliest wins")

    @given(MOMENTS, st.lists(MOMENTS, min_size=1, max_size=4))
    def test_the_order_of_corrections_makes_no_difference_to_a_promise(self, promised, ends):
        """Z6 to Z8: nobody gains time by correcting twice."""
        found = {in_turn(promised, turn, True) for turn in permutations(ends)}
        self.assertEqual(len(found), 1)

    @given(MOMENTS, MOMENTS, st.booleans())
    def test_twice_is_once(self, promised, end, to_a_person):
        once = corrected(promised, end, to_a_person)
        self.assertEqual(corrected(once, end, to_a_person), once)

    @given(MOMENTS, st.lists(MOMENTS, min_size=1))
    def test_any_other_term_follows_the_last_correction(self, promised, ends):
        self.assertEqual(in_turn(promised, ends, False), ends[-1])

    @given(MOMENTS, MOMENTS)
    def test_law_and_protocol(self, protocol, law):
        """D10: the earlier one counts, unless a municipality chose."""
        self.assertEqual(counting(protocol, law), min(protocol, law))
        self.assertEqual(counting(protocol, law, EARLIER), counting(law, protocol, EARLIER))
        self.assertEqual(counting(protocol, law, LAW), law)
        self.assertEqual(counting(protocol, law, PROTOCOL), protocol)
        self.assertEqual(counting(protocol, None, LAW), protocol)

    @given(MOMENTS, LADDERS, st.lists(st.integers(-100, 600), min_size=1).map(sorted))
    def test_each_step_of_the_ladder_once(self, due, ladder, hours):
        """Z6 to Z8: whenever somebody looks, each step is taken once and in its own time."""
        taken = 0
        for hour in hours:
            now = due + timedelta(hours=hour)
            reached = rungs_reached(due, ladder, now)
            self.assertGreaterEqual(reached, taken)
            self.assertTrue(all(rung.hours <= hour for rung in ladder[taken:reached]))
            self.assertTrue(all(rung.hours > hour for rung in ladder[reached:]))
            taken = reached

    @given(MOMENTS, LADDERS, st.integers(0, 400))
    def test_looked_at_when_the_next_step_is_due(self, due, ladder, reminder):
        """Z6 to Z8: the reminder, the end, each step after it, and then never again."""
        self.assertEqual(next_look(due, reminder, ladder, 0), due - timedelta(hours=reminder))
        for taken in range(1, len(ladder)):
            look = next_look(due, reminder, ladder, taken)
            self.assertEqual(rungs_reached(due, ladder, look), taken + 1)
        self.assertIsNone(next_look(due, reminder, ladder, len(ladder)))
