import io

import psycopg2
from pypdf import PdfReader

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import Form, freeze_time
from odoo.tools import mute_logger

from .common import ProtocolCase
from .common_read_log import ReadLogMixin

PAPER = "aggression_protocol.triangle_agenda"
NOW = "2026-03-07 10:00:00"


class TriangleCase(ProtocolCase):
    """A case of a threat, and the agenda of the triangle."""

    def setUp(self):
        super().setUp()
        self.case = self.threat()

    def threat(self, name="J. Jansen"):
        return self.classify(self.report(causer_kind="person", causer_name=name), "threat")

    def screen(self, by, action, **values):
        screens = self.model_as(by, action["res_model"]).with_context(**action["context"])
        return screens.create(values)

    def put_on(self, case=None, by="clerk", question="Can he be told to stay away?"):
        action = self.as_user(by, case or self.case).action_put_on_triangle()
        self.screen(by, action, question=question).action_put_on()
        self.env.invalidate_all()
        return self.items(case or self.case)

    def items(self, case):
        return self.env["aggression.triangle.item"].search(
            [("incident_id", "=", case.id)], order="id desc"
        )

    def outcome_of(self, item, by="mayor", **values):
        action = self.as_user(by, item).action_record_outcome()
        return self.screen(by, action, **values)

    def decide_to_consult(self, **line):
        kind = self.measure_type("triangle")
        lines = [Command.clear(), Command.create({"type_id": kind.id, **line})]
        self.decide(self.case, line_ids=lines, deviation_reason="The prosecutor must know.")
        return self.items(self.case)

    def duty(self, case=None):
        return self.duties(case or self.case, "triangle")[-1:]


@freeze_time(NOW)
class TestTriangle(TriangleCase):
    """A11: the mayor informs the public prosecutor and discusses incidents in the triangle."""

    def test_put_on_by_hand(self):
        """A11: a handler puts a case on the agenda; the decider has two weeks to discuss it."""
        item = self.put_on()
        self.assertEqual(item.question, "Can he be told to stay away?")
        self.assertEqual((item.state, item.put_on_by_id.login), ("to_discuss", "clerk"))
        duty = self.duty()
        self.assertEqual((duty.user_id.login, str(duty.due_at)), ("mayor", "2026-03-21 10:00:00"))
        self.assertIn("triangle", self.case.entry_ids.mapped("kind"))
        shown = self.as_user("mayor", self.case).action_show_triangle()
        self.assertEqual(self.model_as("mayor", shown["res_model"]).search(shown["domain"]), item)

    def test_put_on_by_the_decision(self):
        """A11, A1: a decision that holds this measure puts the case on the agenda by itself."""
        item = self.decide_to_consult(scope="Ask for a behavioural order.")
        self.assertEqual(item.question, "Ask for a behavioural order.")
        self.assertEqual(item.put_on_by_id.login, "mayor")
        self.assertEqual(len(self.duty()), 1)

    def test_a_decision_without_words(self):
        item = self.decide_to_consult()
        self.assertIn("consult the police and the prosecutor", item.question)

    def test_another_decision_leaves_it_alone(self):
        """A11: only what the protocol marks so goes to the triangle."""
        self.decide(self.case)
        self.assertFalse(self.items(self.case))

    def test_on_it_once(self):
        """A11: a case that is on the agenda is not put on it again, by decision or by hand."""
        item = self.put_on()
        with self.assertRaisesRegex(UserError, "on the triangle agenda already"):
            self.put_on()
        self.assertEqual(self.decide_to_consult(), item)
        self.assertEqual(len(self.duties(self.case, "triangle")), 1)
        twin = {"incident_id": self.case.id, "question": "Twice?"}
        with mute_logger("odoo.sql_db"), self.assertRaises(psycopg2.errors.UniqueViolation):
            item._unlocked().create(twin)

    def test_what_came_of_it(self):
        """A11: the duty leads to the screen; the outcome is kept and the duty is done."""
        item = self.put_on()
        duty = self.as_user("mayor", self.duty())
        self.assertTrue(duty.can_do)
        with self.assertRaisesRegex(UserError, "taking its own step"):
            duty._complete("Done.", "")
        action = duty.action_open_step()
        model = self.model_as("mayor", action["res_model"])
        form = Form(model.with_context(**action["context"]))
        self.assertEqual(form.asked, "Can he be told to stay away?")
        form.outcome = "The prosecutor summons him."
        form.save().action_discussed()
        self.env.invalidate_all()
        self.assertEqual((item.state, item.outcome), ("discussed", "The prosecutor summons him."))
        self.assertEqual(str(item.discussed_on), "2026-03-07")
        self.assertEqual((self.duty().state, self.duty().done_by_id.login), ("done", "mayor"))
        self.assertIn("summons", self.case.entry_ids[0].text)
        self.assertNotEqual(self.put_on(question="And now?")[:1], item, "a next time is possible")

    def test_taken_off(self):
        """A11: what needs no discussion leaves the agenda with a reason, and so does its duty."""
        item = self.put_on()
        with self.assertRaisesRegex(UserError, "Say why it is taken off"):
            self.outcome_of(item, "clerk", outcome=" ").action_take_off()
        self.outcome_of(item, "clerk", outcome="Moved away.").action_take_off()
        self.env.invalidate_all()
        self.assertEqual((item.state, item.reason), ("taken_off", "Moved away."))
        self.assertEqual((self.duty().state, self.duty().note), ("waived", "Moved away."))
        with self.assertRaisesRegex(UserError, "is not on the triangle agenda"):
            self.outcome_of(item, "clerk", outcome="Too late.").action_discussed()

    def test_what_is_missing(self):
        item = self.put_on()
        for values, words in (
            ({"outcome": ""}, "Write down what came of it"),
            ({"outcome": "x", "discussed_on": "2026-03-08"}, "on which day"),
            ({"outcome": "x", "discussed_on": False}, "on which day"),
        ):
            with self.assertRaisesRegex(UserError, words), self.cr.savepoint():
                self.outcome_of(item, **values).action_discussed()
        with self.assertRaisesRegex(UserError, "what is to be discussed"):
            self.put_on(self.threat("P. Pietersen"), question=" ")
        for values in ({"state": "discussed", "outcome": "x"}, {"state": "taken_off"}):
            with (
                mute_logger("odoo.sql_db"),
                self.assertRaises(psycopg2.errors.CheckViolation),
                self.cr.savepoint(),
            ):
                item._unlocked().write(values)
                item.flush_recordset()
            item.invalidate_recordset()

    def test_what_is_owed_keeps_the_case_open(self):
        """A11: a decided case cannot be closed as long as it is on the agenda."""
        self.decide(self.case)
        open_duties = self.case.duty_ids.filtered(lambda duty: duty.state == "open")
        open_duties._move("lapsed")
        item = self.put_on()
        with self.assertRaisesRegex(UserError, "Discuss in the triangle"):
            self.as_user("clerk", self.case).action_close()
        self.outcome_of(item, outcome="Agreed.").action_discussed()
        self.as_user("clerk", self.case).action_close()
        with self.assertRaisesRegex(UserError, "case is closed"):
            self.put_on()

    def test_no_emotion_is_discussed(self):
        """U3, A11: found to be emotion after all, a case leaves the agenda."""
        case = self.report()
        item = self.put_on(case)
        self.classify(
            case, "raised_voice_policy", directed="no", aim="none", closing_reason="Sorry."
        )
        self.assertEqual((item.state, item.reason), ("taken_off", "Sorry."))

    def test_who_sees_the_agenda(self):
        """A11, C5: who handles or decides in the case, and nobody else."""
        item = self.put_on()
        for login in ("clerk", "coordinator", "mayor"):
            self.assertEqual(self.model_as(login, item._name).search([]), item)
        self.assertFalse(self.model_as("uninvolved", item._name).search([]))
        for login in ("councillor", "deputy", "employee", "administrator"):
            with self.subTest(login=login), self.assertRaises(AccessError):
                self.as_user(login, item).action_record_outcome()
            with self.subTest(login=login), self.assertRaises(AccessError):
                self.as_user(login, item).read(["state"])

    def test_the_mayor_hit(self):
        """C3, A11: of the mayor's own case the deputy does the talking."""
        case = self.classify(self.report("secretary", "mayor"), "threat")
        item = self.put_on(case, by="secretary")
        self.assertEqual(self.duty(case).user_id.login, "deputy")
        with self.assertRaises(AccessError):
            self.as_user("mayor", item).read(["question"])


@freeze_time(NOW)
class TestTrianglePaper(ReadLogMixin, TriangleCase):
    """A11, C5: the agenda on paper."""

    def agenda(self, login="clerk", items=None):
        model = self.model_as(login, "aggression.triangle.agenda")
        if items:
            model = model.with_context(active_model=items._name, active_ids=items.ids)
        return model.create({})

    def html(self, agenda, login="clerk"):
        reports = self.model_as(login, "ir.actions.report")
        return reports._render_qweb_html(PAPER, agenda.ids)[0].decode()

    def test_what_it_says(self):
        """A11, C5: reference, day, level, behaviour, the causer's file, the question; no name."""
        self.put_on()
        agenda = self.agenda()
        self.assertEqual(agenda.action_print()["type"], "ir.actions.report")
        html = self.html(agenda)
        behaviour = self.behaviours("threat").name
        for words in (
            *(self.case.reference, self.case.causer_ids.reference, "03/06/2026"),
            *(behaviour, "<td>3</td>", "Can he be told to stay away?", "7 March 2026"),
        ):
            self.assertIn(words, html)
        for name in ("J. Jansen", *(user.name for user in self.users.values())):
            self.assertNotIn(name, html)

    def test_all_or_what_was_selected(self):
        """A11: without a choice all that is to be discussed, and nothing that was."""
        first, second = self.put_on(), self.put_on(self.threat("P. Pietersen"))
        third = self.put_on(self.report())
        self.outcome_of(third, outcome="Agreed.").action_discussed()
        self.assertEqual(self.agenda().item_ids, first | second)
        chosen = self.agenda(items=second)
        self.assertNotIn(self.case.reference, self.html(chosen))
        self.assertIn(second.incident_id.reference, self.html(chosen))
        self.assertIn("Not classified yet", self.html(self.agenda(items=third)))

    def test_nothing_to_print(self):
        with self.assertRaisesRegex(UserError, "at least one case"):
            self.agenda().action_print()

    def test_as_pdf(self):
        """A11: a tagged PDF that says on each page that it is confidential."""
        self.put_on()
        reports = self.model_as("clerk", "ir.actions.report")
        pdf, _kind = reports.with_context(force_report_rendering=True)._render_qweb_pdf(
            PAPER, self.agenda().ids
        )
        reader = PdfReader(io.BytesIO(pdf))
        self.assertTrue(reader.trailer["/Root"]["/MarkInfo"]["/Marked"])
        for page in reader.pages:
            self.assertIn("Confidential", page.extract_text())

    def test_who_prints(self):
        """C5: one's own agenda, of cases that one may see at that moment."""
        item = self.put_on()
        agenda = self.agenda()
        for login in ("mayor", "uninvolved", "employee"):
            with self.subTest(login=login), self.assertRaises(AccessError):
                self.html(agenda, login)
        with self.assertRaises(AccessError):
            self.model_as("uninvolved", agenda._name).create({"item_ids": [Command.link(item.id)]})
        self.assertFalse(self.agenda("uninvolved", item).item_ids)
        self.case.access_ids.filtered(lambda row: row.user_id.login == "clerk")._end()
        self.assertNotIn(self.case.reference, self.html(agenda))

    def test_it_is_in_the_read_log(self):
        """C5, A11: whoever prints the agenda is in the log of each case on it."""
        items = self.put_on() | self.put_on(self.threat("P. Pietersen"))
        agenda = self.agenda()
        self.forget()
        self.html(agenda)
        rows = self.readings(kind="printed", model=items._name)
        self.assertEqual(rows.incident_id, items.incident_id)
        self.assertEqual(set(rows.user_id.mapped("login")), {"clerk"})
