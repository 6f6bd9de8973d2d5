from datetime import date

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import freeze_time, new_test_user

from .common import TEAM
from .measured import NOON, MeasureCase


@freeze_time(NOON)
class TestCarryingOut(MeasureCase):
    """What is decided and is no letter: somebody does it, and then the measure is done."""

    def complete(self, duty, by="order_officer", waived=False, **values):
        values = {"duty_id": duty.id, "note": "Done.", **values}
        screen = self.model_as(by, "aggression.duty.completion").create(values)
        screen.action_not_needed() if waived else screen.action_done()
        self.env.invalidate_all()

    def notify(self, by="order_officer"):
        action = self.as_user(by, self.duties(self.incident, "notify_police")).action_open_step()
        self.follow(by, action, text="A threat.").action_notify()
        self.env.invalidate_all()

    def file(self):
        """Let the councillor agree and the representative file the declaration."""
        values = {"incident_id": self.incident.id, "text": "Words.", "agrees": True}
        self.model_as("councillor", "aggression.declaration.wizard").create(values).action_save()
        declaration = self.incident.affected_ids._declaration()
        self.as_user("order_officer", declaration)._file()
        self.env.invalidate_all()

    def test_the_police_are_notified(self):
        """A8: also where it is no offence, by a day later; then the measure is carried out."""
        measure = self.decide_on(self.line("police_notification")).measure_ids
        duty = self.duties(self.incident, "notify_police")
        self.assertEqual(str(duty.due_at), "2026-03-10 11:00:00")
        self.assertEqual((duty.user_id.login, duty.measure_id), ("order_officer", measure))
        self.notify()
        self.assertEqual((measure.state, measure.end_reason), ("ended", "done"))

    def test_it_is_not_waived(self):
        """A1: whoever has to do what was decided cannot decide that it need not be done."""
        self.decide_on(self.line("other", scope="He hands in the keys."))
        duty = self.duties(self.incident, "carry_out")
        with self.assertRaisesRegex(UserError, "Only who decides in this case"):
            self.complete(duty, waived=True)

    def test_it_is_not_the_carers(self):
        """A1, C5: who gives care reads the case and carries nothing out in it."""
        self.users["confidant"] = new_test_user(self.env, "confidant", TEAM)
        person = self.incident.affected_ids
        row = self.incident._access_row(self.users["confidant"].id, "carer", "granted", person)
        self.env["aggression.access"]._grant([row])
        self.decide_on(self.line("police_notification"), self.line("other", scope="The keys."))
        with self.assertRaises(AccessError):
            self.complete(self.duties(self.incident, "carry_out"), by="confidant")
        with self.assertRaises(AccessError):
            self.notify(by="confidant")

    def test_the_duty_there_is(self):
        """A9: a declaration that was due already is the one that was decided on."""
        duty = self.duties(self.incident, "declaration")
        measure = self.decide_on(self.line("declaration")).measure_ids
        self.assertEqual(duty, self.duties(self.incident, "declaration"))
        self.assertEqual(duty.measure_id, measure)

    def test_done_before_it_was_decided(self):
        """A9: then the measure is done with it, on the day that it was here."""
        self.at("2026-03-09 23:30:00")  # half past midnight
        self.file()
        self.at("2026-03-10 12:00:00")
        measure = self.decide_on(self.line("declaration")).measure_ids
        self.assertEqual(measure.end_reason, "done")
        self.assertEqual(measure.ended_on, date(2026, 3, 10))

    def test_done_for_an_earlier_decision(self):
        """A9, D1: decided again, a declaration that was made is not asked a second time."""
        self.decide_on(self.line("declaration"))
        duty = self.duties(self.incident, "declaration")
        self.file()
        again = self.decide_on(self.line("declaration"), self.line("police_notification"))
        self.assertEqual(self.duties(self.incident, "declaration"), duty)
        declared = again.measure_ids.filtered(lambda one: one.type_id.code == "declaration")
        self.assertEqual((declared.state, declared.end_reason), ("ended", "done"))

    def test_still_to_be_done_when_decided_again(self):
        """A9, A1: what was not done yet is asked once, for the decision that counts."""
        self.decide_on(self.line("declaration"))
        again = self.decide_on(self.line("declaration"))
        duties = self.duties(self.incident, "declaration")
        running = duties.filtered(lambda duty: duty.state == "open")
        self.assertEqual(running.measure_id, again.measure_ids)
        self.assertEqual(len(running), 1)

    def test_not_asked_twice_when_opened_again(self):
        """N1, A1: classified again, what is still to be done is there once."""
        self.incident._unlocked().state = "closed"
        self.as_user("coordinator", self.incident)._reopen("Too soon.")
        self.classify(self.incident, "threat")
        types = self.incident.duty_ids.filtered(lambda duty: duty.state == "open").type_id
        running = self.incident.duty_ids.filtered(
            lambda duty: duty.state == "open" and not duty.talk_id
        )
        self.assertEqual(len(running), len(running.type_id))
        self.assertIn("decide", types.mapped("code"))

    def test_another_measure(self):
        """A10: it says what it is, is heard about, told in the letter and carried out."""
        with self.assertRaisesRegex(ValidationError, "say for which buildings"):
            self.decide_on(self.line("other", scope=" "))
        with self.assertRaisesRegex(ValidationError, "The citizen is heard before"):
            self.decide_on(self.line("other"), hearing=False)
        decision = self.decide_on(self.line("other", scope="He hands in the keys."))
        self.assertTrue(decision.has_letter)
        self.send(decision)
        self.assertEqual(decision.measure_ids.state, "decided", "telling it is not doing it")
        self.complete(self.duties(self.incident, "carry_out"), by="coordinator")
        self.assertEqual(decision.measure_ids.end_reason, "done")

    def test_limited_services(self):
        """A3: which services, until when, and when it is looked at again."""
        with self.assertRaisesRegex(ValidationError, "needs an end"):
            self.decide_on(self.line("service_restriction"))
        measure = self.decide_on(self.line("service_restriction", "2026-09-09")).measure_ids
        self.assertEqual(measure.review_on, date(2026, 6, 9))
        self.send(measure.decision_id)
        self.assertEqual(measure.state, "applies")

    def test_the_chairs_measure(self):
        """A1: a measure that is another role's to decide is not decided along with the rest."""
        self.decide_on(self.line("meeting_ban", "2026-05-09"))
        self.measure_type("meeting_ban").decider_role_id = self.role("council_clerk")
        with self.assertRaisesRegex(ValidationError, "is decided by: Council clerk"):
            self.decide_on(self.line("meeting_ban", "2026-05-09"))
