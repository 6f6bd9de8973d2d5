"""What the web client asks for when it draws a view: taken from the view itself."""

from lxml import etree

COUNTED = 10_000  # where a list does not say it


def specification(model, kind, view=False):
    """Return the fields that a view of this model asks for, as the web client words it.

    :param model: the model, as the user who looks
    :param str kind: list, kanban or form
    :param int view: which view; by default the one that the model opens with
    """
    answer = model.get_views([(view, kind)])
    return _fields_of(_tree(answer, kind), answer["models"], model._name)


def count_limit(model):
    """Return up to how many records the list of this model counts: one more than it shows."""
    tree = _tree(model.get_views([(False, "list")]), "list")
    return int(tree.get("count_limit") or COUNTED) + 1


def _tree(answer, kind):
    return etree.fromstring(answer["views"][kind]["arch"])


def _fields_of(node, models, model):
    asked = {}
    depth = node.xpath("count(ancestor::field)")
    # the fields that lie within a field are those of its own list
    for field in node.xpath("descendant::field[count(ancestor::field) = $depth]", depth=depth):
        kind = models[model]["fields"][field.get("name")]
        asked[field.get("name")] = _of_one(field, kind, models)
    return asked


def _of_one(field, kind, models):
    if kind["type"] == "many2one":
        return {"fields": {"display_name": {}}}
    if kind["type"] not in ("one2many", "many2many"):
        return {}
    if not len(field):
        return {"fields": {"display_name": {}}}
    return {
        "fields": _fields_of(field[0], models, kind["relation"]),
        "limit": 40,
        "order": field[0].get("default_order"),
    }
