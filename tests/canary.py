"""Canaries: a word of its own in every field that holds something of a case, and who hears it."""

import base64
import itertools
import json
import re
import secrets

from odoo.exceptions import AccessError, UserError
from odoo.models import MAGIC_COLUMNS
from odoo.sql_db import Savepoint

WORD = "kanarie"
PLAIN = re.compile(WORD + r"[0-9a-f]{16}")
# The same word inside a file, as it travels and is stored.
ENCODED = re.compile(r"a2FuYXJpZ[0-9A-Za-z+/]{22}=")
SENSITIVE = ("char", "text", "html", "binary")
# What need not be kept from anybody, and why.
HARMLESS = {
    "aggression.incident.reference": "the name of a case, made to tell nothing",
    "aggression.emergency.reference": "the same",
    "aggression.consultation.reference": "the name of a question, made to tell nothing",
    "aggression.causer.reference": "the name of a file, made to tell nothing",
    "aggression.evidence.reference": "the name of a file, made to tell nothing",
}
# Worked out from the source of the addons, in seconds.
SLOW = {
    "ir.module.module": {"description_html", "has_iap"},
    "ir.ui.view": {"invalid_locators", "warning_info"},
}
# The rest of the long tables is older than any case; their columns are searched in the database.
NEWEST = 200
NEUTRAL = re.compile(r"^([A-Z]-[2-9A-Z]{8}|aggression\.[a-z.]+,\d+)$")


def words_in(data):
    """Return the canaries that can be heard in a value, whatever it is."""
    if isinstance(data, bytes):
        data = data.decode("latin-1")
    elif not isinstance(data, str):
        data = str(data)
    decoded = (base64.b64decode(found).decode() for found in ENCODED.findall(data))
    return set(PLAIN.findall(data)) | set(decoded)


def plant(records):
    """Put a canary in each sensitive field of each record.

    The fields come from the registry, so a new one has its canary without anybody's doing; they
    are set in the database, whatever the ORM would allow.

    :return: {canary: field}
    """
    planted = {}
    for record in records:
        for field in record._fields.values():
            if field.type not in SENSITIVE or not (field.store and field.column_type):
                continue
            if str(field) in HARMLESS:
                continue
            word = WORD + secrets.token_hex(8)
            value = base64.b64encode(word.encode()) if field.type == "binary" else word
            # as the field stores it: most of them are sealed
            value = field.convert_to_column(value, record)
            if field.translate:
                value = json.dumps({"en_US": word})
            record.env.cr.execute(
                f'UPDATE {record._table} SET "{field.name}" = %s WHERE id = %s', [value, record.id]
            )
            planted[word] = field
    return planted


def crawl(env):
    """Read everything that the user of ``env`` can read, and return the canaries heard.

    :return: {canary: the model and fields in which it was heard first}
    """
    heard = {}
    for name in sorted(env.registry):
        model = env[name].with_context(active_test=False)
        if model._abstract or not model.has_access("read"):
            continue
        for names, value in _readings(model):
            for word in words_in(value):
                heard.setdefault(word, f"{name}: {', '.join(names)}")
    return heard


def _readings(model):
    """Yield (names of fields, what reading them gave) for all that can be read of a model."""
    names = [
        name
        for name, field in model._fields.items()
        if model._has_field_access(field, "read") and name not in SLOW.get(model._name, ())
    ]
    try:
        records = model.search([], order="id desc", limit=NEWEST)
    except AccessError:
        return
    # One relation to what the user may not know at all spoils the whole: then part by part.
    known, closed = [], []
    for name in names:
        comodel = model._fields[name].comodel_name
        opened = not comodel or model.env[comodel].has_access("read")
        (known if opened else closed).append(name)
    for part in (known, *([name] for name in closed)):
        yield from _reading(records, part)


def _reading(records, names):
    try:
        yield names, records.read(names)
    except AccessError:
        if len(names) > 1:
            for name in names:
                yield from _reading(records, [name])


def labels(env, name, res_id):
    """Yield what the user can find out about a record through models that point at any record.

    Messages and activities show the name of whatever record one points them at, without a look
    at the user's rights (C01); so does, perhaps, some model of another module.
    """
    for pointer in sorted(env.registry):
        model = env[pointer]
        key = next((key for key in ("res_model", "model") if key in model._fields), None)
        if model._abstract or not key or "res_id" not in model._fields:
            continue
        values = {key: name, "res_id": res_id}
        if "res_model_id" in model._fields:
            values["res_model_id"] = env["ir.model"]._get_id(name)
        shown = [shown for shown in ("record_name", "res_name") if shown in model._fields]
        spec = {field: {} for field in [*shown, "display_name"]}
        try:
            answer = model.onchange(dict(values), [], spec)
        except (AccessError, UserError):
            continue
        yield pointer, [answer.get("value", {}).get(field) for field in shown], answer


def specifications(model):
    """Yield what a client may ask of a form: each field alone, and each two that are computed.

    Alone, because one field that refuses would hide another that tells; by two, because what one
    reads as superuser the other finds in the cache (C06).
    """
    fields = {name: field for name, field in model._fields.items() if name not in MAGIC_COLUMNS}
    asked = {name: _asked(model, field) for name, field in fields.items()}
    for name, ways in asked.items():
        for way in ways:
            yield {name: way}
    computed = [name for name, field in fields.items() if field.compute]
    for one, other in itertools.combinations(computed, 2):
        yield {one: asked[one][0], other: asked[other][0]}


def _asked(model, field):
    if field.type not in ("one2many", "many2many"):
        return [{"fields": {"display_name": {}}}] if field.type == "many2one" else [{}]
    known = {"wizard_id", *MAGIC_COLUMNS}
    names = [name for name in model.env[field.comodel_name]._fields if name not in known]
    if field.type == "many2many":
        names = ["display_name"]
    pairs = itertools.combinations_with_replacement(names, 2)
    return [{"fields": dict.fromkeys(pair, {})} for pair in pairs]


def paths(env, start, models, hops):
    """Yield (path, field) for each sensitive field within reach of a model, over relations."""
    found = [((), start, {start})]
    for _hop in range(hops + 1):
        further = []
        for path, name, seen in found:
            for field in env[name]._fields.values():
                if field.type in SENSITIVE and field.column_type and field.type != "binary":
                    yield ".".join([*path, field.name]), field
                if field.comodel_name in models and field.store and field.comodel_name not in seen:
                    step = ((*path, field.name), field.comodel_name, {*seen, field.comodel_name})
                    further.append(step)
        found = further


def undone(env, call):
    """Return what a call returns, None when it is refused; what it did is taken back."""
    savepoint = Savepoint(env.cr)
    try:
        return call()
    except (AccessError, UserError):
        return None
    finally:
        env.cr.clear()
        savepoint.close(rollback=True)
