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

from ..models.admin.sealing_changes import seal_new
from ..models.privacy.readings import Key, append
from .changing_hands import COME_AND_GO, ChangingHands
from .common import TEAM
from .decided import Decided
from .screens import FILE, SCREENS, Screens

NIGHT = "2026-03-06 22:10:00"
MORNING = "2026-03-08 09:00:00"
SECOND = " (second)"
MORE_PEOPLE = {
    "confidant": TEAM,
    "receptionist": "aggression_protocol.group_front_desk",
    "kept_out": TEAM,
    "asking": "aggression_protocol.group_privacy_officer",
    "approving": "aggression_protocol.group_protocol_manager",
    **dict.fromkeys(COME_AND_GO, TEAM),
}

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
    "front_desk": [("receptionist", 0)],
    "officer": [("officer", 0)],
    "manager": [("manager", 0)],
    "admin": [("administrator", 0)],
    "stranger": [("stranger", 0)],
    "colleague": [("colleague", 0)],
    "taken_off": [("taken_off", 0)],
    "former": [("former", 0)],
    "stand_in": [("stand_in", 0)],
    "before_stand_in": [("stands_in_later", 0)],
    "after_stand_in": [("stood_in", 0)],
    "anonymous": [("anonymous", 0)],
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


def people_in_words():
    """Return access_people.csv as {column of access.csv: who that is, and in which relation}."""
    with Path(__file__).with_name("access_people.csv").open(encoding="utf-8", newline="") as file:
        return {line.pop("column"): line for line in csv.DictReader(file)}


class CompleteCase(Screens, Decided, ChangingHands):
    """Two cases, from the report to the decision and the first talk.

    In ``cls.cases[0]`` a councillor and an alderman were hit and an employee reported it; in
    ``cls.cases[1]`` the mayor was hit. A second coordinator is kept out of both. On the first
    case people come and go: see :class:`ChangingHands`.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for login, groups in MORE_PEOPLE.items():
            cls.users[login] = new_test_user(
                cls.env, login, groups, name=f"Name of {login}", tz="Europe/Amsterdam"
            )
        cls.users["anonymous"] = cls.env.ref("base.public_user")
        cls.role("aggression_coordinator").assignment_ids = [
            Command.create({"user_id": cls.users[login].id, "date_from": "2025-01-01"})
            for login in ("kept_out", "former")
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
            self._declared(councillors, "councillor", agrees=True)
            self._declared(councillors, "alderman", agrees=False)
            self._declared(mayors, "mayor", agrees=True)
            self._protected(councillors, "clerk")
            self._protected(mayors, "order_officer")
        self._opened_further(councillors)
        self._change_hands(councillors)
        self._looked_at(councillors | mayors)
        self._asked_to_get_in(councillors, mayors)
        self._listed(councillors)
        return councillors, mayors

    def _looked_at(self, incidents):
        """Let the clerk read the facts of these cases, and the privacy officer sign for it."""
        key = Key(self.users["clerk"].id, False, "screen", "listed", "aggression.facts")
        append(self.env.cr, {key: {i.facts_ids.id: (i.id, None) for i in incidents}})
        self.model_as("officer", "aggression.read.review").create({"note": "All in order."})
        seal_new(self.env.cr)

    def _asked_to_get_in(self, *incidents):
        """Let somebody ask for emergency access, which nobody has answered yet.

        Both have a part in it, so they are others than who stand for all of their kind.
        """
        for incident in incidents:
            self.open_screen("asking", "aggression.emergency.wizard", incident).action_ask()

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
        self._decided_and_sent(incident, mayor)
        talk = incident.affected_ids[0].aftercare_ids.talk_ids[0]
        self.as_user(mayor, talk).write({"notes": "Sleeps badly."})
        self.as_user(mayor, talk).action_hold()
        self.open_screen("coordinator", "aggression.step.note", incident).action_save()
        self.open_screen("coordinator", "aggression.hold.wizard", incident).action_save()
        screen = self.open_screen("coordinator", "aggression.causer.wizard", incident)
        screen.line_ids.write({"verdict": "told_apart", "reason": "Another man."})
        screen.action_save()
        self.open_screen("coordinator", "aggression.demand.wizard", incident).action_refused()
        self.open_screen("coordinator", "aggression.triangle.wizard", incident).action_put_on()

    def _declared(self, incident, login, agrees):
        screen = self.model_as(login, "aggression.declaration.wizard")
        values = {"incident_id": incident.id, "agrees": agrees, "text": f"Declared by {login}."}
        screen.create(values).action_save()

    def _protected(self, incident, by):
        self.open_screen(by, "aggression.protection.wizard", incident).action_save()

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

    @classmethod
    def _personal_models(cls):
        """Return the names of the models about one person hit."""
        return cls.env.registry.descendants(["aggression.personal"], "_inherit")

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
        if name == "aggression.front.desk.line":
            return incident.measure_ids.front_desk_ids
        found = self.env[name].search([("incident_id", "=", incident.id)], order="id")
        if name == "aggression.access":
            # who knows of protection is told to nobody: see test_police
            found = found.filtered(lambda access: access.role != "protector")
        person = incident.affected_ids[1:2] if row.endswith(SECOND) else incident.affected_ids[:1]
        paths = {
            "aggression.affected.person": "id",
            **dict.fromkeys(self._personal_models(), "affected_id.id"),
            "aggression.talk": "aftercare_id.affected_id.id",
        }
        if name in paths:
            found = found.filtered(lambda record: record.mapped(paths[name]) == person.ids)
        return found
