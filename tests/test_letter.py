import io

from pypdf import PdfReader

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import freeze_time

from .common import ProtocolCase

LETTER = "aggression_protocol.decision_letter"


@freeze_time("2026-03-07 10:00:00")
class TestLetter(ProtocolCase):
    def decided(self, **values):
        incident = self.classify(
            self.report(causer_kind="person", causer_name="J. Jansen"), "threat"
        )
        grounds = "You wrote that you know where the councillor lives."
        return self.decide(incident, grounds=grounds, **values)

    def html(self, decision, login="mayor"):
        reports = self.model_as(login, "ir.actions.report")
        return reports._render_qweb_html(LETTER, decision.ids)[0].decode()

    def test_what_the_letter_says(self):
        """A2, A4, U5: conduct, norm, measure with its end, the citizen's view, what can be done."""
        html = self.html(self.decided())
        for words in (
            "J. Jansen",
            "You wrote that you know where the councillor lives.",
            "Aggression against the people",
            "7 June 2026",
            "It was not meant so.",
            "within six weeks",
            "Mayor",
            "Name of mayor",
        ):
            self.assertIn(words, html)
        self.assertNotIn("Name of councillor", html, "the letter names nobody who was hit")

    def test_the_remedy_fits_the_measure(self):
        """A4: no objection clause for what is no decision under the Awb."""
        kind = self.measure_type("contact_arrangement")
        line = {"type_id": kind.id, "date_from": "2026-03-07", "date_to": "2026-05-07"}
        decision = self.decided(
            line_ids=[Command.clear(), Command.create(line)], deviation_reason="Enough for now."
        )
        html = self.html(decision)
        self.assertIn("civil court", html)
        self.assertNotIn("within six weeks", html)
        self.assertIn("Enough for now.", html, "the letter carries why it deviates")

    def test_printed_as_pdf(self):
        """A4: a tagged PDF with header and page numbers, in the municipality's language."""
        decision = self.decided()
        reports = self.model_as("clerk", "ir.actions.report")
        pdf, _kind = reports.with_context(force_report_rendering=True)._render_qweb_pdf(
            LETTER, decision.ids
        )
        reader = PdfReader(io.BytesIO(pdf))
        self.assertTrue(reader.trailer["/Root"]["/MarkInfo"]["/Marked"])
        for page in reader.pages:
            self.assertIn(decision.incident_id.reference, page.extract_text())

    def test_many_letters_ask_no_more_than_one(self):
        """What printing asks of the database does not grow with the number of letters."""
        decisions = self.decided() + self.decided() + self.decided()
        reports = self.model_as("clerk", "ir.actions.report")
        printer = reports.with_context(force_report_rendering=True)

        def asked(letters):
            self.env.flush_all()
            self.env.invalidate_all()
            self.assertTrue(printer.env.user.company_id, "a request knows who asks")
            before = self.env.cr.sql_log_count
            printer._render_qweb_pdf(LETTER, letters.ids)
            return self.env.cr.sql_log_count - before

        asked(decisions)  # a worker keeps templates and the protocol: warm both
        one, three = asked(decisions[0]), asked(decisions)
        self.assertEqual(one, three)
        self.assertLessEqual(one, 20)

    def test_who_may_print_it(self):
        """C5: only who can read the decision."""
        decision = self.decided()
        for login in ("councillor", "uninvolved", "employee", "administrator"):
            with self.subTest(login=login), self.assertRaises(AccessError):
                self.html(decision, login)

    def test_nothing_to_send(self):
        incident = self.classify(self.report(), "threat")
        decision = self.decide(incident)
        with self.assertRaisesRegex(UserError, "no measure that goes by letter"):
            self.as_user("mayor", decision).action_print_letter()

    def test_queries_do_not_grow(self):
        decisions = self.decided()
        reports = self.env["ir.actions.report"].with_user(self.users["clerk"])
        counts = []
        for _size in range(2):
            for _warm in range(3):
                self.env.flush_all()
                self.env.invalidate_all()
                self.assertTrue(reports.env.user.company_id, "a request knows who asks")
                before = self.env.cr.sql_log_count
                reports._render_qweb_html(LETTER, decisions.ids)
                count = self.env.cr.sql_log_count - before
            counts.append(count)
            for _more in range(9):
                decisions |= self.decided()
        self.assertEqual(counts[0], counts[1])
        self.assertLessEqual(counts[1], 24)
