from datetime import datetime, timedelta

from odoo.exceptions import AccessError
from odoo.fields import Command, Domain
from odoo.tests import freeze_time

from ..models.privacy.notice import DIGEST
from .common_notices import SENDING, NoticeCase

NIGHT = "2026-03-06 22:10:00"


class TestDigest(NoticeCase):
    """Once a day, at an hour of choice: how many tasks must be done today, and nothing else."""

    def setUp(self):
        super().setUp()
        self.choose("clerk", None)
        self.incident = self.reported(NIGHT)

    def reported(self, moment, *args):
        """Report a case at this moment; only the summary tells of it from then on."""
        with freeze_time(moment):
            incident = self.report(*args)
            self.send()
        # what falls due has notices of its own
        incident.duty_ids._unlocked().write({"sweep_at": False})
        self.env.flush_all()
        # the database keeps the time of the test's own transaction
        self.env.cr.execute("UPDATE aggression_duty SET create_date = %s", [moment])
        return incident

    def digest(self, moment):
        """Run both scheduled actions; return who got a letter by it."""
        with freeze_time(moment):
            with self.enter_registry_test_mode():
                self.env.ref("aggression_protocol.cron_digest").method_direct_trigger()
            return self.send()

    def choose(self, login, hour):
        """Let somebody choose an hour on their own screen; None for no message at all."""
        own = {"aggression_digest": "never" if hour is None else "own"}
        if hour is not None:
            own["aggression_digest_at"] = hour
        self.as_user(login, self.users[login]).write(own)

    def test_at_the_hour_of_the_municipality(self):
        """C5: at eight, summer or winter, to who has something to do that day; once."""
        self.assertEqual(self.digest("2026-03-07 06:59:00"), [])
        self.assertEqual(self.digest("2026-03-07 07:00:00"), ["coordinator", "mayor"])
        for moment in ("2026-03-07 07:15:00", "2026-03-07 22:45:00"):
            self.assertEqual(self.digest(moment), [])
        self.assertEqual(self.digest("2026-03-08 07:00:00"), ["coordinator", "mayor"])

    def test_a_number_and_nothing_else(self):
        """C5: two letters differ in the number alone; no case, person, task or term."""
        self.digest("2026-03-07 07:00:00")
        letters = {to: letter for [to], letter in self.server.letters[-2:]}
        read = self.as_read(letters[self.users["mayor"].email])
        self.assertEqual(read["Subject"], "1 task is ready for you")
        self.assertIn("Log in to see what must be done today:", read.get_content())
        self.assertIn("/odoo/agressie-taken", read.get_content())
        names = self.env["res.users"].search([]).mapped("name")
        kinds = self.incident.duty_ids.type_id.mapped("name")
        for letter in letters.values():
            text = letter.decode("ascii").lower()
            for word in (self.incident.reference, "talk", "aggression", *names, *kinds):
                self.assertNotIn(word.lower(), text)

    def test_how_many(self):
        """Z6: the number is that of the moment at which it leaves."""
        self.digest("2026-03-10 07:00:00")
        letters = {to: self.as_read(letter) for [to], letter in self.server.letters}
        self.assertEqual(len(self.overdue("mayor")), 2)
        subject = letters[self.users["mayor"].email]["Subject"]
        self.assertEqual(subject, "2 tasks are ready for you")

    def overdue(self, login):
        with freeze_time("2026-03-10 07:00:00"):
            duties = self.model_as(login, "aggression.duty")
            return duties.search(duties._mine() & Domain("urgency", "in", ["overdue", "today"]))

    def test_an_hour_of_choice(self):
        """C5: everybody chooses an hour on their own screen, or none."""
        self.choose("mayor", 17.5)
        self.choose("coordinator", None)
        self.assertEqual(self.digest("2026-03-07 16:29:00"), [])
        self.assertEqual(self.digest("2026-03-07 16:30:00"), ["mayor"])
        with self.assertRaises(AccessError):
            self.as_user("mayor", self.users["deputy"]).aggression_digest = "never"

    def test_none_for_the_municipality(self):
        """C5: where it is switched off, who chose an hour still gets it."""
        self.protocol.digest = False
        self.choose("mayor", 8.0)
        self.assertEqual(self.digest("2026-03-07 07:00:00"), ["mayor"])

    def test_nothing_to_do(self):
        """Z11: who has nothing to do today hears nothing; nor when it was done meanwhile."""
        talk = self.incident.affected_ids.aftercare_ids.talk_ids[0]
        with freeze_time("2026-03-07 06:00:00"):
            self.as_user("councillor", talk).action_decline()
        self.assertEqual(self.digest("2026-03-07 07:00:00"), ["coordinator"])
        with freeze_time("2026-03-08 07:00:00"), self.enter_registry_test_mode():
            self.env.ref("aggression_protocol.cron_digest").method_direct_trigger()
        self.revoke("coordinator")
        with freeze_time("2026-03-08 07:05:00"):
            self.assertEqual(self.send(), [])
        notice = self.notices(DIGEST, state="dropped")
        self.assertEqual((notice.user_id, notice.drop_reason), (self.users["coordinator"], "done"))

    def test_what_comes_after_the_hour(self):
        """C5: a task that comes later that day has its own notice, and no summary."""
        self.choose("deputy", 8.0)
        self.assertEqual(self.digest("2026-03-07 07:00:00"), ["coordinator", "mayor"])
        self.reported("2026-03-07 09:00:00", "secretary", "mayor")
        self.assertEqual(self.digest("2026-03-07 09:15:00"), [])
        self.assertIn("deputy", self.digest("2026-03-08 07:00:00"))

    def test_once_a_day_when_the_clock_changes(self):
        """C5: each half hour of these nights: one message a day, also at an hour that
        does not exist, or exists twice."""
        for first, hour, expected in (
            ("2026-03-28 12:00:00", 2.5, ["2026-03-29 01:30:00", "2026-03-30 00:30:00"]),
            ("2026-10-24 12:00:00", 2.5, ["2026-10-25 00:30:00", "2026-10-26 01:30:00"]),
            ("2026-10-24 12:00:00", 8.0, ["2026-10-25 07:00:00", "2026-10-26 07:00:00"]),
        ):
            with self.subTest(first=first, hour=hour):
                self.choose("coordinator", hour)
                self.choose("mayor", None)
                self.notices(DIGEST).unlink()
                # the day before has had its own
                self.digest(first)
                moments = self._half_hours(first, 88)
                got = [moment for moment in moments if self.digest(moment)]
                self.assertEqual(got, expected)

    def _half_hours(self, first, number):
        start = datetime.fromisoformat(first)
        return [str(start + timedelta(minutes=30 * count)) for count in range(number)]

    def test_tried_again(self):
        """C5: what the mail server refused is tried later; of two days one message remains."""
        self.server.down = ConnectionRefusedError("down")
        with self.assertLogs(SENDING, "WARNING"):
            self.assertEqual(self.digest("2026-03-07 07:00:00"), [])
        with self.assertLogs(SENDING, "WARNING"):
            self.assertEqual(self.digest("2026-03-08 07:00:00"), [])
        self.server.down = None
        self.assertEqual(self.digest("2026-03-08 13:00:00"), ["coordinator", "mayor"])
        self.assertEqual(len(self.notices(DIGEST, state="sent")), 4)
        self.assertEqual(self.digest("2026-03-08 13:15:00"), [])

    def test_never_twice_after_silence(self):
        """C5: of a mail server that fell silent nobody knows; then it is not sent again."""
        self.choose("coordinator", None)
        self.server.failures = [TimeoutError()]
        with self.assertLogs(SENDING, "WARNING"):
            self.digest("2026-03-07 07:00:00")
        self.assertEqual(self.digest("2026-03-07 12:00:00"), [])
        self.assertEqual(self.notices(DIGEST).state, "sending")

    def test_nobody_on_the_portal(self):
        """C5: who has no backoffice has no list of tasks to be sent to."""
        portal = self.env.ref("base.group_portal")
        self.users["mayor"].group_ids = [Command.set(portal.ids)]
        self.assertEqual(self.digest("2026-03-07 07:00:00"), ["coordinator"])

    def test_forgotten_after_a_month(self):
        """C5: summaries are about no case that would take them along when it is destroyed."""
        self.digest("2026-03-07 07:00:00")
        with freeze_time("2026-04-06 07:00:00"):
            self.env["aggression.notice"]._gc_summaries()
        self.assertEqual(len(self.notices(DIGEST)), 2)
        with freeze_time("2026-04-08 07:00:00"):
            self.env["aggression.notice"]._gc_summaries()
        self.assertFalse(self.notices(DIGEST))
        self.assertTrue(self.notices())
