"""What the web client asks for when it draws a view: taken from the view itself."""

from lxml import etree


def specification(model, kind, view=False):
    """Return the fields that a view of this model asks for, as the web client words it.

    :param model: the model, as the user who looks
    :param str kind: list, kanban or form
    :param int view: which view; by default the one that the model opens with
    """
    answer = model.get_views([(view, kind)])
    tree = etree.fromstring(answer["views"][kind]["arch"])
    return _fields_of(tree, answer["models"], model._name)


def _fields_of(node, models, model):
    asked = {}
    for field in node.iterfind(".//field"):
        if any(parent.tag == "field" for parent in field.iterancestors() if parent is not node):
            continue
        kind = models[model]["fields"][field.get("name")]
        asked[field.get("name")] = _sub_specification(field, kind, models)
    return asked


def _sub_specification(field, kind, models):
    if kind["type"] == "many2one":
        return {"fields": {"display_name": {}}}
    if kind["type"] not in ("one2many", "many2many"):
        return {}
    if not len(field):
        return {"fields": {"display_name": {}}}
    return {"fields": _fields_of(field[0], models, kind["relation"]), "limit": 40}
