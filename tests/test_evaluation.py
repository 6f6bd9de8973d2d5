import psycopg2

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, freeze_time
from odoo.tools import mute_logger

from .common import ProtocolCase

NOW = "2026-03-06 22:10:00"
MORNING = "2026-03-09 09:00:00"


@freeze_time(MORNING)
class TestEvaluation(ProtocolCase):
    """U6: each case is evaluated; lessons are shared without persons; the reporter hears back."""

    def setUp(self):
        super().setUp()
        with freeze_time(NOW):
            self.case = self.report("desk")

    def screen(self, by="clerk", **values):
        action = self.as_user(by, self.case).action_evaluate()
        model = self.model_as(by, action["res_model"]).with_context(**action["context"])
        return model.create({"went_well": "Care came at once.", **values})

    def evaluate(self, **values):
        self.screen(**values).action_save()
        self.case.invalidate_recordset()

    def close(self):
        """Close the case of aggression with its reaction, whatever else was still to be done."""
        self.classify(self.case, "threat")
        self.decide(self.case)
        owed = self.case.duty_ids.filtered(
            lambda duty: duty.state == "open" and not duty.type_id.optional
        )
        owed._move("lapsed")
        self.as_user("clerk", self.case).action_close()
        self.case.invalidate_recordset()

    def told(self):
        notices = self.env["aggression.notice"].search([("kind", "=", "closed")])
        return sorted(notice.user_id.login for notice in notices)

    def test_who_does_it_leaves(self):
        """U6, C3: what must change goes to who received the case; nothing is left lying."""
        owner = self.users["coordinator"]
        self.evaluate(must_change="x", action="Alarm.", owner_id=owner.id, due_on="2026-04-01")
        duty = self.case.duty_ids.filtered(lambda duty: duty.type_id.event == "improvement")
        self.assertEqual(duty.user_id, owner)
        self.role("aggression_coordinator").assignment_ids = [(5,)]
        self.assertNotIn("coordinator", self.who(self.case))
        self.assertTrue(duty.user_id)
        self.assertIn("handler", self.who(self.case)[duty.user_id.login])

    def test_after_closing(self):
        """U6: within four weeks after the case is closed, on the coordinator's list."""
        self.close()
        duty = self.duties(self.case, "evaluate")
        self.assertEqual(
            (duty.user_id.login, str(duty.due_at)), ("coordinator", "2026-04-06 08:00:00")
        )
        action = self.as_user("coordinator", duty).action_open_step()
        self.assertEqual(action["res_model"], "aggression.evaluation.wizard")
        self.evaluate(by="coordinator", must_change="The alarm was not heard.")
        self.assertEqual(duty.state, "done")
        self.assertEqual(self.case.evaluation_ids.must_change, "The alarm was not heard.")
        self.assertIn("evaluated", self.case.entry_ids.mapped("kind"))

    def test_before_closing(self):
        """U6: who evaluated already is not asked again; once is asked, however often it closes."""
        self.evaluate()
        self.close()
        self.assertFalse(self.duties(self.case, "evaluate"))

    def test_closed_twice(self):
        """U6: a case that is opened and closed again is asked for once, and closes all the same."""
        self.close()
        self.as_user("clerk", self.case)._reopen("Too soon.")
        self.close()
        self.assertEqual(len(self.duties(self.case, "evaluate")), 1)

    def test_emotion(self):
        """U6, U3: emotion can be evaluated, and nobody has to."""
        self.classify(
            self.case, "raised_voice_policy", directed="no", aim="none", closing_reason="x"
        )
        self.assertFalse(self.duties(self.case, "evaluate"))
        self.evaluate()
        self.assertTrue(self.case.evaluation_ids)

    def test_an_action(self):
        """U6: what is done about it has an owner and a day, and stands on the owner's list."""
        action = {"action": "Repair the alarm.", "due_on": "2026-04-01"}
        self.evaluate(**action, owner_id=self.users["coordinator"].id)
        duty = self.duties(self.case, "improvement")
        self.assertEqual(
            (duty.user_id.login, str(duty.due_at)), ("coordinator", "2026-04-01 22:00:00")
        )
        for values, words in (
            ({"owner_id": self.users["uninvolved"].id}, "works on this case"),
            ({}, "works on this case"),
            ({"owner_id": self.users["clerk"].id, "due_on": "2026-03-08"}, "from today"),
            ({"owner_id": self.users["clerk"].id, "due_on": False}, "from today"),
            ({"owner_id": self.users["clerk"].id, "due_on": "9999-12-31"}, "two years"),
        ):
            with self.subTest(words=words), self.assertRaisesRegex(UserError, words):
                self.evaluate(**{**action, **values})
        with mute_logger("odoo.sql_db"), self.assertRaises(psycopg2.errors.CheckViolation):
            self.case.evaluation_ids._unlocked().owner_id = False
            self.env.flush_all()

    def test_nothing_said(self):
        with self.assertRaisesRegex(UserError, "what went well, or what must change"):
            self.evaluate(went_well=" ")

    def test_who_evaluates(self):
        """U6, C5: whoever handles or decides; the reporter and the person hit do not read it."""
        self.evaluate(by="mayor")
        for login in ("desk", "councillor", "uninvolved", "administrator"):
            with self.assertRaises(AccessError):
                self.screen(by=login)
            with self.assertRaises(AccessError):
                self.as_user(login, self.case.evaluation_ids).read(["at"])

    def test_a_lesson(self):
        """U6, V5: written apart, confirmed as unrecognisable, and on the yearly agenda."""
        with self.assertRaisesRegex(UserError, "nobody can be recognised"):
            self.evaluate(lesson="Test the alarm each month.")
        self.assertFalse(self.env["aggression.lesson"].search([]))
        self.evaluate(lesson="Test the alarm each month.", unrecognisable=True)
        lesson = self.env["aggression.lesson"].search([])
        self.assertEqual((lesson.text, lesson.year), ("Test the alarm each month.", 2026))
        self.env["aggression.prevention.activity"]._cron_come_round()
        activities = self.model_as("uninvolved", "aggression.prevention.activity").search([])
        on_agenda = activities.filtered("lesson_ids")
        self.assertEqual(on_agenda.kind_id.clause, "V5")
        self.assertEqual(on_agenda.lesson_ids.text, "Test the alarm each month.")

    def test_a_lesson_leads_nowhere(self):
        """U6, C5: neither the case, nor who wrote it, nor the day can be found from a lesson."""
        self.evaluate(lesson="Test the alarm each month.", unrecognisable=True)
        lesson = self.env["aggression.lesson"].search([])
        self.env.cr.execute("SELECT * FROM aggression_lesson")
        columns = {column.name for column in self.env.cr.description}
        self.assertEqual(columns, {"id", "company_id", "year", "text", "reference"})
        for login in ("councillor", "employee", "stranger", "administrator"):
            with self.assertRaises(AccessError):
                self.as_user(login, lesson).read(["text"])
        with self.assertRaises(AccessError):
            self.as_user("uninvolved", lesson).unlink()
        self.as_user("officer", lesson).unlink()
        self.assertFalse(lesson.exists(), "the privacy officer takes out what names somebody")

    def test_who_told_it_hears_back(self):
        """U6: who reported it and who was hit hear that it was closed and how, in fixed words."""
        self.close()
        self.assertEqual(self.told(), ["councillor", "desk"])
        for login in ("desk", "councillor"):
            words = self.as_user(login, self.case).closing_message
            self.assertIn("found to be aggression, and the municipality has reacted", words)

    def test_emotion_hears_back(self):
        """U6, U3: also when it was emotion."""
        self.assertFalse(self.as_user("desk", self.case).closing_message)
        self.classify(
            self.case, "raised_voice_policy", directed="no", aim="none", closing_reason="x"
        )
        self.assertEqual(self.told(), ["councillor", "desk"])
        self.assertIn("emotion, not aggression", self.as_user("desk", self.case).closing_message)

    def test_the_screen(self):
        action = self.as_user("clerk", self.case).action_evaluate()
        form = Form(self.model_as("clerk", action["res_model"]).with_context(**action["context"]))
        form.must_change = "The alarm."
        form.action = "Repair it."
        form.owner_id = self.users["coordinator"]
        form.due_on = "2026-04-01"
        form.save().action_save()
        self.case.invalidate_recordset()
        self.assertEqual(self.case.evaluation_ids.owner_id.login, "coordinator")
