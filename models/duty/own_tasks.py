from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from .duty import OPEN
from .urgency import OVERDUE, TODAY


class Duty(models.Model):
    """What waits for somebody: to be done, or to be seen to because somebody else let it lie.

    Promise: the list, the counter in the menu and the summary by mail are about the same tasks;
    the first page comes as quickly from a million cases as from ten.
    """

    _inherit = "aggression.duty"

    is_mine = fields.Boolean("Mine", compute="_compute_is_mine", search="_search_is_mine")

    @api.depends("user_id", "told_ids", "state")
    @api.depends_context("uid")
    def _compute_is_mine(self):
        for duty in self:
            told = duty.told_ids if duty.state == OPEN else duty.told_ids.browse()
            duty.is_mine = self.env.user in duty.user_id | told

    @api.model
    def _search_is_mine(self, operator, value):
        """Look up first what the user was told of: of most people that is nothing.

        Without it the database takes the tasks in the order of their terms, and stops when the
        page is full.
        """
        if operator != "in" or value != {True}:
            return NotImplemented
        # superuser mode: the rules of whoever searches come on top of this
        told = self.sudo().search(
            Domain("told_ids", "in", self.env.uid) & Domain("state", "=", OPEN), order="id"
        )
        own = Domain("user_id", "=", self.env.uid)
        return own | Domain("id", "in", told.ids) if told else own

    @api.model
    def _mine(self):
        """Return the domain of what waits for the user."""
        return Domain("is_mine", "=", True) & Domain("state", "=", OPEN)

    @api.readonly
    def count_mine(self):
        """Return how many of the user's own tasks must be done today, whatever ``self`` holds.

        :return: {"overdue": number, "today": number}; zeros for who has no tasks to see (C5)
        """
        if not self.has_access("read"):
            return {OVERDUE: 0, TODAY: 0}
        now, _tonight, _week = self._urgency_bounds()
        pressing = self._search(self._mine() & Domain("urgency", "in", [OVERDUE, TODAY]))
        due_at = self._field_to_sql(pressing.table, "due_at", pressing)
        overdue = SQL("count(*) FILTER (WHERE %s <= %s)", due_at, now)
        [(late, all_of_them)] = self.env.execute_query(pressing.select(overdue, SQL("count(*)")))
        return {OVERDUE: late, TODAY: all_of_them - late}
