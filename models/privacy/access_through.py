from odoo import fields
from odoo.fields import Domain
from odoo.orm.domains import DomainCondition
from odoo.tools import SQL


class AccessThrough(fields.Many2one):
    """The case, or the person hit, through whom somebody has access to a record.

    Promise: a rule that asks who has a part in it is answered by the table of access alone (M5).
    Odoo would look up the case or the person of every record on the way, which tells nothing.
    """

    def condition_to_sql(self, field_expr, operator, value, model, alias, query):
        if field_expr != self.name or operator != "any!" or not _asks_for_access(value):
            return super().condition_to_sql(field_expr, operator, value, model, alias, query)
        access = model.env["aggression.access"]
        rows = access._search(value.value, bypass_access=True)
        inverse = model.env[self.comodel_name]._fields[value.field_expr].inverse_name
        # under a name of its own: the record may be a row of access itself
        its_own = SQL("%s AS __through", access._field_to_sql(rows.table, inverse, rows))
        return SQL(
            "EXISTS(SELECT FROM %s AS __rows WHERE __through = %s)",
            rows.subselect(its_own),
            model._field_to_sql(alias, self.name, query),
        )


def _asks_for_access(value):
    """Tell whether a condition is one on rows of access, and on nothing else."""
    return (
        isinstance(value, DomainCondition)
        and value.field_expr == "access_ids"
        and value.operator == "any!"
        and isinstance(value.value, Domain)
    )
