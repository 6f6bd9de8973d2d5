"""An attacker who was told nothing of how figures are left blank, and tries every possibility."""

from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase

from ..rules.suppression import publish, publish_amount, publish_within

K = 3
# as the figures of a feedback hang together: level and kind are sums over the same cases
ATOMS = (("2", "insult"), ("2", "discrimination"), ("3", "threat"), ("4", "violence"))
TABLES = {
    "level": {level: {atom for atom in ATOMS if atom[0] == level} for level in ("2", "3", "4")},
    "kind": {atom[1]: {atom} for atom in ATOMS},
}
COUNTS = st.fixed_dictionaries({atom: st.integers(0, 5) for atom in ATOMS})


def worlds(found, total):
    """Yield every {atom: number} that agrees with what is printed, by trying them all."""
    printed = {cell: number for cell, number in found.items() if number is not None}
    for numbers in product(range(total + 1), repeat=len(ATOMS) - 1):
        rest = total - sum(numbers)
        if rest < 0:
            continue
        world = dict(zip(ATOMS, (*numbers, rest), strict=True))
        if all(_sum(world, cell) == number for cell, number in printed.items()):
            yield world


def _sum(world, cell):
    table, key = cell
    return sum(world[atom] for atom in TABLES[table][key])


def spans(found, total, within=frozenset(), at_least=0):
    """Return {blank cell: how far its smallest and largest possible value lie apart}."""
    possible = {cell: set() for cell, number in found.items() if number is None}
    for world in worlds(found, total):
        if sum(world[atom] for atom in within) < at_least:
            continue
        for cell, values in possible.items():
            values.add(_sum(world, cell))
    return {cell: max(values) - min(values) for cell, values in possible.items()}


class TestAttack(BaseCase):
    @given(COUNTS)
    @settings(max_examples=40, deadline=None)
    def test_no_blank_cell_is_pinned(self, counts):
        """M7, C5: trying all possibilities leaves each blank cell as wide as the threshold."""
        total = sum(counts.values())
        found = publish(counts, TABLES, K)
        if total < K:
            self.assertEqual(set(found.values()), {None})
            return
        for cell, width in spans(found, total).items():
            self.assertGreaterEqual(width, K, f"{cell} of {counts}")

    @given(COUNTS, COUNTS)
    @settings(max_examples=15, deadline=None)
    def test_two_reports_side_by_side(self, first, second):
        """M7, C5: two feedbacks about other quarters, laid side by side, tell no more.

        No case is in both, so that what fits both is every pair of what fits each: neither a
        quarter nor the sum of the two can be pinned where one of them was left blank.
        """
        reports = [(publish(c, TABLES, K), sum(c.values())) for c in (first, second)]
        if min(total for _found, total in reports) < K:
            return
        for cell in reports[0][0]:
            possible = [{_sum(w, cell) for w in worlds(*report)} for report in reports]
            together = {one + other for one, other in product(*possible)}
            if any(found[cell] is None for found, _total in reports):
                self.assertGreaterEqual(max(together) - min(together), K, cell)

    def test_overlapping_reports_would_tell(self):
        """M7: why no quarter is in two of them: the attacker above is not deaf."""
        first = dict(zip(ATOMS, (4, 3, 4, 5), strict=True))
        added = dict(zip(ATOMS, (1, 4, 3, 3), strict=True))
        both = {atom: first[atom] + added[atom] for atom in ATOMS}
        shown = [publish(counts, TABLES, K)["kind", "insult"] for counts in (first, both)]
        self.assertEqual(shown[1] - shown[0], added["2", "insult"])
        self.assertLess(added["2", "insult"], K)

    @given(COUNTS, st.integers(0, 15))
    @settings(max_examples=60, deadline=None)
    def test_no_blank_cell_is_pinned_by_the_measures(self, counts, number):
        """M7: so many with a measure tells how few were something else; then it is not printed."""
        within, total = frozenset(ATOMS[2:]), sum(counts.values())
        found = publish(counts, TABLES, K)
        number = min(number, sum(counts[atom] for atom in within))
        shown = publish_within(number, within, counts, TABLES, found, K)
        if shown is None:
            return
        self.assertGreaterEqual(shown, K)
        for cell, width in spans(found, total, within, shown).items():
            self.assertGreaterEqual(width, K, f"{cell} of {counts}, {number}")

    def test_measures_beside_what_is_blank(self):
        """M7: of 20 reports 18 were decided: that, and not more, would tell of the other two."""
        decided = {("3", "day")}
        tables = [
            ({("0", ""): 1, ("3", "open"): 1, ("3", "day"): 18}, 18, None),
            ({("0", ""): 0, ("3", "open"): 0, ("3", "day"): 6}, 6, None),
            ({("0", ""): 2, ("3", "open"): 3, ("3", "day"): 15}, 15, 15),
            ({("0", ""): 6, ("3", "open"): 0, ("3", "day"): 14}, 14, None),
            ({("0", ""): 1, ("3", "open"): 1, ("3", "day"): 18}, 12, 12),
            ({("0", ""): 9, ("3", "open"): 1, ("3", "day"): 10}, 4, None),
            ({("0", ""): 9, ("3", "open"): 1, ("3", "day"): 10}, 11, None),
        ]
        for counts, number, expected in tables:
            with self.subTest(counts=counts, number=number):
                cells = {"each": {atom: {atom} for atom in counts}}
                found = publish(counts, cells, 5)
                shown = publish_within(number, decided, counts, cells, found, 5)
                self.assertEqual(shown, expected)

    @given(st.integers(0, 12), st.integers(0, 12))
    @settings(max_examples=80, deadline=None)
    def test_what_runs_and_what_ended(self, running, ended):
        """M7: beside the measures decided, those that run tell nothing of a few that ended."""
        atoms = {True: running, False: ended}
        found = publish(atoms, {"running": {part: {part} for part in atoms}}, 5)
        shown = found["running", True]
        if shown is not None:
            self.assertGreaterEqual(min(shown, running + ended - shown), 5)

    @given(st.lists(st.integers(0, 5000), max_size=12))
    @settings(max_examples=200, deadline=None)
    def test_amounts(self, amounts):
        """M7, D2: who knows one of the amounts well learns nothing exact of another."""
        shown = publish_amount(amounts, 5)
        paid = [amount for amount in amounts if amount]
        if shown is None:
            return
        self.assertGreaterEqual(len(paid), 5)
        self.assertEqual(shown % 100, 0)
        self.assertLessEqual(abs(shown - sum(paid)), 50)
        self.assertGreater(shown + 50 - max(paid), max(paid) - 1)

    def test_amounts_that_are_shown(self):
        """D2: an amount of enough cases is printed, rounded; of fewer, or mostly of one, not."""
        table = [
            ([100, 200, 300, 250, 190], 1000),
            ([100, 200, 300, 250], None),
            ([9000, 200, 300, 250, 190], None),
            ([1, 1, 1, 1, 1], None),
            ([], None),
        ]
        for amounts, expected in table:
            with self.subTest(amounts=amounts):
                self.assertEqual(publish_amount(amounts, 5), expected)
