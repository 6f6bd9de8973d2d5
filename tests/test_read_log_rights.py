from datetime import timedelta

import psycopg2

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import freeze_time
from odoo.tools import mute_logger

from .common import ProtocolCase
from .common_read_log import ReadLogMixin

CASE_MODELS = (
    "aggression.incident",
    "aggression.facts",
    "aggression.affected.person",
    "aggression.evidence",
    "aggression.assessment",
    "aggression.access",
    "aggression.aftercare",
    "aggression.talk",
)


@freeze_time("2026-03-07 10:00:00")
class TestReadLogRights(ReadLogMixin, ProtocolCase):
    """C5: who may read the log, and that nobody can change it."""

    def look(self, login, records, at=None):
        """Let somebody open these records, at some moment."""
        with freeze_time(at or fields.Datetime.now()):
            self.as_user(login, records).read(["incident_id"])
            self.end_of_request()

    def seen_by(self, login):
        return self.model_as(login, "aggression.read.log").search([])

    # -- nobody changes it --------------------------------------------------------------

    def test_nobody_changes_it_through_odoo(self):
        self.look("clerk", self.report().facts_ids)
        row = self.log(model="aggression.facts")
        for rows in (row, *(row.with_user(user) for user in self.users.values())):
            with self.subTest(user=rows.env.user.login):
                for change in (
                    lambda rows=rows: rows.write({"user_id": 1}),
                    lambda rows=rows: rows.unlink(),
                    lambda rows=rows: rows.create({"model": "x"}),
                    lambda rows=rows: rows.copy(),
                ):
                    with self.assertRaises(AccessError):
                        change()

    def refused_by_the_database(self, statement):
        with (
            self.assertRaises(psycopg2.errors.InsufficientPrivilege),
            mute_logger("odoo.sql_db"),
            self.env.cr.savepoint(flush=False),
        ):
            self.env.cr.execute(statement)

    def test_nobody_changes_it_through_sql(self):
        self.look("clerk", self.report().facts_ids)
        self.review()
        for table in ("aggression_read_log", "aggression_read_review"):
            self.refused_by_the_database(f"UPDATE {table} SET user_id = 1")
            self.refused_by_the_database(f"DELETE FROM {table}")
            self.refused_by_the_database(f"TRUNCATE {table}")

    def test_the_retention_forgets_what_is_old(self):
        """Half a year at least, whatever the term; and only the retention's own way."""
        facts = self.report().facts_ids
        self.look("clerk", facts)
        self.look("coordinator", facts, at="2025-08-01")
        log = self.env["aggression.read.log"]
        self.refused_by_the_database("DELETE FROM aggression_read_log WHERE at < '2026-01-01'")
        with (
            self.assertRaises(psycopg2.errors.InsufficientPrivilege),
            mute_logger("odoo.sql_db"),
            self.env.cr.savepoint(flush=False),
        ):
            self.env.cr.execute("UPDATE aggression_read_log SET at = '2000-01-01'")
        self.assertEqual(log._forget_before("2026-01-01"), 1)
        self.assertEqual(self.log().user_id, self.users["clerk"])
        self.refused_by_the_database("DELETE FROM aggression_read_log")

    def test_it_outlives_the_case(self):
        incident = self.report()
        self.look("clerk", incident.facts_ids)
        row, name = self.log(), incident.reference
        self.env.cr.execute("DELETE FROM aggression_incident WHERE id = %s", (incident.id,))
        self.env.invalidate_all()
        self.assertEqual(row.reference, name)
        values = self.as_user("officer", row).read()[0]
        self.assertEqual((values["reference"], values["incident_id"]), (name, False))

    def test_who_is_in_it_is_not_deleted(self):
        self.look("clerk", self.report().facts_ids)
        with self.assertRaisesRegex(UserError, "Archive the account"):
            self.users["clerk"].unlink()

    # -- who reads it -------------------------------------------------------------------

    def test_the_privacy_officer_reads_the_log_and_no_case(self):
        incident = self.report()
        self.look("clerk", incident.facts_ids)
        self.assertEqual(self.seen_by("officer"), self.log())
        for name in CASE_MODELS:
            self.assertFalse(self.model_as("officer", name).search([]), name)
        with self.assertRaises(AccessError), mute_logger("odoo.addons.base.models.ir_rule"):
            self.as_user("officer", incident).read(["state"])

    def test_nobody_else_reads_it(self):
        self.look("clerk", self.report().facts_ids)
        for login in self.users.keys() - {"officer", "councillor", "stranger"}:
            self.assertFalse(self.seen_by(login), login)

        with self.assertRaises(AccessError):
            self.seen_by("stranger")

    def test_a_wider_rule_for_a_group_widens_nothing(self):
        self.look("clerk", self.report().facts_ids)
        self.env["ir.rule"].create(
            {
                "name": "Hostile",
                "model_id": self.env["ir.model"]._get_id("aggression.read.log"),
                "groups": [Command.link(self.env.ref("base.group_user").id)],
                "domain_force": "[(1, '=', 1)]",
            }
        )
        self.assertFalse(self.seen_by("clerk"))

    def test_the_officer_of_another_municipality(self):
        self.look("clerk", self.report().facts_ids)
        other = self.env["res.company"].create({"name": "Elsewhere"})
        self.users["officer"].write(
            {"company_id": other.id, "company_ids": [Command.set(other.ids)]}
        )
        self.assertFalse(self.seen_by("officer"))

    def test_a_person_hit_sees_their_own_case(self):
        own, other = self.report(hit="councillor"), self.report(hit="other_councillor")
        self.look("clerk", own.facts_ids)
        self.look("coordinator", other.facts_ids)
        with self.assertRaises(AccessError), mute_logger("odoo.addons.base.models.ir_rule"):
            self.look("uninvolved", own.facts_ids)
        self.end_of_request()
        seen = self.seen_by("councillor")
        self.assertEqual(seen.mapped("reference"), [own.reference] * 2)
        self.assertEqual(set(seen.mapped("kind")), {"opened", "refused"})
        self.assertEqual(set(seen.mapped("what")), {"What happened"})
        self.assertEqual(set(seen.mapped("user_id.name")), {"Name of clerk", "Name of uninvolved"})

    def test_their_own_screen(self):
        incident = self.report("clerk", "mayor")
        self.look("clerk", incident.facts_ids)
        case = self.as_user("mayor", incident)
        self.assertTrue(case.was_hit)
        action = case.action_show_readers()
        rows = self.model_as("mayor", action["res_model"]).search(action["domain"])
        self.assertIn(self.users["clerk"], rows.user_id)
        self.assertFalse(self.as_user("clerk", incident).was_hit)
        with self.assertRaises(AccessError):
            self.as_user("clerk", incident).action_show_readers()

    def test_no_other_persons_care(self):
        """Of two persons hit, each sees who read of their own care, not of the other's."""
        incident = self.report(hit="councillor")
        person = self.env["aggression.affected.person"]._unlocked()
        for values in ({"user_id": self.users["other_councillor"].id}, {"name": "Somebody"}):
            more = person.create(
                {
                    "incident_id": incident.id,
                    "office_id": self.office("councillor").id,
                    **values,
                }
            )
            self.env["aggression.aftercare"]._offer(more, [self.users["mayor"].id])
        self.env["aggression.access"]._grant(
            [
                incident._access_row(line.user_id.id, "person_hit", "hit", line)
                for line in incident.affected_ids
                if line.user_id
            ]
            + [
                incident._access_row(self.users["mayor"].id, "carer", "route", line)
                for line in incident.affected_ids
            ]
        )
        self.look("mayor", incident.affected_ids.aftercare_ids)
        self.look("mayor", incident.affected_ids.aftercare_ids.talk_ids)
        self.assertEqual(
            set(self.log(model="aggression.aftercare").mapped("records")), {1}, "one row for each"
        )
        for login in ("councillor", "other_councillor"):
            seen = self.seen_by(login).sudo().filtered("personal")
            self.assertEqual(seen.concerns_id, self.users[login])

    # -- read without a task ------------------------------------------------------------

    def without_task(self):
        rows = self.model_as("officer", "aggression.read.log").search([("without_task", "=", True)])
        self.assertEqual(rows, rows.filtered("without_task"))
        self.assertEqual(
            self.seen_by("officer") - rows,
            self.seen_by("officer").filtered_domain([("without_task", "=", False)]),
        )
        return set(rows.mapped("user_id.login"))

    def review(self, **values):
        reviews = self.model_as("officer", "aggression.read.review")
        return reviews.create({"note": "Asked the clerk.", **values})

    def test_who_read_without_a_task(self):
        incident = self.report("desk", "councillor")
        grant = self.env["aggression.access"]._grant
        grant([incident._access_row(self.users["uninvolved"].id, "handler", "granted")])
        with_a_duty = incident.duty_ids.user_id[0].login
        for login in ("desk", "councillor", "uninvolved", with_a_duty):
            self.look(login, incident.facts_ids)
        with self.assertRaises(AccessError), mute_logger("odoo.addons.base.models.ir_rule"):
            self.look("employee", incident.facts_ids)
        self.end_of_request()
        self.assertEqual(self.without_task(), {"uninvolved"})
        duty = incident.duty_ids[0]
        duty._unlocked().escalated_to_id = self.users["uninvolved"]
        self.assertEqual(self.without_task(), set(), "who was told of an overdue duty has a task")

    def test_signing(self):
        incident = self.report()
        grant = self.env["aggression.access"]._grant
        grant([incident._access_row(self.users["uninvolved"].id, "handler", "granted")])
        week = timedelta(days=7)
        now = fields.Datetime.now()
        self.look("uninvolved", incident.facts_ids, at=now - 2 * week)
        self.look("uninvolved", incident.facts_ids, at=now - timedelta(days=1))
        first = self.review()
        self.assertEqual((first.readings, first.people), (2, 1))
        self.assertEqual((first.user_id.login, first.at), ("officer", now))
        self.assertEqual(first.from_at, now - 2 * week)
        action = first.action_show_readings()
        shown = self.model_as("officer", action["res_model"]).search(action["domain"])
        self.assertEqual(len(shown), 2)
        with freeze_time(now + week):
            second = self.review()
        self.assertEqual((second.from_at, second.readings), (now, 0), "no gap between reviews")

    def test_a_signature_stays(self):
        review = self.review()
        for change in (lambda: review.write({"note": "x"}), review.unlink):
            with self.assertRaises(AccessError):
                change()
        for name, value in {
            "user_id": self.users["mayor"].id,
            "readings": 0,
            "at": "2020-01-01",
        }.items():
            with self.assertRaises(AccessError):
                self.review(**{name: value})
        with self.assertRaises(AccessError):
            self.model_as("clerk", "aggression.read.review").create({"note": "x"})
