"""The pages of the portal in a real browser, looked at by axe-core."""

import json
import time
from contextlib import ExitStack, contextmanager, suppress
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import urljoin

from odoo.tests.common import ChromeBrowser, ChromeBrowserException

from .portal_pages import ROOT, PortalPages

# What WCAG 2.2 asks at the levels A and AA, as axe-core names it.
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
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
        self.wait_for("true")  # the first page of all makes the styles of the others

    def evaluate(self, expression):
        """Return the value of a JavaScript expression, awaited if need be."""
        answer = self.browser._websocket_request(
            "Runtime.evaluate",
            params={"expression": expression, "awaitPromise": True, "returnByValue": True},
            timeout=60,
        )
        self.test.assertNotIn("exceptionDetails", answer, expression[:200])
        return answer["result"].get("value")

    def press(self, key):
        """Press a key, as a person without a mouse does."""
        codes = {"Tab": 9, "Enter": 13, " ": 32, "ArrowDown": 40}
        code = codes.get(key) or ord(key)
        about = {"key": key, "windowsVirtualKeyCode": code}
        text = {"Enter": "\r", " ": " "}.get(key, key if len(key) == 1 else "")
        for kind in ("keyDown", "keyUp"):
            sent = {"text": text} if text and kind == "keyDown" else {}
            self.browser._websocket_request(
                "Input.dispatchKeyEvent", params={"type": kind, **about, **sent}
            )

    def tab_to(self, selector):
        """Go on with the tab key until this has the focus, and can be seen to have it."""
        for _turn in range(60):
            self.press("Tab")
            if self.evaluate(f"document.activeElement.matches({json.dumps(selector)})"):
                outline = "getComputedStyle(document.activeElement).outlineStyle"
                self.test.assertNotEqual(self.evaluate(outline), "none", selector)
                return
        self.test.fail(f"the tab key never reaches {selector}")

    def type(self, text):
        self.browser._websocket_request("Input.insertText", params={"text": text})

    def follow(self, selector, shows="body", says=""):
        """Press what stands here, and wait for the page behind it, with what it shows and says.

        What is waited for may stand on the page that is left as well: only the next one counts.
        """
        self.tab_to(selector)
        self.evaluate("window.isLeft = true")
        self.press("Enter")
        there = f"document.querySelector({json.dumps(shows)})"
        said = f"document.body.innerText.includes({json.dumps(says)})"
        self.wait_for(f"!window.isLeft && {there} && {said}")

    def wait_for(self, expression):
        for _turn in range(300):
            time.sleep(0.1)
            with suppress(ChromeBrowserException):
                if self.evaluate(f"document.readyState == 'complete' && Boolean({expression})"):
                    return
        told = self.evaluate("location.href + document.body.innerText.slice(0, 900)")
        self.test.fail(f"never on {told}: {expression}")

    def barriers(self):
        """Return what axe-core finds on the page that is open, unfolded."""
        self.evaluate(f"{UNFOLD}{self.axe};1")
        # what stands on a page of Odoo's own is held to the norm, our pages to good practice too
        ours = self.evaluate(f"location.pathname.includes({ROOT!r})")
        found = self.evaluate(LOOK % json.dumps([*TAGS, "best-practice"] if ours else TAGS))
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
