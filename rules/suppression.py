"""Which figures may be published without pointing at a person (M7, C5).

A cell below the threshold is left blank, and so is every cell that would give a blank one away:
by subtraction from a total, by the way in which tables hang together (a level is a sum of kinds),
or because too little is left for the blank ones to share. What the reader of the report can work
out is not guessed but computed, as a linear programme over everything that is printed.
"""

from typing import NamedTuple

from .bounds import feasible_range

ROUNDED_TO = 100  # euros


class Cell(NamedTuple):
    """One figure: a sum over the finest counts (atoms) there are."""

    table: str
    key: str
    atoms: frozenset
    count: int


def publish(counts, tables, threshold):
    """Return which figures may be printed.

    :param dict counts: {atom: number}, all atoms that can occur, also with 0
    :param dict tables: {table: {key: atoms}}; a figure is the sum over its atoms. Tables that
        hang together must be given together; the sum over all atoms is always printed
    :param int threshold: no figure below this is printed
    :return: {(table, key): number, or None where it must stay blank}

    A blank figure may be anything within a range at least as wide as the threshold, zero included;
    a zero is left blank like any other small figure, so that nothing follows from what is absent.
    """
    cells = _cells(counts, tables)
    everything = frozenset(counts)
    total = sum(counts.values())
    blank = {cell for cell in cells if total < threshold or cell.count < threshold}
    while exposed := _exposed(cells, blank, everything, total, threshold):
        blank.add(_complement(exposed, cells, blank, everything, total, threshold))
    for cell in cells:
        # What was left blank for the sake of one that others hide by now can be printed after all.
        if cell in blank and min(cell.count, total) >= threshold:
            without = blank - {cell}
            if not _exposed(cells, without, everything, total, threshold):
                blank = without
    return {(cell.table, cell.key): None if cell in blank else cell.count for cell in cells}


def publish_within(number, within, counts, tables, published, threshold):
    """Return a number that is counted over some of the same cases, or None: it must stay blank.

    Whoever reads it knows that at least so many cases lie ``within``, and so how many at most lie
    outside. Also for that reader, a blank figure may be anything within a range at least as wide
    as the threshold.

    :param set within: the atoms in which each of these cases lies
    :param dict published: what :func:`publish` returned about these counts and tables
    """
    everything, total = frozenset(counts), sum(counts.values())
    outside, room = everything - within, total - number
    if number < threshold or room < sum(counts[atom] for atom in outside):
        return None
    cells = _cells(counts, tables)
    blank = {cell for cell in cells if published[cell.table, cell.key] is None}
    sums = [*_printed(cells, blank, everything, total), (outside | {"to spare"}, room)]
    narrow = any(feasible_range(sums, cell.atoms).width < threshold for cell in blank)
    return None if narrow else number


def publish_amount(amounts, threshold):
    """Return a total amount that may be printed, or None where it must stay blank.

    It is the sum of at least ``threshold`` amounts, rounded to hundreds, and no single one is half
    of it or more: whoever knows one of them well must not learn much of another.

    :param amounts: of each case its amount, in euros
    """
    paid = [amount for amount in amounts if amount]
    total = sum(paid)
    if len(paid) < threshold or max(paid) * 2 >= total:
        return None
    return round(total / ROUNDED_TO) * ROUNDED_TO or None


def _cells(counts, tables):
    return [
        Cell(table, key, frozenset(atoms), sum(counts[atom] for atom in atoms))
        for table, keys in tables.items()
        for key, atoms in keys.items()
    ]


def _exposed(cells, blank, everything, total, threshold):
    """Return a blank cell that the printed ones give away, or None."""
    if len(blank) == len(cells):
        return None
    sums = _printed(cells, blank, everything, total)
    for cell in cells:
        if cell in blank and _too_narrow(cell, cells, blank, sums, threshold):
            return cell
    return None


def _printed(cells, blank, everything, total):
    return [(everything, total), *((c.atoms, c.count) for c in cells if c not in blank)]


def _too_narrow(cell, cells, blank, sums, threshold):
    if feasible_range(sums, cell.atoms).width < threshold:
        return True
    # Who knows the threshold knows that small cells hold at most one less: when the blank cells
    # of a table share exactly that much, each of them is known.
    twins = [other for other in blank if other.table == cell.table]
    printed = [other for other in cells if other.table == cell.table and other not in blank]
    return bool(printed) and sum(t.count for t in twins) == len(twins) * (threshold - 1)


def _complement(exposed, cells, blank, everything, total, threshold):
    """Return the cell to leave blank for the sake of ``exposed``: the first that helps.

    From the end of a table and not by size: who knows that the smallest was chosen would know
    that it lies just above the threshold.
    """
    order = {cell: place for place, cell in enumerate(cells)}
    candidates = sorted(
        (cell for cell in cells if cell not in blank),
        key=lambda cell: (cell.table != exposed.table, -order[cell]),
    )
    for cell in candidates:
        sums = _printed(cells, blank | {cell}, everything, total)
        if not _too_narrow(exposed, cells, blank | {cell}, sums, threshold):
            return cell
    return candidates[0]
