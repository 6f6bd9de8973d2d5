from collections import defaultdict
from contextlib import contextmanager
from contextvars import ContextVar

from odoo import models
from odoo.fields import Domain
from odoo.tools import SQL

from ..privacy.logged import Logged

LISTS = ("one2many", "many2many")
# The list that names nearly everybody whom the others name: read first, it names them at once.
FIRST = "team_ids"
# Lines without a list on the case's screen, which tells only that there are any.
BESIDE = ("aggression.exclusion", "aggression.aftercare", "aggression.emergency")

# What is seen on the screen that is being read: {(user, superuser mode, model): {case: ids}}.
_seen = ContextVar("aggression_protocol.seen", default=None)


class Incident(models.Model):
    """A case has many lists, of which most are empty: they are looked up in one query.

    Promise: what is found is what a query for each list would find, and it is noted likewise.
    Every list is asked for with the user's own record rules, so the database leaves out what
    the user may not see, and not even the time that it takes tells that it is there (C5).
    """

    _inherit = "aggression.incident"

    def web_read(self, specification):
        """Work out what follows from the lists after these were read, from what is known then.

        Before that, each would be looked up for it, and checked again when it is shown.
        """
        names = sorted(specification, key=FIRST.__ne__)
        first = {name: specification[name] for name in names if not self._waits(name)}
        if not any(map(self._is_list, first)):  # it is by reading these that access is checked
            return super().web_read(specification)
        later = [name for name in specification if name not in first]
        for name in later:
            self._check_field_access(self._fields[name], "read")
        with _screen():
            rows = super().web_read(first)
            worked_out = self.browse([row["id"] for row in rows])._read_format(later, load=None)
        return [{**row, **more} for row, more in zip(rows, worked_out, strict=True)]

    def _waits(self, name):
        """Tell whether this is worked out, and is no list itself."""
        field = self._fields.get(name)
        return bool(field and field.compute and not field.store and not field.relational)

    def _is_list(self, name):
        return name in self._fields and self._fields[name].type in LISTS

    def _seen(self, model):
        """Return the lines of these cases, of a kind of record, that the user may see.

        Looked up apart from the case's own lists, where what is missing would stay in the cache
        as if it did not exist, for superuser mode too.

        :param str model: name of the model; for who may see none of it there are no lines
        """
        lines = self.env[model]
        known = (_seen.get() or {}).get(_place(lines), {})
        if all(id_ in known for id_ in self.ids):
            return lines.browse(line for id_ in self.ids for line in known[id_])
        domain = [("incident_id", "in", self.ids)]
        return lines.search(domain) if lines.has_access("read") else lines

    def _fetch_query(self, query, fields):
        lists = [field for field in fields if self._is_gathered(field)]
        if len(lists) < 2:
            return super()._fetch_query(query, fields)
        fetched = super()._fetch_query(query, [field for field in fields if field not in lists])
        if fetched:
            fetched._gather(lists)
        return fetched

    def _is_gathered(self, field):
        """Tell whether this is a list that the user may ask for; another refuses for itself."""
        return field.type in LISTS and self._lines(field).has_access("read")

    def _lines(self, field):
        return self.env[field.comodel_name].with_context(**{"active_test": False, **field.context})

    def _gather(self, lists):
        """Put these lists of these cases in the cache, and remember what the screen tells."""
        beside = [self.env[name] for name in BESIDE] if _seen.get() is not None else []
        beside = [lines for lines in beside if lines.has_access("read")]
        queries = [self._list_query(field) for field in lists]
        queries += [self._lines_query(lines, Domain.TRUE) for lines in beside]
        arrays = SQL(", ").join(SQL("ARRAY(%s)", query) for query in queries)
        [found] = self.env.execute_query(SQL("SELECT %s", arrays))
        for field, rows in zip(lists, found, strict=False):
            self._keep_list(field, rows)
        for lines, rows in zip(beside, found[len(lists) :], strict=True):
            self._keep_lines(lines, rows)

    def _list_query(self, field):
        """Return the query for the lines of a list: whose it is, its id, what its trace needs."""
        lines, domain = self._lines(field), field.get_comodel_domain(self)
        if field.type == "one2many":
            return self._lines_query(lines, domain, field.inverse_name)
        query = lines._search(domain, order=lines._order)
        return _select(lines, query, self._join_relation(field, query))

    def _lines_query(self, lines, domain, inverse="incident_id"):
        query = lines._search(domain & Domain(inverse, "in", self.ids), order=lines._order)
        return _select(lines, query, lines._field_to_sql(query.table, inverse, query))

    def _join_relation(self, field, query):
        """Let ``query`` go through the relation's own table, as Odoo does; return whose it is."""
        case, line = (
            SQL.identifier(field.relation, name) for name in (field.column1, field.column2)
        )
        query.add_join(
            "JOIN", field.relation, None, SQL("%s = %s", line, SQL.identifier(query.table, "id"))
        )
        query.add_where(SQL("%s IN %s", case, tuple(self.ids)))
        return case

    def _keep_list(self, field, rows):
        lines = self._lines(field)
        by_case = self._keep_lines(lines, rows, whole=not field.domain)
        field._insert_cache(self, [by_case[id_] for id_ in self._ids])
        lines = lines.browse(row[1] for row in rows)
        if isinstance(lines, Logged):
            lines._note_seen()

    def _keep_lines(self, lines, rows, whole=True):
        """Put in the cache what the trace of these lines needs; return {case: ids}.

        :param bool whole: whether these are all lines of their kind
        """
        by_case = defaultdict(list)
        for case, line, *_told in rows:
            by_case[case].append(line)
        by_case = {id_: tuple(by_case[id_]) for id_ in self._ids}
        found = lines.browse(row[1] for row in rows)
        for column, name in enumerate(_traced(lines), start=2):
            lines._fields[name]._insert_cache(found, [row[column] for row in rows])
        if whole and (seen := _seen.get()) is not None:
            seen.setdefault(_place(lines), {}).update(by_case)
        return by_case


@contextmanager
def _screen():
    """Remember, as long as a screen is read, what the user sees of it: nothing changes then."""
    token = _seen.set({})
    try:
        yield
    finally:
        _seen.reset(token)


def _place(lines):
    return lines.env.uid, lines.env.su, lines._name


def _select(lines, query, case):
    told = (lines._field_to_sql(query.table, name, query) for name in ("id", *_traced(lines)))
    return query.select(SQL("ARRAY[%s]", SQL(", ").join([case, *told])))


def _traced(lines):
    """Return the names of what is read along of these lines, so that their trace costs nothing."""
    return lines._traced if isinstance(lines, Logged) else ()
