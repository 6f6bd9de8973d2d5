import hashlib
import re
from datetime import date, datetime

from lxml import html

from odoo.fields import Command
from odoo.tests import freeze_time

from .common import ProtocolCase
from .printed import A4, HAIR, HEADING, MARGIN, body_of, pages_of, pieces_of, unbroken, words_of

LONG = ("Wolfeschlegelsteinhausenbergerdorff" * 6)[:200]
WORDS = "The Society for the Open Landscape and the Birds of the Meadows between Delft and the Sea "
GROUND = (
    "You called out in the hall that you would find the councillor, and you went on with it also "
    "when the chair asked you to stop."
)
ALL = (
    *("oral_warning", "written_warning", "incident_talk", "service_restriction"),
    *("contact_arrangement", "building_ban", "meeting_ban", "other"),
)
DRAFT = "Draft, not sent"


@freeze_time("2026-03-07 10:00:00")
class TestLetterPages(ProtocolCase):
    """The letters as they come out of the printer."""

    def case(self, name="J. Jansen", address="J. Jansen\nVillage Street 12\n2636 AB Schipluiden"):
        incident = self.report(causer_kind="person", causer_name=name)
        self.classify(incident, "threat").causer_ids.address = address
        return incident

    def measures(self, *codes, scope="Town hall"):
        lines = [{"type_id": self.measure_type(code).id, "scope": scope} for code in codes]
        for code, line in zip(codes, lines, strict=True):
            if self.measure_type(code).needs_period:
                line["date_to"] = "2026-06-06"
        return [Command.clear(), *(Command.create(line) for line in lines)]

    def decided(self, incident=None, codes=("building_ban",), scope="Town hall", **values):
        return self.decide(
            incident or self.case(),
            heard_on="2026-03-06",
            deviation_reason="It fits better.",
            line_ids=self.measures(*codes, scope=scope),
            **values,
        )

    def sent(self, *args, **values):
        decision = self.decided(*args, **values)
        return self.as_user("coordinator", decision)._send(date(2026, 3, 7), "post")

    def paper(self, letter):
        """Return the bytes that the coordinator takes home."""
        reference = self.as_user("coordinator", letter).action_download()["url"].split("/")[-1]
        found = self.model_as("coordinator", letter._name).search([("reference", "=", reference)])
        return found._for_download()[0]

    def printed(self, report, record, login):
        reports = self.model_as(login, "ir.actions.report")
        reports = reports.with_context(force_report_rendering=True)
        return reports._render_qweb_pdf(f"aggression_protocol.{report}", record.ids)[0]

    def assertRight(self, pdf, reference, pages):
        """A4, nothing over the edge, each page says what it is, no heading without its text."""
        found = pages_of(pdf)
        self.assertEqual(len(found), pages)
        for number, page in enumerate(found, start=1):
            text = page.extract_text()
            self.assertIn(reference, text)
            self.assertIn(f"Page {number} of {pages}", text)
            for side, length in zip(page.mediabox[2:], A4, strict=True):
                self.assertAlmostEqual(float(side), length, delta=HAIR)
            pieces = pieces_of(page)
            self.assertGreaterEqual(min(piece.left for piece in pieces), MARGIN - HAIR)
            self.assertLessEqual(max(piece.right for piece in pieces), A4[0] - MARGIN + HAIR)
            self.assertLess(body_of(page)[-1].size, HEADING, "a heading at the foot of a page")
        self.assertSigned(found[-1], reference)

    def assertSigned(self, page, reference):
        above, signed = page.extract_text().split("Yours faithfully,")
        header = (reference, self.env.company.name)
        text = [line for line in above.splitlines() if not any(name in line for name in header)]
        self.assertGreaterEqual(len(text), 2, "the signature stands alone on its page")
        self.assertIn("Name of", signed)

    def test_letter_with_one_ground(self):
        """A4, U5: two pages, with the last day to object in words; it is no draft."""
        letter = self.sent(grounds=GROUND)
        pdf = self.paper(letter)
        self.assertRight(pdf, letter.incident_id.reference, 2)
        words = words_of(pdf)
        self.assertIn("the last day is 20 April 2026", words, "18 April is a Saturday")
        self.assertIn("2636 AB Schipluiden", words)
        self.assertNotIn("we look whether this is still needed", words, "it ends before that day")
        self.assertNotIn("Draft", words)

    def test_letter_with_twelve_grounds(self):
        """A4, U5: in their order, none of them broken over two pages, on one page more."""
        grounds = "\n".join(f"{number}. {GROUND}" for number in range(1, 13))
        letter = self.sent(grounds=grounds)
        pdf = self.paper(letter)
        self.assertRight(pdf, letter.incident_id.reference, 3)
        texts = [unbroken(page.extract_text()) for page in pages_of(pdf)]
        whole = [text.count(unbroken(GROUND)) for text in texts]
        self.assertEqual(sum(whole), 12, "no ground is broken over pages")
        self.assertGreater(whole[1], 0)
        lines = "\n".join(page.extract_text() for page in pages_of(pdf))
        numbers = re.findall(r"^(\d+)\. You called", lines, re.MULTILINE)
        self.assertEqual(numbers, [str(number) for number in range(1, 13)])

    def test_all_measures_and_long_names(self):
        """A2, A3, A4, A7: names and scopes without a space stay on the paper, rows in one piece."""
        incident = self.case(LONG, "\n".join([WORDS, LONG, "2636 AB Schipluiden"]))
        letter = self.sent(incident, codes=ALL, scope=LONG, grounds=f"{LONG}\n{WORDS * 9}")
        pdf = self.paper(letter)
        self.assertRight(pdf, incident.reference, len(pages_of(pdf)))
        texts = [unbroken(page.extract_text()) for page in pages_of(pdf)]
        # in the address, in the grounds and in the row of each measure
        self.assertEqual(sum(text.count(LONG) for text in texts), 2 + len(ALL))
        self.assertIn("2636ABSchipluiden", texts[0])

    def test_remedies(self):
        """A2 to A4: each measure has its own remedy in law, and a warning none but a complaint."""
        decided = "You can object to: Building ban. Send a letter"
        private = "You cannot object to: Contact arrangement."
        cases = (
            (("building_ban",), ("You can object. Send",), ("civil court", "You cannot object")),
            (("contact_arrangement",), ("civil court",), ("can object", "cannot object")),
            (("building_ban", "contact_arrangement"), (decided, private), ()),
            (("written_warning",), ("You cannot object to this letter",), ("six weeks", "court")),
        )
        for codes, said, unsaid in cases:
            with self.subTest(codes):
                text = self.text_of(self.decided(codes=codes))
                for words in said:
                    self.assertIn(words, text)
                for words in unsaid:
                    self.assertNotIn(words, text)

    def text_of(self, decision):
        reports = self.model_as("clerk", "ir.actions.report")
        page = reports._render_qweb_html("aggression_protocol.decision_letter", decision.ids)[0]
        return " ".join(html.fromstring(page).text_content().split())

    def test_draft_is_marked(self):
        """A4: looked at before deciding, on every page and without a day that is not known yet."""
        incident = self.case()
        values = {
            "hearing": "heard",
            "heard_on": "2026-03-06",
            "view": "Not so.",
            "grounds": GROUND,
        }
        screen = self.decision_screen(
            incident, line_ids=self.measures("building_ban"), proportionality="It is.", **values
        )
        pdf = self.printed("decision_draft", screen, "mayor")
        self.assertRight(pdf, incident.reference, 2)
        for page in pages_of(pdf):
            self.assertIn(DRAFT, page.extract_text())
        self.assertNotIn("the last day is", words_of(pdf))
        decision = self.decided(incident)
        self.assertIn(DRAFT, words_of(self.printed("decision_letter", decision, "clerk")))

    def test_requests_for_a_view(self):
        """U5: asked before the decision, or afterwards where it could not wait; on one page."""
        asked = {"how": "post", "intention": "A building ban.", "respond_by": "2026-03-21"}
        before, after = self.case(), self.case()
        self.decided(after, hearing="waived", waiver_reason="It could not wait.")
        told = {before: "Before we decide we want to hear", after: "We ask for it now."}
        for incident, words in told.items():
            with self.subTest(words):
                self.model_as("coordinator", "aggression.hearing")._invite(
                    self.as_user("coordinator", incident),
                    {**asked, "causer_id": incident.causer_ids.id},
                )
                pdf = self.paper(incident.letter_ids)
                self.assertRight(pdf, incident.reference, 1)
                self.assertIn(words, words_of(pdf))
                self.assertIn("until and including 21 March 2026", words_of(pdf))
                self.assertIn("on behalf of this, Name of coordinator", words_of(pdf))

    def test_invitation_with_a_long_place(self):
        """A7: with whom, when and where, at any length; the signature is never alone on a page."""
        incident = self.case(address=WORDS * 5)
        talk = self.decided(incident, codes=("incident_talk",)).measure_ids
        letter = self.model_as("coordinator", "aggression.incident.talk")._plan(
            self.as_user("coordinator", talk),
            {"representative": LONG, "place": WORDS * 4, "talk_at": datetime(2026, 3, 20, 9, 30)},
        )
        pdf = self.paper(letter)
        self.assertRight(pdf, incident.reference, 2)
        self.assertIn("Friday 20 March 2026, 10:30", words_of(pdf))
        self.assertIn(LONG, unbroken(words_of(pdf)))

    def test_what_was_sent_is_kept(self):
        """A2 to A4: the very bytes, with their hash, whatever the protocol says afterwards."""
        letter = self.sent()
        kept = self.paper(letter)
        self.assertEqual(hashlib.sha256(kept).hexdigest(), letter.sha256)
        self.measure_type("building_ban").letter_text = "<p>Other words.</p>"
        letter.incident_id.causer_ids.address = "Somewhere else"
        action = self.as_user("clerk", letter.decision_id).action_print_letter()
        self.assertEqual(action, self.as_user("clerk", letter).action_download())
        self.assertEqual(self.paper(letter), kept)
        self.assertNotIn(DRAFT, words_of(kept))
