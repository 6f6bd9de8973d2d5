"""Take the pictures of the documentation from the demo as it is: ``make screenshots``.

``make screenshots ARGS="report case"`` takes only these.
"""

import json
import subprocess
import sys

from check_demo import free_port

from run_demo import serving
from workbench import demo, paths, workplace
from workbench.browser import chromium
from workbench.say import Failure, say
from workbench.shots import SHOTS

FOLDER = paths.ROOT / "docs" / "screenshots"
PAGE = paths.ROOT / "docs" / "screenshots.md"
INTRODUCTION = """# Screens

Taken from the demo by `make screenshots`; everybody in it is invented.
"""
# Fewer colours make a picture three times smaller, and nobody sees the difference.
SHRINK = """
import sys
from PIL import Image
for name in sys.argv[1:]:
    Image.open(name).convert("RGB").quantize(128, dither=0).save(name, optimize=True)
"""


def post(page, path, parameters):
    """Return the answer to a remote call made by whoever is logged in on the page."""
    request = {
        "method": "POST",
        "headers": {"Content-Type": "application/json"},
        "body": json.dumps({"jsonrpc": "2.0", "params": parameters}),
    }
    answer = page.evaluate(f"fetch({path!r}, {json.dumps(request)}).then((it) => it.json())")
    if "result" not in answer:
        raise Failure(f"{path} {parameters}: {answer}")
    return answer["result"]


def log_in(page, address, login):
    """Log in as one of the demo's people, whose password is the login."""
    page.open(f"{address}/web/login")
    who = {"db": demo.NAME, "login": login, "password": login}
    post(page, "/web/session/authenticate", who)


def find(page, model, method, *arguments):
    """Return the id of the first record that a method of a model answers with."""
    call = {"model": model, "method": method, "args": arguments, "kwargs": {}}
    found = post(page, f"/web/dataset/call_kw/{model}/{method}", call)
    if found == []:
        raise Failure(f"The demo holds no {model} for {arguments}")
    return found[0] if isinstance(found, list) else found


def take(browser, address, shots):
    """Take each shot in a page of its own, logged in as the one who looks."""
    visitors = {}
    for shot in shots:
        if shot.login not in visitors:
            page = browser.page(browser.visitor())
            log_in(page, address, shot.login)
            visitors[shot.login] = page
        record = find(visitors[shot.login], *shot.record) if shot.record else None
        page = browser.page(visitors[shot.login].visitor)
        page.resize(*shot.size)
        page.open(address + shot.path.format(record))
        for verb, *words in shot.steps:
            getattr(page, verb)(*words)
        page.shoot(FOLDER / f"{shot.name}.png")
        say(f"  {shot.name}")


def write_page():
    """Write the page that shows every picture with its line."""
    parts = [
        f"## {shot.title}\n\n{shot.line}\n\n![{shot.title}](screenshots/{shot.name}.png)\n"
        for shot in SHOTS
    ]
    PAGE.write_text("\n".join([INTRODUCTION, *parts]), encoding="utf-8")


def main():
    names = sys.argv[1:]
    if unknown := set(names) - {shot.name for shot in SHOTS}:
        raise Failure(f"No such picture: {', '.join(sorted(unknown))}")
    shots = [shot for shot in SHOTS if not names or shot.name in names]
    FOLDER.mkdir(parents=True, exist_ok=True)
    with workplace.opened() as place:
        demo.ensure(place)
        with serving(place, free_port()) as address, chromium() as browser:
            take(browser, address, shots)
        files = [FOLDER / f"{shot.name}.png" for shot in shots]
        subprocess.run([place.venv.python, "-c", SHRINK, *files], check=True)
    write_page()


if __name__ == "__main__":
    sys.exit(workplace.main(main))
