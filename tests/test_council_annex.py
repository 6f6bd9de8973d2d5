from odoo.exceptions import AccessError
from odoo.fields import Date
from odoo.tests import freeze_time

from .common import ProtocolCase
from .printed import words_of
from .tagged import faults_of, structure_of

ANNEX = "aggression_protocol.council_annex"
FEEDBACK = "aggression_protocol.council_feedback"
TOLD = "A member of this council was threatened at home."


class AnnexCase(ProtocolCase):
    """A case of which the council was told confidentially, and a feedback about its period."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with freeze_time("2026-03-08 10:00:00"):
            cls.case = cls().told()
        with freeze_time("2027-01-05 10:00:00"):
            days = map(Date.to_date, ("2026-01-01", "2026-12-31"))
            reports = cls().model_as("clerk", "aggression.council.report")
            cls.feedback = reports._make(cls.env.company, *days)

    def told(self, text=TOLD):
        case = self.classify(self.report(causer_kind="person", causer_name="J. Jansen"), "threat")
        self.agree(case, communication=True)
        values = {"audience": "council_confidential", "text": text}
        action = self.as_user("mayor", case).action_write_statement()
        screens = self.model_as("mayor", action["res_model"]).with_context(**action["context"])
        screens.create(values).action_save()
        statement = self.as_user("mayor", case.env["aggression.statement"].search([], limit=1))
        statement.action_approve()
        statement.action_tell()
        return case

    def agree(self, case, communication):
        action = self.as_user("councillor", case).action_my_consent()
        screens = self.model_as("councillor", action["res_model"]).with_context(**action["context"])
        screens.create({"communication": communication}).action_save()

    def annex(self, login="clerk"):
        return self.model_as(login, "aggression.council.annex").create(
            {"report_id": self.feedback.id}
        )

    def paper(self, login="clerk", screen=None):
        screen = screen or self.annex(login)
        printed = self.model_as(login, "ir.actions.report").with_context(
            force_report_rendering=True
        )
        return printed._render_qweb_pdf(ANNEX, screen.ids)[0]


@freeze_time("2027-01-05 10:00:00")
class TestCouncilAnnex(AnnexCase):
    """C1, C4, D11: what the council may know of single cases, on a paper of its own."""

    def test_what_was_told(self):
        """C1, D11: the words as they were told, marked confidential, and nobody's name."""
        text = words_of(self.paper())
        for words in (TOLD, self.case.reference, "Confidential"):
            self.assertIn(words, text)
        for words in ("J. Jansen", "Name of councillor", "in the words of who was there"):
            self.assertNotIn(words, text)

    def test_only_for_who_works_on_the_case(self):
        """C5: who may not read a case finds nothing of it on their annex."""
        text = words_of(self.paper("uninvolved"))
        self.assertNotIn(TOLD, text)
        self.assertNotIn(self.case.reference, text)
        self.assertIn("nothing to tell", text)
        for login in ("employee", "councillor", "officer", "administrator"):
            with self.subTest(login=login), self.assertRaises(AccessError):
                self.paper(login)

    def test_not_on_somebody_elses_screen(self):
        """C5: the annex of another prints for nobody else."""
        screen = self.annex("clerk")
        with self.assertRaises(AccessError):
            self.paper("uninvolved", self.as_user("uninvolved", screen))

    def test_consent_taken_back(self):
        """D3, C4: who takes back their consent is on no annex from that moment on."""
        self.agree(self.case, communication=False)
        self.assertNotIn(TOLD, words_of(self.paper()))

    def test_apart_from_the_feedback(self):
        """M7, C5: the public paper holds nothing of what is confidential."""
        reports = self.model_as("clerk", "ir.actions.report")
        printed = reports.with_context(force_report_rendering=True)._render_qweb_pdf
        text = words_of(printed(FEEDBACK, self.feedback.ids)[0])
        self.assertNotIn(TOLD, text)
        self.assertNotIn(self.case.reference, text)

    def test_it_leaves_a_trace(self):
        """C5, M5: printing it is in the read log of the case."""
        noted = []
        logged = type(self.env["aggression.statement"])
        original = logged._note_reading

        def note(records, kind=None):
            noted.append((records.sudo().incident_id, kind))
            return original(records, kind)

        self.patch(logged, "_note_reading", note)
        self.paper()
        self.assertIn((self.case, "printed"), noted)

    def test_accessible(self):
        """D11: tagged, with a language, a title and tables that can be heard."""
        pdf = self.paper()
        self.assertEqual(faults_of(pdf), [])
        self.assertIn("/H1", [tag for tag, _element in structure_of(pdf)])


@freeze_time("2028-01-05 10:00:00")
class TestFeedbackForEverybody(AnnexCase):
    def test_accessible(self):
        """M7: the feedback can be heard: the picture in words, each number with its headers."""
        for month in ("05", "08", "11"):
            for _case in range(6):
                self.report(
                    occurred_at=f"2027-{month}-04 10:00:00",
                    reported_at=f"2027-{month}-04 10:10:00",
                )
        days = map(Date.to_date, ("2027-01-01", "2027-12-31"))
        report = self.model_as("clerk", "aggression.council.report")._make(self.env.company, *days)
        reports = self.model_as("clerk", "ir.actions.report")
        printed = reports.with_context(force_report_rendering=True)._render_qweb_pdf
        pdf = printed(FEEDBACK, report.ids)[0]
        self.assertEqual(faults_of(pdf), [])
        tags = [tag for tag, _element in structure_of(pdf)]
        for tag in ("/H1", "/H2", "/Table", "/TH", "/TD", "/Figure"):
            self.assertIn(tag, tags)
