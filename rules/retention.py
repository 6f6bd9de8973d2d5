"""Retention: from which day a causer's identity, and a whole case, may no longer be kept.

Two clocks start when a case is closed, or on the last day of its measure when that is later. They
stand still while something is still owed in it, and a hold puts off their end. Days are those of
the municipality's own calendar.
"""

from calendar import monthrange
from datetime import date, timedelta
from typing import NamedTuple

DAY = timedelta(days=1)
CAUSER, CASE = "causer", "case"


class Kept(NamedTuple):
    """What the clocks look at in a case: ``None`` where there is no such day."""

    outcome: str
    measures: frozenset  # kinds of the measures that count
    closed_on: date
    last_day: date = None  # of the measure that runs longest
    owed: bool = False  # a duty is open, or a prosecution
    held_until: date = None  # last day of the hold that runs longest


class Rule(NamedTuple):
    """One retention term; without measures it goes for every case with its outcome."""

    id: int
    outcome: str
    measures: frozenset
    causer_months: int
    case_months: int

    def fits(self, kept):
        """Tell whether this term goes for a case."""
        return self.outcome == kept.outcome and (
            not self.measures or not self.measures.isdisjoint(kept.measures)
        )


class Clocks(NamedTuple):
    """The first days on which the identity of the causer, and the case, may be gone."""

    rule: int
    causer: date
    case: date


def clocks(kept, rules):
    """Return the :class:`Clocks` of a case, or None while they stand still.

    Of several terms that go for a case the one that keeps it longest counts, for both clocks.
    Without a term nothing is ever destroyed: that is for a person to put right.
    """
    fitting = [rule for rule in rules if rule.fits(kept)]
    if not fitting or kept.closed_on is None or kept.owed:
        return None
    rule = max(fitting, key=lambda rule: (rule.case_months, rule.causer_months, -rule.id))
    start = max(kept.closed_on, kept.last_day or kept.closed_on)
    not_before = kept.held_until + DAY if kept.held_until else start
    return Clocks(
        rule.id,
        max(months_after(start, rule.causer_months), not_before),
        max(months_after(start, rule.case_months), not_before),
    )


def months_after(day, months):
    """Return the day so many months later; of a month that is too short, its last day."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))
