"""Start Odoo with the addon's demo data, on this machine only: ``make run``."""

import csv
import os
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from contextlib import contextmanager

from workbench import demo, paths, workplace
from workbench.say import Failure, say

HOST = "127.0.0.1"
LOGINS = paths.ROOT / "demo" / "logins.csv"
COLUMNS = ("login", "password", "role", "name")
PATIENCE = 120


def main():
    port = _free_port()
    started = time.monotonic()
    with workplace.opened() as place:
        demo.ensure(place)
        threading.Thread(target=_announce, args=(port, started), daemon=True).start()
        code = workplace.foreground(_command(place, port), env=place.env)
    say("Odoo and its PostgreSQL have stopped.")
    return max(code, 0)


def _command(place, port):
    return place.command(
        *("-d", demo.NAME, "--db-filter", f"^{demo.NAME}$", "--no-database-list"),
        *("--http-interface", HOST, "--http-port", port, "--log-level", "warn"),
    )


@contextmanager
def serving(place, port):
    """Have the demo running while the block runs; yield its address."""
    process = subprocess.Popen(_command(place, port), env=place.env)
    try:
        if not _wait_for_answer(port):
            raise Failure("Odoo does not answer; its log above may tell why")
        yield f"http://{HOST}:{port}"
    finally:
        process.terminate()
        process.wait()


def _free_port():
    """Return the port to listen on; say so now, not after minutes, when it is taken."""
    text = os.environ.get("PORT") or "8069"
    if not text.isdigit():
        raise Failure(f"PORT={text} is not a number")
    with socket.socket() as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((HOST, int(text)))
        except (OSError, OverflowError) as error:
            raise Failure(f"Port {text} cannot be used ({error}): make run PORT=8070") from None
    return int(text)


def _wait_for_answer(port):
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if _answers(f"http://{HOST}:{port}/web/login"):
            return True
        time.sleep(0.3)
    return False


def _answers(url):
    try:
        with urllib.request.urlopen(url, timeout=30):
            return True
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return False


def _announce(port, started):
    """Print the address and the logins as soon as Odoo answers."""
    address = f"http://{HOST}:{port}"
    if not _wait_for_answer(port):
        say(f"Odoo still does not answer on {address}; its log above may tell why.")
        return
    say(f"\nReady after {time.monotonic() - started:.0f} s: {address}  (Ctrl-C stops it)\n")
    rows = [{column: column for column in COLUMNS}, *logins()]
    widths = {column: max(len(row[column]) for row in rows) for column in COLUMNS}
    for row in rows:
        say("  " + "  ".join(row[column].ljust(widths[column]) for column in COLUMNS).rstrip())
    say("")


def logins():
    """Return one login per role, as the demo data makes them."""
    if not LOGINS.exists():
        return [dict(zip(COLUMNS, ("admin", "admin", "administrator", ""), strict=True))]
    with LOGINS.open(encoding="utf-8", newline="") as file:
        return [
            {column: row.get(column) or "" for column in COLUMNS} for row in csv.DictReader(file)
        ]


if __name__ == "__main__":
    sys.exit(workplace.main(main))
