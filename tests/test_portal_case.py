from datetime import timedelta

from odoo import fields
from odoo.fields import Command
from odoo.tests import HttpCase, tagged

from ..models.privacy.readings import Key, append
from .common import ProtocolCase
from .common_read_log import ReadLogMixin, commits_with_hooks
from .portal_pages import ROOT, PortalPages

PERSON, READ_LOG = "aggression.affected.person", "aggression.read.log"


@tagged("post_install", "-at_install")
class TestPortalCase(ReadLogMixin, PortalPages, HttpCase, ProtocolCase):
    """One's own case on the portal: how far it is, and what only oneself decides on."""

    def setUp(self):
        super().setUp()
        now = fields.Datetime.now().replace(microsecond=0)
        self.case = self.report(
            occurred_at=now - timedelta(hours=2),
            reported_at=now - timedelta(hours=1),
            causer_kind="person",
            causer_name="J. Jansen",
            causer_description="A red coat",
            where="At the market",
            file_ids=[Command.create({"filename": "Shot.png", "content": b"QQ=="})],
        )
        self.person = self.case.affected_ids
        self.log_in("councillor")

    @property
    def path(self):
        return f"{ROOT}/zaken/{self.case.reference}"

    def post(self, part, **values):
        answer = self.send(f"zaken/{self.case.reference}/{part}", **values)
        self.env.invalidate_all()
        return answer

    def test_what_it_says(self):
        """C5: state, steps, files and people in plain words; never the causer or a note."""
        self.as_user("coordinator", self.case)._log("note", "An internal word.")
        page = self.text_of(self.path)
        for words in ("It was reported.", "Classify the case", "Name of clerk", "Shot.png"):
            self.assertIn(words, page)
        self.assertIn(self.case.evidence_ids.reference, page)
        for words in ("Jansen", "red coat", "internal word"):
            self.assertNotIn(words, page)
        self.classify(self.case, "threat")
        self.assertIn("classified as aggression", self.text_of(self.path))
        self.assertIn(self.case.reference, self.text_of(f"{ROOT}/zaken"))

    def test_what_the_municipality_notified(self):
        """A8, D1: its words are nobody's declaration; one's own stands beside them."""
        told = {"kind": "notification", "text": "By the municipality.", "needs_consent": False}
        self.env["aggression.declaration"]._begin(self.person, told)
        self.assertNotIn("By the municipality.", self.text_of(self.path))
        self.post("verklaring", text="He knows my door.")
        self.assertIn("He knows my door.", self.text_of(self.path))
        self.assertEqual(self.person._declaration().text, "He knows my door.")

    def test_who_only_reported_it(self):
        """C5: the reporter follows the case, and reads nothing that is for who was hit."""
        self.case = self.report(by="other_councillor", hit="alderman")
        self.log_in("other_councillor")
        page = self.text_of(self.path)
        for words in ("Care for you", "What you agree to", "Who looked at it", "Your declaration"):
            self.assertNotIn(words, page)
        for part in ("toestemming", "gesprek", "verklaring"):
            answer = self.post(part, purpose="declaration", answer="give", number="1", text="x")
            self.assertEqual(answer.status_code, 404, part)
        self.assertFalse(self.case.affected_ids._agrees("declaration"))

    def test_consent(self):
        """D1, D3: given and taken back by the person hit, at any time."""
        self.assertIn("You do not agree", self.text_of(self.path))
        page = self.post("toestemming", purpose="declaration", answer="give")
        self.assertTrue(self.person._agrees("declaration"))
        self.assertIn("You agreed on", page.text)
        page = self.post("toestemming", purpose="declaration", answer="withdraw")
        self.assertFalse(self.person._agrees("declaration"))
        self.assertIn("You do not agree", page.text)
        for values in ({"purpose": "x", "answer": "give"}, {"purpose": "declaration"}):
            self.assertEqual(self.post("toestemming", **values).status_code, 404)

    def test_declaration(self):
        """D1: in one's own words; nobody else reads them without consent."""
        page = self.post("verklaring", text="He said that he knew where I live.")
        self.assertIn("He said that he knew where I live.", page.text)
        self.assertIn("Write down what is declared.", self.post("verklaring", text=" ").text)
        declarations = self.model_as("clerk", "aggression.declaration")
        mine = [("incident_id", "=", self.case.id)]
        self.assertFalse(declarations.search(mine))
        self.post("toestemming", purpose="declaration", answer="give")
        self.assertEqual(declarations.search(mine).text, "He said that he knew where I live.")

    def test_decline_a_talk(self):
        """Z11: each talk can be declined, and is then no longer due."""
        talks = self.person.aftercare_ids.talk_ids
        page = self.post("gesprek", number="2")
        self.assertEqual(talks.mapped("state"), ["planned", "declined", "planned"])
        self.assertIn("You declined this talk", page.text)
        for number in ("2", "99", "", "x"):
            self.assertEqual(self.post("gesprek", number=number).status_code, 200)
        self.assertEqual(talks.mapped("state"), ["planned", "declined", "planned"])
        duty = self.case.duty_ids.filtered(lambda duty: duty.talk_id == talks[1])
        self.assertEqual(duty.state, "lapsed")

    def test_files_added_later(self):
        """M1: with the time at which they were made, on the timeline; refused in a sentence."""
        made = {"taken_at_on": "2026-03-06", "taken_at_time": "21:55"}
        self.post("bestand", files=[("files", ("y.txt", b"Words.", "text/plain"))], **made)
        added = self.case.evidence_ids[1]
        self.assertEqual((added.filename, str(added.taken_at)), ("y.txt", "2026-03-06 20:55:00"))
        self.assertIn("file", self.case.entry_ids.mapped("kind"))
        wrong = self.post("bestand", files=[("files", ("y.exe", b"MZ", "text/plain"))])
        self.assertIn("cannot be added", self.problems_on(wrong)["files"])
        self.assertIn("Choose a file first.", self.post("bestand").text)
        self.assertEqual(len(self.case.evidence_ids), 2)

    def test_who_looked(self):
        """C5: who was hit reads who looked, how often and when; not what concerns another."""
        clerk, mayor = self.users["clerk"].id, self.users["mayor"].id
        for user, kind in ((clerk, "opened"), (clerk, "listed"), (mayor, "refused")):
            key = Key(user, False, "screen", kind, "aggression.incident")
            append(self.env.cr, {key: {self.case.id: (self.case.id, None)}})
        page = self.text_of(self.path).partition("Who looked at it")[2]
        self.assertIn("Name of clerk", page)
        self.assertIn("2 times", page)
        self.assertNotIn("Name of mayor", page)

    def test_two_people_hit(self):
        """C5: another person hit in the same case has their own care, consent and words."""
        persons = [Command.create({"user_id": self.users[login].id}) for login in ("councillor",)]
        persons.append(Command.create({"user_id": self.users["alderman"].id}))
        self.case = self.report(person_ids=[Command.clear(), *persons])
        mine, theirs = self.case.affected_ids
        self.post("verklaring", text="My own words.")
        self.post("toestemming", purpose="declaration", answer="give")
        self.post("gesprek", number="1")
        self.assertTrue(mine._agrees("declaration"))
        self.assertFalse(theirs._agrees("declaration"))
        self.assertEqual(set(theirs.aftercare_ids.talk_ids.mapped("state")), {"planned"})
        self.log_in("alderman")
        page = self.text_of(self.path)
        self.assertNotIn("My own words.", page)
        self.assertIn("You do not agree", page)

    def test_guessed_addresses(self):
        """C5: not yours and not there are the same plain 404, for every part of a page."""
        self.log_in("other_councillor")
        answers = set()
        for reference in (self.case.reference, "M-22222222", "x", str(self.case.id)):
            for part in ("", "/gemeld"):
                answer = self.url_open(f"{ROOT}/zaken/{reference}{part}")
                self.assertEqual(answer.status_code, 404, reference)
                answers.add(answer.text.replace(reference, ""))
            for part in ("toestemming", "gesprek", "verklaring", "bestand"):
                answer = self.send(f"zaken/{reference}/{part}", text="x", answer="give")
                self.assertEqual(answer.status_code, 404, reference)
        self.assertNotIn(self.case.reference, self.text_of(f"{ROOT}/zaken"))
        self.assertFalse(self.person._agrees("declaration"))
        self.assertFalse(self.person.declaration_ids)

    def test_it_leaves_a_trace(self):
        """C5: what is read on the portal stands in the read log as such; so do refusals."""
        self.forget()
        self.enterContext(commits_with_hooks())
        self.text_of(self.path)
        rows = self.log()
        self.assertEqual(set(rows.mapped("way")), {"portal"})
        self.assertEqual(rows.mapped("user_id"), self.users["councillor"])
        self.assertIn(("councillor", "opened", "aggression.incident"), self.told(rows))
        self.log_in("other_councillor")
        self.url_open(self.path)
        refused = self.log().filtered(lambda row: row.kind == "refused")
        self.assertEqual(refused.mapped("user_id"), self.users["other_councillor"])
        self.assertEqual(refused.incident_id, self.case)

    def test_who_handles_the_case(self):
        """C5: the portal shows one's own cases; who handles a case has the backoffice."""
        self.log_in("clerk")
        own = self.case.access_ids.filtered(lambda row: row.user_id == self.users["clerk"])
        self.assertEqual(set(own.mapped("role")), {"handler", "reporter"})
        self.assertEqual(self.url_open(self.path).status_code, 200)
        self.log_in("mayor")
        self.assertEqual(self.url_open(self.path).status_code, 404)
