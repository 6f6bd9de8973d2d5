from odoo import api, fields, models
from odoo.exceptions import ValidationError

from .behaviour import LEVELS


class LadderStep(models.Model):
    """One step of the sanction policy: which measures fit a level and a repeat (U5, A12)."""

    _name = "aggression.ladder.step"
    _description = "Step of the ladder of measures"
    _inherit = "aggression.protocol.part"
    _order = "protocol_id, level, from_incident, id"
    _rec_name = "level"

    level = fields.Selection(LEVELS[1:], required=True)
    from_incident = fields.Integer(
        "From incident",
        default=1,
        required=True,
        help="1: from the first incident of this causer. 2: from the second, and so on.",
    )
    measure_type_ids = fields.Many2many("aggression.measure.type", string="Measures")
    months = fields.Integer(
        "Period (months)", help="For measures with a period. 0: the usual period of the measure."
    )

    _once = models.UniqueIndex(
        "(protocol_id, level, from_incident)",
        "The ladder already has a step for this level and this number of incidents.",
    )

    @api.constrains("from_incident")
    def _check_from_incident(self):
        if any(step.from_incident < 1 for step in self):
            raise ValidationError(self.env._("The first incident is number 1."))
