import psycopg2

from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time
from odoo.tools import mute_logger

from .measured import NOON, MeasureCase

PLACE = {"representative": "The clerk", "place": "Room 2"}


@freeze_time(NOON)
class TestIncidentTalk(MeasureCase):
    """The talk with the citizen, by an appointed representative."""

    def setUp(self):
        super().setUp()
        decision = self.decide_on(self.line("incident_talk"))
        self.measure = decision.measure_ids
        self.send(decision)
        self.duty = self.duties(self.incident, "hold_incident_talk")

    def invite(self, at="2026-03-16 10:00:00", by="coordinator", **values):
        values = {**PLACE, "talk_at": at, **values}
        self.take(by, self.measure, "action_talk", "action_invite", **values)
        return self.measure.incident_talk_ids[:1]

    def tell(self, how, report="He came to his senses.", by="coordinator"):
        self.take(by, self.measure, "action_talk", how, report=report)

    def test_from_invitation_to_agreement(self):
        """A7: invited, not come, invited again, held: then the measure is carried out."""
        missed = self.invite()
        self.assertEqual(self.incident.letter_ids[:1].kind, "incident_talk")
        self.at("2026-03-16 11:00:00")
        self.tell("action_missed", "He did not come.")
        self.assertEqual((missed.state, self.measure.state), ("missed", "decided"))
        self.assertEqual(self.duty.state, "open")
        held = self.invite("2026-03-18 10:00:00")
        self.assertEqual(len(self.incident.letter_ids.filtered("incident_talk_id")), 2)
        self.at("2026-03-18 11:00:00")
        self.tell("action_held", "He writes to the clerk from now on.")
        self.assertEqual(held.report, "He writes to the clerk from now on.")
        self.assertEqual((self.measure.state, self.measure.end_reason), ("ended", "done"))
        self.assertEqual(self.duty.state, "done")

    def test_what_an_invitation_says(self):
        """A7: with whom, where and when; that lies in the future."""
        for values in ({"representative": " "}, {"place": False}):
            with self.assertRaisesRegex(UserError, "Say with whom the talk is, and where"):
                self.invite(**values)
        for moment in (False, NOON):
            with self.assertRaisesRegex(UserError, "Choose a moment in the future"):
                self.invite(moment)
        self.assertFalse(self.measure.incident_talk_ids)

    def test_how_it_went(self):
        """A7: not before it was held, and in words."""
        self.invite()
        with self.assertRaisesRegex(UserError, "still has to be held"):
            self.tell("action_held")
        self.at("2026-03-16 11:00:00")
        with self.assertRaisesRegex(UserError, "Write down what was said and agreed"):
            self.tell("action_held", " ")
        with self.assertRaises(AccessError):
            self.tell("action_held", by="uninvolved")

    def test_not_twice(self):
        """A7: one talk is planned at a time, and none after it was held."""
        self.invite()
        screens = self.model_as("clerk", "aggression.incident.talk.wizard")
        values = {"incident_id": self.incident.id, "measure_id": self.measure.id, **PLACE}
        again = screens.create({**values, "talk_at": "2026-03-17 10:00:00"})
        with mute_logger("odoo.sql_db"), self.assertRaises(psycopg2.IntegrityError):
            again.action_invite()
        self.at("2026-03-16 11:00:00")
        self.tell("action_held")
        with self.assertRaisesRegex(UserError, "no talk that has still to be held"):
            self.invite("2026-03-20 10:00:00")

    def test_it_is_not_ticked_off(self):
        """A1, A7: what was decided is held, or taken back by who decides."""
        with self.assertRaisesRegex(UserError, "taking its own step"):
            self.as_user("coordinator", self.duty)._complete("No need.", "", waived=True)
        self.decide_on(self.line("oral_warning"))
        self.assertEqual((self.measure.end_reason, self.duty.state), ("replaced", "lapsed"))
