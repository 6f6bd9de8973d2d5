"""What somebody can try to do with records, as a call that goes through every door alike."""

import json
from typing import NamedTuple

from odoo.tools.json import json_default

OPERATIONS = ("read", "search", "read_group", "export", "write", "create", "unlink", "copy")
MAGIC = {"id", "create_uid", "create_date", "write_uid", "write_date"}


class Call(NamedTuple):
    """A call of a public method, the same for the ORM's own door and for JSON-2."""

    method: str
    ids: list
    arguments: dict
    # How many records the answer tells of; None when it is getting past the door that counts.
    number: object = None


def calls(records, changed):
    """Return {operation: Call} for these records.

    :param dict changed: values that whoever may change such a record can write
    """
    mine = [("id", "in", records.ids)]
    first = records.ids[:1]
    return {
        "read": Call("read", first, {"fields": ["display_name"]}, len),
        "search": Call("search", [], {"domain": mine}, len),
        "read_group": Call(
            "formatted_read_group",
            [],
            {"domain": mine, "groupby": [], "aggregates": ["__count"]},
            lambda groups: groups[0]["__count"],
        ),
        "export": Call(
            "export_data",
            first,
            {"fields_to_export": ["id", "display_name"]},
            lambda answer: len(answer["datas"]),
        ),
        "write": Call("write", first, {"vals": changed}),
        "create": Call("create", [], {"vals_list": [{}]}),
        "unlink": Call("unlink", first, {}),
        "copy": Call("copy", first, {}),
    }


def granted(cell, records):
    """Return {operation: what it has to give} for who has ``cell`` on these records.

    Nobody copies what would bring along something that only the protocol's steps may set.
    """
    sees, number = "r" in cell, len(records)
    guarded = any(records._fields[name].copy for name in getattr(records, "_guarded", ()))
    return {
        **dict.fromkeys(("read", "export"), int(sees)),
        **dict.fromkeys(("search", "read_group"), number if sees else 0),
        "write": "w" in cell,
        "create": "c" in cell,
        "unlink": "d" in cell,
        "copy": sees and "c" in cell and not guarded,
    }


def attempts_to_write(record):
    """Return values that could be written, one by one: what the protocol guards comes last.

    An empty list is left out: writing it changes nothing, so it tells nothing.
    """
    guarded = getattr(record, "_guarded", ())
    stored = [
        field
        for field in record._fields.values()
        if field.store and field.name not in MAGIC and not field.groups
        if record[field.name] or field.type not in ("one2many", "many2many")
    ]
    free = [field for field in stored if field.name not in guarded] or stored
    return [{f.name: sent(f.convert_to_write(record[f.name], record))} for f in free]


def sent(value):
    """Return a value as it looks after travelling over the network."""
    return json.loads(json.dumps(value, default=_as_text))


def _as_text(value):
    return value.decode() if isinstance(value, bytes) else json_default(value)
