"""Copy a set of rows that belong together many times over, in a few statements a table."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from string import Template

import psycopg2

TURNS = 144  # after so many copies the same people come round again
CORES = 2

# What a copy is: its number, whose turn it is, and how far back in time it lies.
COPIES = """
    CREATE UNLOGGED TABLE bench_copy AS
    SELECT k, k %% %s AS turn, make_interval(days => k * 7919 %% 365) AS back,
        make_interval(days => k %% 20) AS late
    FROM generate_series(1, %s) k
"""
RINGS = "CREATE UNLOGGED TABLE bench_ring (target text, old int, turn int, new int)"
COLUMNS = """
    SELECT column_name, data_type FROM information_schema.columns
    WHERE table_schema = 'public' AND table_name = %s AND is_generated = 'NEVER'
    ORDER BY ordinal_position
"""
REFERENCES = """
    SELECT a.attname, c.confrelid::regclass::text FROM pg_constraint c
    JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
    WHERE c.contype = 'f' AND c.conrelid = %s::regclass
"""
CONSTRAINTS = """
    SELECT conrelid::regclass::text, conname, contype, pg_get_constraintdef(oid)
    FROM pg_constraint
    WHERE (conrelid = ANY(%s::regclass[]) AND contype IN ('p', 'u', 'x', 'f'))
        OR (confrelid = ANY(%s::regclass[]) AND contype = 'f')
    ORDER BY contype = 'f' DESC
"""
INDEXES = """
    SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index
    WHERE indrelid = ANY(%s::regclass[])
"""


@dataclass
class Table:
    """A table of which every row is copied.

    ``where`` chooses the rows; ``values`` gives the SQL of a column in a copy, in which ``$copy``
    is the copy's number and ``${TABLE}`` how far the numbers of that table move on.
    """

    name: str
    where: str = "TRUE"
    values: dict = field(default_factory=dict)


class Multiplication:
    """Rows of ``tables``, times ``copies``.

    :param connect: a function that opens a connection
    :param rings: {table: {number: the numbers that take its place, one a turn}}: who else it is,
        in other copies, that a row refers to
    """

    def __init__(self, connect, tables, rings):
        self._connect = connect
        self._tables = {table.name: table for table in tables}
        self._rings = rings

    def run(self, copies, progress):
        """Make the copies, the indexes and the statistics.

        :param progress: a function that is told what is going on
        """
        self._prepare(copies)
        undone = self._drop_what_slows_down()
        self._on_all_cores(self._copy, self._by_size(), progress, "copying")
        for number, statements in enumerate(undone):
            verb = ("indexing", "keys", "references")[number]
            self._on_all_cores(self._execute, statements, progress, verb)
        self._execute("DROP TABLE bench_copy; DROP TABLE bench_ring")
        self._on_all_cores(self._settle, self._by_size(), progress, "analysing")

    def _prepare(self, copies):
        self._execute(COPIES, (TURNS, copies))
        self._execute(RINGS)
        rows = [
            (target, old, turn, all_new[turn % len(all_new)])
            for target, ring in self._rings.items()
            for old, all_new in ring.items()
            for turn in range(TURNS)
        ]
        for start in range(0, len(rows), 1000):
            some = rows[start : start + 1000]
            marks = ", ".join(["%s"] * len(some))
            self._execute(f"INSERT INTO bench_ring VALUES {marks}", some)
        self._execute("ANALYZE bench_copy; ANALYZE bench_ring")
        self._strides = {name: self._highest(name) for name in self._tables}
        self._references = {name: dict(self._ask(REFERENCES, (name,))) for name in self._tables}

    def _highest(self, name):
        """Return the highest number in a table, or None when its rows have none."""
        if "id" not in dict(self._ask(COLUMNS, (name,))):
            return None
        return self._ask(f"SELECT COALESCE(max(id), 0) FROM {name}")[0][0]

    def _drop_what_slows_down(self):
        """Take away indexes and constraints; return the statements that make them again."""
        names = list(self._tables)
        constraints = self._ask(CONSTRAINTS, (names, names))
        for table, name, _kind, _definition in constraints:
            self._execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
        indexes = self._ask(INDEXES, (names,))
        for name, _definition in indexes:
            self._execute(f"DROP INDEX {name}")
        keys, references = [], []
        for table, name, kind, definition in constraints:
            # what is there was copied from what is right: checking it again takes minutes
            late = " NOT VALID" if kind == "f" else ""
            statement = f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {definition}{late}'
            (references if kind == "f" else keys).append(statement)
        return [definition for _name, definition in indexes], keys, references

    def _by_size(self):
        sizes = {
            name: self._ask("SELECT pg_table_size(%s)", (name,))[0][0] for name in self._tables
        }
        return sorted(sizes, key=sizes.get, reverse=True)

    def _copy(self, name):
        table = self._tables[name]
        columns, values, joins = [], [], []
        for column, kind in self._ask(COLUMNS, (name,)):
            columns.append(f'"{column}"')
            values.append(self._value(table, column, kind, joins))
        self._execute(
            f"INSERT INTO {name} ({', '.join(columns)}) SELECT {', '.join(values)} "
            f"FROM {name} t CROSS JOIN bench_copy c {' '.join(joins)} WHERE {table.where}"
        )
        if self._strides[name] is not None:
            self._execute(
                f"SELECT setval(pg_get_serial_sequence('{name}', 'id'), max(id)) FROM {name}"
            )

    def _value(self, table, column, kind, joins):
        """Return the SQL of a column in a copy; what it needs is added to ``joins``."""
        target = self._references[table.name].get(column)
        if column in table.values:
            strides = {name: stride or 0 for name, stride in self._strides.items()}
            return Template(table.values[column]).substitute(strides, copy="c.k")
        if column == "id":
            return f"t.id + c.k * {self._strides[table.name]}"
        if target in self._strides:
            return f't."{column}" + c.k * {self._strides[target]}'
        if target in self._rings and column not in ("create_uid", "write_uid"):
            alias = f"ring{len(joins)}"
            joins.append(
                f"LEFT JOIN bench_ring {alias} ON {alias}.target = '{target}' "
                f'AND {alias}.old = t."{column}" AND {alias}.turn = c.turn'
            )
            return f'COALESCE({alias}.new, t."{column}")'
        if kind.startswith("timestamp") or kind == "date":
            return f'(t."{column}" - c.back)::{kind}'
        return f't."{column}"'

    def _settle(self, name):
        self._execute(f"VACUUM (ANALYZE) {name}")

    # -- connections of its own, for each statement: they run side by side ------------------

    def _on_all_cores(self, work, items, progress, verb):
        with ThreadPoolExecutor(CORES) as pool:
            for number, _done in enumerate(pool.map(work, items), 1):
                progress(f"{verb} {number} of {len(items)}")

    def _execute(self, statement, values=None):
        self._ask(statement, values, answered=False)

    def _ask(self, statement, values=None, answered=True):
        connection = self._connect()
        try:
            connection.autocommit = True
            with connection.cursor() as cr:
                cr.execute("SET maintenance_work_mem = '512MB'; SET synchronous_commit = off")
                cr.execute(statement, values)
                return cr.fetchall() if answered else None
        finally:
            connection.close()


def connection_to(database):
    """Return a function that opens a connection to a database, by the usual PG variables."""
    return lambda: psycopg2.connect(dbname=database)


def belonging_to(connect, roots, like):
    """Return the names of the tables that hang under ``roots``, the roots with them.

    :param like: the pattern of the names to look among
    """
    query = """
        WITH RECURSIVE hanging AS (
            SELECT unnest(%s::text[]) AS name
            UNION
            SELECT c.conrelid::regclass::text FROM pg_constraint c
            JOIN hanging h ON c.confrelid = h.name::regclass
            WHERE c.contype = 'f' AND c.conrelid::regclass::text LIKE %s)
        SELECT name FROM hanging
    """
    with connect() as connection, connection.cursor() as cr:
        cr.execute(query, (roots, like))
        return [name for (name,) in cr.fetchall()]
