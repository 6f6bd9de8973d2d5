from odoo import fields, models

from ..case.incident import OUTCOMES
from .retention import CLOCKS


class RetentionCount(models.Model):
    """A number on a destruction list: so many cases of one year, with one outcome.

    Promise: it tells how many and never which (C5); it stays as long as the list.
    """

    _name = "aggression.retention.count"
    _description = "Number on a destruction list"
    _inherit = ["aggression.append.only", "aggression.guarded"]
    _rec_name = "run_id"
    _order = "run_id desc, clock, year, outcome, id"
    _log_access = False
    _forgets = False
    _guarded = frozenset({"run_id", "clock", "outcome", "year", "number"})

    run_id = fields.Many2one(
        "aggression.retention.run", required=True, readonly=True, index=True, ondelete="restrict"
    )
    clock = fields.Selection(CLOCKS, "What is done", required=True, readonly=True)
    outcome = fields.Selection(OUTCOMES, required=True, readonly=True)
    year = fields.Char("Year of the report", required=True, readonly=True)
    number = fields.Integer("Cases", required=True, readonly=True)
