from datetime import datetime

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import Form, freeze_time

from .damaged import FILE, DamageCase
from .measured import NOON


@freeze_time(NOON)
class TestInspectorate(DamageCase):
    """Whether the Labour Inspectorate is told, and the proof that it was."""

    def setUp(self):
        super().setUp()
        self.case = self.classified("pushing", injury="physical", hospital=True, where="Car park")
        self.duty = self.duties(self.case, "inspectorate")

    def screen(self, by="secretary"):
        model = self.model_as(by, "aggression.inspectorate.wizard")
        return Form(model.with_context(default_incident_id=self.case.id))

    def take_step(self, step, by="secretary", **values):
        values = {"decision": "applies", "reason": "Admitted for a night.", **values}
        self.take(by, self.case, "action_notify_inspectorate", step, **values)
        self.case.invalidate_recordset()
        return self.case.inspectorate_ids

    def test_what_it_asks_is_filled_in(self):
        """D10: from the case; what is missing is named."""
        with self.screen() as screen:
            self.assertEqual(screen.affected_id, self.case.affected_ids)
            self.assertEqual(screen.victim, "Name of councillor")
            self.assertEqual(screen.victim_role, "Councillor")
            self.assertEqual(screen.reporter, "Name of secretary")
            self.assertEqual(screen.where, "Car park")
            self.assertIn("What happened", screen.course)
            self.assertEqual(screen.injury, "Physical")
            # ten to eleven in the evening, where it happened
            self.assertIn("10:50", screen.occurred.replace("\u202f", " "))
            for words in ("Date of birth", "Witnesses", "Police involved", "Which hospital"):
                self.assertIn(words, screen.missing)
            screen.decision, screen.reason = "applies", "Yes."
            screen.birth_date = "1 May 1970"
            self.assertNotIn("Date of birth", screen.missing)

    def test_notified(self):
        """D10: when, how, under which number, with the proof; then the duty is done."""
        self.assertEqual(self.duty.user_id.login, "secretary")
        action = self.as_user("secretary", self.duty).action_open_step()
        self.assertEqual(action["res_model"], "aggression.inspectorate.wizard")
        notice = self.take_step("action_save")
        self.assertEqual((notice.sent_at, self.duty.state), (False, "open"), "decided, not told")
        self.take_step(
            "action_told", sent_how="phone", number="AI-123", proof=FILE, filename="call.png"
        )
        self.assertEqual(notice.sent_at, datetime(2026, 3, 9, 11))
        self.assertEqual((notice.sent_how, notice.number), ("phone", "AI-123"))
        self.assertEqual(
            (notice.proof_ids.filename, notice.sent_by_id.login), ("call.png", "secretary")
        )
        self.assertEqual(self.duty.state, "done")
        for step in ("action_save", "action_told"):
            with self.assertRaisesRegex(UserError, "notified already"):
                self.take_step(step, sent_how="phone")

    def test_need_not_be_notified(self):
        """D10: that is decided too, with a reason, and can still turn out otherwise."""
        with self.assertRaisesRegex(UserError, "must be notified, and why"):
            self.take_step("action_save", reason=" ")
        notice = self.take_step("action_save", decision="does_not_apply", reason="No employee.")
        self.assertEqual((self.duty.state, notice.reason), ("done", "No employee."))
        with self.assertRaisesRegex(UserError, "First decide that it must"):
            self.as_user("secretary", notice)._sent(datetime(2026, 3, 9, 10), "phone", False)
        self.take_step("action_save", reason="It turned out to be lasting.")
        again = self.duties(self.case, "inspectorate") - self.duty
        self.assertEqual((again.state, again.user_id.login), ("open", "secretary"))
        self.assertEqual(str(again.due_at), "2026-03-10 11:00:00", "counted from now")
        self.take_step("action_told", reason="It turned out to be lasting.", sent_how="form")
        self.assertEqual(again.state, "done")
        self.assertEqual((self.case.inspectorate_ids, notice.decision), (notice, "applies"))
        self.assertTrue(notice.sent_at)

    def test_who_says_that_it_need_not_be(self):
        """D10: whom the protocol names; the screen says who; telling it is for who handles."""
        with self.screen("coordinator") as screen:
            self.assertEqual(screen.who_may_leave, "Municipal secretary")
            screen.decision, screen.reason = "applies", "Yes."
        untold = {"decision": "does_not_apply", "reason": "No employee."}
        for settled in (False, True):
            for login in ("coordinator", "clerk", "mayor"):
                with self.subTest(login), self.assertRaisesRegex(UserError, "Municipal secretary"):
                    self.take_step("action_save", login, **untold)
            if not settled:
                self.take_step("action_save", **untold)
                self.assertEqual(self.duty.state, "done")
        self.take_step("action_told", "coordinator", sent_how="phone")
        self.assertFalse(self.duties(self.case, "inspectorate") - self.duty, "told at once")

    def test_a_proof_that_comes_later(self):
        """D10: a confirmation of the next day is kept too, with its number; the rest stays."""
        proof = {"proof": FILE, "filename": "mail.png", "number": "AI-124"}
        with self.assertRaisesRegex(UserError, "Add the file"):
            self.take_step("action_add_proof", **proof)
        notice = self.take_step("action_save")
        with self.assertRaisesRegex(UserError, "First record that it was notified"):
            self.take_step("action_add_proof", **proof)
        self.take_step("action_told", sent_how="phone", proof=FILE, filename="call.png")
        self.assertTrue(self.screen().is_told)
        with self.assertRaisesRegex(UserError, "Add the file"):
            self.take_step("action_add_proof", **{**proof, "proof": False})
        self.take_step("action_add_proof", "coordinator", **proof)
        self.take_step("action_add_proof", **{**proof, "number": "AI-125"})
        self.assertEqual(notice.number, "AI-124")
        names = notice.proof_ids.sorted("id").mapped("filename")
        self.assertEqual(names, ["call.png", "mail.png", "mail.png"])
        for login in ("councillor", "employee"):
            with self.assertRaises(AccessError):
                self.as_user(login, notice)._add_proof("AI-126", {"content": FILE})

    def test_how_and_when_it_was_told(self):
        """D10: in one of two ways, and not in future; nothing is half saved."""
        for values in ({}, {"sent_how": "phone", "sent_at": "2026-03-09 12:00:00"}):
            with self.assertRaisesRegex(UserError, "Say how and when"), self.cr.savepoint():
                self.take_step("action_told", **values)
        self.case.invalidate_recordset()
        self.assertFalse(self.case.inspectorate_ids.sent_at)

    def test_of_two_who_were_hurt(self):
        """D10: each has a notice, that the other does not read; done when both are decided."""
        persons = [
            Command.create({"user_id": self.users[login].id, "injury": "physical"})
            for login in ("councillor", "alderman")
        ]
        self.case = self.report(person_ids=[Command.clear(), *persons])
        first, second = self.case.affected_ids
        duty = self.duties(self.case, "inspectorate")
        self.take_step("action_save", decision="does_not_apply", affected_id=first.id)
        self.assertEqual(duty.state, "open")
        self.take_step("action_save", decision="does_not_apply", affected_id=second.id)
        self.assertEqual(duty.state, "done")
        for login, person in (("councillor", first), ("alderman", second)):
            seen = self.model_as(login, "aggression.inspectorate.notice").search([])
            self.assertEqual(seen.affected_id, person)

    def test_from_the_line_of_the_person(self):
        """D10, D12: of several who were hit, the screen is about the one on whose line it opens."""
        person = self.two_people_hit().affected_ids[1]
        for step in ("action_notify_inspectorate", "action_note_damage"):
            screen = self.follow(
                "coordinator", getattr(self.as_user("coordinator", person), step)()
            )
            self.assertEqual(screen.person, "Name of alderman")

    def test_who_decides(self):
        """D10: who handles or decides, nobody else."""
        for login in ("councillor", "other_councillor", "deputy", "employee", "administrator"):
            with self.subTest(login), self.assertRaises(AccessError):
                self.as_user(login, self.case).action_notify_inspectorate()

    def test_the_paper(self):
        """D10: what the inspectorate asks on paper, with what is still missing."""
        notice = self.take_step("action_save", birth_date="1 May 1970")
        reports = self.model_as("secretary", "ir.actions.report")
        html = reports._render_qweb_html("aggression_protocol.inspectorate_notice", notice.ids)
        words = html[0].decode()
        for said in ("Name of councillor", "1 May 1970", "still missing", "Admitted for a night."):
            self.assertIn(said, words)
        self.assertIn("Date of birth", words)
        with self.assertRaises(AccessError):
            self.as_user("councillor", reports)._render_qweb_html(
                "aggression_protocol.inspectorate_notice", notice.ids
            )
        action = self.as_user("secretary", notice).action_print()
        self.assertEqual(action["report_name"], "aggression_protocol.inspectorate_notice")
