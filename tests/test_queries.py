import json
from datetime import datetime

from odoo.fields import Command
from odoo.tests import freeze_time

from ..benchmarks.measuring.client import specification
from ..models.duty.duty_sweep import BATCH
from ..models.privacy.reference import random_reference
from .common import ProtocolCase


@freeze_time("2026-03-07 10:00:00")
class TestQueries(ProtocolCase):
    """What a screen asks of the database does not grow with the number of cases."""

    SMALL, LARGE = 200, 2000
    OWN = 100

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.office_id = cls.office("councillor").id

    def fill(self, number):
        """Add cases of others until there are ``number``; the clerk has a part in some of them."""
        incidents = self.env["aggression.incident"]
        missing = number - incidents.search_count([])
        cases = incidents._unlocked().create(
            [
                {
                    "reference": random_reference("M"),
                    "company_id": self.env.company.id,
                    "protocol_id": self.protocol.id,
                    "occurred_at": "2026-03-01 10:00:00",
                    "reported_at": f"2026-03-02 10:{n % 60:02}:00",
                    "channel": "email",
                    "place": "online",
                }
                for n in range(missing)
            ]
        )
        part = self.OWN - self.env["aggression.access"].search_count(
            [("user_id", "=", self.users["clerk"].id)]
        )
        self.env["aggression.access"]._grant(
            [case._access_row(self.users["clerk"].id, "handler", "route") for case in cases[:part]]
            + [
                case._access_row(self.users["uninvolved"].id, "handler", "route")
                for case in cases[part:]
            ]
        )
        self.env.flush_all()
        for table in ("aggression_incident", "aggression_access"):
            self.env.cr.execute(f"ANALYZE {table}")

    def count(self, call):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        call()
        self.env.flush_all()
        return self.env.cr.sql_log_count - before

    def screen(self, view):
        """Return what the web client asks for to draw this view."""
        kind = view.rsplit("_", 1)[1]
        view_id = self.env.ref(f"aggression_protocol.{view}").id
        return specification(self.model_as("clerk", "aggression.incident"), kind, view_id)

    def both_sizes(self, call):
        counts = []
        for size in (self.SMALL, self.LARGE):
            self.fill(size)
            # a worker keeps access rights and compiled playbooks: warm both
            self.count(call), self.count(call)
            counts.append(self.count(call))
        self.assertEqual(counts[0], counts[1], "the number of queries grows with the data")
        return counts[0]

    def test_list(self):
        asked = self.screen("incident_view_list")
        clerk = self.env["aggression.incident"].with_user(self.users["clerk"])

        def page():
            clerk.web_search_read(
                [("state", "in", ["reported", "assessed", "decided"])],
                asked,
                limit=80,
                order="reported_at desc, id desc",
                count_limit=10001,
            )

        self.assertLessEqual(self.both_sizes(page), 5)

    def test_form(self):
        incident = self.report(
            causer_kind="person",
            causer_name="J. Jansen",
            file_ids=[Command.create({"filename": "x.png", "content": b"QQ=="})],
        )
        self.classify(incident, "threat")
        self.decide(incident)
        asked = self.screen("incident_view_form")
        case = incident.with_user(self.users["clerk"]).with_context(lang="en_US")
        self.assertLessEqual(self.both_sizes(lambda: case.web_read(asked)), 16)

    def test_report(self):
        reports = self.env["aggression.incident"].with_user(self.users["clerk"])
        report = {
            "occurred_at": datetime(2026, 3, 7, 9, 30),
            "reported_at": datetime(2026, 3, 7, 9, 50),
            "channel": "email",
            "place": "online",
            "story": "Words.",
            "persons": [{"user_id": self.users["councillor"].id, "office_id": self.office_id}],
            "causer": {"kind": "person", "name": "J. Jansen"},
            "files": [],
        }
        # the same councillor again and again: each time with an extra talk for that
        self.protocol.light_reports_number = 2
        self.assertLessEqual(self.both_sizes(lambda: reports._report(report)), 16)

    def test_sweep(self):
        for _number in range(20):
            self.report()
        duties = self.env["aggression.duty"].search([("state", "=", "open")])
        self.assertGreaterEqual(len(duties), 100)
        with freeze_time("2027-01-01 10:00:00"):
            due = self.env["aggression.duty"].search(duties._due_domain())
            count = self.count(due._sweep_safely)
        self.assertEqual(len(due.filtered("escalated_at")), len(due))
        # what a smaller batch takes is the same; a full one is counted in test_sweep_scale.py
        self.assertLessEqual(count / BATCH, 0.05)

    def plan(self, query):
        self.env.cr.execute("EXPLAIN (FORMAT JSON) " + query.code, query.params)
        return json.dumps(self.env.cr.fetchone()[0])

    def crowd(self, cases):
        """Add cases of others by the set, as many as a large register holds."""
        self.env.cr.execute(
            """
            WITH crowd AS (
                INSERT INTO aggression_incident (reference, company_id, protocol_id, state,
                    occurred_at, reported_at, channel, place)
                SELECT 'M-' || n, %s, %s, 'reported', moment, moment, 'email', 'online'
                FROM generate_series(1, %s) n,
                    LATERAL (SELECT timestamp '2023-01-01' + n * interval '10 minutes' AS moment) m
                RETURNING id)
            INSERT INTO aggression_access (incident_id, user_id, role, reason)
            SELECT id, unnest(%s), 'handler', 'route' FROM crowd
            """,
            (
                self.env.company.id,
                self.protocol.id,
                cases,
                [self.users[login].id for login in ("uninvolved", "coordinator")],
            ),
        )
        for table in ("aggression_incident", "aggression_access"):
            self.env.cr.execute(f"ANALYZE {table}")

    def test_plans(self):
        """The rules never make the database read through all cases."""
        self.fill(self.SMALL)
        self.crowd(50_000)
        clerk = self.env["aggression.incident"].with_user(self.users["clerk"])
        case = clerk.search([], limit=1)
        open_states = ["reported", "assessed", "decided"]
        queries = {
            "list": clerk._search(
                [("state", "in", open_states)], limit=80, order="reported_at desc, id desc"
            ).select(),
            "count": clerk._search([("state", "in", open_states)]).select(),
            "form": clerk._search([("id", "=", case.id)]).select(),
            "search": clerk._search([("reference", "=", case.reference)], limit=80).select(),
        }
        for name, query in queries.items():
            with self.subTest(plan=name):
                plan = json.loads(self.plan(query))
                scans = [
                    node for node in _nodes(plan[0]["Plan"]) if "Seq Scan" in node["Node Type"]
                ]
                self.assertNotIn("aggression_incident", [n["Relation Name"] for n in scans])

    def test_what_belongs_to_a_case_is_found_without_the_case(self):
        """M5: who may see a task is told by the table of access; a case is not looked up for it."""
        duties = self.model_as("clerk", "aggression.duty")
        asked = duties._search(duties._mine()).select().code
        self.assertIn('"aggression_access"', asked)
        self.assertNotIn('"aggression_incident"', asked)


def _nodes(plan):
    yield plan
    for child in plan.get("Plans", ()):
        yield from _nodes(child)
