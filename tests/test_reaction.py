from odoo.exceptions import UserError
from odoo.tests import freeze_time

from .measured import NOON, MeasureCase


@freeze_time(NOON)
class TestReaction(MeasureCase):
    """Aggression always gets a reaction, and a case closes when all is done that is owed."""

    def close(self):
        self.as_user("clerk", self.incident).action_close()

    def reacted(self):
        return self.duties(self.incident, "react").state

    def all_but_the_measures(self):
        """Do what else is owed in the case."""
        self.do_all()
        persons = self.incident.affected_ids
        self.as_user("coordinator", persons)._refuse("declaration")
        self.incident.duty_ids.filtered("talk_id")._move("lapsed")

    def test_within_a_day(self):
        """N1, U5: the reaction is due 24 hours after the classification."""
        self.assertEqual(self.reacted(), "open")
        duty = self.duties(self.incident, "react")
        self.assertEqual(str(duty.due_at), "2026-03-10 11:00:00")
        self.assertEqual(duty.user_id.login, "coordinator")

    def test_by_sending_the_letter(self):
        """N1: deciding is not reacting yet; telling is."""
        ban = self.ban()
        self.assertEqual(self.reacted(), "open")
        self.send(ban.decision_id)
        self.assertEqual(self.reacted(), "done")

    def test_by_asking_for_a_view(self):
        """N1, U5: who is asked for their side knows how it was taken."""
        values = {"intention": "A ban."}
        self.take("clerk", self.incident, "action_hear", "action_ask", **values)
        self.assertEqual(self.reacted(), "done")

    def test_by_recording_one(self):
        """N1: said at once, by telephone; it stays in the timeline, and needs words."""
        step = ("clerk", self.incident, "action_record_reaction", "action_save")
        with self.assertRaisesRegex(UserError, "Write down what you want to keep"):
            self.take(*step, text=" ")
        self.take(*step, text="Called him: this must not happen again.")
        self.assertEqual(self.reacted(), "done")
        self.assertIn("this must not happen again", self.incident.entry_ids[0].text)

    def test_no_reaction_to_nobody(self):
        """N1: to a causer whom nobody knows none is due."""
        case = self.classified(causer_kind="unknown", causer_name=False)
        self.assertFalse(self.duties(case, "react"))

    def test_not_closed_without_one(self):
        """N1, U5: no measure and no reaction: the case stays open, and says why."""
        self.decide_on()
        self.all_but_the_measures()
        with self.assertRaisesRegex(UserError, "Aggression always gets a reaction"):
            self.close()
        step = ("clerk", self.incident, "action_record_reaction", "action_save")
        self.take(*step, text="Spoke with the family.")
        self.close()
        self.assertEqual(self.incident.state, "closed")

    def test_closed_while_a_ban_runs(self):
        """A4, U5: what waits for the end of a ban keeps no case open; the ban goes on."""
        ban = self.running_ban()
        self.all_but_the_measures()
        waiting = self.incident.duty_ids.filtered(lambda one: one.state == "open")
        owed = {"review_measure", "measure_ends", "objection_term"}
        self.assertLessEqual(set(waiting.mapped("type_id.code")), owed)
        self.close()
        self.assertEqual((self.incident.state, ban.state), ("closed", "applies"))
        self.at("2026-09-10")
        self.night_run()
        self.assertEqual((self.incident.state, ban.state), ("closed", "ended"))

    def test_lifted_in_a_closed_case(self):
        """A3, A4: the way out is open there too, and the citizen is told of it."""
        ban = self.running_ban()
        self.all_but_the_measures()
        self.close()
        self.take("mayor", ban, "action_lift", "action_save", text="He apologised.")
        self.assertEqual(self.duties(self.incident, "tell_lifted").state, "open")

    def test_not_closed_before_it_is_carried_out(self):
        """A7, U5: what is owed of a measure that does not apply is done first."""
        decision = self.decide_on(
            self.line("building_ban", "2026-09-09"), self.line("incident_talk")
        )
        self.send(decision)
        self.all_but_the_measures()
        with self.assertRaisesRegex(UserError, "Hold the incident talk"):
            self.close()

    def test_not_closed_before_the_letter(self):
        """A4, U5: a ban that was decided and not told is owed to the citizen."""
        self.ban()
        self.all_but_the_measures()
        with self.assertRaisesRegex(UserError, "still has to be done"):
            self.close()

    def test_not_closed_before_the_police_know(self):
        """A6: that a ban was ignored is told to the police first, whatever runs."""
        ban = self.running_ban()
        self.all_but_the_measures()
        self.take("clerk", ban, "action_ignored", "action_save", text="He stood at the desk.")
        with self.assertRaisesRegex(UserError, "Tell the police at once"):
            self.close()
