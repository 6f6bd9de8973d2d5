from odoo.tests import HttpCase, tagged

from .common import ProtocolCase
from .portal_browser import AT_400_PERCENT, DESK, TELEPHONE, PortalBrowser
from .portal_pages import ROOT


@tagged("post_install", "-at_install")
class TestBarriers(PortalBrowser, HttpCase, ProtocolCase):
    """WCAG 2.2 AA on every page: on a telephone, at 400 % and at a desk."""

    maxDiff = None

    def fill(self):
        """Let there be something on every page, and a report that was begun."""
        self.log_in("councillor")
        self.report_on_the_portal()
        asked = self.model_as("councillor", "aggression.consultation")._ask(
            "Is this over the line?", self.role("council_clerk")
        )
        self.as_user("clerk", asked)._answer("advice", "Let us talk about it.")
        self.step(1, files=[("files", ("x.txt", b"Words.", "text/plain"))])
        self.step(2)
        own = [*self.pages(), f"{ROOT}/melden/2", f"{ROOT}/melden/3"]
        return [*own, f"{ROOT}/twijfel/{asked.reference}"]

    def assertNoBarriers(self, login, paths, sizes):
        with self.telephone(login) as telephone:
            for path in paths:
                telephone.open(path)
                for size in sizes:
                    telephone.resize(*size)
                    with self.subTest(path=path, size=size):
                        self.assertEqual(telephone.barriers(), [])

    def test_every_page(self):
        """U1, M1: no barrier that axe-core finds, and nothing to scroll sideways."""
        self.assertNoBarriers("councillor", self.fill(), (TELEPHONE, AT_400_PERCENT, DESK))

    def test_where_nothing_stands_yet(self):
        paths = [f"{ROOT}/{path}" for path in ("zaken", "twijfel", "melden")]
        self.assertNoBarriers("alderman", ["/my", *paths], [TELEPHONE])

    def test_what_is_wrong(self):
        """M1: a page with what is wrong has no barrier, and begins with what is wrong."""
        with self.telephone("councillor") as telephone:
            for path, button in (("melden/1", "[value=next]"), ("twijfel", "form .btn-primary")):
                telephone.open(f"{ROOT}/{path}")
                telephone.tab_to(button)
                telephone.press("Enter")
                telephone.wait_for("document.querySelector('#problems')")
                self.assertEqual(telephone.evaluate("document.activeElement.id"), "problems")
                self.assertEqual(telephone.barriers(), [], path)


@tagged("post_install", "-at_install")
class TestKeyboard(PortalBrowser, HttpCase, ProtocolCase):
    """M1, D3, Z11: everything can be done with the keyboard alone, on a narrow screen."""

    def test_report_agree_and_decline(self):
        with self.telephone("councillor") as telephone:
            self.report(telephone)
            telephone.wait_for("document.body.innerText.includes('Your report was sent')")
            telephone.tab_to("main a.btn-primary")
            telephone.press("Enter")
            telephone.wait_for("document.querySelector('#consents')")
            telephone.tab_to("#care button")
            telephone.press("Enter")
            telephone.wait_for("document.body.innerText.includes('You declined this talk')")
            telephone.tab_to("#consents button[value=give]")
            telephone.press("Enter")
            telephone.wait_for("document.querySelector('#consents button[value=withdraw]')")
            telephone.tab_to("#consents button[value=withdraw]")
            telephone.press("Enter")
            telephone.wait_for("document.querySelector('#consents button[value=give]')")
        consents = self.env["aggression.consent"].search([("affected_id", "=", self.person().id)])
        self.assertEqual(consents.mapped("purpose"), ["declaration"])
        self.assertTrue(consents.withdrawn_at)
        states = self.person().aftercare_ids.talk_ids.mapped("state")
        self.assertEqual(states, ["declined", "planned", "planned"])

    def person(self):
        self.env.invalidate_all()
        return self.env["aggression.incident"].search([]).affected_ids

    def report(self, telephone):
        """Take the three steps of the report, key by key."""
        telephone.open("/my")
        telephone.tab_to("a[href='/my/agressie/melden']")
        telephone.press("Enter")
        telephone.wait_for("document.querySelector('#f_story')")
        telephone.tab_to("#f_story")
        telephone.type("He shouted at the door.")
        telephone.tab_to("[name=channel]")
        telephone.press(" ")
        telephone.tab_to("[value=next]")
        telephone.press("Enter")
        telephone.wait_for("document.querySelector('#f_occurred_at')")
        telephone.tab_to("#f_occurred_at")
        for digit in "03062026":
            telephone.press(digit)
        telephone.tab_to("#f_occurred_at_time")
        for digit in "0930P":
            telephone.press(digit)
        telephone.tab_to("[name=place]")
        telephone.press(" ")
        telephone.press("ArrowDown")
        telephone.tab_to("[value=next]")
        telephone.press("Enter")
        telephone.wait_for("document.querySelector('#f_hit')")
        telephone.tab_to("[name=hit]")
        telephone.press(" ")
        telephone.tab_to("[value=next]")
        telephone.press("Enter")
