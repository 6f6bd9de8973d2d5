from datetime import datetime

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import freeze_time

from .common import ProtocolCase


class TestCorrection(ProtocolCase):
    """It happened, or was reported, at another time than was written down."""

    def setUp(self):
        super().setUp()
        with freeze_time("2026-03-06 22:10:00"):
            self.incident = self.report()  # of 21:50, reported at 22:10

    def screen(self, by="clerk", **values):
        incident = self.as_user(by, self.incident)
        action = incident.action_correct()
        model = self.model_as(by, action["res_model"]).with_context(**action["context"])
        return model.create({"reason": "The camera shows another time.", **values})

    def correct(self, by="clerk", **values):
        self.screen(by, **values).action_correct()
        self.env.invalidate_all()

    def dues(self, *codes):
        return [str(duty.due_at) for duty in self.duties(self.incident, *codes).sorted("due_at")]

    def sweep(self):
        with self.enter_registry_test_mode():
            self.env.ref("aggression_protocol.cron_sweep_duties").method_direct_trigger()
        self.env.invalidate_all()

    @freeze_time("2026-03-07 08:00:00")
    def test_it_was_earlier(self):
        """Z6 to Z8, D10: each open duty and each talk that is planned gets its new term."""
        self.correct(occurred_at="2026-03-05 20:00:00")
        self.assertEqual(
            self.dues("talk_1", "talk_2", "talk_3"),
            ["2026-03-06 20:00:00", "2026-03-08 20:00:00", "2026-04-16 19:00:00"],
        )
        talks = self.duties(self.incident, "talk_1", "talk_2", "talk_3").talk_id
        self.assertEqual(
            [str(talk.due_at) for talk in talks.sorted("number")],
            self.dues("talk_1", "talk_2", "talk_3"),
        )
        self.assertEqual(str(talks.sorted("number")[2].from_at), "2026-04-02 19:00:00")
        self.assertEqual(self.dues("assess"), ["2026-03-07 22:10:00"], "counts from the report")
        entry = self.incident.entry_ids.filtered(lambda entry: entry.kind == "corrected")
        self.assertIn("The camera shows another time.", entry.text)
        self.assertIn("Second talk", entry.text)
        self.sweep()
        self.assertTrue(self.duties(self.incident, "talk_1").escalated_at, "and is overdue now")

    @freeze_time("2026-03-07 08:00:00")
    def test_it_was_later(self):
        """Z6 to Z8: a talk that was promised comes no later; unless it is agreed, with a reason."""
        promised = self.dues("talk_1", "talk_2", "talk_3")
        self.correct(occurred_at="2026-03-07 04:00:00", reported_at="2026-03-07 05:00:00")
        self.assertEqual(self.dues("talk_1", "talk_2", "talk_3"), promised)
        self.assertEqual(self.dues("assess"), ["2026-03-08 05:00:00"], "nobody's promise")
        entry = self.incident.entry_ids.filtered(lambda entry: entry.kind == "corrected")
        self.assertNotIn("talk", entry.text)
        self.correct(
            occurred_at="2026-03-07 04:10:00", reported_at="2026-03-07 05:00:00", agreed=True
        )
        self.assertEqual(self.dues("talk_1"), ["2026-03-08 04:10:00"])
        self.assertIn("agrees", self.incident.entry_ids[0].text)

    def test_no_longer_overdue(self):
        """Z6: reminder and ladder begin anew with the new term, and so do those told."""
        with freeze_time("2026-03-08 12:00:00"):
            self.sweep()
            duty = self.duties(self.incident, "assess")
            self.assertEqual((duty.rung, duty.told_ids.login), (1, "secretary"))
            self.correct(reported_at="2026-03-08 11:00:00")
            self.assertEqual(str(duty.due_at), "2026-03-09 11:00:00")
            self.assertEqual((duty.rung, duty.escalated_at, len(duty.told_ids)), (0, False, 0))
            self.assertEqual(str(duty.sweep_at), "2026-03-09 07:00:00", "the reminder")
        with freeze_time("2026-03-09 11:00:00"):
            self.sweep()
            self.assertEqual((duty.rung, duty.told_ids.login), (1, "secretary"))
            keys = self.env["aggression.notice"].search([("duty_id", "=", duty.id)]).mapped("key")
            to_secretary = f"overdue/{duty.id}/{self.users['secretary'].id}/"
            told = [key for key in keys if key.startswith(to_secretary)]
            self.assertEqual(len(told), 2, "of each term that was not kept, once")

    @freeze_time("2026-03-07 08:00:00")
    def test_done_stays_done(self):
        """Z6: what was done in time does not become late afterwards."""
        duty = self.duties(self.incident, "inform_mayor")
        with freeze_time("2026-03-06 23:00:00"):
            self.as_user("clerk", duty)._complete("Called.", "")
        due = duty.due_at
        self.correct(occurred_at="2026-03-06 18:00:00", reported_at="2026-03-06 19:00:00")
        self.assertEqual((duty.due_at, duty.state), (due, "done"))

    @freeze_time("2026-03-07 08:00:00")
    def test_twice_the_same(self):
        """Z6: what is right already is not corrected again."""
        right = {"occurred_at": "2026-03-05 20:00:00"}
        self.correct(**right)
        dues = self.incident.duty_ids.mapped("due_at")
        with self.assertRaisesRegex(UserError, "Nothing was changed"):
            self.correct(**right)
        self.assertEqual(self.incident.duty_ids.mapped("due_at"), dues)

    @freeze_time("2026-03-07 08:00:00")
    def test_a_citizen_keeps_the_time_to_answer(self):
        """U5: a decision waits for the answer of somebody who was asked for it."""
        kind = self.protocol.duty_type_ids.filtered(lambda kind: kind.code == "decide")
        kind.anchor = "reported_at"
        self.correct(occurred_at="2026-03-06 20:00:00")
        incident = self.classify(
            self.report(causer_kind="person", causer_name="J. Jansen"), "threat"
        )
        hearing = self.model_as("coordinator", "aggression.hearing.wizard").create(
            {
                "incident_id": incident.id,
                "how": "phone",
                "intention": "A ban.",
                "respond_by": "2026-03-20",
            }
        )
        hearing.action_ask()
        due = self.duties(incident, "decide").due_at
        self.assertGreater(due, datetime(2026, 3, 20))
        self.incident = incident
        self.correct(reported_at="2026-03-06 21:55:00")
        self.assertEqual(self.duties(incident, "decide").due_at, due)

    @freeze_time("2026-03-07 08:00:00")
    def test_who_and_why(self):
        """Z6 to Z8: by who handles the case, with a reason, and never against the clock."""
        for login in ("mayor", "councillor", "uninvolved", "employee"):
            with self.assertRaises(AccessError):
                self.as_user(login, self.incident).action_correct()
        clerk = self.as_user("clerk", self.incident)
        wrong = {
            "occurred_at": datetime(2026, 3, 6, 20, 0),
            "reported_at": datetime(2026, 3, 6, 22),
        }
        with self.assertRaisesRegex(UserError, "how you know"):
            clerk._correct(wrong, " ")
        for refused, words in (
            ({"occurred_at": datetime(2026, 3, 7, 9)}, "in the future"),
            ({"occurred_at": datetime(1926, 3, 6, 20)}, "years ago"),
            ({"reported_at": datetime(2026, 3, 6, 19)}, "after it was reported"),
        ):
            with self.assertRaisesRegex(ValidationError, words):
                clerk._correct({**wrong, **refused}, "The camera.")
        with self.assertRaises(AccessError):
            clerk.write({"occurred_at": datetime(2026, 3, 6, 20, 0)})
        self.assertEqual(str(self.incident.occurred_at), "2026-03-06 21:50:00")

    @freeze_time("2026-03-07 08:00:00")
    def test_not_after_it_was_classified(self):
        """N1: nor in a case that is closed."""
        self.classify(self.incident, "threat")
        with freeze_time("2026-03-07 10:00:00"), self.assertRaisesRegex(ValidationError, "classif"):
            self.correct(reported_at="2026-03-07 09:00:00")
        self.incident._unlocked().state = "closed"
        with self.assertRaisesRegex(UserError, "Open it again first"):
            self.correct(reported_at="2026-03-07 07:00:00")

    @freeze_time("2026-03-07 08:00:00")
    def test_counted_from_the_offer(self):
        """Z1, Z3, Z6 to Z8: a witness was promised talks from the offer on; these stay as told."""
        person = self.as_user("clerk", self.incident.affected_ids)
        for for_whom in ("witness", "family"):
            person.env["aggression.aftercare"]._offer_beside(person, for_whom, "W. Willems")
        cares = self.incident.affected_ids.aftercare_ids
        talks = cares.filtered(lambda care: care.for_whom != "hit").talk_ids
        promised = [(talk.from_at, talk.due_at) for talk in talks]
        self.correct(occurred_at="2026-03-05 20:00:00")
        self.assertEqual([(talk.from_at, talk.due_at) for talk in talks], promised)
        duties = self.incident.duty_ids.filtered(lambda duty: duty.talk_id in talks)
        self.assertEqual({*duties.mapped("due_at")}, {*talks.mapped("due_at")})
        entry = self.incident.entry_ids.filtered(lambda entry: entry.kind == "corrected")
        self.assertEqual(entry.text.count("Third talk"), 1, "of the person hit")

    @freeze_time("2026-03-07 08:00:00")
    def test_a_talk_that_was_brought_forward(self):
        """Z8: it may begin at once still, and nothing is told of a term that did not move."""
        talk = self.incident.affected_ids.aftercare_ids.talk_ids[2]
        self.as_user("mayor", talk)._bring_forward(datetime(2026, 3, 20, 10))
        self.correct(occurred_at="2026-03-06 20:00:00")
        duty = self.duties(self.incident, "talk_3")
        for record in (talk, duty):
            self.assertEqual((record.from_at, str(record.due_at)), (False, "2026-03-20 10:00:00"))
        entry = self.incident.entry_ids.filtered(lambda entry: entry.kind == "corrected")
        self.assertNotIn("Third talk", entry.text)
