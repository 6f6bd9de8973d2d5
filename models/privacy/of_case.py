from odoo import fields
from odoo.orm.domains import DomainCondition
from odoo.tools import SQL


class OfCase(fields.Many2one):
    """The case to which a record belongs.

    Promise: a rule that asks who has a part in the case is answered by the table of access alone
    (M5). Odoo would look up the case of every record on the way, which says nothing about it.
    """

    def condition_to_sql(self, field_expr, operator, value, model, alias, query):
        if field_expr != self.name or operator != "any!" or not _asks_for_access(value):
            return super().condition_to_sql(field_expr, operator, value, model, alias, query)
        access = model.env["aggression.access"]
        rows = access._search(value.value, bypass_access=True)
        # under a name of its own: the record may be a row of access itself
        its_case = SQL("%s AS __case", access._field_to_sql(rows.table, "incident_id", rows))
        this_case = model._field_to_sql(alias, self.name, query)
        return SQL(
            "EXISTS(SELECT FROM %s AS __rows WHERE __case = %s)",
            rows.subselect(its_case),
            this_case,
        )


def _asks_for_access(value):
    """Tell whether a condition on cases is one on their access, and on nothing else."""
    return (
        isinstance(value, DomainCondition)
        and value.field_expr == "access_ids"
        and value.operator == "any!"
    )
