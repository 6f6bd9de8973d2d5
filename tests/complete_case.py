"""Two complete cases with everybody around them, for the tests of who sees what."""

from contextlib import suppress
from functools import lru_cache

import psycopg2

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.sql_db import Savepoint
from odoo.tests import freeze_time, new_test_user

from ..models.admin.sealing_changes import seal_new
from ..models.privacy.readings import Key, append
from . import told
from .access_table import PARTS, SECOND, access_table, model_of
from .changing_hands import COME_AND_GO, ChangingHands
from .common import TEAM
from .decided import Decided
from .screens import FILE, SCREENS, Screens

NIGHT = "2026-03-06 22:10:00"
MORNING = "2026-03-08 09:00:00"
MORE_PEOPLE = {
    "confidant": TEAM,
    "receptionist": "aggression_protocol.group_front_desk",
    "kept_out": TEAM,
    "asking": "aggression_protocol.group_privacy_officer",
    "approving": "aggression_protocol.group_protocol_manager",
    **dict.fromkeys(COME_AND_GO, TEAM),
}

# what holds nothing of a case
APART_FROM_CASES = ("policy", "append.only", "beside.cases")
# rows of access.csv whose records do not name their case
APART = {
    "aggression.causer": lambda incident: incident.causer_ids,
    "aggression.front.desk.line": lambda incident: incident.measure_ids.front_desk_ids,
    **told.merged("APART"),
}


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
            for tell_later in told.each("tell_later"):
                tell_later(self, councillors)
                tell_later(self, mayors)
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
        for tell in told.each("tell"):
            tell(self, incident, mayor)

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
        apart = tuple(cls.env.registry[f"aggression.{name}"] for name in APART_FROM_CASES)
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
        if row in told.merged("AT_LARGE"):
            return False
        return row in SCREENS or model_of(row) in self.case_models()

    def _collect(self):
        """Return {(row of access.csv, number of the case): the records that the row is about}."""
        rows = [row for row in access_table() if row not in SCREENS]
        return {(row, number): self._of_case(row, number) for row in rows for number in (0, 1)}

    def _of_case(self, row, number):
        name, incident = model_of(row), self.cases[number]
        if name == "aggression.read.log":
            return self.env[name].search([("incident_id", "=", incident.id)])
        if name not in self.case_models():
            return self.env[name].search([], order="id", limit=1)
        if name == "aggression.incident":
            return incident
        if row in APART:
            return APART[row](incident)
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
