"""Questions by which somebody could find out what they cannot read."""

import secrets

from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from .canary import SENSITIVE, WORD

REFUSED = "refused"


def leads(env, targets, hops):
    """Return {model: how many relations away the nearest of ``targets`` is}, up to ``hops``."""
    near = dict.fromkeys(targets, 0)
    for hop in range(1, hops + 1):
        for name, model in env.registry.items():
            if name not in near and any(
                near.get(field.comodel_name, hops) < hop for field in _relations(model)
            ):
                near[name] = hop
    return near


def _relations(model):
    return [f for f in model._fields.values() if f.comodel_name and f._description_searchable]


def routes(env, start, near, hops, path=()):
    """Yield (relations to follow, model at the end) from a model to each target within reach."""
    if near.get(start) == 0:
        yield path, start
    if hops:
        for field in _relations(env[start]):
            if near.get(field.comodel_name, hops) < hops:
                yield from routes(env, field.comodel_name, near, hops - 1, (*path, field.name))


def told(start, model, path, truth):
    """Return what a search on ``start`` tells of the fields of ``model`` at the end of a path.

    :param path: relations that lead to ``model``
    :param dict truth: {field: values that it really has, of records that must stay unknown}
    """
    alone, together = [], []
    for field, values in truth.items():
        if field.model_name != model._name or not values:
            continue
        if path and field.name == "id":
            continue  # that is the relation itself, for who may read what points there
        name = ".".join([*path, field.name])
        pair = _like(name, values) if field.type in SENSITIVE else _equal(name, field, values)
        # what is sealed or for nobody is refused, and would spoil the question about the rest
        open_to_some = getattr(field, "exportable", True) and not field.groups
        (together if open_to_some else alone).append((name, *pair))
    if together:
        _names, true, false = zip(*together, strict=True)
        found = answer(start, Domain.OR(true))
        if found == REFUSED:
            alone += together
        elif found != answer(start, Domain.OR(false)):
            return [".".join([*path, "(everything)"])]
    return [name for name, true, false in alone if answer(start, true) != answer(start, false)]


def _like(name, words):
    false = WORD + secrets.token_hex(8)
    return tuple(
        Domain.OR(Domain(name, "=like", f"{word[:-4]}%") for word in some)
        for some in (words, [false])
    )


def _equal(name, field, values):
    false = {"date": "1900-01-01", "datetime": "1900-01-01 00:00:00"}.get(field.type, -1)
    if field.type == "selection":
        false = "no such thing"
    return Domain(name, "in", list(values)), Domain(name, "in", [false])


def answer(model, domain):
    """Return how many records somebody finds, or that they were refused the question."""
    try:
        return model.search_count(domain)
    except (AccessError, UserError):
        return REFUSED
