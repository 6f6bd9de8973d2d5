from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, freeze_time

from .followed import HANDLERS, OTHERS, FollowedCase
from .measured import NOON

KINDS = ("aggression.prosecution", "aggression.prosecution.step", "aggression.police.request")


@freeze_time(NOON)
class TestFiling(FollowedCase):
    """What follows on a declaration belongs to who made it, as the declaration does."""

    def test_filed(self):
        """A9, D6: with its numbers and people; the first step is that it was filed."""
        prosecution = self.filed()
        self.assertEqual((prosecution.state, prosecution.vpt_code), ("reported", "VPT-7"))
        self.assertEqual(prosecution.step_ids.mapped("state"), ["reported"])
        self.assertIn("prosecution", self.incident.entry_ids.mapped("kind"))
        self.assertFalse(
            self.incident.entry_ids.filtered(lambda one: "Smit" in (one.text or "")),
            "nothing of it stands in the timeline",
        )

    def test_without_consent(self):
        """A9, D3: what nobody agreed to is not brought to the police, nor what is not there."""
        with self.assertRaisesRegex(UserError, "No declaration was filed yet"):
            self.file()
        self.declare(agrees=False)
        with self.assertRaisesRegex(UserError, "No declaration was filed yet"):
            self.file()
        declaration = self.env["aggression.declaration"].search([])
        followed = self.env["aggression.prosecution"].with_user(self.users["clerk"])
        with self.assertRaises(AccessError):
            followed._begin(declaration.with_env(followed.env), {})
        with self.assertRaisesRegex(UserError, "consent of the person hit"):
            followed._begin(declaration.with_env(followed.env).sudo(), {})

    def test_before_it_was_filed(self):
        """A9: what is still being written is not followed, by no door."""
        self.declare()
        with self.assertRaisesRegex(UserError, "No declaration was filed yet"):
            self.take("coordinator", self.incident, "action_begin_prosecution", "action_save")
        declaration = self.as_user("clerk", self.env["aggression.declaration"].search([]))
        with self.assertRaisesRegex(UserError, "File the declaration first"):
            declaration.env["aggression.prosecution"]._begin(declaration, {})

    def test_once(self):
        """A9: who is followed already is not offered again."""
        self.filed()
        model = self.model_as("clerk", "aggression.prosecution.wizard")
        self.assertFalse(Form(model.with_context(default_incident_id=self.incident.id)).person)

    def test_who_reads_it(self):
        """D3, D11: as the declaration: gone at once when consent is taken back, and back again."""
        prosecution = self.filed()
        self.ask(prosecution)
        for agrees in (True, False, True):
            self.agree(agrees)
            for name in KINDS:
                for login in HANDLERS:
                    found = self.model_as(login, name).search_count([])
                    self.assertEqual(bool(found), agrees, f"{login}, {name}")
                self.assertTrue(self.model_as("councillor", name).search_count([]))
                for login in OTHERS:
                    self.assertFalse(self.model_as(login, name).search([]), login)
        self.agree(False)
        for login in HANDLERS:
            with self.subTest(login), self.assertRaises(AccessError):
                self.as_user(login, prosecution).action_record_step()

    def ask(self, prosecution, **values):
        asked = {"of_whom": "The councillor", "what": "The message.", "kind": "evidence"}
        asked |= {"due_at": "2026-03-12 10:00:00", **values}
        self.take("coordinator", prosecution, "action_police_asks", "action_save", **asked)
        return prosecution.request_ids.sorted("id")[-1:]

    def test_consent_taken_back_ends_what_waits(self):
        """D3: nobody has to do any more what nobody may do any more."""
        request = self.ask(self.filed())
        self.agree(False)
        about = self.duties(
            self.incident, "feedback_person_clerk", "feedback_council_clerk", "police_request"
        )
        self.assertEqual(about.mapped("state"), ["lapsed"] * 3)
        self.assertEqual(request.state, "open", "the person hit reads it still")

    def test_consent_given_again_has_it_done_after_all(self):
        """D5: what the police still ask is a duty again, by when they want it."""
        prosecution = self.filed()
        self.take("clerk", self.ask(prosecution), "action_answer", "action_save", answer="Done.")
        self.ask(prosecution)
        for _again in range(2):
            self.agree(False)
            self.agree(True)
        duties = self.duties(self.incident, "police_request").filtered(
            lambda duty: duty.state == "open"
        )
        self.assertEqual(len(duties), 1)
        self.assertEqual(duties.user_id.login, "order_officer")
        self.assertEqual(str(duties.due_at), "2026-03-12 10:00:00")

    def test_the_next_step_waits_for_consent_given_again(self):
        """A9, D11: asking the assistant prosecutor, and the last day to complain to the court."""
        prosecution = self.filed()
        self.step(prosecution, "refused")
        self.agree_again()
        self.assertEqual(self.waiting("assistant_prosecutor"), 1)
        self.step(prosecution, "taken_on")
        self.step(prosecution, "dismissed", told_on="2026-03-09")
        self.agree_again()
        self.assertEqual(self.waiting("contest_term"), 1)
        due = self.duties(self.incident, "contest_term").mapped("due_at")
        self.assertEqual({str(moment) for moment in due}, {"2026-06-09 22:00:00"})
        with freeze_time("2026-06-10 12:00:00"):
            self.agree_again()
        self.assertEqual(self.waiting("contest_term"), 0, "too late")

    def agree_again(self):
        self.agree(False)
        self.agree(True)

    def waiting(self, code):
        return self.duties(self.incident, code).mapped("state").count("open")

    def test_consent_to_something_else(self):
        """D3: taking back another consent ends nothing of this."""
        self.filed()
        self.consent("communication")
        self.consent()
        self.assertIn("open", self.duties(self.incident, "feedback_person_clerk").mapped("state"))

    def test_what_the_police_ask(self):
        """D5: a duty by when they want it; answering ends that one and no other."""
        prosecution = self.filed()
        later = self.ask(prosecution, due_at="2026-03-20 10:00:00")
        sooner = self.ask(prosecution)
        duties = self.duties(self.incident, "police_request")
        self.assertEqual(
            {duty.police_request_id: str(duty.due_at) for duty in duties},
            {later: "2026-03-20 10:00:00", sooner: "2026-03-12 10:00:00"},
        )
        self.take("clerk", later, "action_answer", "action_save", answer="Handed over.")
        self.assertEqual((later.state, later.answer), ("answered", "Handed over."))
        states = {duty.police_request_id: duty.state for duty in duties}
        self.assertEqual(states, {later: "done", sooner: "open"})
        opened = self.as_user("clerk", duties - duties[1:]).action_open_step()
        self.assertEqual(opened["res_model"], "aggression.police.request.wizard")
        self.take("clerk", sooner, "action_answer", "action_not_needed", answer="They have it.")
        self.assertEqual(set(duties.mapped("state")), {"done", "waived"})
        with self.assertRaisesRegex(UserError, "in the meantime"):
            self.take("clerk", sooner, "action_answer", "action_save", answer="Again.")

    def test_asking_and_answering_need_words(self):
        """D5: of whom, what and by when; and what was answered."""
        prosecution = self.filed()
        for values in ({"what": " "}, {"of_whom": " "}):
            with self.assertRaisesRegex(UserError, "what the police ask, and of whom"):
                self.ask(prosecution, **values)
        for values in ({"due_at": False}, {"kind": False}):
            with self.assertRaisesRegex(UserError, "by when"):
                self.ask(prosecution, **values)
        with self.assertRaisesRegex(UserError, "Write down what was answered"):
            self.take("clerk", self.ask(prosecution), "action_answer", "action_save", answer=" ")

    def test_opened_from_nowhere(self):
        """A screen for a step that is about nothing takes no step."""
        about = {"incident_id": self.incident.id}
        for name, values in (
            ("police.request.wizard", {"step": "answer", "answer": "x"}),
            ("police.request.wizard", {"step": "ask"}),
            ("prosecution.wizard", {"step": "step"}),
        ):
            screen = self.model_as("clerk", f"aggression.{name}").create({**about, **values})
            with self.assertRaisesRegex(UserError, "Open this from the prosecution"):
                screen.action_save()
