from odoo.exceptions import AccessError
from odoo.tests import freeze_time

from ..models.privacy.notice import ADDED, DUTY, NEW_CASE, OVERDUE, REMINDER
from .common_notices import NoticeCase


class TestNotices(NoticeCase):
    """Who is told what, and who is not told any more."""

    @freeze_time("2026-03-06 22:10:00")
    def test_report(self):
        """M1, M5: who gets a part or a duty is told; who reports sits in front of it."""
        incident = self.report("clerk", "councillor")
        self.assertEqual(
            self.told(),
            {"coordinator": [DUTY, NEW_CASE], "mayor": [DUTY, NEW_CASE], "councillor": [NEW_CASE]},
        )
        self.assertEqual(self.notices().incident_id, incident)
        self.assertEqual(
            self.notices(DUTY, urgent=True).duty_id, self.duties(incident, "assess", "talk_1")
        )

    @freeze_time("2026-03-06 22:10:00")
    def test_report_by_the_person_hit(self):
        """M1: the office-holder reports; the receiver is told, the reporter is not."""
        self.report("councillor", "councillor")
        self.assertEqual(set(self.told()), {"clerk", "coordinator", "mayor"})
        self.assertEqual(self.send(), ["clerk", "coordinator", "mayor"])

    @freeze_time("2026-03-06 22:10:00")
    def test_the_mayor_hit(self):
        """C3: nobody is told of a duty in the own case, and who must act is, though not involved.

        Who gets access because of a duty gets one notice of both."""
        incident = self.classify(self.report("secretary", "mayor"), "threat")
        self.assertEqual(self.told(DUTY).keys() & {"mayor", "deputy"}, {"deputy"})
        self.assertEqual(self.told(NEW_CASE)["mayor"], [NEW_CASE])
        by_duty = incident.access_ids.filtered(lambda row: row.reason == "duty").user_id
        self.assertTrue(by_duty <= self.notices(DUTY).user_id)
        self.assertFalse(by_duty & self.notices(NEW_CASE).user_id)

    @freeze_time("2026-03-06 22:10:00")
    def test_classification_and_decision(self):
        """A1, D1: each step tells those whom it gives something to do, but for who took it."""
        incident = self.report()
        told = self.notices()
        self.classify(incident, "threat")
        raised = self.notices() - told
        self.assertEqual(
            {(notice.duty_id.type_id.code, notice.user_id.login) for notice in raised},
            {("decide", "mayor"), ("declaration", "order_officer")},
        )
        self.assertEqual(set(raised.mapped("kind")), {DUTY})

    def test_reminder_and_overdue(self):
        """Z6, M5: a reminder to who must do it; once overdue also to who is told of that."""
        with freeze_time("2026-03-06 22:10:00"):
            incident = self.report()
        with freeze_time("2026-03-07 18:10:00"):
            self.sweep()
            self.assertEqual(self.told(REMINDER), {"coordinator": [REMINDER], "mayor": [REMINDER]})
            # the mayor should have been informed by now
            self.assertEqual(self.told(OVERDUE), {"clerk": [OVERDUE], "coordinator": [OVERDUE]})
        with freeze_time("2026-03-08 12:00:00"):
            self.sweep()
            assess = self.notices(OVERDUE, duty_id=self.duties(incident, "assess").id)
            self.assertEqual(set(assess.mapped("user_id.login")), {"coordinator", "secretary"})
            self.assertNotIn("secretary", self.told(NEW_CASE), "one notice tells both")
            everything = self.notices()
            self.sweep()
            self.assertEqual(self.notices(), everything)
            self.assertIn("secretary", self.send())

    @freeze_time("2026-03-06 22:10:00")
    def test_one_mail_for_many(self):
        """However much waits for somebody, in however many cases: one mail a run."""
        self.report()
        self.report()
        self.assertEqual(len(self.notices()), 14)
        self.assertEqual(self.send(), ["coordinator", "councillor", "mayor"])
        self.assertEqual(set(self.notices().mapped("state")), {"sent"})
        self.assertEqual(self.send(), [])

    def share(self, incident, login="uninvolved"):
        self.model_as("coordinator", "aggression.sharing.wizard").create(
            {"incident_id": incident.id, "user_id": self.users[login].id, "reason": "Knows more."}
        ).action_share()

    @freeze_time("2026-03-06 22:10:00")
    def test_added_twice(self):
        incident = self.report()
        self.send()
        self.share(incident)
        self.share(incident)
        self.assertEqual(self.told(ADDED), {"uninvolved": [ADDED]})
        self.assertEqual(self.send(), ["uninvolved"])
        self.share(incident)
        self.assertEqual(self.send(), [])

    @freeze_time("2026-03-06 22:10:00")
    def test_revoked_before_it_leaves(self):
        """C5: who is off the case when the mail would leave hears nothing; back on it, does."""
        incident = self.report()
        self.share(incident)
        self.revoke("uninvolved")
        self.revoke("councillor")
        self.assertEqual(self.send(), ["coordinator", "mayor"])
        for login in ("uninvolved", "councillor"):
            notice = self.notices(user_id=self.users[login].id)
            self.assertEqual((notice.state, notice.drop_reason), ("dropped", "no_part"))
        self.share(incident)
        self.assertEqual(self.send(), ["uninvolved"])

    @freeze_time("2026-03-06 22:10:00")
    def test_done_before_it_leaves(self):
        incident = self.report("councillor", "councillor")
        self.as_user("clerk", self.duties(incident, "inform_mayor"))._complete("Called.", "")
        self.send()
        notice = self.notices(DUTY, user_id=self.users["clerk"].id)
        self.assertEqual((notice.state, notice.drop_reason), ("dropped", "done"))
        self.assertIn("clerk", self.server.receivers(), "has a part in the case still")

    def test_together(self):
        """In the order in which they were told; of what fails, nothing."""
        notices, case = self.env["aggression.notice"], self.report()
        before, clerk = self.notices(), self.users["clerk"]

        def tell(*keys):
            about = {"user_id": clerk.id, "about": case, "kind": ADDED}
            notices._queue({**about, "key": key} for key in keys)

        with self.assertRaises(ValueError), notices._together():
            tell("lost")
            raise ValueError
        with notices._together():
            tell("one", "two")
            with notices._together():
                tell("two", "three")
            self.assertEqual(self.notices(), before)
        self.assertEqual((self.notices() - before).mapped("key"), ["one", "two", "three"])
        tell("alone")
        self.assertEqual(self.notices()[-1].key, "alone")

    @freeze_time("2026-03-06 22:10:00")
    def test_a_duty_that_changes_hands(self):
        """The notice to who had it falls away; who has it now is told."""
        duty = self.duties(self.report(), "assess")
        duty._unlocked().user_id = self.users["mayor"]
        self.env["aggression.notice"]._about_duties(duty, DUTY)
        self.send()
        states = self.notices(DUTY, duty_id=duty.id).grouped("user_id")
        self.assertEqual(states[self.users["coordinator"]].drop_reason, "done")
        self.assertEqual(states[self.users["mayor"]].state, "sent")

    @freeze_time("2026-03-06 22:10:00")
    def test_who_cannot_be_reached(self):
        self.report()
        self.users["mayor"].email = False
        self.users["coordinator"].active = False
        # the coordinator's tasks went to who substitutes
        self.assertEqual(self.send(), ["councillor", "secretary"])
        reasons = self.notices(state="dropped").grouped("user_id")
        self.assertEqual(set(reasons[self.users["mayor"]].mapped("drop_reason")), {"no_address"})
        self.assertEqual(
            set(reasons[self.users["coordinator"]].mapped("drop_reason")), {"inactive"}
        )

    @freeze_time("2026-03-06 22:10:00")
    def test_the_same_thing_once(self):
        """Whatever calls twice: the outbox takes each thing for each person once."""
        incident = self.report()
        before = self.notices()
        notices = self.env["aggression.notice"]
        notices._about_duties(incident.duty_ids | incident.duty_ids, DUTY)
        notices._about_access(incident.access_ids)
        extra = self.notices() - before
        self.assertEqual(extra.user_id, self.users["clerk"], "by now not the one who acts")
        notices._about_duties(incident.duty_ids, DUTY)
        self.assertEqual(self.notices(), before | extra)

    @freeze_time("2026-03-06 22:10:00")
    def test_nobody_reads_the_outbox(self):
        """C5: not by any role; should another addon open it, each sees only the own rows."""
        self.report()
        for login in self.users:
            outbox = self.model_as(login, "aggression.notice")
            for operation in ("read", "write", "create", "unlink"):
                with self.subTest(login=login, operation=operation):
                    self.assertFalse(outbox.has_access(operation))
            with self.assertRaises(AccessError):
                outbox.search([])
        self.env["ir.model.access"].create(
            {
                "name": "hostile",
                "model_id": self.env["ir.model"]._get_id("aggression.notice"),
                "perm_read": True,
            }
        )
        own = self.model_as("mayor", "aggression.notice").search([])
        self.assertEqual(own.user_id, self.users["mayor"])


@freeze_time("2026-03-06 22:10:00")
class TestNoticeQueries(NoticeCase):
    """A run asks the same of the database for each mail, however much that mail is about."""

    def count(self, call):
        self.env.flush_all()
        before = self.env.cr.sql_log_count
        call()
        return self.env.cr.sql_log_count - before

    def tell(self, people, cases):
        """Queue a notice for this many people of each of the cases."""
        for case in cases:
            self.env["aggression.access"]._grant(
                [case._access_row(user.id, "handler", "route") for user in people]
            )

    def test_two_hundred(self):
        """Two hundred notices for ten people take no query more than ten notices for them."""
        logins = ("uninvolved", "deputy", "secretary", "order_officer", "manager", "employee")
        logins += ("desk", "alderman", "other_councillor", "committee_member")
        people = [self.users[login] for login in logins]
        cases = [self.report() for _number in range(42)]
        self.send()
        # a worker keeps access rights and compiled playbooks: warm them
        self.tell(people, cases[:1]), self.send()
        idle = self.count(self.send)
        counts = {}
        for number, some in ((10, cases[1:2]), (10, cases[2:22]), (5, cases[22:42])):
            self.tell(people[:number], some)
            self.assertEqual(len(self.notices(state="queued")), number * len(some))
            counts[number, len(some)] = self.count(self.send) - idle
        self.assertEqual(counts[10, 1], counts[10, 20])
        # each mail is kept by itself: that is the price of losing at most one
        self.assertLessEqual((counts[10, 20] - counts[5, 20]) / 5, 14)

    def test_nothing_to_do(self):
        """A run with nothing to send asks one question, and notes its progress."""
        self.send()
        with self.enter_registry_test_mode(), self.registry.cursor() as cursor:
            outbox = self.env(cr=cursor)["aggression.notice"]
            self.assertEqual(self.count(outbox._cron_send), 1)
