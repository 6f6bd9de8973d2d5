from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...rules.prevention import ON_REQUEST, ONCE_A_PERIOD, YEARLY

CADENCES = [
    (ONCE_A_PERIOD, "At each new council period"),
    (YEARLY, "Every year"),
    (ON_REQUEST, "On request"),
]


class PreventionKind(models.Model):
    """A meeting or training by which the municipality prevents aggression (V4 to V6)."""

    _name = "aggression.prevention.kind"
    _description = "Kind of prevention"
    _inherit = "aggression.protocol.part"
    _order = "protocol_id, sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    clause = fields.Char(help="The clause of the protocol, or: own proposal.")
    cadence = fields.Selection(CADENCES, "How often", required=True, default=ON_REQUEST)
    weeks = fields.Integer(
        "Within (weeks)", default=13, help="After the beginning of the council period."
    )
    agenda = fields.Text(
        translate=True, help="One topic a line. Nothing confidential belongs here."
    )
    with_lessons = fields.Boolean("Lessons on the agenda")

    @api.constrains("weeks")
    def _check_weeks(self):
        for kind in self:
            if not 1 <= kind.weeks <= 520:
                raise ValidationError(
                    self.env._("Give %(activity)s a term of 1 to 520 weeks.", activity=kind.name)
                )
