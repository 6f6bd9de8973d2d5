from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import Form, freeze_time

from ..models.privacy.notice import APPOINTMENT, APPOINTMENT_SOON
from .common_notices import NoticeCase

NIGHT = "2026-03-06 22:10:00"
NEXT_DAY = "2026-03-07 10:00:00"
TALK_AT = "2026-03-09 09:00:00"


class AppointmentCase(NoticeCase):
    """A councillor was hit; the mayor gives the care."""

    def setUp(self):
        super().setUp()
        with freeze_time(NIGHT):
            self.incident = self.report()
        self.care = self.incident.affected_ids.aftercare_ids
        self.talk = self.care.talk_ids[1]
        self.duty = self.incident.duty_ids.filtered(lambda duty: duty.talk_id == self.talk)

    def propose(self, by="mayor", at=TALK_AT, talk=None, **values):
        """Propose a time on the screen for it; returns the appointment as superuser."""
        action = self.as_user(by, talk or self.talk).action_make_appointment()
        screens = self.model_as(by, action["res_model"]).with_context(**action["context"])
        screens.create({"start_at": at, "place": "At home", **values}).action_save()
        self.env.invalidate_all()
        return self.talk.appointment_ids[:1]

    def agreed(self, by="mayor", **values):
        return self.propose(by, agreed=True, **values)

    def remind(self):
        """Run the scheduled action that looks at appointments."""
        with self.enter_registry_test_mode():
            self.env.ref("aggression_protocol.cron_remind_appointments").method_direct_trigger()


@freeze_time(NEXT_DAY)
class TestAppointments(AppointmentCase):
    """Making a time for a talk, and what becomes of it."""

    def test_proposed_and_accepted(self):
        """Z7: one of the two proposes, the other accepts; nobody accepts the own proposal."""
        for one, other in (("mayor", "councillor"), ("councillor", "mayor")):
            with self.subTest(by=one):
                appointment = self.propose(one)
                self.assertEqual(appointment.state, "proposed")
                self.assertFalse(self.as_user(one, appointment).can_accept)
                with self.assertRaisesRegex(UserError, "The other accepts"):
                    self.as_user(one, appointment).action_accept()
                self.assertTrue(self.as_user(other, appointment).can_accept)
                self.as_user(other, appointment).action_accept()
                self.assertEqual((appointment.state, appointment.place), ("agreed", "At home"))
        self.assertEqual(str(appointment.end_at), "2026-03-09 10:00:00")
        self.assertEqual(self.talk.appointment_ids.mapped("state"), ["agreed", "cancelled"])

    def test_another_time(self):
        """Z7: instead of accepting, the other proposes another time; one time stands."""
        first = self.propose("mayor")
        action = self.as_user("councillor", first).action_propose_other()
        self.assertEqual(action["context"]["default_talk_id"], self.talk.id)
        second = self.propose("councillor", "2026-03-09 14:00:00")
        self.assertEqual((first.state, second.state), ("cancelled", "proposed"))
        self.assertEqual(second.proposed_as, "person_hit")
        with self.assertRaisesRegex(UserError, "in the meantime"):
            self.as_user("councillor", first).action_accept()

    def test_agreed_by_telephone(self):
        """Z6: what both know already needs no accepting, nor does anybody without an account."""
        self.assertEqual(self.agreed().state, "agreed")
        with freeze_time(NIGHT):
            care = self.report(hit="J. Smit", office="councillor").affected_ids.aftercare_ids
        self.propose(talk=care.talk_ids[0])
        self.assertEqual(care.appointment_ids.state, "agreed")

    def test_proposed_while_nobody_gives_the_care(self):
        """Z6: nobody agreed; who takes over the care accepts it, or proposes another time."""
        for code in ("mayor", "deputy_mayor"):
            self.role(code).assignment_ids = [(5,)]
        self.assertFalse(self.care.carer_id)
        one = self.propose("councillor")
        self.assertEqual(one.state, "proposed")
        line = {"user_id": self.users["uninvolved"].id, "date_from": "2026-01-01"}
        self.role("mayor").assignment_ids = [Command.create(line)]
        self.as_user("uninvolved", one).action_accept()
        self.assertEqual(one.state, "agreed")

    def test_on_the_screen(self):
        """Z6: the screen says by when the talk is due, and where it was opened from."""
        action = self.as_user("mayor", self.talk).action_make_appointment()
        screens = self.model_as("mayor", action["res_model"]).with_context(**action["context"])
        with Form(screens) as screen:
            self.assertEqual(screen.due_at, self.talk.due_at)
            screen.start_at = TALK_AT
        screen.record.action_save()
        self.assertEqual(str(self.talk.appointment_ids.start_at), TALK_AT)

    def test_what_cannot_be(self):
        """A time in the past, a talk of no minutes or of days, a talk that is over."""
        for values, sentence in (
            ({"at": NIGHT}, "still to come"),
            ({"at": False}, "still to come"),
            ({"minutes": 0}, "between 5 minutes"),
            ({"minutes": 4000}, "between 5 minutes"),
        ):
            with self.subTest(**values), self.assertRaisesRegex(UserError, sentence):
                self.propose(**values)
        self.as_user("councillor", self.talk).action_decline()
        with self.assertRaisesRegex(UserError, "no appointment any more"):
            self.propose()
        self.assertFalse(self.talk.appointment_ids)

    def test_nobody_else(self):
        """C5: an appointment stays between the two, as the talk does."""
        appointment = self.propose()
        for login in ("clerk", "coordinator", "other_councillor", "administrator", "stranger"):
            theirs = self.as_user(login, appointment)
            with self.subTest(login=login):
                with self.assertRaises(AccessError):
                    theirs.read(["start_at"])
                for step in ("accept", "propose_other", "cancel", "other_missed", "i_missed"):
                    with self.assertRaises(AccessError):
                        getattr(theirs, f"action_{step}")()
                with self.assertRaises(AccessError):
                    self.propose(login)
        self.assertEqual(appointment.state, "proposed")
        self.assertEqual(self.model_as("councillor", "aggression.appointment").search_count([]), 1)

    def test_beside_the_person_hit(self):
        """C5, Z1: a time for a witness is the carer's alone; the person hit hears nothing of it."""
        person = self.as_user("councillor", self.incident.affected_ids)
        care = person.env["aggression.aftercare"]._offer_beside(person, "witness", "W. Willems")
        talk = self.incident.affected_ids.aftercare_ids.talk_ids & care.sudo().talk_ids[0]
        self.propose("mayor", talk=talk)
        appointment = talk.appointment_ids
        self.assertEqual((appointment.state, appointment.proposed_as), ("agreed", "carer"))
        self.assertFalse(self.told(APPOINTMENT))
        theirs = self.as_user("councillor", appointment)
        with self.assertRaises(AccessError):
            theirs.read(["start_at"])
        with self.assertRaises(AccessError):
            theirs.action_cancel()
        printed = str(
            self.model_as("councillor", "aggression.data.subject.wizard").create({})._gather()
        )
        self.assertNotIn("At home", printed)
        self.assertEqual(self.as_user("mayor", appointment).place, "At home")
        self.as_user("mayor", appointment).action_cancel()
        self.assertEqual(appointment.state, "cancelled")

    def test_did_not_come(self):
        """Z7: who did not come is recorded, the talk stays due and gets another time."""
        for by, step, side in (
            ("mayor", "action_other_missed", "person_hit"),
            ("mayor", "action_i_missed", "carer"),
            ("councillor", "action_other_missed", "carer"),
            ("councillor", "action_i_missed", "person_hit"),
        ):
            with self.subTest(by=by, step=step):
                appointment = self.agreed()
                with self.assertRaisesRegex(UserError, "has not come yet"):
                    getattr(self.as_user(by, appointment), step)()
                with freeze_time("2026-03-09 09:30:00"):
                    self.assertTrue(self.as_user(by, appointment).has_begun)
                    getattr(self.as_user(by, appointment), step)()
                self.assertEqual((appointment.state, appointment.missed_as), ("missed", side))
                self.assertEqual((self.talk.state, self.duty.state), ("planned", "open"))
        self.assertEqual(len(self.talk.appointment_ids), 4)

    def test_the_talk_is_held(self):
        """Z7: the appointment was kept, when its time had come; else it falls away."""
        early = self.agreed()
        self.as_user("mayor", self.talk).action_hold()
        self.assertEqual(early.state, "cancelled")
        talk = self.care.talk_ids[2]
        self.agreed(talk=talk)
        with freeze_time("2026-03-09 10:00:00"):
            self.as_user("mayor", talk).action_hold()
        self.assertEqual(talk.appointment_ids.state, "kept")

    def test_the_talk_is_declined(self):
        """Z11: what was agreed on falls away with it, and nobody is reminded."""
        appointment = self.agreed()
        self.as_user("councillor", self.care).action_decline()
        self.assertEqual((appointment.state, appointment.remind_at), ("cancelled", False))
        with freeze_time("2026-03-09 08:00:00"):
            self.remind()
        self.assertFalse(self.notices(APPOINTMENT_SOON))

    def test_cancelled(self):
        """Z11: either of the two cancels it; the talk is still on offer."""
        for login in ("mayor", "councillor"):
            appointment = self.agreed()
            self.as_user(login, appointment).action_cancel()
            self.assertEqual((appointment.state, self.talk.state), ("cancelled", "planned"))


class TestReminders(AppointmentCase):
    """Both hear of it, without content, and once more before the talk."""

    @freeze_time(NEXT_DAY)
    def test_told(self):
        """C5, Z7: the other hears of a proposal, and the proposer that it was accepted."""
        appointment = self.propose("mayor")
        self.assertEqual(self.told(APPOINTMENT), {"councillor": [APPOINTMENT]})
        self.as_user("councillor", appointment).action_accept()
        self.assertEqual(set(self.told(APPOINTMENT)), {"councillor", "mayor"})
        self.send()
        for _to, letter in self.server.letters:
            self.assertNotIn(b"talk", letter.lower())
            self.assertNotIn(self.incident.reference.encode(), letter)

    def reminded(self, moment):
        with freeze_time(moment):
            self.remind()
            return sorted(self.notices(APPOINTMENT_SOON).user_id.mapped("login"))

    def test_once_before_the_talk(self):
        """Z7, C5: as many hours before as the protocol says, to both, once."""
        self.protocol.appointment_reminder_hours = 4
        with freeze_time(NEXT_DAY):
            self.agreed()
        self.assertEqual(self.reminded("2026-03-09 04:59:00"), [])
        self.assertEqual(self.reminded("2026-03-09 05:00:00"), ["councillor", "mayor"])
        reminders = self.notices(APPOINTMENT_SOON)
        self.assertEqual(self.reminded("2026-03-09 05:15:00"), ["councillor", "mayor"])
        self.assertEqual(self.notices(APPOINTMENT_SOON), reminders)
        with freeze_time("2026-03-09 07:00:00"):
            self.assertEqual(self.send(), ["coordinator", "councillor", "mayor"])
            self.assertEqual(set(reminders.mapped("state")), {"sent"})
            self.assertEqual(self.send(), [])

    def test_not_too_late(self):
        """A run that comes after the talk reminds nobody; one that was late reminds both."""
        with freeze_time(NEXT_DAY):
            self.agreed()
        self.assertEqual(self.reminded("2026-03-09 08:59:00"), ["councillor", "mayor"])
        with freeze_time("2026-03-09 09:00:00"):
            self.send()
        reasons = set(self.notices(APPOINTMENT_SOON).mapped("drop_reason"))
        self.assertEqual(reasons, {"done"})
        with freeze_time("2026-03-09 08:00:00"):
            self.agreed(talk=self.care.talk_ids[2], at="2026-03-20 09:00:00")
        self.assertEqual(len(self.notices(APPOINTMENT_SOON)), 2)
        self.assertEqual(self.reminded("2026-03-20 09:00:00"), ["councillor", "mayor"])
        self.assertEqual(len(self.notices(APPOINTMENT_SOON)), 2)

    @freeze_time("2026-03-09 08:00:00")
    def test_agreed_on_shortly_before(self):
        """Who agrees on it within those hours needs no reminder."""
        self.assertFalse(self.agreed().remind_at)

    def test_who_gives_the_care_no_more(self):
        """C5: a reminder reaches who gives the care at that moment, and nobody before."""
        with freeze_time(NEXT_DAY):
            self.agreed()
        self.assertEqual(self.reminded("2026-03-08 09:00:00"), ["councillor", "mayor"])
        carer = self.incident.access_ids.filtered(lambda row: row.role == "carer")
        carer._unlocked().user_id = self.users["deputy"]
        with freeze_time("2026-03-08 10:00:00"):
            self.send()
        mine = self.notices(APPOINTMENT_SOON, user_id=self.users["mayor"].id)
        self.assertEqual(mine.drop_reason, "no_part")
