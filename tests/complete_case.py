"""Two complete cases with everybody around them, for the tests of who sees what."""

import csv
from contextlib import suppress
from functools import lru_cache
from pathlib import Path

import psycopg2

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.sql_db import Savepoint
from odoo.tests import freeze_time, new_test_user

from ..models.privacy.readings import Key, append
from .common import TEAM, ProtocolCase

NIGHT = "2026-03-06 22:10:00"
MORNING = "2026-03-08 09:00:00"
FILE = b"QQ=="
SECOND = " (second)"

# column of access.csv: (login, number of the case); what a column says goes for all of them
PARTS = {
    "hit": [("councillor", 0)],
    "second": [("alderman", 0)],
    "reporter": [("desk", 0), ("committee_member", 0)],
    "clerk": [("clerk", 0)],
    "handler": [("coordinator", 0), ("coordinator", 1), ("secretary", 1)],
    "mayor": [("mayor", 0), ("deputy", 1)],
    "carer": [("confidant", 0)],
    "mayor_hit": [("mayor", 1)],
    "other": [("other_councillor", 0), ("councillor", 1)],
    "team": [("uninvolved", 0), ("deputy", 0), ("confidant", 1)],
    "kept_out": [("kept_out", 0), ("kept_out", 1)],
    "employee": [("employee", 0), ("desk", 1)],
    "officer": [("officer", 0)],
    "manager": [("manager", 0)],
    "admin": [("administrator", 0)],
    "stranger": [("stranger", 0)],
}
# screen: (who has it open in the tests, the screen it is a line of)
SCREENS = {
    "aggression.report.wizard": ("desk", None),
    "aggression.report.person": ("desk", "aggression.report.wizard"),
    "aggression.report.file": ("desk", "aggression.report.wizard"),
    "aggression.classification.wizard": ("coordinator", None),
    "aggression.classification.person": ("coordinator", "aggression.classification.wizard"),
    "aggression.classification.match": ("coordinator", "aggression.classification.wizard"),
    "aggression.decision.wizard": ("mayor", None),
    "aggression.decision.line": ("mayor", "aggression.decision.wizard"),
    "aggression.duty.completion": ("clerk", None),
    "aggression.step.note": ("clerk", None),
    "aggression.sharing.wizard": ("clerk", None),
    "aggression.exclusion.wizard": ("clerk", None),
    "aggression.hold.wizard": ("clerk", None),
    "aggression.data.subject.wizard": ("desk", None),
    "aggression.council.feedback": ("clerk", None),
    "aggression.handover.wizard": ("manager", None),
}


def access_table():
    """Return access.csv as {row: {column: cell}}.

    The rows are models, the columns the people around a case in which a councillor and an
    alderman were hit. A cell says what somebody may do with the records of that case, by
    whatever door: r read, w change, c create, d delete, - nothing. What is written about the
    alderman has rows of its own, marked "(second)". In the column mayor_hit the case is the
    mayor's own. A screen is read, changed and deleted by who opened it and by nobody else; its
    row says who may open one on this case.
    """
    with Path(__file__).with_name("access.csv").open(encoding="utf-8", newline="") as file:
        return {line.pop("model"): line for line in csv.DictReader(file)}


class CompleteCase(ProtocolCase):
    """Two cases, from the report to the decision and the first talk.

    In ``cls.cases[0]`` a councillor and an alderman were hit and an employee reported it; in
    ``cls.cases[1]`` the mayor was hit. A second coordinator is kept out of both.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for login in ("confidant", "kept_out"):
            cls.users[login] = new_test_user(
                cls.env, login, TEAM, name=f"Name of {login}", tz="Europe/Amsterdam"
            )
        cls.role("aggression_coordinator").assignment_ids = [
            Command.create({"user_id": cls.users["kept_out"].id, "date_from": "2025-01-01"})
        ]
        cls.cases = cls()._tell()
        cls.records = cls()._collect()

    def _tell(self):
        with freeze_time(NIGHT):
            councillors = self._reported("desk", "councillor", "alderman")
            mayors = self._reported("secretary", "mayor")
        with freeze_time(MORNING):
            self._handled(councillors, "mayor")
            self._handled(mayors, "deputy")
        self._opened_further(councillors)
        self._looked_at(councillors | mayors)
        self._listed(councillors)
        return councillors, mayors

    def _looked_at(self, incidents):
        """Let the clerk read the facts of these cases, and the privacy officer sign for it."""
        key = Key(self.users["clerk"].id, False, "screen", "listed", "aggression.facts")
        append(self.env.cr, {key: {i.facts_ids.id: (i.id, None) for i in incidents}})
        self.model_as("officer", "aggression.read.review").create({"note": "All in order."})

    def _listed(self, incident):
        """Let there be a destruction list and a request; such a list is made of what is due."""
        run = (
            self.env["aggression.retention.run"]
            ._unlocked()
            .create({"at": MORNING, "company_id": incident.company_id.id, "state": "withdrawn"})
        )
        self.env["aggression.retention.count"]._unlocked().create(
            {
                "run_id": run.id,
                "clock": "case",
                "outcome": "aggression",
                "year": "2020",
                "number": 3,
            }
        )
        self.env["aggression.data.request"]._receive(incident.company_id, run.at.date())

    def _reported(self, by, *hit):
        persons = [
            Command.create({"user_id": self.users[login].id, "impact": "Bad dreams."})
            for login in hit
        ]
        persons[0][2]["injury"] = "mental"
        return self.report(
            by,
            person_ids=[Command.clear(), *persons],
            where="At the back door",
            causer_kind="person",
            causer_name="J. Jansen",
            causer_description="Somebody with a red coat.",
            file_ids=[Command.create({"filename": "x.png", "content": FILE, "source": "Phone"})],
            excluded_ids=[Command.link(self.users["kept_out"].id)],
            exclusion_reason="His brother.",
        )

    def _handled(self, incident, mayor):
        self.classify(incident, "threat", cause_note="A permit was refused.")
        self.decide(incident, by=mayor, grounds="It was a threat.")
        talk = incident.affected_ids[0].aftercare_ids.talk_ids[0]
        self.as_user(mayor, talk).write({"notes": "Sleeps badly."})
        self.as_user(mayor, talk).action_hold()
        self.open_screen("coordinator", "aggression.step.note", incident).action_save()
        self.open_screen("coordinator", "aggression.hold.wizard", incident).action_save()

    def _opened_further(self, incident):
        """Add whom no route brings: a carer who decides nothing, a reporter with an office."""
        person = incident.affected_ids[0]
        rows = [
            incident._access_row(self.users["confidant"].id, "carer", "granted", person),
            incident._access_row(self.users["committee_member"].id, "reporter", "reported"),
        ]
        self.env["aggression.access"]._grant([{**row, "note": "Wished for."} for row in rows])

    def cells(self, row, columns):
        """Yield (column, login, number of the case, cell) for a row of :func:`access_table`."""
        for column, cell in columns.items():
            # Nobody's part in a case matters for the protocol itself: one person is enough.
            people = PARTS[column] if self.holds_cases(row) else PARTS[column][:1]
            for login, number in people:
                if not (row.endswith(SECOND) and number):
                    yield column, login, number, cell

    def passes(self, call):
        """Tell whether a call gets past the door, whatever it finds behind it; undo it."""
        self.env.flush_all()
        savepoint = Savepoint(self.env.cr)
        passed = True
        try:
            with suppress(UserError, psycopg2.IntegrityError):
                self._or_refused(call)
        except PermissionError:
            passed = False
        finally:
            if passed:
                self.env.cr.clear()
            savepoint.close(rollback=True)
        return passed

    def _or_refused(self, call):
        # odoo's own refusal is one of the errors that mean: past the door
        try:
            call()
        except AccessError as error:
            raise PermissionError from error

    def open_screen(self, login, name, incident):
        """Fill in a screen on a case, as a remote call would; returns it as that person."""
        values = self._screen_values(name, incident)
        _owner, parent = SCREENS[name]
        if parent:
            values["wizard_id"] = self.open_screen(login, parent, incident).id
        return self.model_as(login, name).create(values)

    def _screen_values(self, name, incident):
        about = {"incident_id": incident.id}
        causer, person = incident.causer_ids, incident.affected_ids[0]
        duty = incident.duty_ids.filtered(lambda duty: duty.fulfilment == "note")[0]
        by_hand = {
            "aggression.report.wizard": self._report_values("councillor", None, {}),
            "aggression.report.person": {"name": "Somebody", "office_id": person.office_id.id},
            "aggression.report.file": {"filename": "x.png", "content": FILE},
            "aggression.classification.person": {"affected_id": person.id},
            "aggression.classification.match": {"causer_id": causer.id, "earlier_id": causer.id},
            "aggression.decision.wizard": {**about, "line_ids": [], "causer_id": False},
            "aggression.decision.line": {"type_id": self.protocol.measure_type_ids[0].id},
            "aggression.duty.completion": {"duty_id": duty.id},
            "aggression.council.feedback": {},
            "aggression.data.subject.wizard": {"case_reference": "M-22222222"},
            "aggression.hold.wizard": {**about, "until": "2031-01-01", "reason": "A lawsuit."},
            "aggression.handover.wizard": {
                "assignment_id": self.role("mayor").assignment_ids[0].id,
            },
            "aggression.exclusion.wizard": {
                **about,
                "user_id": self.users["uninvolved"].id,
                "reason": "Knows the causer.",
            },
            "aggression.step.note": {**about, "text": "Called back."},
            "aggression.sharing.wizard": {
                **about,
                "user_id": self.users["uninvolved"].id,
                "reason": "Knows the causer.",
            },
        }
        return by_hand.get(name, about)

    @classmethod
    def addon_models(cls):
        """Return the names of all models of this addon that have records."""
        return sorted(
            name
            for name, model in cls.env.registry.items()
            if model._original_module == "aggression_protocol" and not model._abstract
        )

    @classmethod
    @lru_cache
    def case_models(cls):
        """Return the names of the models that hold something of a case."""
        apart = tuple(cls.env.registry[f"aggression.{name}"] for name in ("policy", "append.only"))
        return [
            name
            for name in cls.addon_models()
            if not cls.env[name]._transient and not isinstance(cls.env[name], apart)
        ]

    def holds_cases(self, row):
        """Tell whether a row is about a case, or a screen on which somebody writes about one."""
        return row in SCREENS or row.removesuffix(SECOND) in self.case_models()

    def _collect(self):
        """Return {(row of access.csv, number of the case): the records that the row is about}."""
        rows = [row for row in access_table() if row not in SCREENS]
        return {(row, number): self._of_case(row, number) for row in rows for number in (0, 1)}

    def _of_case(self, row, number):
        name, incident = row.removesuffix(SECOND), self.cases[number]
        if name == "aggression.read.log":
            return self.env[name].search([("incident_id", "=", incident.id)])
        if name not in self.case_models():
            return self.env[name].search([], order="id", limit=1)
        if name == "aggression.incident":
            return incident
        if name == "aggression.causer":
            return incident.causer_ids
        found = self.env[name].search([("incident_id", "=", incident.id)], order="id")
        person = incident.affected_ids[1:2] if row.endswith(SECOND) else incident.affected_ids[:1]
        paths = {
            "aggression.affected.person": "id",
            "aggression.aftercare": "affected_id.id",
            "aggression.talk": "aftercare_id.affected_id.id",
        }
        if name in paths:
            found = found.filtered(lambda record: record.mapped(paths[name]) == person.ids)
        return found
