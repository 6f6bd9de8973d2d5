from odoo.tests import HttpCase, tagged

from .common import ProtocolCase
from .portal_pages import PortalPages

# The smallest picture there is.
PIXEL = "R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"


@tagged("post_install", "-at_install")
class TestPortal(PortalPages, HttpCase, ProtocolCase):
    """Office-holders work on the portal, without an account in the backoffice."""

    def test_home(self):
        """M1, Z4, Z5: the entries stand on the first page, with whom to call."""
        self.log_in("councillor")
        home = self.text_of("/my")
        for words in ("Report an incident", "My cases", "In doubt?", "112", "De Vertrouwenslijn"):
            self.assertIn(words, home)
        self.log_in("stranger")
        self.assertNotIn("Report an incident", self.text_of("/my"))

    def test_nobody_makes_their_own_account(self):
        """C5: accounts are given by invitation; a passer-by is not even asked for a name."""
        self.authenticate(None, None)
        self.assertNotIn("/web/signup", self.url_open("/web/login").text)
        self.assertEqual(self.url_open("/web/signup").status_code, 404)

    def test_without_a_logo(self):
        """A municipality that gave no logo is named on the page, and not by Odoo's example."""
        named, pictured = f"<span>{self.env.company.name}</span>", "/logo.png"
        self.log_in("councillor")
        home = self.text_of("/my")
        self.assertIn(named, home)
        self.assertNotIn(pictured, home)
        self.env.company.logo = PIXEL
        home = self.text_of("/my")
        self.assertIn(pictured, home)
        self.assertNotIn(named, home)

    def test_principles(self):
        """U1: the principles and the norm are read on the portal, from the protocol's data."""
        self.log_in("councillor")
        self.protocol.norm = "<p>Emotion may be, aggression not: 4711.</p>"
        page = self.text_of("/my/agressie/protocol")
        self.assertIn("4711", page)
        self.assertIn("Citizens and office-holders share the responsibility", page)

    def test_contact_lines_are_data(self):
        """Z4, Z5: whom to call stands on every page, as the municipality keeps it."""
        self.protocol.contact_line_ids[:1].phone = "0123-456789"
        self.log_in("councillor")
        self.report_on_the_portal()
        for path in self.pages():
            page = self.text_of(path)
            self.assertIn("0123-456789", page, path)
            self.assertIn('href="tel:0123456789"', page, path)
            self.assertIn("Instituut voor Psychotrauma", page, path)

    def test_only_for_who_can_have_a_case(self):
        """C5: who has not logged in is asked to; who can have no case finds nothing here."""
        self.log_in("councillor")
        self.report_on_the_portal()
        pages = self.pages()
        self.authenticate(None, None)
        for path in pages:
            answer = self.url_open(path, allow_redirects=False)
            self.assertEqual(answer.status_code, 303, path)
            self.assertIn("/web/login", answer.headers["Location"])
        self.log_in("stranger")
        for path in pages[1:]:
            self.assertEqual(self.url_open(path).status_code, 404, path)

    def test_nothing_stays_in_the_browser(self):
        """C5: a telephone that is handed on shows nothing by its button back."""
        self.log_in("councillor")
        self.report_on_the_portal()
        for path in self.pages()[1:]:
            answer = self.url_open(path)
            self.assertEqual(answer.headers["Cache-Control"], "no-store", path)
            self.assertEqual(answer.headers["Referrer-Policy"], "no-referrer", path)
            self.assertNotIn("access_token", answer.text)
