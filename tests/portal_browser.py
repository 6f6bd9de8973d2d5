"""The pages of the portal in a real browser, looked at by axe-core."""

import json
from contextlib import ExitStack, contextmanager
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import urljoin

from odoo.tests.common import ChromeBrowser

from .portal_pages import PortalPages

# What WCAG 2.2 asks at the levels A and AA, as axe-core names it.
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
AXE = Path(find_spec("axe_playwright_python").origin).with_name("axe.min.js")
TELEPHONE, AT_400_PERCENT, DESK = (390, 844), (320, 640), (1366, 768)
# Everything that can be folded open is.
UNFOLD = "document.querySelectorAll('details').forEach((fold) => { fold.open = true; });"
LOOK = """
axe.run(document, {runOnly: %s, resultTypes: ["violations"]}).then((found) => {
    const told = found.violations.flatMap((rule) =>
        rule.nodes.map((node) => `${rule.id}: ${node.html} ${node.failureSummary}`));
    const root = document.documentElement;
    const wide = [...document.querySelectorAll("body *")].filter(
        (node) => node.getBoundingClientRect().right > root.clientWidth + 1);
    if (root.scrollWidth > root.clientWidth) {
        told.push("scrolls sideways: " + wide.map((node) => node.outerHTML.slice(0, 99)).join());
    }
    return {rules: found.passes.length, told};
})
"""


class Telephone:
    """A browser in which somebody has logged in; it looks at one page after the other."""

    def __init__(self, test, browser):
        self.test = test
        self.browser = browser
        self.axe = AXE.read_text(encoding="utf-8")

    def resize(self, width, height):
        self.browser._websocket_request(
            "Emulation.setDeviceMetricsOverride",
            params={"width": width, "height": height, "deviceScaleFactor": 1, "mobile": True},
        )

    def open(self, path):
        self.browser.navigate_to(urljoin(self.test.base_url(), path), wait_stop=True)

    def evaluate(self, expression):
        """Return the value of a JavaScript expression, awaited if need be."""
        answer = self.browser._websocket_request(
            "Runtime.evaluate",
            params={"expression": expression, "awaitPromise": True, "returnByValue": True},
            timeout=60,
        )
        self.test.assertNotIn("exceptionDetails", answer, expression[:200])
        return answer["result"].get("value")

    def press(self, key, text=None):
        """Press a key, as a person without a mouse does."""
        code = {"Tab": 9, "Enter": 13, " ": 32, "ArrowDown": 40}[key]
        about = {"key": key, "code": "Space" if key == " " else key, "windowsVirtualKeyCode": code}
        for kind in ("keyDown", "keyUp"):
            sent = {"text": text} if text and kind == "keyDown" else {}
            self.browser._websocket_request(
                "Input.dispatchKeyEvent", params={"type": kind, **about, **sent}
            )

    def type(self, text):
        self.browser._websocket_request("Input.insertText", params={"text": text})

    def barriers(self):
        """Return what axe-core finds on the page that is open, unfolded."""
        self.evaluate(f"{UNFOLD}{self.axe};1")
        found = self.evaluate(LOOK % json.dumps(TAGS))
        self.test.assertGreater(found["rules"], 10, "or axe-core looked at nothing")
        return found["told"]


class PortalBrowser(PortalPages):
    """To be mixed into an HttpCase: opens pages as on a telephone."""

    browser_size = "390x844"
    touch_enabled = True

    @contextmanager
    def telephone(self, login):
        """Yield a browser in which this person, whose password is the login, has logged in."""
        browser = ChromeBrowser(self, headless=True)
        with self.allow_requests(browser=browser), ExitStack() as atexit:
            atexit.callback(self._wait_remaining_requests)
            self.authenticate(login, self.password(login), browser=browser)
            self.cr.flush()
            self.cr.clear()
            atexit.callback(browser.stop)
            yield Telephone(self, browser)
