from contextlib import contextmanager
from types import SimpleNamespace
from unittest.mock import patch

from odoo.fields import Command
from odoo.tests import TransactionCase, new_test_user

from odoo.addons.base.models import res_users

TEAM = "aggression_protocol.group_case_team"
HOLDER = "aggression_protocol.group_office_holder"

# login: (groups, roles held); the people of an invented municipality
PEOPLE = {
    "mayor": (TEAM, ["mayor"]),
    "deputy": (TEAM, ["deputy_mayor"]),
    "clerk": (TEAM + ",aggression_protocol.group_insight", ["council_clerk"]),
    "secretary": (TEAM, ["municipal_secretary"]),
    "coordinator": (TEAM, ["aggression_coordinator"]),
    "order_officer": (TEAM, ["public_order_officer", "authorised_representative"]),
    "alderman": (HOLDER + ",base.group_portal", ["alderman"]),
    "councillor": (HOLDER + ",base.group_portal", ["councillor"]),
    "other_councillor": (HOLDER + ",base.group_portal", ["councillor"]),
    "committee_member": (HOLDER + ",base.group_portal", ["committee_member"]),
    "uninvolved": (TEAM, []),
    "employee": ("base.group_user", []),
    "desk": ("base.group_user", []),
    "officer": ("aggression_protocol.group_privacy_officer", []),
    "manager": ("aggression_protocol.group_protocol_manager", []),
    "administrator": ("base.group_system", []),
    "stranger": ("base.group_portal", []),
}


class ProtocolCase(TransactionCase):
    """A municipality with the shipped protocol in force and somebody in every role."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(
            context=dict(cls.env.context, no_reset_password=True, tz="Europe/Amsterdam")
        )
        cls.protocol = cls.env.ref("aggression_protocol.protocol_midden_delfland_2025")
        cls.users = {login: cls._person(login) for login in PEOPLE}
        cls.protocol.action_put_in_force()

    @classmethod
    def _person(cls, login):
        groups, held = PEOPLE[login]
        user = new_test_user(cls.env, login, groups, name=f"Name of {login}", tz="Europe/Amsterdam")
        cls.env["aggression.role.assignment"].create(
            [
                {"role_id": cls.role(code).id, "user_id": user.id, "date_from": "2020-01-01"}
                for code in held
            ]
        )
        return user

    @classmethod
    def role(cls, code):
        return cls.env.ref(f"aggression_protocol.role_{code}")

    @classmethod
    def office(cls, code):
        return cls.env.ref(f"aggression_protocol.office_{code}")

    @classmethod
    def behaviours(cls, *codes):
        return cls.protocol.behaviour_ids.filtered(lambda behaviour: behaviour.code in codes)

    @classmethod
    def measure_type(cls, code):
        return cls.protocol.measure_type_ids.filtered(lambda kind: kind.code == code)

    def as_user(self, login, records):
        """Return ``records`` (or a model) as this person sees them, with nothing in the cache."""
        records.env.flush_all()
        records = records.with_user(self.users[login])
        records.env.invalidate_all()
        return records

    def model_as(self, login, name):
        return self.as_user(login, self.env[name])

    def report(self, by="clerk", hit="councillor", office=None, **values):
        """Report an incident through the report's own screen; returns the case as superuser."""
        known = set(self.env["aggression.incident"].search([]).ids)
        self.model_as(by, "aggression.report.wizard").create(
            self._report_values(hit, office, values)
        ).action_submit()
        return self.env["aggression.incident"].search([("id", "not in", list(known))])

    def _report_values(self, hit, office, values):
        person = {"user_id": self.users[hit].id} if hit in self.users else {"name": hit}
        if office:
            person["office_id"] = self.office(office).id
        harm = {
            name: values.pop(name)
            for name in ("injury", "hospital", "lasting_harm", "family_hit", "impact")
            if name in values
        }
        return {
            "person_ids": [Command.clear(), Command.create({**person, **harm})],
            "occurred_at": "2026-03-06 21:50:00",
            "reported_at": "2026-03-06 22:10:00",
            "channel": "social_media",
            "place": "online",
            "story": "What happened, in the words of who was there.",
            **values,
        }

    def classify(self, incident, *codes, by="coordinator", directed="yes", aim="harm", **values):
        """Classify a case through the classification's own screen."""
        wizard = self.model_as(by, "aggression.classification.wizard").create(
            {
                "incident_id": incident.id,
                "behaviour_ids": [Command.set(self.behaviours(*codes).ids)],
                "directed": directed,
                "aim": aim,
                **values,
            }
        )
        wizard.action_classify()
        incident.invalidate_recordset()
        return incident

    def decision_screen(self, incident, by="mayor", **values):
        return self.model_as(by, "aggression.decision.wizard").create(
            {"incident_id": incident.id, **values}
        )

    @contextmanager
    def confirmed(self):
        """Let who is there have said so just now: there is no session outside a request."""
        session = {"identity-check-last": float("inf")}
        with patch.object(res_users, "request", SimpleNamespace(session=session)):
            yield

    def filled_screen(self, incident, by="mayor", **values):
        """Return the decision's own screen, filled in as the protocol proposes."""
        heard = {
            "hearing": "heard",
            "heard_on": "2026-03-08",
            "view": "It was not meant so.",
            "grounds": "You wrote that you know where the councillor lives.",
            "proportionality": "A warning was not enough the last time.",
        }
        screen = self.decision_screen(incident, by, **{**heard, **values})
        needing = screen.line_ids.filtered("type_id.needs_scope")
        needing.filtered(lambda line: not line.scope).scope = "Town hall"
        return screen

    def decide(self, incident, by="mayor", **values):
        """Decide as the protocol proposes, through the decision's own screen."""
        screen = self.filled_screen(incident, by, **values)
        with self.confirmed():
            screen.action_decide()
        incident.invalidate_recordset()
        return incident.decision_ids[:1]

    def duties(self, incident, *codes):
        return incident.duty_ids.filtered(lambda duty: duty.type_id.code in codes)

    def who(self, incident):
        """Return {login: {roles}} of the access rows of a case."""
        rows = {}
        for row in incident.access_ids:
            rows.setdefault(row.user_id.login, set()).add(row.role)
        return rows
