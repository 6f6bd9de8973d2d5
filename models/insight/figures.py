from typing import NamedTuple

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.tools import SQL

from ...rules.suppression import publish
from . import counting

UNCLASSIFIED = "unclassified"
REACTIONS = ("in_time", "late", "open")


class Table(NamedTuple):
    """One table to print: rows of (label, number or None where it is left blank).

    ``shares`` says whether its numbers are parts of all reports.
    """

    title: str
    rows: list
    shares: bool = False

    @property
    def empty(self):
        """Tell whether every figure was left blank."""
        return all(value is None for _label, value in self.rows)


class Figures(NamedTuple):
    """What may be printed about a period; nothing else leaves the model that made it."""

    total: int
    threshold: int
    tables: list
    incomplete: bool = False  # cases of these years were destroyed after their term

    @property
    def blank(self):
        """The number of figures that were left blank."""
        return sum(value is None for table in self.tables for _label, value in table.rows)


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
        tables = self._behaviour_tables(behaviour, threshold)
        tables += self._separate_tables(period, threshold)
        tables.append(self._measure_table(protocol, period))
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

    def _ask(self, question, period):
        return self.env.execute_query(SQL(question, period))

    def _labels(self, model, field):
        return dict(self.env[model]._fields[field]._description_selection(self.env))

    def _behaviour_counts(self, protocol, period):
        """Return {(level, kind, form, reaction): number}, also of what can occur and did not."""
        counts = {(UNCLASSIFIED, "", "", ""): 0, ("0", "emotion", "", ""): 0}
        for row in protocol.behaviour_ids.filtered(lambda behaviour: behaviour.level != "0"):
            for reaction in REACTIONS:
                counts[row.level, row.kind, row.form, reaction] = 0
        for *atom, number in self._ask(counting.BEHAVIOUR, period):
            counts[tuple(atom)] = number
        return counts

    def _behaviour_tables(self, counts, threshold):
        """Level, kind, form and reaction are sums over the same cases: one gives away another."""
        behaviour = "aggression.behaviour"
        labels = [
            {**self._labels(behaviour, "level"), UNCLASSIFIED: self.env._("Not classified yet")},
            self._labels(behaviour, "kind"),
            self._labels(behaviour, "form"),
            {
                "in_time": self.env._("Decided in time"),
                "late": self.env._("Decided later"),
                "open": self.env._("Not decided yet"),
            },
        ]
        titles = [
            self.env._("How serious it was"),
            self.env._("What kind it was"),
            self.env._("In which form"),
            self.env._("Reaction to aggression"),
        ]
        cells = {
            place: {key: {atom for atom in counts if atom[place] == key} for key in keys}
            for place, keys in enumerate(labels)
        }
        published = publish(counts, cells, threshold)
        return [
            Table(
                title,
                [(label, published[place, key]) for key, label in labels[place].items()],
                True,
            )
            for place, title in enumerate(titles)
        ]

    def _separate_tables(self, period, threshold):
        """Tables that hang together with the others by the total alone."""
        talks = self._ask(counting.TALK, period)
        care = {
            "held": self.env._("Held in time"),
            "late": self.env._("Held later"),
            "declined": self.env._("Declined"),
            "planned": self.env._("Still on offer"),
            "lapsed": self.env._("Not needed"),
        }
        systems = [
            (
                self.env._("By which way it came"),
                self._labels("aggression.incident", "channel"),
                self._ask(counting.CHANNEL, period),
            ),
            (
                self.env._("Whom it was against"),
                self._labels("aggression.office", "world"),
                self._ask(counting.WORLD, period),
            ),
        ]
        systems += [
            (
                self.env._("Care after aggression: talk %(number)s", number=number),
                care,
                [row[1:] for row in talks if row[0] == number],
            )
            for number in (1, 2, 3)
        ]
        return [self._separate_table(*system, threshold) for system in systems]

    def _separate_table(self, title, labels, rows, threshold):
        counts = {**dict.fromkeys(labels, 0), **dict(rows)}
        published = publish(counts, {title: {key: {key} for key in labels}}, threshold)
        return Table(title, [(label, published[title, key]) for key, label in labels.items()])

    def _measure_table(self, protocol, period):
        """A case can have several measures: these figures have no sum, each stands by itself."""
        found = dict(self._ask(counting.MEASURE, period))
        rows = [
            (kind.name, number if number >= protocol.publication_threshold else None)
            for kind in protocol.measure_type_ids
            for number in [found.get(kind.code, 0)]
        ]
        return Table(self.env._("Measures"), rows)
