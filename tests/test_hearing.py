from datetime import date

from odoo.exceptions import UserError, ValidationError
from odoo.tests import freeze_time

from .measured import NOON, MeasureCase

SENTENCE = "The citizen is heard before"


@freeze_time(NOON)
class TestHearing(MeasureCase):
    """The citizen's side: before a burden is laid on somebody, or as soon as it can be."""

    def ask(self, by="coordinator", **values):
        values = {"intention": "A ban, because of a threat.", **values}
        self.take(by, self.incident, "action_hear", "action_ask", **values)
        return self.incident.hearing_ids[:1]

    def answer(self, hearing, by="clerk", view="I was desperate.", **values):
        self.take(by, hearing, "action_record_view", "action_answer", view=view, **values)

    def due(self, code):
        return str(self.duties(self.incident, code)[:1].due_at)

    def test_asked_by_post(self):
        """U5: a letter is kept, and the term for deciding waits until the citizen's last day
        is over."""
        self.assertEqual(self.due("decide"), "2026-03-10 11:00:00")
        hearing = self.ask()
        self.assertEqual(hearing.respond_by, date(2026, 3, 16))
        self.assertEqual(hearing.letter_ids.kind, "hearing")
        self.assertFalse(hearing.afterwards)
        # the 16th is over at 23:00 UTC
        self.assertEqual(self.due("decide"), "2026-03-17 23:00:00")
        self.assertEqual(self.due("record_view"), "2026-03-17 23:00:00")

    def test_asked_by_telephone(self):
        """U5: without a letter; the term that was longer already stays."""
        hearing = self.ask(how="phone", respond_by="2026-03-20")
        self.ask(how="phone", respond_by="2026-03-11")
        self.assertFalse(hearing.letter_ids)
        self.assertEqual(self.due("decide"), "2026-03-21 23:00:00")

    def test_no_answer(self):
        """U5: that nothing came can be said after the last day, as the municipality's clock
        has it, and not on it."""
        hearing = self.ask()
        self.at("2026-03-16 22:59:00")
        with self.assertRaisesRegex(UserError, "Wait until that day is over"):
            self.take("clerk", hearing, "action_record_view", "action_no_answer")
        with self.assertRaisesRegex(ValidationError, SENTENCE):
            self.ban(hearing="silent")
        self.assertFalse(self.decision_screen(self.incident).hearing)
        self.at("2026-03-16 23:01:00")
        self.take("clerk", hearing, "action_record_view", "action_no_answer")
        self.assertEqual(self.duties(self.incident, "record_view").state, "done")
        self.assertEqual(self.decision_screen(self.incident).hearing, "silent")
        self.assertEqual(self.ban(hearing="silent").decision_id.hearing, "silent")
        decided = self.duties(self.incident, "decide")
        self.assertLess(decided.done_at, decided.due_at, "who waited is not late by it")

    def test_the_view_is_in_the_decision(self):
        """U5: what the citizen said stands in the screen on which is decided."""
        self.answer(self.ask(), received_on="2026-03-09")
        screen = self.decision_screen(self.incident)
        self.assertEqual((screen.hearing, screen.view), ("heard", "I was desperate."))
        self.assertEqual(screen.heard_on, date(2026, 3, 9))
        self.assertEqual(self.duties(self.incident, "record_view").state, "done")

    def test_an_answer_in_time(self):
        """U5: not before it was asked, not in future, not without words."""
        hearing = self.ask()
        for day in ("2026-03-08", "2026-03-10"):
            with self.assertRaisesRegex(UserError, "comes after it was asked"):
                self.answer(hearing, received_on=day)
        with self.assertRaisesRegex(UserError, "Write down what the citizen said"):
            self.answer(hearing, view=" ")
        self.assertEqual(hearing.state, "invited")

    def test_one_of_two_answers(self):
        """U5: who has not answered yet is still waited for."""
        first = self.ask()
        self.ask(respond_by="2026-03-20")
        self.answer(first)
        states = self.duties(self.incident, "record_view").sorted("due_at").mapped("state")
        self.assertEqual(states, ["done", "open"])

    def test_it_could_not_wait(self):
        """U5: who is not heard for urgency is asked afterwards, within a week."""
        self.ban(hearing="waived", waiver_reason="Acute danger.")
        duty = self.duties(self.incident, "offer_hearing")
        self.assertEqual((duty.state, str(duty.due_at)), ("open", "2026-03-16 11:00:00"))
        hearing = self.ask()
        self.assertTrue(hearing.afterwards)
        self.assertEqual(duty.state, "done")
        self.answer(hearing)
        self.assertEqual(self.decision_screen(self.incident).view, "I was desperate.")

    def test_nothing_to_hear_about(self):
        """U5: where no burden is laid on anybody, nobody has to be asked afterwards."""
        self.decide_on(self.line("oral_warning"), hearing="waived", waiver_reason="Urgent.")
        self.assertFalse(self.duties(self.incident, "offer_hearing"))

    def test_heard_for_a_later_decision(self):
        """U5: what was said about the first decision is not the view on the second."""
        self.answer(self.ask())
        self.running_ban()
        self.at("2026-08-31")
        self.assertFalse(self.decision_screen(self.incident).hearing)
        hearing = self.ask()
        self.assertFalse(hearing.afterwards, "it is asked before the decision that it is about")
        self.at("2026-09-08")
        self.assertEqual(self.decision_screen(self.incident).hearing, "silent")
        self.ban("2026-12-08", hearing="silent")

    def test_silence_is_used_once(self):
        """U5: who did not answer about the first decision is asked again about the second."""
        self.ask()
        self.at("2026-03-17")
        self.ban(hearing="silent")
        with self.assertRaisesRegex(ValidationError, SENTENCE):
            self.ban(hearing="silent")
