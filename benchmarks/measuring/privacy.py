"""What privacy costs: rules, the read log, sealing."""

from contextlib import nullcontext
from functools import partial
from unittest.mock import patch

from odoo.addons.aggression_protocol.models.privacy import readings, sealing
from odoo.addons.aggression_protocol.models.privacy.logged import Logged

from measuring.ours import Ours
from measuring.stopwatch import in_turn

WORDS = "What was said, in the words of who was there. " * 11


def measure(ours):
    """Return {name: Figure}: with and without, and for who has few or many cases."""
    few, many = (Ours(ours.cr, f"coordinator-{name}-0") for name in ("few", "many"))
    calls = {
        "page_unlogged": (ours.env, partial(_page, ours, logged=False)),
        "page_logged": (ours.env, partial(_page, ours, logged=True)),
        "seal_100": (ours.env, partial(_seal, ours.env)),
        "unseal_100": (ours.env, partial(_unseal, ours.env, sealing.seal(ours.env, b"x" * 500))),
    }
    for name, side in (("few", few), ("many", many)):
        calls[f"{name}_list"] = (side.env, side.list_all)
        calls[f"{name}_count"] = (side.env, partial(side.records.search_count, []))
        calls[f"{name}_grouped"] = (side.env, side.group_list)
        calls[f"{name}_dashboard"] = (side.env, side.dashboard)
        calls[f"{name}_open_one"] = (side.env, partial(_may_read, side))
    return in_turn(calls)


def _page(ours, logged):
    """Draw the page of a list, and write what the log keeps of it."""
    with nullcontext() if logged else _without_log():
        ours.list_all()
    if waiting := ours.cr.postcommit.data.pop(readings.WAITING, None):
        readings.append(ours.cr, waiting)


def _without_log():
    return patch.object(Logged, "_is_read_by_a_person", lambda _records: False)


def _seal(env):
    for _number in range(100):
        sealing.seal(env, WORDS.encode())


def _unseal(env, token):
    for _number in range(100):
        sealing.unseal(env, token)


def _may_read(side):
    side.next_of(side.cases).check_access("read")
