"""How the database finds what a limited user sees: never by reading through the register."""

from measuring.ours import OPEN

TABLE = "aggression_incident"


def scans(ours):
    """Return {what was asked: the tables of cases that were read from end to end}."""
    case = ours.records.browse(ours.cases[:1])
    mine = ours.env[ours.duties]
    queries = {
        "list": ours.records._search([], limit=80, order=ours.order),
        "open": ours.records._search(OPEN, limit=80, order=ours.order),
        "count": ours.records._search(OPEN),
        "form": ours.records._search([("id", "=", case.id)]),
        "search": ours.records._search([("reference", "=", ours.references[0])], limit=80),
        "tasks": mine._search(mine._mine(), limit=80, order="due_at, id"),
    }
    return {name: _scanned(ours.cr, query) for name, query in queries.items()}


def _scanned(cr, query):
    statement = query.select()
    cr.execute("EXPLAIN (FORMAT JSON) " + statement.code, statement.params)
    nodes = _nodes(cr.fetchone()[0][0]["Plan"])
    return [
        node["Relation Name"]
        for node in nodes
        if node["Node Type"] == "Seq Scan" and node["Relation Name"] in (TABLE, "aggression_duty")
    ]


def _nodes(plan):
    yield plan
    for child in plan.get("Plans", ()):
        yield from _nodes(child)
