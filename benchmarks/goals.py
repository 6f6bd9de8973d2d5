"""The goals: what is asked of each figure, and whether it is met."""

from dataclasses import dataclass

# Asked of the largest and the smallest register, beside the peers, in the same run.
H, NC = "helpdesk", "nonconformity"
GROWTH = 1.5
MANY = 100_000
# What people wait for; its queries must not depend on how many cases there are.
WAITED_FOR = {
    "list_all": "List page and count",
    "list_open": "Open cases",
    "list_overdue": "Overdue",
    "list_mine": "Mine",
    "search_text": "Search on a reference",
    "search_name": "Search on a name",
    "group_list": "Grouped list",
    "kanban": "Kanban",
    "my_tasks": "My tasks",
    "form": "Open a case",
    "create_one": "Create 1",
    "change_one": "Change of state, 1",
}
COUNTED_UP = {
    "group_last_year": "Month x state, last year",
    "group_month_state": "Month x state, all years",
    "pivot": "Pivot, last year",
    "dashboard": "Dashboard",
}
IN_SETS = {"create_thousand": "Create 1,000", "change_thousand": "Change of state, 1,000"}
QUERIES = {
    "list_all/ours": ("G1", 12),
    "form/ours": ("G5", 16),
    "create_one/ours": ("G7", 16),
    "create_thousand/ours": ("G7", 60),
    "change_one/ours": ("G8", 12),
    "change_thousand/ours": ("G8", 40),
    "sweep_1000": ("G9", 50),
    "sweep_10000": ("G9", 500),
    "sweep_idle": ("G9", 5),
    "notices_1000": ("G10", 45),
    "pdf_1": ("G12", 20),
    "pdf_50": ("G12", 20),
}


@dataclass
class Goal:
    """Something that is asked, with what was measured; ``gate`` says that it fails the command."""

    number: str
    what: str
    limit: float
    value: float | None
    gate: bool = False
    at_least: bool = False

    @property
    def met(self):
        if self.value is None:
            return None
        return self.value >= self.limit if self.at_least else self.value <= self.limit


def goals(results):
    """Return every :class:`Goal`, with its value.

    :param dict results: {number of cases: what measuring it gave}, the smallest first
    """
    sizes = list(results)
    figures = in_the_largest(results)
    return [
        *_query_goals(figures),
        *_same_queries(results, sizes),
        *_plan_goals(results, sizes),
        *_ratio_goals(figures),
        *_growth_goals(results, sizes),
        *_engine_goals(figures),
        *_load_goals(results),
    ]


def in_the_largest(results):
    """Return each figure as measured in the largest register in which it was."""
    return {
        name: figure for result in results.values() for name, figure in result["figures"].items()
    }


def _query_goals(figures):
    for name, (number, limit) in QUERIES.items():
        figure = figures.get(name)
        what = f"queries: {name.partition('/')[0]}"
        yield Goal(number, what, limit, figure and figure["queries"], gate=True)


def _same_queries(results, sizes):
    for name in WAITED_FOR:
        counts = [results[size]["figures"][f"{name}/ours"]["queries"] for size in sizes]
        what = f"more queries at {sizes[-1]:,} than at {sizes[0]:,}: {name}"
        yield Goal("G1", what, 0, counts[-1] - counts[0], gate=True)


def _plan_goals(results, sizes):
    for size in sizes:
        if size < MANY:  # a small register is read from end to end sooner than by its index
            continue
        found = [what for what, tables in results[size]["scans"].items() if tables]
        told = f"plans that read the register from end to end, at {size:,}"
        yield Goal("G2", f"{told} {found or ''}".strip(), 0, len(found), gate=True)


def _ratio_goals(figures):
    """Yield what is asked beside the peers, at the largest size."""
    asked = (
        ("G1", "list_all", H, 0.10),
        ("G3", "list_open", H, 0.12),
        ("G3", "list_mine", H, 0.12),
        ("G4", "search_text", H, 0.08),
        ("G4", "search_name", H, 0.05),
        ("G5", "form", H, 0.10),
        ("G6", "kanban", H, 0.15),
        ("G6", "group_month_state", H, 0.30),
        ("G7", "create_one", NC, 1.0),
        ("G7", "create_thousand", H, 0.15),
        ("G7", "create_thousand", NC, 0.5),
        ("G8", "change_thousand", H, 0.35),
    )
    for number, name, peer, limit in asked:
        value = ratio(figures, f"{name}/ours", f"{name}/{peer}")
        yield Goal(number, f"{name}: ours / {peer}", limit, value)
    yield Goal(
        "G1",
        "list page: ours / the same in plain SQL",
        2.5,
        ratio(figures, "list_all/ours", "list_floor/ours"),
    )
    yield Goal(
        "G2",
        "list page: with rules / without",
        1.3,
        ratio(figures, "list_all/ours", "list_all_sudo/ours"),
    )


def _growth_goals(results, sizes):
    for name in WAITED_FOR:
        small, large = (
            results[size]["figures"][f"{name}/ours"]["ms"] for size in (sizes[0], sizes[-1])
        )
        if len(sizes) > 1:
            yield Goal("growth", f"{name}: {sizes[-1]:,} / {sizes[0]:,}", GROWTH, large / small)


def _engine_goals(figures):
    each = {n: figures[f"sweep_{n}"]["ms"] / n for n in (1000, 10_000)}
    yield Goal("G9", "ms a due duty, of 10,000", 0.5, each[10_000])
    yield Goal("G9", "ms a due duty: of 10,000 / of 1,000", 1.2, each[10_000] / each[1000])
    for number, times in ((1000, 20), (10_000, 100)):
        value = ratio(figures, f"automation_{number}", f"sweep_{number}")
        yield Goal(
            "G9", f"times faster than base_automation, {number:,} due", times, value, False, True
        )
    yield Goal("G10", "1,000 notices: ours / activities of helpdesk", 1.0,
               ratio(figures, "notices_1000", "activities_1000"))  # fmt: skip
    yield Goal(
        "G12", "1 document: ours / wkhtmltopdf", 0.2, ratio(figures, "pdf_1", "wkhtmltopdf_1")
    )
    yield Goal("G12", "50 documents: ours / wkhtmltopdf", 0.2,
               ratio(figures, "pdf_50", "wkhtmltopdf_50"))  # fmt: skip
    read_log = figures["page_logged"]["ms"] - figures["page_unlogged"]["ms"]
    yield Goal("log", "read log of a page of 80, ms", 3, read_log)


def _load_goals(results):
    """Yield what is asked of 8 clients: how many times as many requests as the peer."""
    for result in results.values():
        if load := result.get("load"):
            for name, times in (("list", 3), ("form", 4), ("step", 3)):
                ours, theirs = (load[f"{name}/{side}/8"]["per_second"] for side in ("ours", H))
                what = f"8 clients, {name}: requests a second, ours / {H}"
                yield Goal("G11", what, times, ours / theirs, at_least=True)


def ratio(figures, ours, theirs):
    if ours in figures and theirs in figures:
        return figures[ours]["ms"] / figures[theirs]["ms"]
    return None
