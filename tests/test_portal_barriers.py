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
            for path, form in (("melden/1", 0), ("twijfel", 0)):
                telephone.open(f"{ROOT}/{path}")
                telephone.evaluate(f"setTimeout(() => document.forms[{form}].requestSubmit(), 0)")
                self.wait_for(telephone, "document.querySelector('#problems')")
                self.assertEqual(telephone.evaluate("document.activeElement.id"), "problems")
                self.assertEqual(telephone.barriers(), [], path)

    def wait_for(self, telephone, expression):
        """Wait until the page that is being opened is there."""
        for _turn in range(100):
            if telephone.evaluate(
                f"document.readyState === 'complete' && Boolean({expression}) || "
                "new Promise((done) => setTimeout(() => done(false), 100))"
            ):
                return
        told = telephone.evaluate("location.href + document.body.innerText.slice(0, 500)")
        self.fail(f"never on {told}: {expression}")
