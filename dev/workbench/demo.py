"""The database of ``make run``: one per checkout, with Odoo's and the addon's demo data."""

import json
from pathlib import Path

from workbench import databases, fingerprint, locks, paths
from workbench.say import say, step

NAME = f"{paths.ADDON}_{paths.CHECKOUT}"


def _state():
    """Tell what the database is to be made of."""
    return {
        "checkout": str(paths.ROOT),
        "shape": fingerprint.shape(),
        "demo": fingerprint.demo(),
    }


def ensure(place, upgrade=False):
    """Make the demo database, or upgrade it when the addon's files ask for it.

    Odoo loads demo data once and never updates it, so other demo data means another
    database.
    """
    state = _state()
    with locks.exclusive(NAME):
        made_of = _made_of(NAME) if databases.is_ready(place, NAME) else {}
        if made_of and made_of["demo"] != state["demo"]:
            say("  The demo data changed: the demo database is made anew.")
        if made_of.get("demo") != state["demo"]:
            _drop_forsaken(place)
            _make(place, state)
        elif upgrade or made_of["shape"] != state["shape"]:
            _upgrade(place, state)


def _made_of(name):
    try:
        return json.loads(databases.marked(name))
    except ValueError:
        return {}


def _make(place, state):
    copied = databases.copied(place, databases.base(place, demo=True), NAME, json.dumps(state))
    with copied as unfinished, step("Installing the addon with its demo data") as at:
        databases.install(place, at, unfinished, "--with-demo")


def _upgrade(place, state):
    with step("Upgrading the demo database") as at:
        # Odoo keeps a translation that is there already, also when the file changed.
        options = ["--i18n-overwrite", "--no-http", "--stop-after-init"]
        place.run_odoo(at, "-d", NAME, "-u", paths.ADDON, *options)
    databases.mark(NAME, json.dumps(state))


def _drop_forsaken(place):
    """Drop the demo databases of checkouts that are no longer there."""
    for name in databases.marks(f"{paths.ADDON}_*"):
        checkout = Path(_made_of(name).get("checkout", "gone"))
        if not (checkout / "__manifest__.py").exists():
            databases.drop(place, name)
