import json
from itertools import count

from odoo.tests import HttpCase, tagged
from odoo.tests.common import ChromeBrowser

from .common import ProtocolCase

GONE = {"offline": True, "latency": 0, "downloadThroughput": 0, "uploadThroughput": 0}
STEP = "Give in until the police come."


@tagged("post_install", "-at_install")
class TestCardOffline(HttpCase, ProtocolCase):
    """H2: the step cards on a phone that has lost its signal, in a real browser."""

    def test_without_signal(self):
        """H2: once opened it opens again, with the network gone and when nobody is logged in."""
        self.cr.flush()
        browser = ChromeBrowser(self)
        with self.allow_requests(browser=browser):
            self.addCleanup(browser.stop)
            self.authenticate("councillor", "councillor", browser=browser)
            self.cr.flush()
            self.cr.clear()
            self.browser = browser
            self.assertIn(STEP, self.open())
            self.value("navigator.serviceWorker.ready.then(() => true)")
            self.open()
            browser.delete_cookie("session_id", url=self.base_url())
            self.assertIn(STEP, self.open(), "logged out")
            self.take_the_network_away()
            self.assertIn(STEP, self.open(), "without signal")
            self.assertTrue(self.value("Boolean(navigator.serviceWorker.controller)"))
            other = "fetch('/web/login').then(() => 'there', () => 'gone')"
            self.assertEqual(self.value(other), "gone", "the network itself")

    def open(self):
        """Open the card as a link would and return what is to be read on it."""
        self.browser.navigate_to(f"{self.base_url()}/aggression/card", wait_stop=True)
        return self.value("document.body.innerText")

    def value(self, expression):
        answer = self.browser._websocket_request(
            "Runtime.evaluate",
            params={"expression": expression, "awaitPromise": True, "returnByValue": True},
            timeout=30,
        )
        return answer["result"].get("value")

    def take_the_network_away(self):
        """From the page, and from the worker behind it, which has a network of its own."""
        ask = self.browser._websocket_request
        ask("Network.enable")
        ask("Network.emulateNetworkConditions", params=GONE)
        workers = [
            target["targetId"]
            for target in ask("Target.getTargets")["targetInfos"]
            if target["type"] == "service_worker"
        ]
        self.assertEqual(len(workers), 1)
        session = ask("Target.attachToTarget", params={"targetId": workers[0], "flatten": False})
        numbers = count(1)
        for method, params in (
            ("Network.enable", {}),
            ("Network.emulateNetworkConditions", GONE),
        ):
            message = {"id": next(numbers), "method": method, "params": params}
            ask(
                "Target.sendMessageToTarget",
                params={"sessionId": session["sessionId"], "message": json.dumps(message)},
            )
