from datetime import date

from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time

from .measured import NOON, MeasureCase


@freeze_time(NOON)
class TestMeasureTerm(MeasureCase):
    """From the letter on: what is watched while a measure applies."""

    def due(self, code):
        return str(self.duties(self.incident, code)[:1].due_at)

    def test_told(self):
        """A4: it binds nobody before the letter is sent, and from then on it applies."""
        ban = self.ban()
        self.assertEqual((ban.state, len(ban.front_desk_ids)), ("decided", 0))
        self.send(ban.decision_id, by="mayor")
        self.assertEqual((ban.state, len(ban.front_desk_ids)), ("applies", 1))
        self.assertEqual(self.duties(self.incident, "send_letter").state, "done")
        self.assertEqual(ban.decision_id.letter_ids.kind, "decision")
        self.assertIn("sent", self.incident.entry_ids.mapped("kind"))

    def test_what_is_carried_out_by_telling_it(self):
        """A2: a warning in words is over with its letter; a talk is still to be held."""
        decision = self.decide_on(self.line("oral_warning"), self.line("incident_talk"))
        self.send(decision)
        warning, talk = decision.measure_ids
        self.assertEqual((warning.state, warning.end_reason), ("ended", "done"))
        self.assertEqual(talk.state, "decided")

    def test_the_day_on_the_letter(self):
        """A4: after it was decided and not in future, by the municipality's calendar."""
        self.at("2026-03-09 23:30:00")  # half past midnight
        decision = self.ban().decision_id
        for day in ("2026-03-09", "2026-03-11"):
            with self.assertRaisesRegex(UserError, "sent after it was decided"):
                self.send(decision, sent_on=day)
        self.send(decision)
        self.assertEqual(decision.sent_on, date(2026, 3, 10))
        with self.assertRaisesRegex(UserError, "in the meantime"):
            self.send(decision)

    def test_the_term_for_objection(self):
        """A4: six weeks, over Easter when they end on Good Friday; then somebody looks whether
        an objection came in."""
        self.at("2027-02-12")
        self.send(self.ban("2027-08-12").decision_id)
        self.assertEqual(self.incident.decision_ids.last_day_to_object, date(2027, 3, 30))
        # the day is over at 22:00 UTC, in summer time; a week later
        self.assertEqual(self.due("objection_term"), "2027-04-06 22:00:00")

    def test_looked_at_again(self):
        """A3, A4: after three months, and after each look again, as long as it lasts."""
        ban = self.running_ban("2026-12-09")
        for moment, following in (("2026-06-09", date(2026, 9, 9)), ("2026-09-09", False)):
            duty = self.duties(self.incident, "review_measure").filtered(
                lambda one: one.state == "open"
            )
            self.assertEqual(str(duty.due_at)[:7], moment[:7])
            self.at(moment)
            screen = self.follow("mayor", self.as_user("mayor", duty).action_open_step())
            with self.assertRaisesRegex(UserError, "Say why the measure is still needed"):
                screen.action_save()
            screen.text = "He came to the door again."
            screen.action_save()
            self.env.invalidate_all()
            self.assertEqual(duty.state, "done")
            self.assertEqual(ban.review_on, following)
        self.assertIn("He came to the door again.", self.incident.entry_ids[0].text)

    def test_the_end_is_announced(self):
        """A4: two weeks before the end somebody looks whether a new decision is needed."""
        ban = self.running_ban()
        duty = self.duties(self.incident, "measure_ends")
        self.assertEqual(duty.measure_id, ban)
        self.assertEqual(str(duty.due_at), "2026-09-09 22:00:00")
        self.assertEqual(str(duty.sweep_at), "2026-08-26 22:00:00")

    def test_its_period_never_changes(self):
        """A4: not by a form and not by a remote call, by whoever it is."""
        ban = self.running_ban()
        for login in ("mayor", "coordinator", "administrator"):
            with self.subTest(login), self.assertRaises(AccessError):
                self.as_user(login, ban).write({"date_to": "2027-01-01"})
        self.assertEqual(ban.date_to, date(2026, 9, 9))
