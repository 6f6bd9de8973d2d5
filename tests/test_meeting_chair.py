from odoo.exceptions import AccessError
from odoo.tests import freeze_time

from .meeting import AFTERWARDS, START, MeetingCase


class TestMeetingChair(MeetingCase):
    """Who leads a meeting suspends it, and has the case of it as long as they lead."""

    def test_who_suspends(self):
        """H3, C5: the chair and the clerk; nobody else opens the screen, nor sees what came."""
        with freeze_time(START):
            for login in ("coordinator", "secretary", "uninvolved", "employee", "councillor"):
                with self.subTest(login=login), self.assertRaises(AccessError):
                    self.suspend(login)
            meeting = self.suspend("mayor")
        for login in ("uninvolved", "employee", "councillor", "administrator"):
            for step in ("action_demand", "action_police", "action_resume", "action_force"):
                with self.subTest(login=login, step=step), self.assertRaises(AccessError):
                    self.press(meeting, step, 15, by=login)
            with self.assertRaises(AccessError):
                self.as_user(login, meeting).read(["suspended_at"])

    def test_who_stands_in_suspends(self):
        """H3: the deputy chairs, also when nobody has written down that the mayor is away."""
        with freeze_time(START):
            meeting = self.suspend("deputy")
        self.assertIn("handler", self.who(meeting.incident_id)["deputy"])
        self.press(meeting, "action_livestream_off", 13, by="deputy")
        self.assertTrue(meeting.livestream_off_at)

    def test_who_suspended_and_left(self):
        """C5, C3: who leads no meeting any more does not keep the case of one."""
        with freeze_time(START):
            meeting = self.suspend("deputy")
        with freeze_time(AFTERWARDS):
            for code in ("deputy_mayor", "mayor"):
                lines = self.role(code).assignment_ids
                lines.filtered(lambda line: line.user_id == self.users["deputy"]).unlink()
            self.assertNotIn("deputy", self.who(meeting.incident_id))
            with self.assertRaises(AccessError):
                self.as_user("deputy", meeting).read(["suspended_at"])
