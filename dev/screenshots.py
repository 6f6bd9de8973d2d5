"""Take the pictures of the documentation from the demo as it is: ``make screenshots``."""

import base64
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from typing import NamedTuple

from check_demo import free_port

from run_demo import serving
from workbench import debian, demo, paths, workplace
from workbench.say import Failure, say

FOLDER = paths.ROOT / "docs" / "screenshots"
PATIENCE = 30


class Shot(NamedTuple):
    """One picture: who looks at which page, and what that person does there first."""

    name: str
    login: str
    path: str
    steps: list = ()
    height: int = 800


SHOTS = [
    Shot("tasks", "burgemeester", "/odoo/agressie-taken"),
    Shot("report", "griffier", "/odoo/agressie-melden"),
]


class Browser:
    """Chromium without a window, driven through a pair of pipes."""

    def __init__(self, process, to_browser, from_browser):
        self.process = process
        self._out = to_browser
        self._in = from_browser
        self._rest = b""
        self._number = 0

    def call(self, method, session=None, **parameters):
        """Call a method of the DevTools protocol and return its result."""
        self._number += 1
        message = {"id": self._number, "method": method, "params": parameters}
        if session:
            message["sessionId"] = session
        os.write(self._out, json.dumps(message).encode() + b"\0")
        while True:
            answer = self._read()
            if answer.get("id") == self._number:
                if "error" in answer:
                    raise Failure(f"Chromium on {method}: {answer['error']['message']}")
                return answer["result"]

    def _read(self):
        while b"\0" not in self._rest:
            part = os.read(self._in, 1 << 20)
            if not part:
                raise Failure("Chromium has stopped")
            self._rest += part
        message, _, self._rest = self._rest.partition(b"\0")
        return json.loads(message)

    def page(self):
        """Open a page that shares no cookies with any other."""
        context = self.call("Target.createBrowserContext")["browserContextId"]
        target = self.call("Target.createTarget", url="about:blank", browserContextId=context)
        session = self.call("Target.attachToTarget", targetId=target["targetId"], flatten=True)[
            "sessionId"
        ]
        return Page(self, session)


class Page:
    """One page of the browser, used as a person would: with a mouse and a keyboard."""

    def __init__(self, browser, session):
        self._browser = browser
        self._session = session

    def call(self, method, **parameters):
        return self._browser.call(method, self._session, **parameters)

    def resize(self, height):
        size = {"width": 1280, "height": height, "deviceScaleFactor": 1, "mobile": False}
        self.call("Emulation.setTimezoneOverride", timezoneId="Europe/Amsterdam")
        self.call("Emulation.setDeviceMetricsOverride", **size)

    def evaluate(self, expression):
        answer = self.call(
            "Runtime.evaluate", expression=expression, awaitPromise=True, returnByValue=True
        )
        if "exceptionDetails" in answer:
            raise Failure(f"{expression}: {answer['exceptionDetails']['exception']}")
        return answer["result"].get("value")

    def open(self, address):
        self.call("Page.navigate", url=address)
        self.wait(
            f"location.href.startsWith({address[:21]!r}) && document.readyState == 'complete'"
        )

    def wait(self, expression):
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            if self.evaluate(f"Boolean({expression})"):
                return
            time.sleep(0.1)
        raise Failure(f"This never came true on {self.evaluate('location.href')}: {expression}")

    def rest(self):
        """Wait until nothing has moved for a while."""
        self.evaluate(STILL)

    def click(self, selector):
        found = f"({FIND})({json.dumps(selector)})"
        self.wait(found)
        x, y = self.evaluate(f"{found}")
        for kind in ("mouseMoved", "mousePressed", "mouseReleased"):
            self.call("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", clickCount=1)
        self.rest()

    def type(self, selector, text):
        self.click(selector)
        self.call("Input.insertText", text=text)
        self.rest()

    def press(self, key):
        for kind in ("keyDown", "keyUp"):
            self.call(
                "Input.dispatchKeyEvent",
                type=kind,
                key=key,
                code=key,
                windowsVirtualKeyCode=KEYS[key],
            )
        self.rest()

    def shoot(self, path):
        self.rest()
        picture = self.call("Page.captureScreenshot", format="png")["data"]
        path.write_bytes(base64.b64decode(picture))


KEYS = {"Tab": 9, "Enter": 13, "Escape": 27}
FIND = """selector => {
    const found = [...document.querySelectorAll(selector)].find((node) => node.offsetParent);
    if (!found) return null;
    found.scrollIntoView({ block: "nearest" });
    const box = found.getBoundingClientRect();
    return [box.x + box.width / 2, box.y + box.height / 2];
}"""
STILL = """new Promise((resolve) => {
    let timer = setTimeout(resolve, 700);
    new MutationObserver(() => {
        clearTimeout(timer);
        timer = setTimeout(resolve, 700);
    }).observe(document, { subtree: true, childList: true, attributes: true });
})"""


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
            *(program, "--headless=new", "--no-sandbox", "--remote-debugging-pipe"),
            *("--hide-scrollbars", "--force-color-profile=srgb", "--lang=nl"),
            f"--user-data-dir={profile}",
        ]
        # The browser reads from 3 and writes to 4.
        process = subprocess.Popen(
            ["sh", "-c", f'exec "$@" 3<&{to_read} 4>&{to_write}', "sh", *command],
            pass_fds=(to_read, to_write),
            stderr=subprocess.DEVNULL,
        )
        os.close(to_read)
        os.close(to_write)
        try:
            yield Browser(process, to_browser, from_browser)
        finally:
            process.terminate()
            process.wait()
            os.close(to_browser)
            os.close(from_browser)


def log_in(page, address, login):
    """Log in as one of the demo's people, whose password is the login."""
    page.open(f"{address}/web/login")
    who = {"db": demo.NAME, "login": login, "password": login}
    request = {
        "method": "POST",
        "headers": {"Content-Type": "application/json"},
        "body": json.dumps({"jsonrpc": "2.0", "params": who}),
    }
    page.evaluate(f"fetch('/web/session/authenticate', {json.dumps(request)})")


def take(browser, address, shots):
    pages = {}
    for shot in shots:
        if shot.login not in pages:
            pages[shot.login] = browser.page()
            log_in(pages[shot.login], address, shot.login)
        page = pages[shot.login]
        page.resize(shot.height)
        page.open(address + shot.path)
        page.rest()
        for verb, *words in shot.steps:
            getattr(page, verb)(*words)
        page.shoot(FOLDER / f"{shot.name}.png")
        say(f"  {shot.name}")


def main():
    names = sys.argv[1:]
    shots = [shot for shot in SHOTS if not names or shot.name in names]
    FOLDER.mkdir(parents=True, exist_ok=True)
    with workplace.opened() as place:
        demo.ensure(place)
        with serving(place, free_port()) as address, chromium() as browser:
            take(browser, address, shots)


if __name__ == "__main__":
    sys.exit(workplace.main(main))
