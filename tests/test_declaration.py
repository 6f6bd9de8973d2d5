from base64 import b64encode
from datetime import date

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import freeze_time

from ..models.police.declaring import CONTENT
from .measured import MeasureCase

PAPER = b64encode(b"%PDF-1.4 signed")


class DeclarationCase(MeasureCase):
    """``cls.incident``: a threat against a councillor, classified on a Monday at noon."""

    def person(self, incident=None):
        return (incident or self.incident).affected_ids

    def declare(self, by="councillor", incident=None, ready=False, **values):
        """Write the declaration down through its own screen; returns it as superuser."""
        incident = incident or self.incident
        values = {"incident_id": incident.id, "text": "He knows my door.", **values}
        screen = self.model_as(by, "aggression.declaration.wizard").create(values)
        screen.action_ready() if ready else screen.action_save()
        self.env.invalidate_all()
        return incident.affected_ids.declaration_ids

    def file(self, declaration, by="order_officer", **values):
        values = {"mandate": "Mandate 2025-7", **values}
        return self.take(by, declaration, "action_file", "action_file", **values)

    def answer(self, incident=None, by="clerk", **values):
        incident = incident or self.incident
        return self.take(by, incident, "action_record_consent", "action_save", **values)


@freeze_time("2026-03-10 09:00:00")
class TestConsentOnPaper(DeclarationCase):
    """D1: who was hit agrees themself, or by a paper that they signed."""

    def test_without_a_paper(self):
        """D1: nobody who handles the case says so for them."""
        with self.assertRaisesRegex(UserError, "Add the paper"):
            self.answer(answer="agreed")
        self.assertFalse(self.person().consent_ids)

    def test_the_paper_is_kept(self):
        """D1: who, when and how; the file stays, sealed, and reaches who may read it."""
        self.answer(filename="signed.pdf", content=PAPER)
        consent = self.person().consent_ids
        self.assertEqual((consent.answer, consent.recorded_by_id.login), ("agreed", "clerk"))
        self.assertEqual(consent.paper_id.content, PAPER)
        self.assertEqual(len(consent.paper_id.sha256), 64)
        for login in ("councillor", "coordinator"):
            self.assertTrue(self.as_user(login, consent.paper_id).read(["filename"]))
        for login in ("other_councillor", "uninvolved", "employee"):
            with self.assertRaises(AccessError):
                self.as_user(login, consent.paper_id).read(["filename"])

    def test_who_records_it(self):
        """D3: not who decides, not who reported, not a colleague who was not hit."""
        for login in ("mayor", "other_councillor", "employee", "uninvolved"):
            with self.subTest(login=login), self.assertRaises(AccessError):
                self.as_user(login, self.person())._agree_on_paper("declaration", "x", PAPER)

    def test_taken_back_all_the_same(self):
        """D3: the person takes back what they signed, at any time."""
        self.answer(filename="signed.pdf", content=PAPER)
        self.declare("clerk")
        self.as_user("councillor", self.person())._withdraw("declaration")
        self.assertFalse(self.model_as("clerk", "aggression.declaration").search([]))


@freeze_time("2026-03-10 09:00:00")
class TestRefusal(DeclarationCase):
    """D1: no consent, no declaration; the refusal is on record and ends the duty."""

    def test_by_the_person(self):
        screen = self.model_as("councillor", "aggression.declaration.wizard")
        screen.create({"incident_id": self.incident.id}).action_refuse()
        duty = self.duties(self.incident, "declaration")
        self.assertEqual((duty.state, duty.note), ("waived", "No declaration is wanted."))
        self.assertIn("refused", self.incident.entry_ids.mapped("kind"))
        self.assertFalse(self.model_as("clerk", "aggression.declaration").search([]))

    def test_as_the_team_heard_it(self):
        self.answer(answer="refused")
        self.assertEqual(self.duties(self.incident, "declaration").state, "waived")
        with self.assertRaisesRegex(UserError, "Nobody who was hit has agreed"):
            self.declare("clerk")

    def test_after_it_was_decided(self):
        """A9: the measure does not stay open on what nobody can carry out."""
        measure = self.decide_on(self.line("declaration")).measure_ids
        self.answer(answer="refused")
        self.assertEqual((measure.state, measure.end_reason), ("ended", "not_wanted"))

    def test_after_all(self):
        """D1: who changes their mind is declared for; it is due in two working days again."""
        self.answer(answer="refused")
        self.declare(agrees=True)
        duty = self.duties(self.incident, "declaration_after_all")
        self.assertEqual((duty.state, str(duty.due_at)), ("open", "2026-03-12 09:00:00"))
        self.assertEqual(len(self.person().consent_ids), 2, "both answers are on record")

    def test_of_two_people_hit(self):
        """D1: one who does not want it says nothing for the other."""
        persons = [
            Command.clear(),
            *(
                Command.create({"user_id": self.users[who].id})
                for who in ("councillor", "alderman")
            ),
        ]
        incident = self.classify(self.report(person_ids=persons), "threat")
        self.as_user("alderman", incident.affected_ids[1])._refuse("declaration")
        self.assertEqual(self.duties(incident, "declaration").state, "open")
        self.as_user("councillor", incident.affected_ids[0])._refuse("declaration")
        self.assertEqual(self.duties(incident, "declaration").state, "waived")


@freeze_time("2026-03-10 09:00:00")
class TestFiling(DeclarationCase):
    """D1, D4, A9: from the draft to the police."""

    def test_filed(self):
        """A9, D1: by the representative, with the mandate; the duty and its measure are done."""
        measure = self.decide_on(self.line("declaration")).measure_ids
        declaration = self.declare(agrees=True, ready=True)
        self.assertEqual(declaration.state, "ready")
        self.file(declaration)
        self.assertEqual(declaration.state, "filed")
        self.assertEqual(declaration.filed_by_id.login, "order_officer")
        self.assertEqual(declaration.mandate, "Mandate 2025-7")
        self.assertEqual(self.duties(self.incident, "declaration").state, "done")
        self.assertEqual(measure.end_reason, "done")
        self.assertIn("declared", self.incident.entry_ids.mapped("kind"))

    def test_who_files(self):
        """D1: nobody but the authorised representative, and not by writing the record."""
        declaration = self.declare(agrees=True)
        for login in ("clerk", "coordinator", "mayor", "councillor", "uninvolved"):
            with self.subTest(login=login), self.assertRaises(AccessError):
                self.as_user(login, declaration)._file()
        with self.assertRaises(AccessError):
            self.as_user("order_officer", declaration).write({"state": "filed"})

    def test_the_offences_are_proposed(self):
        """D1: from the classified behaviour, with the article."""
        declaration = self.declare(agrees=True)
        self.assertEqual(declaration.offence_ids.mapped("article"), ["285"])
        self.assertIn("Threat (art. 285", self.as_user("clerk", declaration).offence_words)

    def test_without_an_offence(self):
        """D1: what is not ready says what is missing."""
        declaration = self.declare(agrees=True, offence_ids=[Command.clear()])
        with self.assertRaisesRegex(UserError, "Choose which offences"):
            self.as_user("councillor", declaration).action_make_ready()

    def test_taken_back_in_between(self):
        """D3: what was ready is a draft again, and the step that was open is refused."""
        declaration = self.declare(agrees=True, ready=True)
        screen = self.follow(
            "order_officer",
            self.as_user("order_officer", declaration).action_file(),
            mandate="Mandate 7",
        )
        self.as_user("councillor", self.person())._withdraw("declaration")
        self.assertEqual(declaration.state, "draft")
        with self.assertRaisesRegex(UserError, "took back their consent"):
            self.as_user("order_officer", screen).action_file()
        with self.assertRaises(AccessError):
            self.as_user("order_officer", declaration).action_file()
        self.assertFalse(declaration.filed_at)
        self.assertFalse(declaration.form_ids, "nothing is kept of it")

    def test_what_was_filed_stays(self):
        """A9: neither a new draft nor a second filing."""
        declaration = self.declare(agrees=True)
        self.file(declaration)
        with self.assertRaisesRegex(UserError, "What was filed stays"):
            self.declare(agrees=True, text="Other words.")
        with self.assertRaisesRegex(UserError, "Reload the page"):
            self.as_user("order_officer", declaration)._file()

    def test_what_the_case_knows(self):
        """M8: nothing has to be typed again."""
        story = 'He wrote: "We know where to find you."'
        case = self.classified(story=story, where="At the door", place="home")
        text = self.model_as("councillor", "aggression.declaration.wizard").create(
            {"incident_id": case.id}
        )
        self.assertEqual(text.text, story)
        self.assertEqual(text.literal_words, "We know where to find you.")
        self.assertEqual(text.where_it_was, "At home\nAt the door")
        self.assertEqual(text.what_happened, "Threat")
        self.assertEqual(text.when_it_was, "6 March 2026, 22:50")
        self.assertFalse(text.who_did_it, "the person hit does not read the causer's file")
        text.agrees = True
        text.action_save()
        theirs = self.model_as("clerk", "aggression.declaration.wizard").create(
            {"incident_id": case.id}
        )
        self.assertEqual(theirs.text, story)
        self.assertEqual(theirs.address_choice, "town_hall", "D4: the domicile by default")

    def test_another_protocols_offence(self):
        other = self.protocol.copy().offence_ids[0]
        with self.assertRaisesRegex(UserError, "of the protocol of this case"):
            self.declare(agrees=True, offence_ids=[Command.set(other.ids)])

    def test_not_in_the_future(self):
        declaration = self.declare(agrees=True)
        with self.assertRaisesRegex(UserError, "not in the future"):
            self.file(declaration, filed_at="2026-03-11 09:00:00")

    def test_content_is_guarded(self):
        """D3: whatever a client sends, the words change through the screen alone."""
        declaration = self.declare(agrees=True)
        for name in CONTENT:
            with self.subTest(field=name), self.assertRaises(AccessError):
                self.as_user("councillor", declaration).write({name: False})


@freeze_time("2026-09-14 09:00:00")
class TestComplaint(DeclarationCase):
    """D1: stalking is prosecuted only when the person hit asks for it themself."""

    def setUp(self):
        super().setUp()
        when = {"occurred_at": "2026-09-11 17:00:00", "reported_at": "2026-09-12 06:00:00"}
        self.stalked = self.classify(self.report(**when), "stalking")

    def test_the_term(self):
        """D1: three months by law, and the duty no later than that, whatever the protocol says."""
        declaration = self.declare(incident=self.stalked, agrees=True)
        self.assertEqual(declaration.complaint_last_day, date(2026, 12, 11))
        duty = self.duties(self.stalked, "complaint")
        self.assertEqual(str(duty.due_at), "2026-12-04 18:00:00")
        stalking = self.protocol.offence_ids.filtered(lambda one: one.code == "stalking")
        stalking.complaint_months = 1
        when = {"occurred_at": "2026-09-11 17:00:00", "reported_at": "2026-09-12 06:00:00"}
        later = self.classify(self.report(**when), "stalking")
        self.assertEqual(str(self.duties(later, "complaint").due_at), "2026-10-11 22:00:00")

    def test_no_filing_without(self):
        declaration = self.declare(incident=self.stalked, agrees=True)
        with self.assertRaisesRegex(UserError, "Stalking is prosecuted only when"):
            self.file(declaration)
        self.declare(incident=self.stalked, agrees=True, complaint_given_on="2026-09-14")
        self.assertEqual(declaration.complaint_given_on, date(2026, 9, 14))
        self.assertEqual(self.duties(self.stalked, "complaint").state, "done")
        self.file(declaration)
        self.assertEqual(declaration.state, "filed")

    def test_nobody_complains_for_another(self):
        declaration = self.declare(incident=self.stalked, agrees=True)
        for login in ("clerk", "order_officer", "other_councillor"):
            with self.subTest(login=login), self.assertRaises(AccessError):
                self.as_user(login, declaration)._complain(date(2026, 9, 14))

    def test_too_late(self):
        declaration = self.declare(incident=self.stalked, agrees=True)
        self.at("2026-12-12")
        with self.assertRaisesRegex(UserError, "last day to complain was 11-12-2026"):
            self.as_user("councillor", declaration)._complain(date(2026, 12, 12))

    def test_kept_to_oneself(self):
        """D3: without consent the case team learns nothing of it, not by the duty either."""
        self.declare(incident=self.stalked, agrees=False, complaint_given_on="2026-09-14")
        self.assertEqual(self.duties(self.stalked, "complaint").state, "open")
        self.assertNotIn("complained", self.stalked.entry_ids.mapped("kind"))
        self.declare(incident=self.stalked, agrees=True)
        self.assertEqual(self.duties(self.stalked, "complaint").state, "done")

    def test_somebody_without_account(self):
        """D1: the team writes it down, with a signed paper."""
        when = {"occurred_at": "2026-09-11 17:00:00", "reported_at": "2026-09-12 06:00:00"}
        case = self.report(hit="Somebody", office="civil_servant", **when)
        self.classify(case, "stalking")
        with self.assertRaisesRegex(UserError, "Nobody who was hit"):
            self.declare("coordinator", incident=case)
        self.answer(case, by="coordinator", filename="x.pdf", content=PAPER)
        declaration = self.declare("coordinator", incident=case, complaint_given_on="2026-09-14")
        self.assertTrue(declaration.complaint_given_on)


@freeze_time("2026-03-10 09:00:00")
class TestNotification(DeclarationCase):
    """A8: the municipality notifies, also where it is no offence."""

    def notify(self, by="mayor", text="Threatened online.", **values):
        self.take(by, self.incident, "action_notify_police", "action_notify", text=text, **values)
        return self.env["aggression.declaration"].search([("kind", "=", "notification")])

    def test_without_consent(self):
        """A8: in the words of the municipality; the measure that asked for it is carried out."""
        measure = self.decide_on(self.line("police_notification")).measure_ids
        notification = self.notify()
        self.assertEqual((notification.state, notification.filed_by_id.login), ("filed", "mayor"))
        self.assertFalse(notification.literal_words or notification.who_did_it)
        self.assertEqual(measure.end_reason, "done")
        self.assertEqual(self.duties(self.incident, "declaration").state, "open")
        for login in ("clerk", "councillor"):
            self.assertTrue(self.as_user(login, notification).read(["text"]))

    def test_it_names_nobody(self):
        """A8, D3: the name of the person hit stays out, until they agree."""
        with self.assertRaisesRegex(UserError, "have not agreed"):
            self.notify(text="Threatened: name of COUNCILLOR.")
        self.declare(agrees=True)
        self.assertTrue(self.notify(text="Threatened: Name of councillor."))

    def test_who_notifies(self):
        for login in ("councillor", "uninvolved", "employee"):
            with self.subTest(login=login), self.assertRaises(AccessError):
                self.as_user(login, self.incident).action_notify_police()

    def test_beside_a_declaration(self):
        """A8, A9: each is its own."""
        self.notify()
        declaration = self.declare(agrees=True)
        self.file(declaration)
        self.assertEqual(self.person().declaration_ids, declaration)


@freeze_time("2026-05-20 09:00:00")
class TestJointDecision(DeclarationCase):
    """H8: chair, council clerk and coordinator decide together on declaring a disturbance."""

    def setUp(self):
        super().setUp()
        self.meeting = self.report(
            person_ids=[
                Command.clear(),
                Command.create({"office_id": self.office("council_meeting").id}),
            ],
            occurred_at="2026-05-19 18:12:00",
            reported_at="2026-05-20 07:00:00",
        )
        self.classify(self.meeting, "disturbing_meeting", "refusing_to_leave", by="clerk")

    def speak(self, by, button="action_declare", **values):
        self.take(by, self.meeting, "action_decide_together", button, **values)

    def test_all_three(self):
        """H8: before that no declaration starts; each under their own login."""
        for login in ("mayor", "clerk", "coordinator"):
            self.assertFalse(self.meeting._joint_decision())
            with self.assertRaisesRegex(UserError, "Nobody who was hit|decided together"):
                self.declare("clerk", incident=self.meeting)
            self.speak(login)
        voices = self.meeting.joint_decision_ids
        self.assertEqual(voices.user_id.mapped("login"), ["mayor", "clerk", "coordinator"])
        self.assertEqual(self.duties(self.meeting, "meeting_declaration").state, "done")
        declaration = self.declare("clerk", incident=self.meeting)
        self.file(declaration)
        self.assertEqual(declaration.form_ids.mapped("kind"), ["form"], "there is no person hit")
        self.assertEqual(self.duties(self.meeting, "declaration").state, "done")

    def test_the_step_itself(self):
        """H8: who goes around the screen is told who is missing."""
        self.speak("mayor")
        with self.assertRaisesRegex(UserError, "Still missing: Council clerk, Aggression coord"):
            self.model_as("clerk", "aggression.declaration")._draft(
                self.meeting.affected_ids.with_user(self.users["clerk"]), "Words."
            )

    def test_written_down_by_the_clerk(self):
        """H8: by name and time."""
        role = self.role("mayor")
        told = {"role_id": role.id, "name": "M. de Vries", "at": "2026-05-20 08:00:00"}
        self.speak("clerk", **told)
        voice = self.meeting.joint_decision_ids
        self.assertEqual((voice.name, voice.user_id.id), ("M. de Vries", False))
        self.assertEqual(voice.recorded_by_id.login, "clerk")

    def test_nobody_speaks_twice(self):
        self.speak("clerk")
        with self.assertRaisesRegex(UserError, "Each of them speaks for one role"):
            self.speak("clerk", role_id=self.role("mayor").id, name="Name of clerk")
        with self.assertRaisesRegex(UserError, "is on record already"):
            self.speak("mayor", role_id=self.role("council_clerk").id)
        with self.assertRaisesRegex(UserError, "do not answer for this role"):
            self.speak("mayor", role_id=self.role("aggression_coordinator").id)

    def test_one_against(self):
        """H8: then there is no declaration, and nothing waits for one."""
        self.speak("mayor")
        self.speak("clerk")
        self.speak("coordinator", "action_let_be")
        self.assertEqual(self.duties(self.meeting, "declaration").state, "waived")
        with self.assertRaisesRegex(UserError, "Nobody who was hit has agreed"):
            self.declare("clerk", incident=self.meeting)

    def test_not_about_a_person(self):
        """D1: who was hit decides themself."""
        with self.assertRaisesRegex(UserError, "Nobody but the person hit decides"):
            self.model_as("clerk", "aggression.joint.decision")._speak(
                self.as_user("clerk", self.incident), self.role("mayor"), True, {}
            )
