from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, freeze_time, tagged

from .portal_pages import ROOT, PortalPages
from .visibility import VisibilityCase

WORDS = "He keeps calling me. Is this over the line?"


class ConsultationCase(VisibilityCase):
    def ask(self, by="councillor", code="council_clerk"):
        return self.model_as(by, "aggression.consultation")._ask(WORDS, self.role(code))

    def answer_screen(self, asked, by="clerk", **values):
        return self.screen_of(self.as_user(by, asked).action_answer(), by, **values)

    def may_read(self, login, asked):
        return bool(self.model_as(login, asked._name).search([("id", "=", asked.id)]))

    def notices(self, asked):
        found = self.env["aggression.notice"].search([("consultation_id", "=", asked.id)])
        return sorted(found.user_id.mapped("login"))


@freeze_time("2026-03-07 10:00:00")
class TestConsultation(ConsultationCase):
    """M9: in doubt, somebody contacts the mayor or the clerk; afterwards it is decided."""

    def test_who_reads_it(self):
        """M9, C5: who asked and who holds the role that was asked; a notice without content."""
        asked = self.ask()
        for login in self.users:
            if self.users[login].active and login != "stranger":
                may = login in ("councillor", "clerk")
                self.assertEqual(self.may_read(login, asked), may, login)
        self.assertEqual(self.notices(asked), ["clerk"])
        self.assertRegex(asked.display_name, r"^D-[2-9A-Z]{8}$")
        with self.assertRaises(AccessError):
            self.as_user("councillor", asked).action_answer()

    def test_advice(self):
        asked = self.ask()
        screen = self.answer_screen(asked, outcome="advice")
        with self.assertRaises(UserError):
            screen.action_save()
        screen.answer = "Write down each call."
        screen.action_save()
        self.assertEqual((asked.state, asked.outcome), ("answered", "advice"))
        self.assertEqual(asked.answered_by_id, self.users["clerk"])
        self.assertEqual(self.as_user("councillor", asked).answer, "Write down each call.")
        self.assertEqual(self.notices(asked), ["clerk", "councillor"])
        with self.assertRaises(UserError):
            self.as_user("clerk", asked)._answer("nothing", "x")

    def test_nothing(self):
        asked = self.ask()
        self.answer_screen(asked, outcome="nothing").action_save()
        self.assertEqual((asked.outcome, asked.incident_id.id), ("nothing", False))

    def test_it_becomes_a_case(self):
        """M9, M1: the question goes into the report without typing it again."""
        asked = self.ask()
        action = self.answer_screen(asked).action_report()
        values = {"occurred_at": "2026-03-06 20:00:00", "channel": "phone", "place": "home"}
        screen = self.screen_of(action, "clerk", **values)
        self.assertEqual(screen.story, WORDS)
        self.assertEqual(screen.person_ids.user_id, self.users["councillor"])
        screen.action_submit()
        case = self.env["aggression.incident"].search([])
        self.assertEqual((asked.outcome, asked.incident_id), ("incident", case))
        self.assertEqual(case.story, WORDS)
        with self.assertRaises(UserError):
            self.answer_screen(asked).action_report()

    def test_kept_out_of_the_case(self):
        """C5, M9: who is kept out of what it became reads the question no more, role or not."""
        for login, asks, asked_to in (
            ("mayor", "councillor", "mayor"),
            ("other_councillor", "other_councillor", "mayor"),
        ):
            with self.subTest(kept_out=login):
                asked = self.ask(asks, asked_to)
                case = self.report(hit="alderman")
                asked.with_user(self.users[asked_to])._answer("incident", False, case)
                self.assertTrue(self.may_read(login, asked))
                case._keep_out_now(self.users[login], "It is about them.")
                self.assertFalse(self.may_read(login, asked))
                self.env["aggression.succession"]._run()
                self.assertFalse(self.may_read(login, asked))
                case.exclusion_ids._lift("It was not.")
                self.assertTrue(self.may_read(login, asked))

    def test_who_asked_is_kept_out_from_the_start(self):
        """C5: a case about who asked does not exist for them, nor is it told that there is one."""
        asked = self.ask("other_councillor")
        case = self.report(hit="alderman", excluded_ids=self.users["other_councillor"].ids)
        self.as_user("clerk", asked)._answer("incident", False, case)
        self.assertFalse(self.may_read("other_councillor", asked))
        self.assertEqual(self.notices(asked), ["clerk"])

    def test_the_question_of_another(self):
        """C21: nobody takes the question of another into a report of their own."""
        asked = self.ask()
        for login in ("coordinator", "councillor", "employee"):
            with self.assertRaises(AccessError):
                self.model_as(login, "aggression.report.wizard").create(
                    {**self._report_values("councillor", None, {}), "consultation_id": asked.id}
                )

    def test_the_role_changes_hands(self):
        """C3, C5: the question goes along with the role, and the old holder's access ends."""
        asked = self.ask()
        self.line("council_clerk", "clerk").date_to = "2026-03-06"
        self.appoint("uninvolved", "council_clerk")
        self.assertFalse(self.may_read("clerk", asked))
        self.assertTrue(self.may_read("uninvolved", asked))
        self.assertIn("uninvolved", self.notices(asked))
        self.answer_screen(asked, "uninvolved", answer="Come and talk.").action_save()
        self.assertEqual(asked.state, "answered")

    def test_an_absence(self):
        """C3: who stands in reads it too; the holder keeps it."""
        asked = self.ask()
        self.appoint(
            "uninvolved", "council_clerk", date_to="2026-03-20", replaces_id=self.users["clerk"].id
        )
        self.assertTrue(self.may_read("uninvolved", asked) and self.may_read("clerk", asked))

    def test_whom_to_ask(self):
        consultations = self.model_as("councillor", "aggression.consultation")
        codes = consultations._receivers().mapped("code")
        self.assertEqual(codes, ["mayor", "council_clerk"])
        for question, role in ((" ", "mayor"), ("x", "aggression_coordinator")):
            with self.assertRaises(UserError):
                consultations._ask(question, self.role(role))
        self.role("council_clerk").assignment_ids.unlink()
        self.role("council_clerk").substitute_id.assignment_ids.unlink()
        with self.assertRaises(UserError) as caught, self.env.cr.savepoint():
            consultations._ask("x", self.role("council_clerk"))
        self.assertIn("Nobody holds the role", str(caught.exception))

    def test_forgotten_after_a_year(self):
        """C5: what became no case goes a year after the answer; a case keeps its question."""
        plain, waiting = self.ask(), self.ask("alderman", "mayor")
        self.as_user("clerk", plain)._answer("nothing", "x")
        became = self.ask("other_councillor")
        self.as_user("clerk", became)._answer("incident", False, self.report())
        for day, left in (("2027-03-06", 3), ("2027-03-08", 2)):
            with freeze_time(day):
                self.env["aggression.consultation"]._gc_answered()
            self.assertEqual(len((plain | waiting | became).exists()), left)
        with self.assertRaises(AccessError):
            waiting.unlink()


@tagged("post_install", "-at_install")
class TestConsultationPages(PortalPages, HttpCase, ConsultationCase):
    """M9: asked on the portal, and the answer read back there."""

    def test_asked_and_answered(self):
        self.log_in("councillor")
        page = self.send("twijfel", question=WORDS, role="council_clerk")
        self.env.invalidate_all()
        asked = self.env["aggression.consultation"].search([])
        self.assertTrue(page.url.endswith(f"{ROOT}/twijfel/{asked.reference}"))
        self.assertIn("There is no answer yet.", page.text)
        self.as_user("clerk", asked)._answer("advice", "Write down each call.")
        page = self.text_of(f"{ROOT}/twijfel/{asked.reference}")
        self.assertIn("Write down each call.", page)
        self.assertIn("Name of clerk", page)
        self.assertIn(asked.reference, self.text_of(f"{ROOT}/twijfel"))

    def test_what_is_missing(self):
        self.log_in("councillor")
        wrong = self.send("twijfel", question="", role="council_clerk")
        self.assertIn("question", self.problems_on(wrong))
        self.assertIn("Choose whom you want to ask.", self.send("twijfel", question="x").text)
        self.assertFalse(self.env["aggression.consultation"].search([]))

    def test_guessed_addresses(self):
        """C5: the question of another is as if it were not there, for who must answer it too."""
        asked = self.ask()
        for login in ("other_councillor", "stranger", "clerk"):
            self.log_in(login)
            for reference in (asked.reference, "D-22222222", str(asked.id)):
                answer = self.url_open(f"{ROOT}/twijfel/{reference}")
                self.assertEqual(answer.status_code, 404, login)
