from functools import partial
from typing import NamedTuple

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.tools import SQL

from ...rules.suppression import publish, publish_amount, publish_within
from . import counting

UNCLASSIFIED = "unclassified"
# Level, kind, form and days are counted over the same cases: they are published together.
BEHAVIOUR = ("level", "kind", "form", "days")
REACTIONS = ("day", "three_days", "week", "later", "open")
TALKS = {f"talk_{number}": number for number in (1, 2, 3)}


class Table(NamedTuple):
    """The figures on one subject: rows of (key, number or None where it is left blank)."""

    subject: str
    rows: list


class Figures(NamedTuple):
    """What may be printed about a period; nothing else leaves the model that made it."""

    total: int
    threshold: int
    tables: list
    incomplete: bool = False  # cases of these years were destroyed after their term


class FiguresModel(models.AbstractModel):
    """Counts over the cases of a period, of which only those leave that identify nobody.

    Promise: counted over everything, also for who may open no case; a figure below the threshold,
    or from which one could be worked out, never leaves this model; no name, no reference, no
    office of a single person (M7, C5).
    """

    _name = "aggression.figures"
    _description = "Figures"

    @api.model
    def _publish(self, company, date_from, date_to):
        """Return the :class:`Figures` of what was reported in a period, both days included.

        :raises AccessError: for who is not entitled to figures
        """
        if not self.env.user.has_group("aggression_protocol.group_insight"):
            raise AccessError(self.env._("The figures are for those who report to the council."))
        protocol = self.env["aggression.protocol"].sudo()._in_force(company)
        period = self._period(protocol, date_from, date_to)
        self.env.flush_all()
        behaviour = self._behaviour_counts(protocol, period)
        threshold = protocol.publication_threshold
        total = sum(behaviour.values())
        cells = self._behaviour_cells(behaviour)
        published = publish(behaviour, cells, threshold)
        tables = [
            Table(subject, [(key, published[subject, key]) for key in cells[subject]])
            for subject in BEHAVIOUR
        ]
        tables.append(self._quarter_table(protocol, period, date_from, date_to))
        tables += self._separate_tables(period, threshold)
        printed = partial(
            publish_within,
            within={atom for atom in behaviour if atom[-1] not in ("", "open")},
            counts=behaviour,
            tables=cells,
            published=published,
            threshold=threshold,
        )
        tables += self._measure_tables(protocol, period, date_to, printed)
        tables.append(self._damage_table(period, threshold))
        return Figures(
            total if total >= threshold else None,
            threshold,
            tables,
            self._is_incomplete(protocol.company_id, date_from, date_to),
        )

    def _is_incomplete(self, company, date_from, date_to):
        """Tell whether cases of these years were destroyed, so that a count now is too low.

        No numbers are kept of a case for later: by so many traits they would point at it. What was
        printed in time is kept for good in the council's own archive.
        """
        years = [str(year) for year in range(date_from.year, date_to.year + 1)]
        destroyed = [
            ("run_id.company_id", "=", company.id),
            ("run_id.state", "in", ("signed", "done")),
            ("clock", "=", "case"),
            ("year", "in", years),
        ]
        return bool(self.env["aggression.retention.count"].sudo().search_count(destroyed, limit=1))

    def _period(self, protocol, date_from, date_to):
        return SQL(
            "i.company_id = %s AND i.reported_at >= %s AND i.reported_at < %s",
            protocol.company_id.id,
            protocol._midnight(date_from),
            protocol._midnight(fields.Date.add(date_to, days=1)),
        )

    def _ask(self, question, *values):
        return self.env.execute_query(SQL(question, *values))

    def _behaviour_counts(self, protocol, period):
        """Return {(level, kind, form, reaction): number}, also of what can occur and did not."""
        counts = {(UNCLASSIFIED, "", "", ""): 0, ("0", "emotion", "", ""): 0}
        for row in protocol.behaviour_ids.filtered(lambda behaviour: behaviour.level != "0"):
            for reaction in REACTIONS:
                counts[row.level, row.kind, row.form, reaction] = 0
        for *atom, number in self._ask(counting.BEHAVIOUR, period):
            counts[tuple(atom)] = number
        return counts

    def _behaviour_cells(self, counts):
        """Level, kind, form and days are sums over the same cases: one gives away another."""
        return {
            subject: {
                key: {atom for atom in counts if atom[place] == key} for key in self._keys(subject)
            }
            for place, subject in enumerate(BEHAVIOUR)
        }

    def _quarter_table(self, protocol, period, date_from, date_to):
        """The trend: each quarter of the period, for which the total alone gives one away."""
        found = dict(self._ask(counting.QUARTER, protocol.timezone, period))
        quarters = []
        while date_from < date_to:
            quarters.append(f"{date_from.year}-{(date_from.month + 2) // 3}")
            date_from = fields.Date.add(date_from, months=3)
        rows = {key: found.get(key, 0) for key in quarters}
        return self._separate_table("quarter", rows, protocol.publication_threshold)

    def _separate_tables(self, period, threshold):
        """Tables that hang together with the others by the total alone."""
        talks = self._ask(counting.TALK, period)
        counted = {
            "channel": self._ask(counting.CHANNEL, period),
            "world": self._ask(counting.WORLD, period),
            "delay": self._ask(counting.DELAY, period),
            **{
                subject: [row[1:] for row in talks if row[0] == number]
                for subject, number in TALKS.items()
            },
        }
        return [
            self._separate_table(
                subject, {**dict.fromkeys(self._keys(subject), 0), **dict(rows)}, threshold
            )
            for subject, rows in counted.items()
        ]

    def _separate_table(self, subject, counts, threshold):
        published = publish(counts, {subject: {key: {key} for key in counts}}, threshold)
        return Table(subject, [(key, published[subject, key]) for key in counts])

    def _measure_tables(self, protocol, period, date_to, printed):
        """A case can have several measures: these figures have no sum, each stands by itself.

        Of those decided a part still runs: what runs is printed where the rest may be known too.
        And each of them is a case of aggression that was decided: a number is printed only where
        it does not tell how few cases were something else.

        :param printed: of a number of cases that were reacted to what is printed, or None
        """
        found = {
            (code, running): number
            for code, running, number in self._ask(
                counting.MEASURE, date_to, date_to, date_to, period
            )
        }
        threshold = protocol.publication_threshold
        decided, running = [], []
        for kind in protocol.measure_type_ids:
            atoms = {part: found.get((kind.code, part), 0) for part in (True, False)}
            parts = publish(atoms, {"running": {part: {part} for part in atoms}}, threshold)
            decided.append((kind.code, printed(sum(atoms.values()))))
            running.append((kind.code, printed(parts["running", True] or 0)))
        return [Table("measure", decided), Table("running", running)]

    def _damage_table(self, period, threshold):
        """Amounts in euros, of so many cases that none of them can be told from the others."""
        counted = {"paid": counting.PAID, "recovered": counting.RECOVERED}
        return Table(
            "damage",
            [
                (key, publish_amount([row[0] for row in self._ask(question, period)], threshold))
                for key, question in counted.items()
            ],
        )
