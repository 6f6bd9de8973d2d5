from odoo import api, fields, models, tools
from odoo.fields import Command


class Policy(models.AbstractModel):
    """A record of the protocol's data.

    Promise: what people read in the backoffice is what the rules follow from that moment on; the
    compiled playbooks, and what a worker remembers of the records themselves, are thrown away
    with every change.
    """

    _name = "aggression.policy"
    _description = "Protocol data"

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        self.env.registry.clear_cache()
        return records

    def write(self, vals):
        result = super().write(vals)
        self.env.registry.clear_cache()
        return result

    def unlink(self):
        result = super().unlink()
        self.env.registry.clear_cache()
        return result

    def _update_field_translations(self, *args, **kwargs):
        result = super()._update_field_translations(*args, **kwargs)
        self.env.registry.clear_cache()
        return result

    def fetch(self, field_names=None):
        """Take what the worker remembers, of what the user may see."""
        columns, rows = self._remembered()
        known = self.browse(id_ for id_ in self._ids if id_ in rows)
        if known and known.has_access("read"):
            known._recall(columns, rows)
        return super().fetch(field_names)

    def _recall(self, columns, rows):
        for position, name in enumerate(columns):
            values = [rows[id_][position] for id_ in self._ids]
            self._fields[name]._insert_cache(self, values)

    @tools.ormcache("self.env.lang")
    def _remembered(self):
        """Return the names of the columns, and {id: their values} of all records, as stored."""
        self.flush_model()
        columns = [field for field in self._fields.values() if _is_remembered(field)]
        query = self.sudo()._search([], active_test=False)
        terms = (self._field_to_sql(self._table, field.name, query) for field in columns)
        rows = self.env.execute_query(
            query.select(self._field_to_sql(self._table, "id", query), *terms)
        )
        return [field.name for field in columns], {id_: values for id_, *values in rows}

    def _point_to_twins(self, twins):
        """Replace references by those to the copies in ``twins``: {(model, id): id of its copy}."""
        self.ensure_one()
        for name, field in self._fields.items():
            if field.type in ("many2one", "many2many") and self[name]:
                ids = [twins.get((field.comodel_name, old), old) for old in self[name].ids]
                if ids != self[name].ids:
                    self[name] = ids[0] if field.type == "many2one" else [Command.set(ids)]


def _is_remembered(field):
    """Tell whether this is a column that Odoo reads along with any other."""
    return field.store and field.column_type and field.prefetch is True and field.name != "id"


class ProtocolPart(models.AbstractModel):
    """A part of one version of a protocol: it is copied and deleted with that version."""

    _name = "aggression.protocol.part"
    _description = "Part of a protocol"
    _inherit = "aggression.policy"

    protocol_id = fields.Many2one(
        "aggression.protocol", required=True, index=True, ondelete="cascade"
    )
