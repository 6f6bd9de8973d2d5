from odoo import api, fields, models
from odoo.exceptions import ValidationError


class RoleAssignment(models.Model):
    """Who holds a role, from which day until which day."""

    _name = "aggression.role.assignment"
    _description = "Holder of a role"
    _inherit = "aggression.policy"
    _order = "role_id, sequence, date_from, id"
    _rec_name = "role_id"

    role_id = fields.Many2one("aggression.role", required=True, index=True, ondelete="cascade")
    sequence = fields.Integer(default=10)
    user_id = fields.Many2one("res.users", "Holder", required=True, index=True)
    date_from = fields.Date("From", required=True, default=fields.Date.context_today)
    date_to = fields.Date("Until", help="Last day. Empty: until further notice.")

    @api.constrains("date_from", "date_to")
    def _check_period(self):
        for assignment in self:
            if assignment.date_to and assignment.date_to < assignment.date_from:
                raise ValidationError(
                    self.env._("A role cannot end before it begins. Correct the dates.")
                )
