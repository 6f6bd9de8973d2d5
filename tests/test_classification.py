from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, freeze_time

from .common import ProtocolCase


@freeze_time("2026-03-06 22:10:00")
class TestClassification(ProtocolCase):
    def test_the_screen_shows_the_norm_and_derives_the_outcome(self):
        """N1, N2: facts first, the norm beside them, then what the protocol makes of it."""
        incident = self.report()
        form = Form(
            self.model_as("coordinator", "aggression.classification.wizard").with_context(
                default_incident_id=incident.id
            )
        )
        self.assertEqual(form.norm, self.protocol.norm)
        self.assertEqual(form.story, incident.story)
        self.assertFalse(form.outcome, "no outcome before the facts are complete")
        form.behaviour_ids = self.behaviours("threat")
        form.directed = "yes"
        form.aim = "goal"
        self.assertEqual((form.outcome, form.level), ("aggression", 3))
        self.assertRegex(form.sentence, "^Aggression, level 3: ")
        form.save().action_classify()
        incident.invalidate_recordset()
        self.assertEqual((incident.state, incident.level), ("assessed", 3))
        self.assertEqual(self.duties(incident, "assess").state, "done")
        self.assertTrue(self.duties(incident, "decide"))

    def test_emotion_closes_with_a_reason_and_a_talk_on_offer(self):
        """U3: no measure, no causer file, closed with a reason; one talk stays on offer."""
        incident = self.report(hit="alderman", causer_kind="person", causer_name="J. Jansen")
        causer = incident.causer_ids
        self.classify(
            incident,
            "raised_voice_policy",
            directed="no",
            aim="none",
            closing_reason="Calmed down.",
        )
        self.assertEqual(
            (incident.state, incident.outcome, incident.level), ("closed", "emotion", 0)
        )
        self.assertFalse(causer.exists())
        talks = incident.affected_ids.aftercare_ids.talk_ids
        self.assertEqual(talks.mapped("state"), ["planned", "lapsed", "lapsed"])
        closing = incident.entry_ids.filtered(lambda entry: entry.kind == "closed")
        self.assertEqual(closing.text, "Calmed down.")
        with self.assertRaisesRegex(UserError, "This step does not fit"):
            self.as_user("mayor", incident).action_decide()
        self.assertIn("This step does not fit", incident._blocker("decided"))

    def test_feeling_cause_and_blame_change_nothing(self):
        """N3, U4: impact and cause are written down and do not count."""
        outcomes = set()
        for impact, cause in (("Nothing at all.", "The councillor began."), ("Sleepless.", False)):
            incident = self.report(impact=impact)
            self.classify(incident, "insult", cause_note=cause)
            outcomes.add((incident.outcome, incident.level))
        self.assertEqual(outcomes, {("aggression", 2)})

    def test_who_reads_the_cause(self):
        """N3, U4: what led to it may be about who was hit; it is read by who works on it alone."""
        self.classify(self.report(), "insult", cause_note="The councillor began.")
        for login, read in (("clerk", True), ("mayor", True), ("councillor", False)):
            seen = self.model_as(login, "aggression.assessment").search([])
            self.assertEqual(bool(seen.cause_words), read, login)
            with self.assertRaises(AccessError):
                seen.read(["cause_note"])

    def test_nobody_types_the_outcome(self):
        """U4: the outcome cannot be written, by screen or by remote call."""
        incident = self.report()
        wizard = self.model_as("coordinator", "aggression.classification.wizard").create(
            {
                "incident_id": incident.id,
                "behaviour_ids": [Command.set(self.behaviours("threat").ids)],
                "directed": "yes",
                "aim": "goal",
                "outcome": "emotion",
                "level": 0,
            }
        )
        wizard.action_classify()
        self.assertEqual(incident.level, 3)
        for values in ({"level": 0}, {"state": "closed"}, {"outcome": "emotion"}):
            with self.assertRaises(AccessError):
                self.as_user("coordinator", incident).write(values)
            with self.assertRaises(AccessError):
                incident.write(values)

    def test_what_is_missing(self):
        incident = self.report()
        with self.assertRaisesRegex(ValidationError, "The outcome follows from these facts"):
            self.classify(incident, directed=False)
        with self.assertRaisesRegex(ValidationError, "Write down why"):
            self.classify(incident, "criticism", directed="no", aim="none")
        self.assertEqual(incident.state, "reported")

    def test_only_who_handles_the_case(self):
        """M5: the person hit, the carer and strangers do not classify."""
        incident = self.report()
        for login in ("councillor", "uninvolved", "employee", "administrator"):
            with self.subTest(login=login), self.assertRaises(AccessError):
                self.classify(incident, "threat", by=login)

    def test_nobody_looks_into_a_case_through_the_screen(self):
        """M5: opening the classification of somebody else's case shows nothing of it."""
        incident = self.report(injury="physical")
        for login in ("uninvolved", "mayor"):
            values = {"incident_id": self.report("secretary", "mayor").id}
            values = {"incident_id": incident.id} if login == "uninvolved" else values
            with self.subTest(login=login), self.assertRaises(AccessError):
                screen = self.model_as(login, "aggression.classification.wizard").create(values)
                screen.read(["story", "person_ids", "match_ids"])
                screen.action_classify()

    def test_twice(self):
        incident = self.classify(self.report(), "threat")
        with self.assertRaisesRegex(UserError, "classified already"):
            self.classify(incident, "criticism", closing_reason="x")

    def test_injury_raises_the_inspectorate_duty_and_not_the_level(self):
        """D10, N3: injuries are facts with duties of their own."""
        incident = self.report()
        screen = self.model_as("coordinator", "aggression.classification.wizard").create(
            {
                "incident_id": incident.id,
                "behaviour_ids": [Command.set(self.behaviours("insult").ids)],
                "directed": "yes",
                "aim": "harm",
            }
        )
        screen.person_ids.hospital = True
        screen.action_classify()
        self.assertTrue(incident.affected_ids.hospital)
        self.assertEqual(incident.level, 2)
        duty = self.duties(incident, "inspectorate")
        self.assertEqual(str(duty.due_at), "2026-03-07 21:50:00")

    def test_a_case_is_opened_again_with_a_reason(self):
        incident = self.report()
        self.classify(incident, "criticism", directed="no", aim="none", closing_reason="Emotion.")
        screen = self.model_as("coordinator", "aggression.step.note").create(
            {"incident_id": incident.id, "step": "reopen", "text": "A second message came in."}
        )
        screen.action_save()
        self.assertEqual(incident.state, "reported")
        self.classify(incident, "threat")
        self.assertEqual((incident.state, incident.level), ("assessed", 3))

    def test_a_namesake_is_suggested_and_confirmed_by_a_person(self):
        """M6: the same name is a suggestion; nothing of the earlier file is shown."""
        earlier = self.report(hit="alderman", causer_kind="person", causer_name="Jan  Jansen")
        incident = self.report(causer_kind="person", causer_name="jan jansen")
        screen = self.model_as("coordinator", "aggression.classification.wizard").create(
            {
                "incident_id": incident.id,
                "behaviour_ids": [Command.set(self.behaviours("threat").ids)],
                "directed": "yes",
                "aim": "goal",
            }
        )
        self.assertEqual(screen.match_ids.earlier_id, earlier.causer_ids)
        screen.match_ids.write({"confirmed": True, "reason": "The same address."})
        screen.action_classify()
        self.assertEqual(incident.causer_ids, earlier.causer_ids)
        self.assertEqual(len(earlier.causer_ids.incident_ids), 2)

    def test_a_causer_recognised_after_the_decision(self):
        """M6: what was decided before the case was opened again goes along to the earlier file."""
        earlier = self.report(causer_kind="person", causer_name="Jan Jansen").causer_ids
        incident = self.report(causer_kind="person", causer_name="J. Jansen")
        causer, decision = incident.causer_ids, self.decide(self.classify(incident, "threat"))
        self.assertEqual(decision.causer_id, causer)
        causer._take_over(incident, earlier)
        self.assertEqual(decision.causer_id | decision.measure_ids.causer_id, earlier)
        self.assertFalse(causer.exists())
