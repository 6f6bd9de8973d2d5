from datetime import timedelta

from psycopg2 import IntegrityError

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import Form, freeze_time, new_test_user
from odoo.tools import mute_logger

from .common_notices import NoticeCase
from .visibility import VisibilityCase

NIGHT = "2026-03-06 22:10:00"
LATER = "2026-03-07 01:00:00"
DAY = timedelta(hours=24)


@freeze_time(LATER)
class TestBreakGlass(VisibilityCase, NoticeCase):
    """C5, M5: two people together let somebody in for 24 hours, and everybody can know."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with freeze_time(NIGHT):
            cls.incident = cls().report()

    def ask(self, by="officer", user="uninvolved", approver="secretary", **values):
        """Ask through the screen; returns the request as superuser."""
        form = Form(self.model_as(by, "aggression.emergency.wizard"))
        form.reference = self.incident.reference
        form.user_id = self.users[user]
        form.approver_id = self.users[approver]
        form.reason = "The handlers cannot be reached."
        for name, value in values.items():
            form[name] = value
        action = form.save().action_ask()
        return self.env["aggression.emergency"].browse(action["res_id"])

    def approve(self, request, by="secretary"):
        self.as_user(by, request).action_approve()
        self.incident.invalidate_recordset()
        return request

    def end(self, **passed):
        """Run the scheduled action after this much time."""
        with (
            freeze_time(fields.Datetime.now() + timedelta(**passed)),
            self.enter_registry_test_mode(),
        ):
            self.env.ref("aggression_protocol.cron_end_emergencies").method_direct_trigger()
        self.env.invalidate_all()

    def kinds(self):
        return self.incident.entry_ids.sorted("id").mapped("kind")

    def test_asking_gives_nothing(self):
        request = self.ask()
        self.assertUnknown("uninvolved", self.incident)
        self.assertUnknownCase("officer")
        self.assertUnknownCase("secretary")
        self.assertEqual(request.state, "asked")
        self.assertIn("emergency_asked", self.kinds())

    def assertUnknownCase(self, login):
        """They read the request, and nothing of the case itself."""
        self.assertFalse(self.model_as(login, "aggression.incident").search([]))
        self.assertFalse(self.model_as(login, "aggression.facts").search([]))

    def test_approved(self):
        """The one who was named handles the case; who asked and who approved see nothing."""
        request = self.approve(self.ask())
        self.assertSeen("uninvolved", self.incident)
        self.assertEqual(self.who(self.incident)["uninvolved"], {"handler"})
        self.assertUnknownCase("officer")
        self.assertUnknownCase("secretary")
        self.assertEqual(request.ends_at, fields.Datetime.now() + DAY)
        row = self.incident.access_ids.filtered(lambda row: row.reason == "emergency")
        self.assertEqual(row.user_id.login, "uninvolved")
        self.assertEqual(self.kinds()[-2:], ["emergency_asked", "emergency"])

    def test_it_ends_by_itself(self):
        """Not before its time, and then by the scheduled action that waits for that moment."""
        request = self.approve(self.ask())
        at = (
            self.env["ir.cron.trigger"]
            .search([])
            .filtered(
                lambda trigger: (
                    trigger.cron_id == self.env.ref("aggression_protocol.cron_end_emergencies")
                )
            )
            .mapped("call_at")
        )
        self.assertIn(request.ends_at, at)
        self.end(hours=23, minutes=59)
        self.assertSeen("uninvolved", self.incident)
        self.end(hours=24)
        self.assertUnknown("uninvolved", self.incident)
        self.assertEqual(request.state, "ended")
        self.assertIn("emergency_over", self.kinds())
        self.end(hours=25)
        self.assertEqual(self.kinds().count("emergency_over"), 1)

    def test_it_ends_though_one_is_appointed_meanwhile(self):
        """Who gets a role in these hours keeps the part that the role brings, and no other."""
        request = self.approve(self.ask())
        with freeze_time("2026-03-07 09:00:00"):
            self.env["aggression.role.assignment"].create(
                {
                    "role_id": self.role("aggression_coordinator").id,
                    "user_id": self.users["uninvolved"].id,
                    "date_from": "2026-03-07",
                }
            )
        self.end(hours=24)
        self.assertEqual(request.state, "ended")
        rows = self.incident.access_ids.filtered(lambda row: row.user_id.login == "uninvolved")
        self.assertEqual(rows.mapped("reason"), ["route"])

    def test_it_is_not_counted_upon(self):
        """Who is there for a day is no reason for the others to step back (C3)."""
        self.approve(self.ask())
        self.assertNotIn(self.users["uninvolved"].id, self.incident._handler_ids())
        self.assertIn(self.users["coordinator"].id, self.incident._handler_ids())

    def test_ended_early(self):
        request = self.approve(self.ask())
        with self.assertRaises(AccessError):
            self.as_user("uninvolved", request).action_end()
        self.as_user("officer", request).action_end()
        self.assertUnknown("uninvolved", self.incident)

    def test_refused(self):
        request = self.ask()
        self.as_user("secretary", request).action_refuse()
        self.assertEqual((request.state, self.kinds()[-1]), ("refused", "emergency_refused"))
        with self.assertRaises(UserError):
            self.approve(request)
        self.assertUnknown("uninvolved", self.incident)

    def test_nobody_answers(self):
        """A request that waits too long is worth nothing, also before the action has run."""
        request = self.ask()
        with freeze_time("2026-03-08 01:00:00"), self.assertRaisesRegex(UserError, "Ask again"):
            self.approve(request)
        self.end(hours=24)
        self.assertEqual((request.state, self.kinds()[-1]), ("expired", "emergency_expired"))

    # -- who is told -------------------------------------------------------------------------

    def test_who_was_hit_is_told(self):
        """A notice without content; and who was hit reads who, when and why."""
        request = self.approve(self.ask())
        notice = self.notices("emergency")
        self.assertEqual(notice.user_id.login, "councillor")
        with freeze_time("2026-03-07 10:00:00"):
            self.assertIn("councillor", self.send())
        letters = b"".join(
            letter for [to], letter in self.server.letters if to.startswith("councillor")
        )
        for word in ("cannot be reached", self.incident.reference, "uninvolved"):
            self.assertNotIn(word.encode(), letters)
        seen = self.as_user("councillor", request)
        self.assertEqual(seen.reason, "The handlers cannot be reached.")
        self.assertEqual(seen.user_id, self.users["uninvolved"])
        case = self.as_user("councillor", self.incident)
        self.assertTrue(case.opened_in_emergency)
        shown = self.model_as("councillor", "aggression.emergency").search(
            case.action_show_emergencies()["domain"]
        )
        self.assertEqual(shown, request)

    def test_who_must_approve_is_mailed(self):
        """The mail has no word of it, and is linked to nothing."""
        known = self.env["mail.mail"].search([])
        self.ask()
        mail = self.env["mail.mail"].search([]) - known
        self.assertEqual(mail.email_to, self.users["secretary"].email)
        self.assertFalse(mail.model or mail.res_id or mail.author_id)
        self.assertIn(self.env.company.email, mail.email_from)
        self.assertNotIn(self.incident.reference, f"{mail.subject} {mail.body_html}")

    def test_each_step_is_kept(self):
        known = self.env["aggression.rights.change"].search([])
        self.approve(self.ask())
        self.end(hours=24)
        rows = self.env["aggression.rights.change"].search([]) - known
        steps = rows.filtered(lambda row: row.kind == "emergency").sorted("id")
        self.assertEqual(steps.mapped("what"), ["Asked", "Has access", "Over"])
        self.assertEqual(steps[:2].by_id.mapped("login"), ["officer", "secretary"])
        self.assertEqual(set(steps.mapped("reference")), {self.incident.reference})
        access = rows.filtered(lambda row: row.kind == "access").sorted("id")
        self.assertEqual(access.mapped("step"), ["added", "removed"])

    # -- who cannot --------------------------------------------------------------------------

    @mute_logger("odoo.sql_db")
    def refused(self, error=UserError, **people):
        with self.assertRaises(error), self.env.cr.savepoint():
            self.ask(**people)

    def test_two_people(self):
        """Nobody approves what they ask for or get themself."""
        self.refused(IntegrityError, approver="officer")
        self.refused(IntegrityError, user="secretary", approver="secretary")
        request = self.ask()
        for login in ("officer", "uninvolved", "administrator", "clerk", "manager", "councillor"):
            with self.subTest(by=login), self.assertRaises(AccessError):
                self.approve(request, by=login)
        self.assertEqual(request.state, "asked")

    def test_who_may_ask(self):
        """The privacy officer and the functional manager; not the case team, nor anybody else."""
        for login in set(self.users) - {"officer", "manager", "stranger"}:
            with self.subTest(by=login), self.assertRaises(AccessError):
                self.model_as(login, "aggression.emergency")._ask(
                    self.incident, self.users["uninvolved"], self.users["mayor"], "x"
                )
        self.assertEqual(self.ask(by="manager").asked_by_id.login, "manager")

    def test_the_administrator(self):
        """C58: not by asking, approving or getting; not after a self-grant of the group either."""
        self.refused(AccessError, by="administrator")
        self.users["administrator"].group_ids = [
            Command.link(self.env.ref(f"aggression_protocol.group_{name}").id)
            for name in ("privacy_officer", "protocol_manager")
        ]
        self.refused(AccessError, by="administrator")
        self.refused(approver="administrator")
        mighty = new_test_user(
            self.env, "mighty", "base.group_system,aggression_protocol.group_case_team"
        )
        self.users["mighty"] = mighty
        self.addCleanup(self.users.pop, "mighty")
        self.refused(user="mighty")

    def test_who_is_kept_out(self):
        """C5: for who is kept out there is no such case, and nobody can let them in."""
        self.keep_out("uninvolved", "officer", "secretary")
        self.refused(user="uninvolved", by="manager", approver="mayor")
        self.refused(user="deputy", by="manager", approver="secretary")
        with self.assertRaisesRegex(UserError, "There is no case"):
            self.ask(by="officer", user="deputy", approver="manager")
        self.assertTrue(self.ask(by="manager", user="deputy", approver="mayor"))

    def keep_out(self, *logins):
        exclusions = self.env["aggression.exclusion"]
        exclusions._keep_out(self.incident, [self.users[login].id for login in logins], "Kin.")
        self.env.invalidate_all()

    def test_kept_out_after_asking(self):
        """Whoever is kept out between the two steps does not get in, nor approve."""
        first, second = self.ask(), self.ask(user="deputy", approver="manager")
        self.keep_out("uninvolved")
        with self.assertRaises(UserError):
            self.approve(first)
        self.keep_out("manager")
        with self.assertRaises(AccessError):
            self.approve(second, by="manager")
        self.assertFalse(self.model_as("manager", "aggression.emergency").search([]))

    def test_who_was_hit(self):
        """C3: who was hit neither approves nor gets in to handle their own case."""
        self.incident = self.report("secretary", "mayor")
        self.refused(approver="mayor")
        self.refused(user="mayor")

    def test_who_is_on_it_already(self):
        self.refused(user="coordinator")

    def test_who_cannot_open_cases(self):
        self.refused(user="employee")
        self.refused(approver="employee")
        self.refused(approver="uninvolved")

    def test_words(self):
        self.refused(reason=" ")
        with self.assertRaisesRegex(UserError, "There is no case"):
            self.ask(reference="M-22222222")

    def test_twice(self):
        self.ask()
        self.refused(IntegrityError)

    def test_nothing_by_hand(self):
        """Neither a request nor its state is written by a remote call."""
        request = self.ask()
        for login in ("officer", "secretary", "administrator", "uninvolved"):
            for call in (
                lambda record: record.write({"state": "granted"}),
                lambda record: record.write({"ends_at": "2030-01-01"}),
                lambda record: record.create({"state": "granted"}),
                lambda record: record.unlink(),
            ):
                with self.subTest(by=login), self.assertRaises(AccessError):
                    call(self.as_user(login, request))
        with self.assertRaises(AccessError):
            request.write({"user_id": self.users["mayor"].id})
