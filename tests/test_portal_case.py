from datetime import timedelta

from lxml import html

from odoo import fields
from odoo.fields import Command
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from ..models.privacy.readings import Key, append
from .common import ProtocolCase
from .common_read_log import ReadLogMixin, commits_with_hooks
from .portal_pages import ROOT, PortalPages

PERSON, READ_LOG = "aggression.affected.person", "aggression.read.log"
OWN = ("toestemming", "samenvatting", "aangifte", "schade", "schade/1")
OWN += tuple(f"zorg/{step}" for step in ("gesprek", "alles", "regelen", "tijd/1", "wens"))
BESIDE = tuple(f"zorg/{step}" for step in ("eerder/1", "hulp/0", "hulpverlener", "naasten"))
OWN += (*BESIDE, "zorg/hulp")


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
        self.post("aangifte", text="He knows my door.", go="keep")
        self.assertIn("He knows my door.", self.text_of(f"{self.path}/aangifte"))
        self.assertEqual(self.person._declaration().text, "He knows my door.")

    def test_who_only_reported_it(self):
        """C5: the reporter follows the case, and reads nothing that is for who was hit."""
        self.case = self.report(by="other_councillor", hit="alderman")
        self.log_in("other_councillor")
        page = self.text_of(self.path)
        for words in ("Care for you", "What you agree to", "Who looked at it", "My declaration"):
            self.assertNotIn(words, page)
        for part in OWN:
            answer = self.post(part, purpose="declaration", answer="give", number="1", text="x")
            self.assertEqual(answer.status_code, 404, part)
        for part in (
            "zorg",
            "zorg/wens",
            "zorg/tijd/1",
            "aangifte",
            "aangifte/formulier",
            "schade",
            *BESIDE,
            "zorg/naasten/aangeboden",
        ):
            self.assertEqual(self.url_open(f"{self.path}/{part}").status_code, 404, part)
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
        self.post("aangifte", text="My own words.", go="keep")
        self.post("toestemming", purpose="declaration", answer="give")
        self.post("schade", what="My own glasses", amount="12")
        self.post("zorg/gesprek", number="1", answer="decline")
        self.assertTrue(mine._agrees("declaration"))
        self.assertFalse(theirs._agrees("declaration"))
        self.assertEqual(set(theirs.aftercare_ids.talk_ids.mapped("state")), {"planned"})
        self.log_in("alderman")
        self.assertIn("You do not agree", self.text_of(self.path))
        for part in ("", "/zorg", "/aangifte", "/schade"):
            page = self.text_of(f"{self.path}{part}")
            for words in ("My own words.", "My own glasses", "You declined"):
                self.assertNotIn(words, page, part)
        self.assertEqual(self.url_open(f"{self.path}/schade/1").status_code, 404)

    def test_guessed_addresses(self):
        """C5: not yours and not there are the same plain 404, for every part of a page."""
        self.log_in("other_councillor")
        answers = set()
        for reference in (self.case.reference, "M-22222222", "x", str(self.case.id)):
            for part in (
                "",
                "/gemeld",
                "/zorg",
                "/zorg/hulp/0",
                "/aangifte",
                "/schade",
                "/schade/1",
                "/stappen",
            ):
                answer = self.url_open(f"{ROOT}/zaken/{reference}{part}")
                self.assertEqual(answer.status_code, 404, reference)
                answers.add(answer.text.replace(reference, ""))
            for part in (*OWN, "bestand", "stappen"):
                answer = self.send(f"zaken/{reference}/{part}", text="x", answer="give")
                self.assertEqual(answer.status_code, 404, reference)
        self.assertNotIn(self.case.reference, self.text_of(f"{ROOT}/zaken"))
        self.assertFalse(self.person._agrees("declaration"))
        self.assertFalse(self.person.declaration_ids)

    def test_nothing_can_have_this_address(self):
        """C5: an address that no database can look for is a plain 404 too."""
        roots = ("zaken/", "twijfel/", "hulp/", "zaken/M-2222222")
        paths = [f"{ROOT}/{root}%00" for root in roots] + ["/my/%00", "/%00"]
        doors = ("appointment", "file", "risk-talk")
        paths += [f"/aggression/{door}/A-%00" for door in doors]
        with mute_logger("odoo.http"):
            for path in paths:
                self.assertEqual(self.url_open(path).status_code, 404, path)

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

    def test_briefing(self):
        """C4, D3: the words are approved by the person hit, read by who was chosen, until a day."""
        self.post("toestemming", purpose="briefing", answer="give")
        briefing = self.env["aggression.briefing"]
        briefings, clerk = briefing.with_user(self.users["clerk"]), self.users["clerk"]
        briefing = briefings._word(self.person.with_user(clerk), "Somebody was threatened.")
        page = self.text_of(self.path)
        self.assertIn("Somebody was threatened.", page)
        self.assertIn("I approve these words", page)
        read = str(briefing.version)
        briefings._word(self.person.with_user(clerk), "The mayor was threatened.")
        for version in (read, "", "x", "9" * 5000):
            page = self.post("samenvatting", version=version).text
            self.assertIn("changed in the meantime", page)
            self.assertIn("The mayor was threatened.", page)
        self.assertEqual(briefing.state, "written")
        briefings._word(self.person.with_user(clerk), "Somebody was threatened.")
        [version] = html.fromstring(self.text_of(self.path)).xpath(
            "//input[@name='version']/@value"
        )
        page = self.post("samenvatting", version=version).text
        self.assertIn("You approved these words", page)
        until = fields.Date.today() + timedelta(days=7)
        colleague = self.users["other_councillor"]
        lines = self.model_as("clerk", "aggression.briefing.reader")
        lines._inform(briefing.with_user(clerk), colleague, until)
        self.log_in("other_councillor")
        self.assertIn("What a colleague told me", self.text_of("/my"))
        self.assertIn("Somebody was threatened.", self.text_of(f"{ROOT}/ingelicht"))
        self.assertEqual(self.url_open(self.path).status_code, 404)
        self.person.with_user(self.users["councillor"])._withdraw("briefing")
        self.assertNotIn("Somebody was threatened.", self.text_of(f"{ROOT}/ingelicht"))
        self.assertNotIn("What a colleague told me", self.text_of("/my"))
        self.log_in("councillor")
        self.assertNotIn("Somebody was threatened.", self.text_of(f"{ROOT}/ingelicht"))

    def test_nothing_to_approve(self):
        self.assertEqual(self.post("samenvatting").status_code, 404)

    def test_what_became_of_it(self):
        """U6, C5: the kinds of the measures and the closing, and nothing of the causer's file."""
        self.assertNotIn("What became of it", self.text_of(self.path))
        self.classify(self.case, "threat")
        measure = self.decide(self.case).measure_ids[:1]
        self.assertTrue(measure, "the ladder proposes a measure")
        page = self.text_of(self.path)
        self.assertIn("What became of it", page)
        self.assertIn(measure.type_id.name, page)
        self.assertNotIn("Jansen", page)
        self.case = self.report(by="other_councillor", hit="alderman")
        self.log_in("other_councillor")
        self.assertNotIn("These measures were decided", self.text_of(self.path))

    def test_who_handles_the_case(self):
        """C5: the portal shows one's own cases; who handles a case has the backoffice."""
        self.log_in("clerk")
        own = self.case.access_ids.filtered(lambda row: row.user_id == self.users["clerk"])
        self.assertEqual(set(own.mapped("role")), {"handler", "reporter"})
        self.assertEqual(self.url_open(self.path).status_code, 200)
        self.log_in("mayor")
        self.assertEqual(self.url_open(self.path).status_code, 404)
