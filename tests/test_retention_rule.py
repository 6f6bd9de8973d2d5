from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from odoo.tests import TransactionCase

from ..rules.retention import DAY, Kept, Rule, clocks, months_after

DAYS = st.dates(date(2000, 1, 1), date(2100, 1, 1))
MONTHS = st.integers(0, 240)
KINDS = st.frozensets(st.integers(1, 4), max_size=3)
OUTCOMES = st.sampled_from(["emotion", "aggression"])


@st.composite
def rules(draw):
    found = []
    for id_ in range(draw(st.integers(0, 5))):
        case = draw(MONTHS)
        causer = draw(st.integers(0, case))
        found.append(Rule(id_, draw(OUTCOMES), draw(KINDS), causer, case))
    return found


cases = st.builds(
    Kept,
    outcome=OUTCOMES,
    measures=KINDS,
    closed_on=DAYS,
    last_day=st.none() | DAYS,
    owed=st.booleans(),
    held_until=st.none() | DAYS,
)


class TestRetentionRule(TransactionCase):
    """Domain 5.3: from which day something may no longer be kept."""

    @given(cases, rules())
    def test_nothing_goes_too_soon(self, kept, terms):
        """Not before the term of any rule that fits, nor its measure, its hold or its closing."""
        found = clocks(kept, terms)
        fitting = [rule for rule in terms if rule.fits(kept)]
        if kept.owed or not fitting:
            self.assertIsNone(found)
            return
        start = max(kept.closed_on, kept.last_day or kept.closed_on)
        for rule in fitting:
            self.assertGreaterEqual(found.case, months_after(start, rule.case_months))
        for day in (found.causer, found.case):
            self.assertGreaterEqual(day, start)
            self.assertFalse(kept.held_until and day <= kept.held_until)
        self.assertLessEqual(found.causer, found.case)

    @given(cases, rules())
    def test_nothing_stays_longer_than_somebody_said(self, kept, terms):
        """Each day is the term of one rule, or the day after the hold."""
        found = clocks(kept, terms)
        if found:
            [rule] = [rule for rule in terms if rule.id == found.rule]
            start = max(kept.closed_on, kept.last_day or kept.closed_on)
            held = kept.held_until + DAY if kept.held_until else None
            self.assertIn(found.case, (months_after(start, rule.case_months), held))
            self.assertIn(found.causer, (months_after(start, rule.causer_months), held))

    @given(cases, rules(), st.randoms())
    def test_the_order_of_the_terms_does_not_matter(self, kept, terms, random):
        shuffled = random.sample(terms, len(terms))
        self.assertEqual(clocks(kept, shuffled), clocks(kept, terms))

    @given(cases, rules(), st.integers(0, 5000))
    def test_waiting_longer_never_brings_it_nearer(self, kept, terms, days):
        later = kept._replace(closed_on=kept.closed_on + timedelta(days=days))
        before, after = clocks(kept, terms), clocks(later, terms)
        if before:
            self.assertGreaterEqual(after.case, before.case)

    @given(DAYS, MONTHS)
    def test_months(self, day, months):
        """The same day of the month, or the last of one that is shorter."""
        later = months_after(day, months)
        self.assertEqual(
            (later.year - day.year) * 12 + later.month - day.month, months, "so many months"
        )
        self.assertTrue(later.day == day.day or (later + DAY).day == 1 and later.day < day.day)

    def test_examples(self):
        terms = [
            Rule(1, "aggression", frozenset(), 24, 60),
            Rule(2, "aggression", frozenset({7}), 24, 120),
            Rule(3, "emotion", frozenset(), 0, 12),
        ]
        emotion = Kept("emotion", frozenset(), date(2026, 3, 6))
        self.assertEqual(clocks(emotion, terms), (3, date(2026, 3, 6), date(2027, 3, 6)))
        ban = Kept("aggression", frozenset({7}), date(2026, 3, 6), date(2026, 8, 31))
        self.assertEqual(clocks(ban, terms), (2, date(2028, 8, 31), date(2036, 8, 31)))
        held = ban._replace(measures=frozenset(), held_until=date(2040, 1, 1))
        self.assertEqual(clocks(held, terms), (1, date(2040, 1, 2), date(2040, 1, 2)))
        self.assertIsNone(clocks(ban._replace(owed=True), terms))
        self.assertIsNone(clocks(ban._replace(closed_on=None), terms))
        self.assertEqual(months_after(date(2024, 2, 29), 12), date(2025, 2, 28))
