"""Measure the addon beside its peers: ``make bench``, or ``make bench SIZE=10k``."""

import json
import os
import platform
import shutil
import sys
import tempfile
from pathlib import Path

import load
from goals import goals
from places import HERE, Places
from report import goal_table, text
from workbench import debian, paths, workplace
from workbench.say import Failure, run_quietly, say, step

SIZES = {"10k": 10_000, "100k": 100_000, "1m": 1_000_000}
PAPER = paths.ROOT / "docs" / "performance.md"
LOADED = "100k"
RIVAL_PRESS = "wkhtmltopdf"
START, END = "<!-- measured -->", "<!-- end -->"


def main():
    chosen = _chosen()
    results = {}
    _ensure_rival_press()
    with workplace.opened() as place:
        places = Places(place)
        for name in chosen:
            results[SIZES[name]] = _measure(places, name, short=len(chosen) == 1)
    _keep(results, whole=len(chosen) == len(SIZES))
    broken = [goal.what for goal in goals(results) if goal.gate and goal.met is False]
    if broken:
        raise Failure("Too many queries, or the wrong plan:\n  " + "\n  ".join(broken))


def _chosen():
    size = os.environ.get("SIZE", "")
    if size and size not in SIZES:
        raise Failure(f"SIZE={size} is not one of {', '.join(SIZES)}")
    return [size] if size else list(SIZES)


def _ensure_rival_press():
    """Have wkhtmltopdf, with which Odoo prints by itself, where it can be installed."""
    if not shutil.which(RIVAL_PRESS):
        if debian.is_root():
            debian.install([RIVAL_PRESS])
        else:
            say(f"  not measured without {RIVAL_PRESS}: sudo apt install {RIVAL_PRESS}")


def _measure(places, name, short):
    pair = places.pair(SIZES[name])
    result = _in_process(places, pair, name, short)
    if short or name == LOADED:
        result["load"], result["memory"] = _load(places, pair, result, short)
    result.pop("requests")
    return result


def _in_process(places, pair, name, short):
    how = [word for word, wanted in (("short", short), ("once", short or name == LOADED)) if wanted]
    with tempfile.TemporaryDirectory() as folder, step(f"Measuring {name} cases") as at:
        answer = Path(folder) / "answer.json"
        command = [places.place.venv.python, "-m", "measuring", pair.ours, pair.peers, answer]
        run_quietly(
            [*command, *how],
            "measuring",
            env=places.env,
            on_line=lambda line: setattr(at, "detail", line.strip()),
        )
        return json.loads(answer.read_text())


def _load(places, pair, result, short):
    command = [str(places.place.venv.python), str(HERE / "serve.py"), "server"]
    databases = {"ours": pair.ours, "helpdesk": pair.peers}
    log = paths.LOGS / "bench-server.log"
    serving = load.serving(command, places.env, log)
    with step("Many people at once") as at, serving as (port, process):
        return load.measure(
            port,
            process,
            databases,
            result["requests"],
            short,
            lambda detail: setattr(at, "detail", detail),
        )


def _keep(results, whole):
    """Print the goals; write all tables into the documentation when everything was measured."""
    kept = paths.LOGS / "bench.json"
    kept.write_text(json.dumps(results, indent=1))
    say(goal_table(results))
    say(f"\n  all figures: {kept}")
    if whole:
        before, _, rest = PAPER.read_text().partition(START)
        after = rest.partition(END)[2]
        PAPER.write_text(f"{before}{START}\n\n{text(results, _machine())}\n\n{END}{after}")
        say(f"  tables: {os.path.relpath(PAPER)}")


def _machine():
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return f"{os.cpu_count()} cores, {memory:.0f} GB, Python {platform.python_version()}."


if __name__ == "__main__":
    sys.exit(workplace.main(main))
