from odoo import api, fields, models
from odoo.exceptions import ValidationError


class DutyEscalation(models.Model):
    """Who else is told when a duty stays undone after it was overdue.

    Promise: the ladder is data. Its first step is the role that the duty type names, at the
    minute the duty is overdue; each of these is a step after that, and each is told once.
    """

    _name = "aggression.duty.escalation"
    _description = "Step of the ladder when a duty is overdue"
    _inherit = "aggression.policy"
    _order = "duty_type_id, after_hours, id"
    _rec_name = "role_id"

    duty_type_id = fields.Many2one(
        "aggression.duty.type", required=True, index=True, ondelete="cascade"
    )
    after_hours = fields.Integer("Hours overdue", required=True, default=24)
    role_id = fields.Many2one("aggression.role", "Then also", required=True, ondelete="restrict")
    clause = fields.Char(help="The clause of the protocol, or: own proposal.")

    _once = models.UniqueIndex(
        "(duty_type_id, after_hours)", "Somebody is told after that many hours already."
    )

    @api.constrains("after_hours")
    def _check_after_hours(self):
        if any(step.after_hours < 1 for step in self):
            raise ValidationError(
                self.env._("A next role is told at least one hour after the first.")
            )
