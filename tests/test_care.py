from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import Form, freeze_time

from .common import ProtocolCase


@freeze_time("2026-03-06 22:10:00")
class TestCare(ProtocolCase):
    def setUp(self):
        super().setUp()
        self.incident = self.report()
        self.care = self.incident.affected_ids.aftercare_ids
        self.talks = self.care.talk_ids

    def test_offered_to_everyone_with_the_terms_of_the_protocol(self):
        """Z1, Z6, Z7, Z8: three talks on offer from the moment of the report."""
        self.assertEqual(
            [(t.number, str(t.from_at or ""), str(t.due_at)) for t in self.talks],
            [
                (1, "", "2026-03-07 21:50:00"),
                (2, "", "2026-03-09 21:50:00"),
                (3, "2026-04-03 20:50:00", "2026-04-17 20:50:00"),
            ],
        )

    def test_the_mayor_first_and_never_the_person_themself(self):
        """Z2: the mayor gives care; when the mayor was hit, the deputy."""
        self.assertEqual(self.care.carer_id, self.users["mayor"])
        hit = self.report("secretary", "mayor")
        self.assertEqual(hit.affected_ids.aftercare_ids.carer_id, self.users["deputy"])

    def test_the_mayor_and_the_deputy_both_hit(self):
        """Z2: never the person themself, even when nobody is left to care."""
        self.role("deputy_mayor").substitute_id = False
        self.role("deputy_mayor").assignment_ids.user_id = self.users["mayor"]
        hit = self.report("secretary", "mayor")
        self.assertFalse(hit.affected_ids.aftercare_ids.carer_id)

    def test_notes_stay_between_two(self):
        """C5, Z2: the person hit and the carer read the notes; who handles the case does not."""
        mayor = self.as_user("mayor", self.talks[0])
        mayor.notes = "Cannot sleep."
        self.assertEqual(self.as_user("councillor", mayor).notes, "Cannot sleep.")
        for login in ("clerk", "coordinator", "other_councillor", "administrator"):
            with self.subTest(login=login), self.assertRaises(AccessError):
                self.as_user(login, mayor).read(["notes"])
        with self.assertRaises(AccessError):
            self.as_user("councillor", mayor).notes = "Changed."

    def test_notes_are_written_on_the_screen(self):
        """Z6: the carer writes the notes on the aftercare's own screen; the person hit cannot."""
        with Form(self.as_user("mayor", self.care)) as screen:
            self.assertEqual(screen.person, "Name of councillor")
            with screen.talk_ids.edit(0) as talk:
                talk.notes = "Cannot sleep."
        self.assertEqual(self.talks[0].notes, "Cannot sleep.")
        with (
            self.assertRaisesRegex(AssertionError, "readonly"),
            Form(self.as_user("councillor", self.care)) as screen,
            screen.talk_ids.edit(0) as talk,
        ):
            talk.notes = "Changed."
        with self.assertRaises(AccessError):
            self.as_user("councillor", self.care).talk_ids = [
                Command.update(self.talks[0].id, {"notes": "Changed."})
            ]

    def test_the_mayor_as_decider_alone_reads_no_notes(self):
        """C5: deciding in a case does not open its care."""
        self.incident.access_ids.filtered(
            lambda row: row.role == "carer"
        )._unlocked().user_id = self.users["deputy"]
        with self.assertRaises(AccessError):
            self.as_user("mayor", self.talks).read(["notes"])
        self.assertEqual(len(self.as_user("deputy", self.talks).read(["notes"])), 3)

    def test_a_talk_is_held(self):
        """Z6, Z8: the carer records it, and the duty is done; earlier than planned is fine."""
        for talk in (self.talks[0], self.talks[2]):
            self.as_user("mayor", talk).action_hold()
            self.assertEqual(talk.state, "held")
            duty = self.incident.duty_ids.filtered(lambda duty, talk=talk: duty.talk_id == talk)
            self.assertEqual((duty.state, duty.done_by_id), ("done", self.users["mayor"]))
        with self.assertRaises(AccessError):
            self.as_user("clerk", self.talks[1]).action_hold()
        elsewhere = self.report("secretary", "mayor").affected_ids.aftercare_ids.talk_ids
        with self.assertRaises(AccessError):
            self.as_user("mayor", self.talks[1] | elsewhere[0]).action_hold()

    def test_a_talk_is_declined(self):
        """Z11: by the person hit, and it is no longer due."""
        self.as_user("councillor", self.talks[1]).action_decline()
        self.assertEqual(self.talks.mapped("state"), ["planned", "declined", "planned"])
        duty = self.incident.duty_ids.filtered(lambda duty: duty.talk_id == self.talks[1])
        self.assertEqual(duty.state, "lapsed")
        self.as_user("councillor", self.care).action_decline()
        self.assertEqual(self.talks.mapped("state"), ["declined"] * 3)
        with self.assertRaisesRegex(UserError, "handled it in the meantime"):
            self.as_user("councillor", self.talks[1]).action_decline()

    def test_nobody_else_declines(self):
        """Z11: it is the choice of the person hit."""
        for login in ("clerk", "other_councillor"):
            with self.subTest(login=login), self.assertRaises(AccessError):
                self.as_user(login, self.talks).action_decline()

    def test_a_meeting_needs_no_care(self):
        incident = self.report(hit="", office="council_meeting")
        self.assertTrue(incident.affected_ids)
