from base64 import b64encode

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import freeze_time

from ..models.case import evidence
from ..models.police.declaring import CONTENT
from .declaring import PAPER, DeclarationCase


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

    def test_too_large_or_damaged(self):
        """D1: the paper is taken in as any file is; nothing of the answer is kept without it."""
        for content, sentence in ((b64encode(b"x" * 106), "smaller file"), (b"QQ=", "damaged")):
            self.patch(evidence, "LARGEST_FILE_MB", 0.0001)
            with self.assertRaisesRegex(UserError, sentence):
                self.as_user("clerk", self.person())._agree_on_paper("declaration", "x", content)
        self.assertFalse(self.person().consent_ids)

    def test_who_records_it(self):
        """D3: not who decides, not who reported, not a colleague who was not hit."""
        for login in ("mayor", "other_councillor", "employee", "uninvolved"):
            with self.subTest(login=login), self.assertRaises(AccessError):
                self.as_user(login, self.person())._agree_on_paper("declaration", "x", PAPER)

    def test_another_paper(self):
        """D1, D5: the better scan is kept too; what waits goes on waiting."""
        self.answer(filename="signed.pdf", content=PAPER)
        consent = self.person().consent_ids
        duties = self.env["aggression.duty"]._raise_for_person(self.person(), "prosecution_step")
        self.answer(filename="better.pdf", content=PAPER)
        self.assertEqual(self.person().consent_ids, consent)
        self.assertEqual((consent.paper_id.filename, consent.withdrawn_at), ("better.pdf", False))
        self.assertEqual(set(duties.mapped("state")), {"open"})

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

    def test_nobody_answers_over_their_head(self):
        """D1, D3: what somebody answered themself, or took back, they alone answer otherwise."""
        person = self.person()
        mine, clerk = (self.as_user(login, person) for login in ("councillor", "clerk"))
        clerk._agree_on_paper("declaration", "x", PAPER)
        mine._withdraw("declaration")
        for step in ("_agree", "_withdraw", "_refuse"):
            for record in (
                lambda: clerk._agree_on_paper("declaration", "x", PAPER),
                lambda: clerk._refuse("declaration"),
            ):
                before = person._standing_answer("declaration")
                with self.subTest(before=step), self.assertRaisesRegex(UserError, "themself"):
                    record()
                self.assertEqual(person._standing_answer("declaration"), before)
            getattr(mine, step)("declaration")
        self.users["councillor"].active = False
        clerk._agree_on_paper("declaration", "x", PAPER)

    def test_refused_when_it_was_ready(self):
        """D1: who agrees after all looks at the words again before they can be filed."""
        declaration = self.declare(agrees=True)
        declaration._unlocked().state = "ready"
        self.as_user("councillor", self.person())._refuse("declaration")
        self.assertEqual(declaration.state, "draft")

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
