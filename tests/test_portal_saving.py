from odoo.tests import HttpCase, tagged

from .common import ProtocolCase
from .portal_browser import PortalBrowser
from .portal_pages import ROOT

STORY = "He shouted at the door, and kicked it."
SHOWN = "Boolean(document.querySelector('.o_aggression_{}:not([hidden])'))"
LOADED = "window.odoo.loader.modules.has('@aggression_protocol/portal/report_saving')"
LOGGED_OUT = "You are logged out. Log in again in another tab, then press Next here"


@tagged("post_install", "-at_install")
class TestSaving(PortalBrowser, HttpCase, ProtocolCase):
    """M1: what is typed into a report is kept while it is typed, and outlives the session."""

    def draft(self, login="councillor"):
        self.env.invalidate_all()
        return self.env["aggression.report.draft"].search(
            [("create_uid", "=", self.users[login].id)]
        )

    def type_story(self, telephone):
        telephone.open(f"{ROOT}/melden/1")
        telephone.wait_for(LOADED)
        telephone.tab_to("#f_story")
        telephone.type(STORY)

    def fill_in(self, telephone):
        self.type_story(telephone)
        telephone.tab_to("[name=channel]")
        telephone.press(" ")

    def log_out(self, telephone):
        telephone.browser.delete_cookie("session_id", url=self.base_url())

    def log_in_beside(self, telephone, login):
        """Log in as in another tab of the same browser."""
        self.authenticate(login, self.password(login), browser=telephone.browser)
        self.cr.flush()
        self.cr.clear()

    def press_next(self, telephone, says):
        telephone.tab_to("[value=next]")
        telephone.press("Enter")
        telephone.wait_for(f"document.body.innerText.includes({says!r})")

    def story_on(self, telephone):
        return telephone.evaluate("document.querySelector('#f_story').value")

    def test_after_a_pause(self):
        """M1: without a button pressed it is in the draft, and nothing of it on the device."""
        with self.telephone("councillor") as telephone:
            self.type_story(telephone)
            telephone.wait_for(SHOWN.format("saved"))
            self.assertRegex(
                telephone.evaluate("document.querySelector('.o_aggression_saved').innerText"),
                r"^Saved at \d\d:\d\d$",
            )
            kept = "JSON.stringify([{...localStorage}, {...sessionStorage}])"
            self.assertNotIn("shouted", telephone.evaluate(kept))
            self.assertEqual(telephone.barriers(), [])
        self.assertEqual(self.draft().story, STORY)

    def test_lost_session(self):
        """M1: the words stay, one sentence says what to do, and after that Next goes on."""
        with self.telephone("councillor") as telephone:
            self.fill_in(telephone)
            self.log_out(telephone)
            self.press_next(telephone, LOGGED_OUT)
            self.assertEqual(self.story_on(telephone), STORY)
            self.assertEqual(telephone.barriers(), [])
            self.log_in_beside(telephone, "councillor")
            telephone.evaluate("document.activeElement.blur()")
            telephone.follow("[value=next]", "#f_occurred_at")
        self.assertEqual(self.draft().story, STORY)

    def test_replaced_session(self):
        """M1: logged in anew before the page knew of it: its old token is renewed by itself."""
        with self.telephone("councillor") as telephone:
            self.fill_in(telephone)
            self.log_in_beside(telephone, "councillor")
            telephone.follow("[value=next]", "#f_occurred_at")
        self.assertEqual(self.draft().story, STORY)

    def test_somebody_else_logged_in(self):
        """M1, C5: on a shared telephone nothing goes to the report of who logged in after it."""
        with self.telephone("councillor") as telephone:
            self.type_story(telephone)
            self.log_in_beside(telephone, "other_councillor")
            self.press_next(telephone, LOGGED_OUT)
            self.assertEqual(self.story_on(telephone), STORY)
        self.assertFalse(self.draft("other_councillor"))

    def test_without_signal(self):
        """M1: without signal the form is held back too, and says so."""
        gone = {"offline": True, "latency": 0, "downloadThroughput": 0, "uploadThroughput": 0}
        with self.telephone("councillor") as telephone:
            self.type_story(telephone)
            telephone.browser._websocket_request("Network.enable")
            telephone.browser._websocket_request("Network.emulateNetworkConditions", params=gone)
            self.press_next(telephone, "This cannot be saved at the moment.")
            self.assertEqual(self.story_on(telephone), STORY)

    def test_what_the_server_answers(self):
        """M1: all of it saved gives the time, half of it none; files are for the button."""
        self.log_in("councillor")
        files = [("files", ("x.txt", b"Words.", "text/plain"))]
        self.assertRegex(self.step(1, go="save", files=files).text, r"^\d\d:\d\d$")
        self.assertEqual(self.draft().story, "He shouted at the door.")
        self.assertFalse(self.draft().file_ids)
        self.assertEqual(self.step(2, go="save", occurred_at_time="").text, "")
        self.assertEqual(self.draft().where, "The back door")

    def test_thrown_away(self):
        """M1, C5: what was saved while typing can be thrown away, and does not come back."""
        with self.telephone("councillor") as telephone:
            self.type_story(telephone)
            telephone.wait_for(SHOWN.format("saved"))
            telephone.type(" Again.")
            telephone.follow(".o_aggression_throw_away button", "a[href='/my/agressie/melden']")
        self.assertFalse(self.draft())
