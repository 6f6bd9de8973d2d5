from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain


class HandoverWizard(models.TransientModel):
    """End that somebody holds a role, knowing how much work moves and to whom.

    Promise: the functional manager, who sees no case, sees numbers and names of holders; not of
    cases that they are kept out of themself (C3, C5).
    """

    _name = "aggression.handover.wizard"
    _description = "Hand over a role"
    _inherit = "aggression.own.wizard"

    assignment_id = fields.Many2one("aggression.role.assignment", required=True, readonly=True)
    role_id = fields.Many2one(related="assignment_id.role_id", related_sudo=False)
    holder_id = fields.Many2one(related="assignment_id.user_id", related_sudo=False)
    last_day = fields.Date(required=True, default=fields.Date.context_today)
    successor_id = fields.Many2one("res.users", "New holder")
    takes_over = fields.Char("Who takes over", compute="_compute_takes_over")
    case_count = fields.Integer("Open cases that move", compute="_compute_counts")
    duty_count = fields.Integer("Open tasks that move", compute="_compute_counts")

    @api.depends("assignment_id", "successor_id", "last_day")
    def _compute_takes_over(self):
        for wizard in self:
            names = (wizard.successor_id or wizard._next_holders()).mapped("name")
            wizard.takes_over = ", ".join(names) or self.env._("Nobody: appoint a new holder.")

    def _next_holders(self):
        users = self.env["res.users"]
        if not (self.assignment_id and self.last_day):
            return users
        following = self.last_day + timedelta(days=1)
        without = self.holder_id.ids
        return users.browse(self.role_id._holder_ids_on(following, without))

    @api.depends("assignment_id")
    def _compute_counts(self):
        for wizard in self:
            cases, duties = wizard._work()
            wizard.case_count, wizard.duty_count = cases, duties

    def _work(self):
        """Return how many open cases and open tasks the holder has by this role."""
        self.assignment_id.check_access("write")
        given = Domain("user_id", "=", self.holder_id.id) & Domain("role_id", "=", self.role_id.id)
        known = Domain(
            "incident_id", "any", self.env["aggression.incident"]._existing_for(self.env.uid)
        )
        ((cases,),) = (
            self.env["aggression.access"]
            .sudo()
            ._read_group(
                given & known & Domain("incident_id.state", "!=", "closed"),
                [],
                ["incident_id:count_distinct"],
            )
        )
        caring = Domain("talk_id.aftercare_id.affected_id.access_ids", "any", given)
        duties = (
            self.env["aggression.duty"]
            .sudo()
            .search_count(
                known
                & Domain("state", "=", "open")
                & Domain("user_id", "=", self.holder_id.id)
                & (Domain("role_id", "=", self.role_id.id) | caring)
            )
        )
        return cases, duties

    def action_hand_over(self):
        """End the assignment after its last day, and appoint the new holder from the next."""
        self._require_own()
        assignment = self.assignment_id
        if self.successor_id:
            # first, so that the work goes to them at once and not by way of the substitute
            assignment.create(
                {
                    "role_id": assignment.role_id.id,
                    "sequence": assignment.sequence,
                    "user_id": self.successor_id.id,
                    "date_from": self.last_day + timedelta(days=1),
                }
            )
        assignment.date_to = self.last_day
        return self._close()


class RoleAssignment(models.Model):
    _inherit = "aggression.role.assignment"

    def action_hand_over(self):
        """Open the screen that ends this assignment."""
        self.ensure_one()
        self.check_access("write")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Hand over"),
            "res_model": "aggression.handover.wizard",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_assignment_id": self.id},
        }
