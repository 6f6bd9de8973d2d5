from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain


class RoleAssignment(models.Model):
    """Who holds a role, from which day until which day; or who stands in for a holder.

    Promise: while somebody stands in, the absent holder gets no new work and keeps what they
    see; after the last day the holder answers again (C3).
    """

    _name = "aggression.role.assignment"
    _description = "Holder of a role"
    _inherit = "aggression.policy"
    _order = "role_id, sequence, date_from, id"
    _rec_name = "role_id"

    role_id = fields.Many2one("aggression.role", required=True, index=True, ondelete="cascade")
    sequence = fields.Integer(default=10)
    user_id = fields.Many2one("res.users", "Holder", required=True, index=True)
    replaces_id = fields.Many2one(
        "res.users",
        "Stands in for",
        help="For an absence: the holder of this role who is away during these days.",
    )
    date_from = fields.Date("From", required=True, default=fields.Date.context_today)
    date_to = fields.Date("Until", help="Last day. Empty: until further notice.")

    @api.constrains("date_from", "date_to")
    def _check_period(self):
        for assignment in self:
            if assignment.date_to and assignment.date_to < assignment.date_from:
                raise ValidationError(
                    self.env._("A role cannot end before it begins. Correct the dates.")
                )

    @api.constrains("role_id", "user_id", "replaces_id", "date_from", "date_to")
    def _check_absence(self):
        for assignment in self.filtered("replaces_id"):
            if assignment.replaces_id == assignment.user_id:
                raise ValidationError(self.env._("Nobody stands in for themself. Choose another."))
            if not assignment.date_to:
                raise ValidationError(
                    self.env._("Say until which day this person stands in. You can extend it.")
                )
            if not assignment._replaced_lines():
                raise ValidationError(
                    self.env._(
                        "%(name)s does not hold the role %(role)s in these days. "
                        "Correct the dates or the person.",
                        name=assignment.replaces_id.name,
                        role=assignment.role_id.name,
                    )
                )

    @api.model
    def _running_on(self, day):
        """Return the domain of the lines that run on a day: who holds a role, or stands in."""
        ends = Domain("date_to", "=", False) | Domain("date_to", ">=", day)
        return Domain("date_from", "<=", day) & ends

    def _replaced_lines(self):
        """Return the lines of the absent holder that this absence falls in."""
        self.ensure_one()
        return self.role_id.assignment_ids.filtered(
            lambda line: (
                line.user_id == self.replaces_id
                and line.date_from <= self.date_to
                and (not line.date_to or line.date_to >= self.date_from)
            )
        )
