"""How much a set of published sums gives away, exactly.

Somebody who reads sums over the same unknown counts knows that every count is zero or more and
that the sums are what they are. Between which values another sum must then lie is a linear
programme. It is solved here in whole numbers (simplex with integer pivoting, Bland's rule), so
that no rounding hides a leak.
"""

from fractions import Fraction
from typing import NamedTuple


class Range(NamedTuple):
    """The smallest and the largest whole number that a sum can be."""

    low: int
    high: int

    @property
    def width(self):
        """How far the two lie apart: 0 means that the value is known."""
        return self.high - self.low


def feasible_range(sums, target):
    """Return the :class:`Range` of the sum over ``target``.

    :param sums: pairs of a set of unknowns and the value of their sum, which have a solution in
        counts; together the sets hold all unknowns
    :param target: set of unknowns
    """
    columns = _distinct_columns(sums, target)
    tableau = _Tableau(
        [list(row) for row in zip(*(c[:-1] for c in columns), strict=True)],
        [value for _unknowns, value in sums],
    )
    wanted = [column[-1] for column in columns]
    numerator, denominator = tableau.minimum(wanted)
    low = -(-numerator // denominator)
    numerator, denominator = tableau.minimum([-one for one in wanted])
    return Range(low, -numerator // denominator)


def _distinct_columns(sums, target):
    """Merge the unknowns that are in the same sets: one column of noughts and ones for each."""
    sets = [unknowns for unknowns, _value in sums] + [target]
    everything = frozenset().union(*sets)
    return sorted({tuple(int(one in group) for group in sets) for one in everything})


class _Tableau:
    """Equations in non-negative unknowns, kept in a form from which one solution can be read.

    All numbers are whole and stand for themselves divided by ``scale``.
    """

    def __init__(self, rows, values):
        count = len(rows)
        self.width = len(rows[0])
        self.scale = 1
        self.rows = [
            row + [int(i == j) for j in range(count)] + [value]
            for i, (row, value) in enumerate(zip(rows, values, strict=True))
        ]
        self.basis = [self.width + i for i in range(count)]
        self._find_solution()

    def _find_solution(self):
        """Push out the helper columns; a row in which nothing else is left says nothing new."""
        self._descend([0] * self.width + [1] * len(self.rows))
        for number in range(len(self.rows)):
            if self.basis[number] >= self.width:
                entering = next((j for j in range(self.width) if self.rows[number][j]), None)
                if entering is not None:
                    self._pivot(number, entering)
        kept = [i for i, column in enumerate(self.basis) if column < self.width]
        self.basis = [self.basis[i] for i in kept]
        self.rows = [self.rows[i][: self.width] + self.rows[i][-1:] for i in kept]

    def minimum(self, costs):
        """Return the smallest value of the sum with these costs, as numerator and denominator."""
        self._descend(costs)
        value = sum(costs[j] * row[-1] for j, row in zip(self.basis, self.rows, strict=True))
        return value, self.scale

    def _descend(self, costs):
        while (entering := self._improving(costs)) is not None:
            self._pivot(self._leaving(entering), entering)

    def _improving(self, costs):
        """Return the first column by which the sum gets smaller, or None."""
        priced = [(costs[j], row) for j, row in zip(self.basis, self.rows, strict=True) if costs[j]]
        for column in range(len(costs)):
            if costs[column] * self.scale < sum(cost * row[column] for cost, row in priced):
                return column
        return None

    def _leaving(self, entering):
        """Return the row that limits ``entering`` most; the unknowns are bounded, so one does."""
        limits = [
            (Fraction(row[-1], row[entering]), self.basis[number], number)
            for number, row in enumerate(self.rows)
            if row[entering] > 0
        ]
        return min(limits)[-1]

    def _pivot(self, number, entering):
        pivot_row = self.rows[number]
        if pivot_row[entering] < 0:
            pivot_row = self.rows[number] = [-one for one in pivot_row]
        pivot = pivot_row[entering]
        for i, row in enumerate(self.rows):
            if i != number:
                factor = row[entering]
                self.rows[i] = [
                    (pivot * one - factor * other) // self.scale
                    for one, other in zip(row, pivot_row, strict=True)
                ]
        self.scale = pivot
        self.basis[number] = entering
