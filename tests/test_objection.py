from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time

from .measured import NOON, MeasureCase


@freeze_time(NOON)
class TestObjection(MeasureCase):
    """What the citizen objects to, and what came of it."""

    def setUp(self):
        super().setUp()
        self.ban_on = self.running_ban()
        self.decision = self.ban_on.decision_id  # the last day to object is 20 April

    def object(self, day=False, **values):
        values = {"text": "It is not true.", **values, **({"received_on": day} if day else {})}
        self.take("clerk", self.decision, "action_object", "action_save", **values)
        return self.decision.objection_ids[:1]

    def settle(self, objection, outcome="upheld", by="mayor", text="Not proven."):
        values = {"outcome": outcome, "text": text}
        self.take(by, objection, "action_settle", "action_save", **values)

    def test_in_time_and_too_late(self):
        """A4: both are kept and answered; which one it is follows from the last day."""
        self.at("2026-04-21 22:30:00")  # half past midnight on the 22nd
        for day, in_time in (("2026-04-20", True), ("2026-04-21", False), ("2026-04-22", False)):
            with self.subTest(day=day):
                self.assertEqual(self.object(day).in_time, in_time)
        self.assertEqual(len(self.duties(self.incident, "decide_objection")), 3)

    def test_no_objection(self):
        """A4: without words, before the letter, in future, or against what was never sent."""
        self.at("2026-03-12")
        with self.assertRaisesRegex(UserError, "Write down what the citizen objects to"):
            self.object(text=" ")
        for day in ("2026-03-08", "2026-03-13"):
            with self.assertRaisesRegex(UserError, "comes after the letter"):
                self.object(day)
        self.decision = self.ban("2026-12-09").decision_id
        with self.assertRaisesRegex(UserError, "no letter was sent"):
            self.object()

    def test_the_term_to_decide_on_it(self):
        """A4: six weeks from the day after the term for objecting; of one that is late, from the
        day after it came."""
        self.at("2026-04-09")
        self.object()
        duty = self.duties(self.incident, "decide_objection")
        self.assertEqual(str(duty.due_at), "2026-06-01 22:00:00")
        self.assertEqual(duty.user_id.login, "mayor")
        self.at("2026-05-01")
        self.object()
        later = self.duties(self.incident, "decide_objection") - duty
        self.assertEqual(str(later.due_at), "2026-06-12 22:00:00")

    def test_upheld(self):
        """A4: the measures end in the same moment, at the front desk too, with their duties."""
        self.at("2026-04-09")
        objection = self.object()
        self.assertEqual(self.ban_on.state, "applies", "meanwhile it goes on")
        self.settle(objection)
        self.assertEqual((self.ban_on.state, self.ban_on.end_reason), ("ended", "annulled"))
        self.assertFalse(self.ban_on.front_desk_ids)
        hanging = self.incident.duty_ids.filtered(lambda duty: duty.measure_id == self.ban_on)
        self.assertEqual(set(hanging.mapped("state")), {"lapsed"})
        self.assertEqual(self.duties(self.incident, "decide_objection").state, "done")

    def test_any_other_outcome(self):
        """A4: unless it is upheld the measures stand."""
        for outcome in ("partly", "rejected", "inadmissible", "withdrawn"):
            with self.subTest(outcome=outcome):
                self.settle(self.object(), outcome)
                self.assertEqual(self.ban_on.state, "applies")

    def test_who_settles_it(self):
        """A1, A4: who decides in the case, with an outcome and with reasons; once."""
        objection = self.object()
        for login in ("clerk", "coordinator", "deputy", "administrator"):
            with self.subTest(login), self.assertRaises(AccessError):
                self.settle(objection, by=login)
        for values in ({"text": " "}, {"outcome": False}):
            with self.assertRaisesRegex(UserError, "Say what came of the objection"):
                self.settle(objection, **values)
        self.settle(objection, "rejected")
        with self.assertRaisesRegex(UserError, "in the meantime"):
            self.settle(objection)
        self.assertEqual((objection.outcome, self.ban_on.state), ("rejected", "applies"))

    def test_one_of_two_is_settled(self):
        """A4: the other one is still to be decided on."""
        first = self.object()
        self.at("2026-04-30")
        self.object()
        self.settle(first, "rejected")
        states = self.duties(self.incident, "decide_objection").sorted("due_at").mapped("state")
        self.assertEqual(states, ["done", "open"])

    def test_after_a_later_decision(self):
        """A4: an objection to the first decision leaves the second one as it is."""
        objection = self.object()
        longer = self.ban("2026-12-09")
        self.settle(objection)
        self.assertEqual((self.ban_on.end_reason, longer.state), ("replaced", "decided"))
