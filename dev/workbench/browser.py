"""Chromium without a window, driven over its DevTools protocol with Python's own means."""

import base64
import json
import os
import shutil
import subprocess
import tempfile
import time
from contextlib import contextmanager

from workbench import debian
from workbench.say import Failure

PATIENCE = 60
KEYS = {"Tab": 9, "Enter": 13, "Escape": 27}
ZONE = "Europe/Amsterdam"

FIND = """((selector) => {
    const found = [...document.querySelectorAll(selector)].find((node) => node.offsetParent);
    if (!found) return null;
    found.scrollIntoView({ block: "nearest" });
    const box = found.getBoundingClientRect();
    return [box.x + box.width / 2, box.y + box.height / 2];
})"""
LOADED = """document.querySelector('.o_action_manager > *, .modal-body, #wrapwrap')
    && !document.querySelector('.o_loading_indicator')"""
STILL = """new Promise((resolve) => {
    let timer = setTimeout(resolve, 700);
    setTimeout(resolve, 7000);
    new MutationObserver(() => {
        clearTimeout(timer);
        timer = setTimeout(resolve, 700);
    }).observe(document, { subtree: true, childList: true, attributes: true });
})"""
NO_CARET = "document.documentElement.style.caretColor = 'transparent'"
# What an empty page makes, with a wide margin; Chromium shows a PDF from outside the page.
EMPTY = 20_000


@contextmanager
def chromium():
    """Yield a browser that is gone after the block, with all that it kept."""
    program = next(filter(None, map(shutil.which, debian.BROWSERS)), None)
    if not program:
        raise Failure("Chromium is missing: sudo apt install chromium")
    to_read, to_browser = os.pipe()
    from_browser, to_write = os.pipe()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        command = [
            *(program, "--headless=new", "--remote-debugging-pipe", "--hide-scrollbars"),
            *(["--no-sandbox"] if debian.is_root() else []),
            *("--force-color-profile=srgb", "--lang=nl", f"--user-data-dir={profile}"),
        ]
        # Chromium reads its orders from 3 and writes its answers to 4.
        process = subprocess.Popen(
            ["sh", "-c", f'exec "$@" 3<&{to_read} 4>&{to_write}', "sh", *command],
            pass_fds=(to_read, to_write),
            stderr=subprocess.DEVNULL,
        )
        os.close(to_read)
        os.close(to_write)
        try:
            yield Browser(to_browser, from_browser)
        finally:
            process.terminate()
            process.wait()
            os.close(to_browser)
            os.close(from_browser)


class Browser:
    """The browser at the other end of a pair of pipes."""

    def __init__(self, to_browser, from_browser):
        self._out = to_browser
        self._in = from_browser
        self._unread = b""
        self._number = 0

    def call(self, method, session=None, **parameters):
        """Call a method of the DevTools protocol and return its result."""
        self._number += 1
        message = {"id": self._number, "method": method, "params": parameters}
        if session:
            message["sessionId"] = session
        os.write(self._out, json.dumps(message).encode() + b"\0")
        answer = {}
        while answer.get("id") != self._number:
            answer = self._read()
        if "error" in answer:
            raise Failure(f"Chromium on {method}: {answer['error']['message']}")
        return answer["result"]

    def _read(self):
        while b"\0" not in self._unread:
            part = os.read(self._in, 1 << 20)
            if not part:
                raise Failure("Chromium has stopped")
            self._unread += part
        message, _, self._unread = self._unread.partition(b"\0")
        return json.loads(message)

    def visitor(self):
        """Return somebody new, who shares no cookies with anybody."""
        return self.call("Target.createBrowserContext")["browserContextId"]

    def page(self, visitor):
        """Open a page for this visitor."""
        target = self.call("Target.createTarget", url="about:blank", browserContextId=visitor)
        attached = self.call("Target.attachToTarget", targetId=target["targetId"], flatten=True)
        return Page(self, visitor, attached["sessionId"])


class Page:
    """One page, used as a person would: with a mouse and a keyboard."""

    def __init__(self, browser, visitor, session):
        self.visitor = visitor
        self._browser = browser
        self._session = session
        self.call("Emulation.setTimezoneOverride", timezoneId=ZONE)

    def call(self, method, **parameters):
        return self._browser.call(method, self._session, **parameters)

    def resize(self, width, height):
        size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
        self.call("Emulation.setDeviceMetricsOverride", **size)

    def evaluate(self, expression):
        """Return the value of a JavaScript expression, awaited if need be."""
        answer = self.call(
            "Runtime.evaluate", expression=expression, awaitPromise=True, returnByValue=True
        )
        if "exceptionDetails" in answer:
            raise Failure(f"{expression}: {answer['exceptionDetails']}")
        return answer["result"].get("value")

    def open(self, address):
        self.call("Page.navigate", url=address)
        if "/report/pdf/" not in address:
            self.rest()

    def wait(self, expression):
        """Wait until an expression is true."""
        deadline = time.monotonic() + PATIENCE
        while not self.evaluate(f"Boolean({expression})"):
            if time.monotonic() > deadline:
                raise Failure(f"Never true on {self.evaluate('location.href')}: {expression}")
            time.sleep(0.1)

    def rest(self):
        """Wait until the page is there, waits for nothing and has not moved for a while."""
        self.wait(LOADED)
        self.evaluate(STILL)
        self.wait(LOADED)

    def click(self, selector):
        found = f"{FIND}({json.dumps(selector)})"
        self.wait(found)
        x, y = self.evaluate(found)
        where = {"x": x, "y": y, "button": "left", "clickCount": 1}
        for kind in ("mouseMoved", "mousePressed", "mouseReleased"):
            self.call("Input.dispatchMouseEvent", type=kind, **where)
        self.rest()

    def type(self, selector, text):
        self.click(selector)
        self.call("Input.insertText", text=text)
        self.rest()

    def press(self, key):
        for kind in ("keyDown", "keyUp"):
            code = KEYS[key]
            self.call("Input.dispatchKeyEvent", type=kind, key=key, windowsVirtualKeyCode=code)
        self.rest()

    def shoot(self, path):
        """Take a picture, as soon as there is something and two in a row are the same."""
        self.evaluate(f"document.documentElement && ({NO_CARET})")
        deadline = time.monotonic() + PATIENCE
        before, now = b"", self._picture()
        while now != before or len(now) < EMPTY:
            if time.monotonic() > deadline:
                raise Failure(f"No picture for {path.name}: the page is empty or never at rest")
            time.sleep(1)
            before, now = now, self._picture()
        path.write_bytes(now)

    def _picture(self):
        return base64.b64decode(self.call("Page.captureScreenshot", format="png")["data"])
