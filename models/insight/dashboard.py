import base64
from typing import NamedTuple

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tools import SQL, format_date

from ...rules.column_chart import column_chart
from ...rules.money import cents
from ..privacy.asker import LISTED
from . import overview

PERIODS = {"quarter": relativedelta(months=3), "year": relativedelta(years=1)}
MONTHS = 12


class Span(NamedTuple):
    """A period, from and until (not included), and the one just as long before it."""

    before: object
    start: object
    end: object


class Dashboard(models.AbstractModel):
    """How the protocol is doing, for who works on cases: over the cases they may open (M6, M7).

    Promise: every number is counted under the rules of the user who looks, so that it is a number
    of records they can open one by one; no name and no word of a case is in it; how many
    questions it asks does not depend on how many cases there are.
    """

    _name = "aggression.dashboard"
    _description = "Dashboard"

    @api.model
    def figures(self, period="year"):
        """Return what the dashboard shows.

        :param str period: "quarter" or "year": the last three or twelve months until now
        :return: dict of ``cards``, each with a title, what it is now, what it was in the period
            before, a word of explanation and the action that shows the records behind it; and of
            ``chart``, a picture of the last months with what it shows in words
        :raises AccessError: for who works on no cases
        """
        if not self.env.user.has_group("aggression_protocol.group_case_team"):
            raise AccessError(self.env._("The dashboard is for those who work on cases."))
        if period not in PERIODS:
            raise UserError(self.env._("Choose the last three months or the last year."))
        self.env.flush_all()
        span = self._span(PERIODS[period])
        return {
            "cards": [
                *self._case_cards(span),
                *self._duty_cards(span),
                self._measure_card(span),
                self._causer_card(span),
                *self._money_cards(span),
            ],
            "chart": self._chart(span.end),
        }

    def _span(self, length):
        end = fields.Datetime.now()
        return Span(end - length - length, end - length, end)

    def _count(self, model, domain, *columns):
        """Return the one row of ``columns`` over the records of a model that the user may read."""
        records = self.env[model]
        if not records.has_access("read"):
            return [0] * len(columns)
        records._note_reading(LISTED)
        query = records._search(domain)
        readable = query.select(SQL("%s.*", SQL.identifier(query.table)))
        question = SQL("SELECT %s FROM (%s) readable", SQL(", ").join(columns), readable)
        (row,) = self.env.execute_query(question)
        return row

    def _case_cards(self, span):
        row = self._count("aggression.incident", [], *overview.cases(span))
        still_open, was_open, new, new_before, delay, delay_before = row
        cases = self._list("incident_action", self.env._("Cases"))
        reported = {**cases, "domain": self._between("reported_at", span)}
        return [
            self._card(
                self.env._("Open cases"),
                (still_open, was_open),
                self.env._("Not closed yet."),
                {**cases, "domain": [("state", "!=", "closed")]},
            ),
            self._card(
                self.env._("Reports"),
                (new, new_before),
                self.env._("Reported in this period."),
                reported,
            ),
            self._card(
                self.env._("Time until the report"),
                (self._lasting(delay), self._lasting(delay_before)),
                self.env._("From the incident to the report: half of them took less."),
                reported,
            ),
        ]

    def _duty_cards(self, span):
        both_periods = [("due_at", ">=", span.before), ("due_at", "<", span.end)]
        counts = self._count(
            "aggression.duty", both_periods, *overview.duties(span), *overview.talks(span)
        )
        due, held = counts[:4], counts[4:]
        duties = self._list("duty_action", self.env._("Duties"))
        domain = Domain(self._between("due_at", span)) & Domain("state", "in", ("open", "done"))
        talks = Domain(self._between("due_at", span)) & Domain("talk_id", "!=", False)
        return [
            self._card(
                self.env._("Terms met"),
                (self._part(*due[:2]), self._part(*due[2:])),
                self.env._("Duties of which the term ended in this period, done in time."),
                {**duties, "domain": list(domain)},
            ),
            self._card(
                self.env._("Care talks held"),
                (self._part(*held[:2]), self._part(*held[2:])),
                self.env._("The others were declined, not needed any more or are still open."),
                {**duties, "domain": list(talks)},
            ),
        ]

    def _measure_card(self, span):
        days = [fields.Date.context_today(self, day) for day in (span.end, span.start)]
        row = self._count("aggression.measure", [], *map(overview.measures, days))
        action = self._list("measure_action", self.env._("Measures"))
        today = fields.Date.to_string(days[0])
        running = [("state", "!=", "ended"), ("date_from", "<=", today), ("date_to", ">=", today)]
        return self._card(
            self.env._("Running measures"),
            row,
            self.env._("To be kept to today."),
            {**action, "domain": running},
        )

    def _causer_card(self, span):
        """Count causers who came back; nobody is named on the dashboard itself."""
        now, before = [], []
        if self.env["aggression.causer"].has_access("read"):
            self.env["aggression.causer"]._note_reading(LISTED)
            readable = [
                self.env[model]._search([]).subselect()
                for model in ("aggression.causer", "aggression.incident")
            ]
            rows = self.env.execute_query(overview.causers(span, *readable))
            now = [causer for causer, back, _before in rows if back]
            before = [causer for causer, _back, earlier in rows if earlier]
        action = self._list("causer_action", self.env._("Causers"))
        return self._card(
            self.env._("Causers who came back"),
            (len(now), len(before)),
            self.env._("With a case in this period and an earlier one."),
            {**action, "domain": [("id", "in", now)]},
        )

    def _money_cards(self, span):
        paid = self._count("aggression.damage", [], *overview.amounts("granted", "paid_on", span))
        got = self._count(
            "aggression.damage.payment", [], *overview.amounts("amount", "received_on", span)
        )
        damage = self._list("aggression.damage", self.env._("Damage reimbursed"))
        payments = self._list("aggression.damage.payment", self.env._("Payments by causers"))
        return [
            self._card(
                self.env._("Damage paid"),
                map(self._euros, paid),
                self.env._("Reimbursed to who was hit."),
                {**damage, "domain": self._between_days("paid_on", span)},
            ),
            self._card(
                self.env._("Damage recovered"),
                map(self._euros, got),
                self.env._("Came in from causers."),
                {**payments, "domain": self._between_days("received_on", span)},
            ),
        ]

    def _chart(self, end):
        """Return a picture of the reports in each of the last months, and its words."""
        first = end.date().replace(day=1) - relativedelta(months=MONTHS - 1)
        months = [first + relativedelta(months=number) for number in range(MONTHS)]
        since = [("reported_at", ">=", fields.Datetime.to_string(months[0]))]
        row = self._count("aggression.incident", since, *map(overview.month, months))
        names = [format_date(self.env, day, date_format="MMM yy") for day in months]
        columns = list(zip(names, row, strict=True))
        drawn = base64.b64encode(column_chart(columns).encode()).decode()
        told = ", ".join(f"{name}: {number}" for name, number in columns)
        return {
            "src": f"data:image/svg+xml;base64,{drawn}",
            "alt": self.env._("Reports in each month. %(figures)s.", figures=told),
        }

    # -- how it is said -------------------------------------------------------------------

    def _card(self, title, numbers, hint, action):
        now, before = (str(number) for number in numbers)
        return {"title": title, "now": now, "before": before, "hint": hint, "action": action}

    def _list(self, name, title):
        """Return the action that lists records: one there is, or a plain one for a model."""
        if name.endswith("_action"):
            action = self.env["ir.actions.act_window"]._for_xml_id(f"aggression_protocol.{name}")
            return {**action, "name": title, "context": {}}
        return {
            "type": "ir.actions.act_window",
            "name": title,
            "res_model": name,
            "views": [(False, "list"), (False, "form")],
        }

    def _between(self, name, span):
        return [
            (name, ">=", fields.Datetime.to_string(span.start)),
            (name, "<", fields.Datetime.to_string(span.end)),
        ]

    def _between_days(self, name, span):
        return [
            (name, ">", fields.Date.to_string(span.start)),
            (name, "<=", fields.Date.to_string(span.end)),
        ]

    def _part(self, some, of_all):
        if not of_all:
            return "–"
        return self.env._(
            "%(some)s of %(all)s (%(share)s%%)",
            some=some,
            all=of_all,
            share=round(100 * some / of_all),
        )

    def _euros(self, amount):
        return self.env["aggression.in.euros"]._in_words(cents(amount or 0))

    def _lasting(self, seconds):
        """Return a length of time in the largest unit that fits."""
        if seconds is None:
            return "–"
        hours = float(seconds) / 3600
        if hours < 1:
            return self.env._("%(number)s minutes", number=round(hours * 60))
        if hours < 48:
            return self.env._("%(number)s hours", number=round(hours))
        return self.env._("%(number)s days", number=round(hours / 24))
