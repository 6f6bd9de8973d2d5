"""``python -m measuring OURS PEERS ANSWER [once] [short]``: measure both sides, in turn.

The answer is a file: the figures, the plans, and the calls with which the server is loaded later.
With ``once`` comes what need not be measured in every size.
"""

import json
import sys
from contextlib import ExitStack
from dataclasses import asdict
from pathlib import Path

import odoo_here  # noqa: F401  before what imports an addon
from measuring import engine, figures, paper, plans, privacy, stopwatch
from measuring.ours import Ours
from measuring.peers import Helpdesk, Nonconformity
from measuring.requests import requests_of
from measuring.side import opened
from measuring.stopwatch import in_turn

EVERYDAY = (
    *("list_all", "list_all_sudo", "list_floor", "list_open", "list_overdue", "list_mine"),
    *("search_text", "search_name", "group_list", "group_month_state", "group_last_year", "pivot"),
    *("kanban", "my_tasks", "dashboard", "form"),
    *("create_one", "create_thousand", "change_one", "change_thousand"),
)


def main(ours_name, peers_name, answer, *how):
    stopwatch.short = "short" in how
    with ExitStack() as stack:
        ours, clerk = (
            stack.enter_context(opened(Ours, ours_name, login))
            for login in ("coordinator", "griffier")
        )
        peers = [
            stack.enter_context(opened(kind, peers_name, "person-0-0"))
            for kind in (Helpdesk, Nonconformity)
        ]
        found = _everyday({"ours": ours, "helpdesk": peers[0], "nonconformity": peers[1]})
        print("privacy")
        found |= privacy.measure(ours)
        if "once" in how:
            print("paper")
            found |= paper.measure(ours)
        print("figures")
        counted, cases = figures.measure(ours, clerk)
        print("scheduled actions")
        found |= counted | engine.measure(ours, peers[0], "once" in how and not stopwatch.short)
        result = {
            "figures": {name: asdict(figure) for name, figure in found.items()},
            "counted": cases,
            "scans": plans.scans(ours),
            "visible": {side.model: side.records.search_count([]) for side in (ours, *peers)},
            "requests": {"ours": requests_of(ours), "helpdesk": requests_of(peers[0])},
        }
    Path(answer).write_text(json.dumps(result, indent=1, default=str))


def _everyday(sides):
    """Measure what people do all day: each operation on all sides in turn."""
    found = {}
    for operation in EVERYDAY:
        print(operation)
        calls = {
            f"{operation}/{name}": (side.env, getattr(side, operation))
            for name, side in sides.items()
            if hasattr(side, operation)
        }
        found |= in_turn(calls)
    return found


if __name__ == "__main__":
    main(*sys.argv[1:])
