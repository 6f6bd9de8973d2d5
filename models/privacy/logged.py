from itertools import chain

from odoo import api, models
from odoo.exceptions import AccessError

from .asker import DOWNLOADED, EXPORTED, LISTED, REFUSED, asker, is_search, is_superuser
from .readings import Key, waiting

# Who tries so many records at once is trying numbers: one row tells that, with how many.
MANY_REFUSED = 100
# What a grouped list or a graph shows: numbers, by something that is no text.
COUNTED = frozenset({"__count"})
TOLD_BY_GROUPS = frozenset({"selection", "date", "datetime", "boolean", "many2one", "integer"})


class Logged(models.AbstractModel):
    """A record that leaves a trace when it is read.

    Promise: whoever opens, lists, prints, exports or downloads it, or is refused it, by whatever
    way, is in the read log with that, also when the request fails (C5, M5). What code looks up
    for itself with superuser rights is no reading; code that hands something over in that way
    calls :meth:`_note_reading`.
    """

    _name = "aggression.logged"
    _description = "Record that leaves a trace when it is read"
    _inherit = "aggression.guarded"

    # The fields that tell which case a record belongs to.
    _traced = ()
    # The fields from which code works out what is shown beside it.
    _along = ()

    def _note_reading(self, kind=None):
        """Note that the person behind the call reads these records: the line for own routes.

        No record means: this kind of record, of no case in particular.

        :param str kind: one of the read log's kinds; by default what the request tells
        """
        someone = asker(self.env)
        if someone is None:
            return
        kind = kind or someone.kind
        key = Key(someone.user_id, someone.superuser, someone.way, kind, self._name)
        noted = waiting(self.env, key)
        fresh = self.browse([id_ for id_ in self.ids if id_ not in noted])
        if kind == REFUSED:
            fresh = fresh.exists()  # or who is refused could tell by the error
        if kind == REFUSED and len(fresh) > MANY_REFUSED:
            noted.update(dict.fromkeys(fresh._ids, (None, None)))
        elif fresh:
            if kind == REFUSED:
                # what is read on the way would lie in the cache, where nobody is refused it
                fresh = fresh.with_context(prefetch_fields=False)
            noted.update(fresh._cases_read())

    def _note_seen(self, kind=None):
        """Note that these records were read, unless by code for itself."""
        if self._origin and self._is_read_by_a_person():
            self._note_reading(kind)

    def _is_read_by_a_person(self):
        """Tell whether the record rules look on, or an administrator became the superuser."""
        return not self.env.su or is_superuser(self.env)

    def _cases_read(self):
        """Return {id: (incident id, affected person id or None)} of these records.

        With an affected person it is about them alone, and no other person hit is told.
        """
        raise NotImplementedError

    # -- what is seen ---------------------------------------------------------------------

    def _fetch_query(self, query, fields):
        reads = not fields or any(field.column_type for field in fields)
        if reads and self._is_read_by_a_person():
            # what the log must know comes along with what is read or found: no query more
            along = (self._fields[name] for name in (*self._traced, *self._along))
            fields = list(dict.fromkeys([*fields, *along]))
        fetched = super()._fetch_query(query, fields)
        fetched._note_seen()
        return fetched

    def _read_format(self, fnames, load="_classic_read"):
        # also what was in the cache already, and was not fetched
        values = super()._read_format(fnames, load)
        read = self.browse([row["id"] for row in values])
        read._note_seen(DOWNLOADED if self._holds_bytes(fnames) else None)
        return values

    def _holds_bytes(self, fnames):
        """Tell whether reading these fields hands over a file, not just its size."""
        context = self.env.context
        return not context.get("bin_size") and any(
            self._fields[name].type == "binary" and not context.get(f"bin_size_{name}")
            for name in fnames
        )

    def export_data(self, fields_to_export):
        rows = super().export_data(fields_to_export)
        self._note_seen(EXPORTED)
        return rows

    @api.model
    @api.readonly
    def search_count(self, domain, limit=None):
        number = super().search_count(domain, limit=limit)
        # Asked from outside: with enough questions a count tells a text letter by letter.
        if self._is_read_by_a_person() and is_search(self.env):
            self.browse()._note_reading(LISTED)
        return number

    def _read_group(self, domain, groupby=(), aggregates=(), *args, **kwargs):
        groups = super()._read_group(domain, groupby, aggregates, *args, **kwargs)
        self._note_figures(domain, groupby, aggregates)
        return groups

    def _read_grouping_sets(self, domain, grouping_sets, aggregates=(), order=None):
        groups = super()._read_grouping_sets(domain, grouping_sets, aggregates, order)
        self._note_figures(domain, set(chain.from_iterable(grouping_sets)), aggregates)
        return groups

    def _read_group_groupby(self, alias, groupby_spec, query):
        if alias != self._table and self._is_read_by_a_person():
            self.browse()._note_reading(LISTED)  # from another model, by a path
        return super()._read_group_groupby(alias, groupby_spec, query)

    def _note_figures(self, domain, groupby, aggregates):
        """Note a reading by groups: mere numbers are about no case, values are about each."""
        if not self._is_read_by_a_person():
            return
        if COUNTED.issuperset(aggregates) and all(map(self._is_told_by_groups, groupby)):
            self.browse()._note_reading(LISTED)
        else:
            self.browse(self._search(domain))._note_seen(LISTED)

    def _is_told_by_groups(self, spec):
        """Tell whether grouping by this says no more of a record than where it is counted."""
        name = spec.partition(":")[0]
        return "." not in name and self._fields[name].type in TOLD_BY_GROUPS

    # -- what is refused ------------------------------------------------------------------

    def _check_access(self, operation):
        if operation == "read" and self and self._are_all_found():
            return None
        refusal = super()._check_access(operation)
        if refusal is None:
            return None
        forbidden, make_error = refusal

        def refuse():  # called when somebody is told, not when code merely asks
            forbidden._note_reading(REFUSED)
            return make_error()

        return forbidden, refuse

    def _are_all_found(self):
        """Ask the database whether the user may read these.

        Odoo holds the rules against each record, and would look up for that who is in its case.
        """
        if not all(self._ids) or not self.browse().has_access("read"):
            return False
        return len(self._search([("id", "in", self._ids)], active_test=False)) == len(self)

    def fetch(self, field_names=None):
        try:
            return super().fetch(field_names)
        except AccessError:
            there = self.exists()
            if forbidden := there - there._filtered_access("read"):
                forbidden._note_reading(REFUSED)
            raise

    def _check_field_access(self, field, operation):
        try:
            return super()._check_field_access(field, operation)
        except AccessError:
            self._note_reading(REFUSED)
            raise

    def _refuse_guarded(self, names):
        try:
            return super()._refuse_guarded(names)
        except AccessError:
            self._note_reading(REFUSED)
            raise


def note_reading(records, kind):
    """Note a reading of records of any model, by code that does not know which."""
    if records and isinstance(records, Logged):
        records._note_reading(kind)
