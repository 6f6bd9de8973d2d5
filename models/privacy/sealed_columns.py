from odoo import models

from .sealing import Sealed


class Base(models.AbstractModel):
    """A sealed column is refused in words where the database would sort or group by its tokens.

    Here and not on the models, so that swapping the class of a field is all that a model needs.
    """

    _inherit = "base"

    def _order_field_to_sql(self, alias, field_name, direction, nulls, query):
        self._refuse_sealed(field_name)
        return super()._order_field_to_sql(alias, field_name, direction, nulls, query)

    def _read_group_groupby(self, alias, groupby_spec, query):
        self._refuse_sealed(groupby_spec)
        return super()._read_group_groupby(alias, groupby_spec, query)

    def _read_group_select(self, aggregate_spec, query):
        self._refuse_sealed(aggregate_spec)
        return super()._read_group_select(aggregate_spec, query)

    def _refuse_sealed(self, spec):
        name = spec.partition(":")[0].partition(".")[0]
        field = self._fields.get(name)
        if isinstance(field, Sealed):
            raise field._not_by_content(self.env)
