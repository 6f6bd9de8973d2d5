from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase

from ..rules.suppression import publish

K = 5
# level and kind hang together: a level is a sum of kinds
KINDS = {"insult": 2, "discrimination": 2, "threat": 3, "stalking": 3, "violence": 4}
TABLES = {
    "level": {
        str(level): {kind for kind, its in KINDS.items() if its == level} for level in (2, 3, 4)
    },
    "kind": {kind: {kind} for kind in KINDS},
}


def one_table(*counts):
    atoms = {f"c{n}": count for n, count in enumerate(counts)}
    published = publish(atoms, {"t": {key: {key} for key in atoms}}, K)
    return [published["t", key] for key in atoms]


class TestSuppression(BaseCase):
    def test_small_cells_stay_blank(self):
        """M7, C5: nothing below the threshold is printed, and never just one cell of a table."""
        table = [
            ([20, 30, 40], [20, 30, 40]),
            ([20, 30, 3], [20, None, None]),
            ([30, 20, 0], [30, None, None]),
            ([20, 30, 4, 3, 2], [20, 30, None, None, None]),
            ([4], [None]),
            ([1, 1, 1], [None, None, None]),
            ([0, 0, 0], [None, None, None]),
        ]
        for counts, expected in table:
            with self.subTest(counts=counts):
                self.assertEqual(one_table(*counts), expected)

    def test_zeros_that_share_nothing(self):
        """Blank cells of which only zeros are left would all be known."""
        self.assertEqual(one_table(20, 0, 0), [None, None, None])
        self.assertEqual(one_table(20, 30, 0, 0).count(None), 3)

    def test_cells_filled_to_the_brim(self):
        """Who knows the threshold would know three fours when twelve is left for three."""
        self.assertEqual(one_table(30, 25, 4, 4, 4), [30, None, None, None, None])

    def test_tables_that_hang_together(self):
        """A blank level cannot be worked out from the kinds it consists of."""
        counts = {"insult": 9, "discrimination": 8, "threat": 2, "stalking": 1, "violence": 20}
        found = publish(counts, TABLES, K)
        self.assertIsNone(found["level", "3"])
        printed = [value for value in found.values() if value is not None]
        self.assertTrue(all(value >= K for value in printed))

    @given(st.fixed_dictionaries({kind: st.integers(0, 12) for kind in KINDS}))
    @settings(max_examples=60, deadline=None)
    def test_nobody_can_work_it_out(self, counts):
        """M7, C5: an attacker who tries every possibility never knows a blank cell."""
        found = publish(counts, TABLES, K)
        for value in found.values():
            self.assertTrue(value is None or value >= K)
        possible = self.possible_values(found, sum(counts.values()))
        for cell, values in possible.items():
            if found[cell] is None:
                self.assertGreater(len(values), 1, f"{cell} must be {values}")

    def possible_values(self, found, total):
        """Return {cell: values} over all counts that agree with what is printed."""
        possible = {cell: set() for cell in found}
        printed = {cell: value for cell, value in found.items() if value is not None}
        if not printed and total < K:
            return {cell: {0, 1} for cell in found}
        fixed = {kind: printed.get(("kind", kind)) for kind in KINDS}
        ranges = [[fixed[kind]] if fixed[kind] is not None else range(total + 1) for kind in KINDS]
        for numbers in product(*ranges[:-1]):
            last = total - sum(numbers)
            if last < 0 or last not in ranges[-1]:
                continue
            world = dict(zip(KINDS, (*numbers, last), strict=True))
            values = {
                (table, key): sum(world[atom] for atom in atoms)
                for table, keys in TABLES.items()
                for key, atoms in keys.items()
            }
            if all(values[cell] == value for cell, value in printed.items()):
                for cell, value in values.items():
                    possible[cell].add(value)
            if all(len(seen) > 1 for cell, seen in possible.items() if cell not in printed):
                break
        return possible
