"""The tables: what was measured, beside the peers, and the goals."""

from goals import COUNTED_UP, IN_SETS, NC, WAITED_FOR, H, goals, ratio

ALONE = {
    "sweep_idle": "Scheduled action, nothing due",
    "sweep_1000": "Scheduled action, 1,000 due",
    "sweep_10000": "Scheduled action, 10,000 due",
    "automation_1000": "base_automation: sets a field, 1,000 due",
    "automation_10000": "base_automation: sets a field, 10,000 due",
    "notices_1000": "1,000 notices",
    "activities_1000": "helpdesk: 1,000 activities",
    "page_unlogged": "List page without read log",
    "page_logged": "List page with read log",
    "seal_100": "Seal 100 texts of 500 letters",
    "unseal_100": "Open 100 sealed texts",
    "few_list": "List page of who has 20 cases",
    "many_list": "List page of who has 20,000",
    "few_count": "Count, 20 cases",
    "many_count": "Count, 20,000 cases",
    "few_grouped": "Grouped list, 20 cases",
    "many_grouped": "Grouped list, 20,000 cases",
    "few_dashboard": "Dashboard, 20 cases",
    "many_dashboard": "Dashboard, 20,000 cases",
    "few_open_one": "May I open this? 20 cases",
    "many_open_one": "May I open this? 20,000 cases",
    "repeat_count": "How often a causer came back",
    "likely_causers": "Who may be the same causer",
    "feedback": "Feedback to the council, two years",
    "pdf_1": "PDF of 1 letter",
    "pdf_50": "PDF of 50 letters",
    "wkhtmltopdf_1": "wkhtmltopdf, 1 letter",
    "wkhtmltopdf_50": "wkhtmltopdf, 50 letters, one by one",
}


def text(results, machine):
    """Return the tables as Markdown.

    :param dict results: {number of cases: what measuring it gave}, the smallest first
    :param str machine: on what it was measured
    """
    return "\n\n".join(
        [
            f"{machine} {_who(results)}",
            "## Beside the peers",
            _beside(results),
            "## Alone",
            _alone(results),
            *_load(results),
            "## Goals",
            goal_table(results),
        ]
    )


def _who(results):
    """Tell how much of the largest registers the people see who measure."""
    size = list(results)[-1]
    seen = ", ".join(f"{number:,} of {model}" for model, number in results[size]["visible"].items())
    return f"Of the registers with about {size:,} records they see {seen}."


def _beside(results):
    sizes = list(results)
    heads = ["", *(f"{size:,}" for size in sizes), "growth"]
    heads += ["helpdesk", "ours / it", "nonconformity", "ours / it"]
    rows = [
        _operation(results, sizes, name, title)
        for name, title in {**WAITED_FOR, **COUNTED_UP, **IN_SETS}.items()
    ]
    return table(heads, rows)


def _operation(results, sizes, name, title):
    own = [results[size]["figures"][f"{name}/ours"] for size in sizes]
    last = results[sizes[-1]]["figures"]
    row = [title, *map(_told, own), f"{own[-1]['ms'] / own[0]['ms']:.1f}"]
    for peer in (H, NC):
        theirs = last.get(f"{name}/{peer}")
        row += [_told(theirs), _number(ratio(last, f"{name}/ours", f"{name}/{peer}"))]
    return row


def _alone(results):
    sizes = list(results)
    rows = [
        [title, *(_told(results[size]["figures"].get(name)) for size in sizes)]
        for name, title in ALONE.items()
    ]
    counted = ["Cases in that feedback", *(f"{results[size]['counted']:,}" for size in sizes)]
    return table(["", *(f"{size:,}" for size in sizes)], [*rows, counted])


def _load(results):
    for size, result in results.items():
        if load := result.get("load"):
            yield f"## Many at once, {size:,} cases, two workers"
            heads = ["call, side, clients", "a second", "median, ms", "95 %, ms", "failed"]
            yield table(heads, [[name, *_cell(cell)] for name, cell in load.items()])
            memory = result["memory"]
            yield (
                f"A worker held {memory['before']:.0f} MB before, and {memory['after']:.0f} MB "
                f"after {memory['requests']:,} requests more to each worker."
            )


def _cell(cell):
    return [_number(cell[name]) for name in ("per_second", "p50", "p95")] + [str(cell["failed"])]


def goal_table(results):
    verdicts = {True: "yes", False: "**no**", None: "not measured"}
    rows = [
        [
            goal.number,
            goal.what,
            f"{'>=' if goal.at_least else '<='} {goal.limit:g}",
            _number(goal.value),
            verdicts[goal.met],
        ]
        for goal in goals(results)
    ]
    return table(["", "what", "goal", "measured", "met"], rows)


def table(heads, rows):
    """Return a Markdown table."""
    lines = [heads, ["---", *["---:"] * (len(heads) - 1)], *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def _told(figure):
    return "" if figure is None else f"{_number(figure['ms'])} ({figure['queries']} q)"


def _number(value):
    if value is None:
        return ""
    return f"{value:,.0f}" if value >= 100 or value == int(value) else f"{value:.3g}"
