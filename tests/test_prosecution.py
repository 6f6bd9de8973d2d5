from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time

from ..models.police.prosecution_states import MEANINGS, NEXT, NOT_RUNNING, STATES
from .followed import HANDLERS, OTHERS, FollowedCase
from .measured import NOON


@freeze_time(NOON)
class TestProsecution(FollowedCase):
    """The way of a declaration after it was filed, and who is told of it."""

    def setUp(self):
        super().setUp()
        self.prosecution = self.filed()

    def put(self, state):
        """Let it be at this state, whatever came before."""
        outcome = "convicted" if state == "final" else None
        self.env.cr.execute(
            "UPDATE aggression_prosecution SET state = %s, outcome = %s WHERE id = %s",
            [state, outcome, self.prosecution.id],
        )
        self.env.invalidate_all()

    def test_every_step_from_every_state(self):
        """D11: what may follow on what is one table; the screen offers that and nothing else."""
        states = [state for state, _label in STATES]
        self.assertEqual([state for state, _words in MEANINGS], states, "each in plain words")
        self.assertEqual(sorted(NEXT), sorted(states))
        for state in states:
            self.put(state)
            action = self.as_user("clerk", self.prosecution).action_record_step()
            screen = self.follow("clerk", action)
            self.assertEqual(
                {one for one in states if one in screen.possible}, {*NEXT[state]}, state
            )
            taken = {target for target in states if self.taken(target)}
            self.assertEqual(taken, {*NEXT[state]}, state)

    def taken(self, target):
        """Tell whether a step can be taken now; take it back."""
        savepoint = self.env.cr.savepoint()
        try:
            self.step(self.prosecution, target, by="clerk", outcome="acquitted")
        except UserError as error:
            self.assertIn("in the meantime", str(error))
            return False
        else:
            self.assertEqual(self.prosecution.state, target)
            return True
        finally:
            savepoint.close(rollback=True)
            self.env.invalidate_all(flush=False)

    def test_who_takes_a_step(self):
        """D11: who handles or decides, in every state; the person hit reads, and nobody else."""
        for state in NEXT:
            self.put(state)
            for login in ("councillor", *OTHERS):
                with self.subTest(f"{state}, {login}"), self.assertRaises(AccessError):
                    self.as_user(login, self.prosecution).action_record_step()
                with self.assertRaises(AccessError):
                    self.as_user(login, self.prosecution)._take("final", self.protocol._today())

    def test_feedback_on_each_step(self):
        """D11: the council clerk tells a councillor and the council, of each step anew."""
        told, council = "feedback_person_clerk", "feedback_council_clerk"
        self.step(self.prosecution, "taken_on")
        for code in (told, council):
            duties = self.duties(self.incident, code)
            self.assertEqual(duties.mapped("user_id.login"), ["clerk"])
            self.assertEqual(len(duties), 2, "filed, and taken on")
            self.assertEqual(duties.affected_id, self.incident.affected_ids)
        self.assertFalse(
            self.duties(self.incident, "feedback_person_secretary", "feedback_council_secretary")
        )
        self.assertNotIn("secretary", self.who(self.incident), "nobody learns of it for this")
        due = self.duties(self.incident, told)[0].due_at
        self.assertEqual(str(due), "2026-03-11 11:00:00", "in two working days")

    def test_feedback_by_office(self):
        """D11: by the office of who declared, whoever else was hit; of staff no council is told."""
        persons = {"alderman": (1, 1), "employee": (1, 0)}
        for login, expected in persons.items():
            office = None if login == "alderman" else "civil_servant"
            case = self.classify(self.report(hit=login, office=office), "threat")
            self.declare(by=login, incident=case)
            by = "coordinator"
            self.assertTrue(self.file(by=by, incident=case))
            with self.subTest(login):
                person = self.duties(case, "feedback_person_secretary")
                council = self.duties(case, "feedback_council_secretary")
                self.assertEqual((len(person), len(council)), expected)
                self.assertFalse(self.duties(case, "feedback_person_clerk"))

    def test_refused(self):
        """A9: the assistant prosecutor is asked within two working days; then it is complained."""
        with self.assertRaisesRegex(UserError, "Write down why"):
            self.step(self.prosecution, "refused", note=" ")
        self.step(self.prosecution, "refused", note="No offence, they say.")
        duty = self.duties(self.incident, "assistant_prosecutor")
        self.assertEqual(duty.user_id.login, "order_officer")
        self.assertEqual(str(duty.due_at), "2026-03-11 11:00:00")
        opened = self.as_user("order_officer", duty).action_open_step()
        self.assertEqual(opened["res_model"], "aggression.prosecution.wizard")
        self.step(self.prosecution, "assistant", by="order_officer")
        self.assertEqual(duty.state, "done")
        self.step(self.prosecution, "complained")
        self.step(self.prosecution, "taken_on")

    def test_complaint_to_the_court(self):
        """D11: three months from being told of the dismissal, as long as the protocol says."""
        self.step(self.prosecution, "taken_on")
        self.step(self.prosecution, "dismissed", told_on="2026-03-09")
        self.assertEqual(str(self.prosecution.contest_until), "2026-06-09")
        duty = self.duties(self.incident, "contest_term")
        self.assertEqual(str(duty.due_at), "2026-06-09 22:00:00", "the end of that day")
        self.protocol.contest_months = 1
        self.at("2026-03-12")
        self.note(told_on="2026-03-10")
        self.assertEqual(str(self.prosecution.contest_until), "2026-04-10")
        self.assertEqual(duty.state, "lapsed")
        self.at("2026-04-13")
        with self.assertRaisesRegex(UserError, "last day to complain"):
            self.step(self.prosecution, "contested", day="2026-04-11")
        self.step(self.prosecution, "contested", day="2026-04-10")
        self.assertEqual(
            sorted(self.duties(self.incident, "contest_term").mapped("state")), ["done", "lapsed"]
        )

    def test_dismissed_again(self):
        """D11: the second dismissal has a term of its own, from when the person is told of it."""
        self.step(self.prosecution, "taken_on")
        self.step(self.prosecution, "dismissed", told_on="2026-03-09")
        self.step(self.prosecution, "contested")
        self.step(self.prosecution, "with_prosecutor")
        self.at("2026-10-05")
        action = self.as_user("clerk", self.prosecution).action_record_step()
        self.assertFalse(self.follow("clerk", action).told_on)
        self.step(self.prosecution, "dismissed", day="2026-10-01")
        self.assertEqual((self.prosecution.told_on, self.prosecution.contest_until), (False, False))
        self.note(told_on="2026-10-05")
        self.assertEqual(str(self.prosecution.contest_until), "2027-01-05")
        duty = self.duties(self.incident, "contest_term").filtered(lambda one: one.state == "open")
        self.assertEqual(str(duty.due_at), "2027-01-05 23:00:00")
        action = self.as_user("clerk", self.prosecution).action_note_details()
        self.assertEqual(str(self.follow("clerk", action).told_on), "2026-10-05")
        self.step(self.prosecution, "contested")

    def note(self, **values):
        self.take("clerk", self.prosecution, "action_note_details", "action_save", **values)

    def test_told_of_no_dismissal(self):
        with self.assertRaisesRegex(UserError, "not dismissed"):
            self.note(told_on="2026-03-09")

    def test_numbers_and_people(self):
        """D6: when the police told the prosecutor, and the number there; what was known stays."""
        self.note(prosecutor_number="09/1", prosecutor_told_on="2026-03-09")
        found = self.prosecution
        self.assertEqual(
            (found.prosecutor_number, str(found.prosecutor_told_on), found.contacts),
            ("09/1", "2026-03-09", "Agent Smit."),
        )
        with self.assertRaisesRegex(UserError, "not in the future"):
            self.note(prosecutor_told_on="2026-03-10")

    def test_order_of_days(self):
        """D11: a step is not before the one that came earlier, nor in the future."""
        with self.assertRaisesRegex(UserError, "not before the step"):
            self.step(self.prosecution, "taken_on", day="2026-03-08")
        with self.assertRaisesRegex(UserError, "not in the future"):
            self.step(self.prosecution, "taken_on", day="2026-03-10")

    def test_final(self):
        """D11: with an outcome."""
        for target in ("taken_on", "investigation", "with_prosecutor", "summoned", "hearing"):
            self.step(self.prosecution, target)
        for target in ("hearing", "verdict", "appeal", "verdict"):
            self.step(self.prosecution, target)
        with self.assertRaisesRegex(UserError, "Say what the outcome is"):
            self.step(self.prosecution, "final")
        self.step(self.prosecution, "final", outcome="convicted")
        self.assertEqual(self.prosecution.outcome, "convicted")
        self.assertEqual(len(self.prosecution.step_ids), 11)

    def test_while_it_runs(self):
        """C6: from the moment the police have it until nobody looks into it any more."""
        for state in NEXT:
            self.put(state)
            runs = self.env["aggression.prosecution"]._running_in(self.incident)
            self.assertEqual(runs, state not in NOT_RUNNING, state)

    def test_what_the_person_reads(self):
        """D11: in plain words, on the own case; to nobody else."""
        person = self.incident.affected_ids
        self.step(self.prosecution, "taken_on")
        self.step(self.prosecution, "dismissed", told_on="2026-03-09")
        said = {
            "The suspect is not prosecuted. You can complain about that to the court.",
            "PL1500-2026-1",
            "06/09/2026",
        }
        lines = self.as_user("councillor", person)._prosecution_lines()
        self.assertLess(said, {words for _label, words in lines})
        seen = self.as_user("councillor", self.incident).prosecution_words
        self.assertIn("The suspect is not prosecuted", seen)
        for login in HANDLERS:
            self.assertFalse(self.as_user(login, self.incident).prosecution_words)
            with self.assertRaises(AccessError):
                self.as_user(login, person)._prosecution_lines()

    def test_shown(self):
        """D11: the one there is at once; who has no part is refused."""
        action = self.as_user("councillor", self.incident).action_show_prosecution()
        self.assertEqual(action["res_id"], self.prosecution.id)
        with self.assertRaises(AccessError):
            self.as_user("uninvolved", self.incident).action_show_prosecution()
