from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..case.incident import OUTCOMES

# What an archivist looked at; whoever changes it has it looked at again.
CHECKED = frozenset({"outcome", "measure_type_ids", "causer_months", "case_months", "source"})


class RetentionTerm(models.Model):
    """How long a case with this outcome is kept, and how long the identity of its causer.

    Promise: a term is the municipality's own once somebody has written down who checked it and
    when; until then nothing is destroyed by it, and a change asks for a new check.
    """

    _name = "aggression.retention.term"
    _description = "Retention term"
    _inherit = "aggression.protocol.part"
    _order = "protocol_id, sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    outcome = fields.Selection(OUTCOMES, required=True)
    measure_type_ids = fields.Many2many(
        "aggression.measure.type",
        string="Only after",
        help="Empty: for every case with this outcome. Of several terms the longest counts.",
    )
    causer_months = fields.Integer(
        "Causer named for (months)",
        required=True,
        help="After this the name, address and description of the causer are taken away. A "
        "number stays, so that it can still be counted whether it was the same person.",
    )
    case_months = fields.Integer(
        "Case kept for (months)", required=True, help="After this the case is destroyed."
    )
    source = fields.Char(translate=True, help="On which category of the selection list it rests.")
    checked_on = fields.Date("Checked on")
    checked_by = fields.Char("Checked by", help="The archivist, or who answers for the archive.")
    to_check = fields.Boolean("To be checked by the archivist", compute="_compute_to_check")

    _case_outlasts_causer = models.Constraint(
        "CHECK (causer_months >= 0 AND case_months >= causer_months)",
        "The causer cannot stay named for longer than the case is kept.",
    )

    @api.depends("checked_on")
    def _compute_to_check(self):
        for term in self:
            term.to_check = not term.checked_on

    @api.constrains("checked_on", "checked_by")
    def _check_by_somebody(self):
        for term in self:
            if bool(term.checked_on) != bool((term.checked_by or "").strip()):
                raise ValidationError(self.env._("Write down who checked this term, and when."))

    def write(self, vals):
        if not CHECKED.isdisjoint(vals) and "checked_on" not in vals:
            vals = {**vals, "checked_on": False, "checked_by": False}
        return super().write(vals)
