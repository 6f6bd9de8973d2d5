from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import freeze_time

from .declaring import DeclarationCase


@freeze_time("2026-05-20 09:00:00")
class TestJointDecision(DeclarationCase):
    """H8: chair, council clerk and coordinator decide together on declaring a disturbance."""

    def setUp(self):
        super().setUp()
        self.meeting = self.report(
            person_ids=[
                Command.clear(),
                Command.create({"office_id": self.office("council_meeting").id}),
            ],
            occurred_at="2026-05-19 18:12:00",
            reported_at="2026-05-20 07:00:00",
        )
        self.classify(self.meeting, "disturbing_meeting", "refusing_to_leave", by="clerk")

    def speak(self, by, button="action_declare", **values):
        self.take(by, self.meeting, "action_decide_together", button, **values)

    def test_all_three(self):
        """H8: before that no declaration starts; each under their own login."""
        for login in ("mayor", "clerk", "coordinator"):
            self.assertFalse(self.meeting._joint_decision())
            with self.assertRaisesRegex(UserError, "Nobody who was hit|decided together"):
                self.declare("clerk", incident=self.meeting)
            self.speak(login)
        voices = self.meeting.joint_decision_ids
        self.assertEqual(voices.user_id.mapped("login"), ["mayor", "clerk", "coordinator"])
        self.assertEqual(self.duties(self.meeting, "meeting_declaration").state, "done")
        declaration = self.declare("clerk", incident=self.meeting)
        self.file(declaration)
        self.assertEqual(declaration.form_ids.mapped("kind"), ["form"], "there is no person hit")
        self.assertEqual(self.duties(self.meeting, "declaration").state, "done")

    def test_the_step_itself(self):
        """H8: who goes around the screen is told who is missing."""
        self.speak("mayor")
        with self.assertRaisesRegex(UserError, "Still missing: Council clerk, Aggression coord"):
            self.model_as("clerk", "aggression.declaration")._draft(
                self.meeting.affected_ids.with_user(self.users["clerk"]), "Words."
            )

    def test_written_down_by_the_clerk(self):
        """H8: by name and time."""
        role = self.role("mayor")
        told = {"role_id": role.id, "name": "M. de Vries", "at": "2026-05-20 08:00:00"}
        self.speak("clerk", **told)
        voice = self.meeting.joint_decision_ids
        self.assertEqual((voice.name, voice.user_id.id), ("M. de Vries", False))
        self.assertEqual(voice.recorded_by_id.login, "clerk")

    def test_nobody_speaks_twice(self):
        self.speak("clerk")
        with self.assertRaisesRegex(UserError, "Each of them speaks for one role"):
            self.speak("clerk", role_id=self.role("mayor").id, name="Name of clerk")
        with self.assertRaisesRegex(UserError, "is on record already"):
            self.speak("mayor", role_id=self.role("council_clerk").id)
        with self.assertRaisesRegex(UserError, "do not answer for this role"):
            self.speak("mayor", role_id=self.role("aggression_coordinator").id)

    def test_one_against(self):
        """H8: then there is no declaration, and nothing waits for one."""
        self.speak("mayor")
        self.speak("clerk")
        self.speak("coordinator", "action_let_be")
        self.assertEqual(self.duties(self.meeting, "declaration").state, "waived")
        with self.assertRaisesRegex(UserError, "Nobody who was hit has agreed"):
            self.declare("clerk", incident=self.meeting)

    def test_not_about_a_person(self):
        """D1: who was hit decides themself."""
        with self.assertRaisesRegex(UserError, "Nobody but the person hit decides"):
            self.model_as("clerk", "aggression.joint.decision")._speak(
                self.as_user("clerk", self.incident), self.role("mayor"), True, {}
            )
