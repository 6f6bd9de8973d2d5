from odoo.tests import HttpCase, tagged

from .declaring import DeclarationCase
from .portal_pages import ROOT, PortalPages


@tagged("post_install", "-at_install")
class TestPortalDeclaration(PortalPages, HttpCase, DeclarationCase):
    """One's own declaration on the portal: in one's own words, and nobody else's business."""

    def setUp(self):
        super().setUp()
        self.log_in("councillor")

    @property
    def path(self):
        return f"{ROOT}/zaken/{self.incident.reference}"

    def declare_here(self, **values):
        values = {"text": "He said that he knew where I live.", "go": "keep", **values}
        answer = self.send(f"zaken/{self.incident.reference}/aangifte", **values)
        self.env.invalidate_all()
        return answer

    def test_own_words(self):
        """D1: what the case knows stands there; nobody else reads it without consent."""
        self.assertIn(self.incident.story, self.text_of(f"{self.path}/aangifte"))
        page = self.declare_here(who_did_it="A man", witnesses="My neighbour", wants_informed="1")
        self.assertIn("He said that he knew where I live.", page.text)
        self.assertIn("My neighbour", page.text)
        empty = self.declare_here(text=" ")
        self.assertIn("Write down what is declared.", self.problems_on(empty)["text"])
        mine = [("incident_id", "=", self.incident.id)]
        declarations = self.model_as("clerk", "aggression.declaration")
        self.assertFalse(declarations.search(mine))
        consent = {"purpose": "declaration", "answer": "give"}
        self.send(f"zaken/{self.incident.reference}/toestemming", **consent)
        found = declarations.search(mine)
        self.assertEqual(found.text, "He said that he knew where I live.")
        self.assertEqual((found.who_did_it, found.wants_informed), ("A man", True))
        self.assertEqual(found.under_number, False)
        self.declare_here(agrees="1")
        self.assertTrue(self.person()._agrees("declaration"))
        self.declare_here()
        self.assertFalse(self.person()._agrees("declaration"), "the box was not ticked any more")
        self.assertFalse(declarations.search(mine))

    def test_ready_and_printed(self):
        """D1, M8: said to be ready, with the form as it is now."""
        self.assertEqual(self.url_open(f"{self.path}/aangifte/formulier").status_code, 404)
        self.assertIn("needs the consent", self.declare_here(go="ready").text)
        page = self.declare_here(go="ready", agrees="1")
        self.assertIn("You said that it is ready.", page.text)
        self.assertEqual(self.person()._declaration().state, "ready")
        form = self.url_open(f"{self.path}/aangifte/formulier")
        self.assertEqual(form.status_code, 200)
        self.assertEqual(form.headers["Cache-Control"], "no-store")
        self.assertTrue(form.content)

    def test_not_wanted(self):
        """D1: a refusal is recorded, and one can still change one's mind."""
        page = self.declare_here(go="refuse")
        self.assertTrue(self.person()._refuses("declaration"))
        self.assertIn("You said that you do not want a declaration.", page.text)
        self.declare_here()
        self.assertTrue(self.person()._refuses("declaration"))
        self.assertEqual(self.declare_here(go="x").status_code, 404)

    def test_days_that_cannot_be(self):
        problems = self.problems_on(self.declare_here(known_on="31-31-31"))
        self.assertIn("Fill in a day", problems["known_on"])
        self.assertFalse(self.person()._declaration())

    def test_what_the_police_do(self):
        """D11, D3: where it stands, in plain words, to the person alone."""
        self.declare(by="councillor", agrees=True)
        self.file(self.person()._declaration())
        filed = {"police_number": "PL1500-2026-1", "vpt_code": "VPT-7", "contacts": "Agent Smit."}
        self.take("coordinator", self.incident, "action_begin_prosecution", "action_save", **filed)
        page = self.text_of(self.path)
        self.assertIn("was filed with the police", page)
        self.assertIn("Where it stands", page)
        self.assertIn("PL1500-2026-1", page)
        self.assertIn("What was filed stays as it is.", self.text_of(f"{self.path}/aangifte"))
        self.assertIn("stays as it is", self.declare_here().text)
