"""The guards that stand in the database and in the registry: rules, rights, constraints, fields."""

from contextlib import contextmanager
from typing import NamedTuple

from odoo.tools import SQL

from workbench import paths

from .swapping import PACKAGE

RECORDS = {"ir.rule": "record rule", "ir.model.access": "right"}
LETTERS = ("perm_read", "perm_write", "perm_create", "perm_unlink")
CONSTRAINTS = """
    SELECT t.relname, c.conname, 'constraint'
    FROM pg_constraint c JOIN pg_class t ON t.oid = c.conrelid
    WHERE c.contype IN ('c', 'u', 'x') AND t.relname = ANY(%(tables)s)
    UNION ALL
    SELECT t.relname, i.relname, 'index'
    FROM pg_index x JOIN pg_class t ON t.oid = x.indrelid JOIN pg_class i ON i.oid = x.indexrelid
    WHERE x.indisunique AND NOT x.indisprimary AND t.relname = ANY(%(tables)s)
    AND NOT EXISTS (SELECT FROM pg_constraint c WHERE c.conindid = x.indexrelid)
    UNION ALL
    SELECT t.relname, g.tgname, 'trigger'
    FROM pg_trigger g JOIN pg_class t ON t.oid = g.tgrelid
    WHERE NOT g.tgisinternal AND t.relname = ANY(%(tables)s)
    ORDER BY 1, 2
"""


class Record(NamedTuple):
    """A record rule, or a line of the rights of a group."""

    model: str
    id: int
    about: str
    name: str
    in_database = True
    key = None

    def take_away(self, cr):
        table = SQL.identifier(self.model.replace(".", "_"))
        cr.execute(SQL("UPDATE %s SET active = FALSE WHERE id = %s", table, self.id))


class Constraint(NamedTuple):
    """A check, a unique index or a trigger of a table."""

    table: str
    constraint: str
    kind: str
    in_database = True

    @property
    def name(self):
        return f"{self.kind} {self.constraint}"

    @property
    def about(self):
        return self.table.replace("_", ".")

    @property
    def key(self):
        return f"sql {self.constraint}"

    def take_away(self, cr):
        table, name = SQL.identifier(self.table), SQL.identifier(self.constraint)
        statements = {
            "constraint": SQL("ALTER TABLE %s DROP CONSTRAINT %s", table, name),
            "index": SQL("DROP INDEX %s", name),
            "trigger": SQL("DROP TRIGGER %s ON %s", name, table),
        }
        cr.execute(statements[self.kind])


class Guarded(NamedTuple):
    """A field that only the protocol's own steps may set."""

    holder: type
    field: str
    in_database = False
    key = None

    @property
    def about(self):
        return self.holder._name or self.holder._inherit

    @property
    def name(self):
        return f"guarded field {self.about}.{self.field}"

    @contextmanager
    def taken_away(self):
        whole = self.holder._guarded
        self.holder._guarded = whole - {self.field}
        try:
            yield
        finally:
            self.holder._guarded = whole


class Groups(NamedTuple):
    """A field that is there for some groups alone."""

    field: object
    about: str
    in_database = False
    key = None

    @property
    def name(self):
        return f"groups of {self.field}"

    @contextmanager
    def taken_away(self):
        groups, self.field.groups = self.field.groups, None
        try:
            yield
        finally:
            self.field.groups = groups


def find(env):
    """Return all that stands in this registry and its database."""
    models = [
        model
        for _name, model in sorted(env.registry.items())
        if model._original_module == paths.ADDON and model._auto and not model._abstract
    ]
    return [
        *(record for name in RECORDS for record in _records(env, name)),
        *_constraints(env, models),
        *_guarded(env),
        *_groups(models),
    ]


def _records(env, name):
    data = env["ir.model.data"].search(
        [("module", "=", paths.ADDON), ("model", "=", name)], order="name"
    )
    for line in data:
        record = env[name].browse(line.res_id)
        if name == "ir.model.access" and not any(record[letter] for letter in LETTERS):
            continue  # it gives nothing, and stands there to say so
        yield Record(name, record.id, record.model_id.model, f"{RECORDS[name]} {line.name}")


def _constraints(env, models):
    env.cr.execute(CONSTRAINTS, {"tables": [model._table for model in models]})
    return [Constraint(*row) for row in env.cr.fetchall()]


def _guarded(env):
    holders = {
        holder: None
        for name in sorted(env.registry)
        for holder in env.registry[name].mro()
        if holder.__module__.startswith(PACKAGE) and "_guarded" in vars(holder)
    }
    return [Guarded(holder, field) for holder in holders for field in sorted(holder._guarded)]


def _groups(models):
    for model in models:
        for field in model._fields.values():
            if field.groups and str(field).startswith("aggression."):
                yield Groups(field, model._name)
