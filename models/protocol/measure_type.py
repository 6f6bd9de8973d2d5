from odoo import api, fields, models
from odoo.exceptions import ValidationError

LEGAL_NATURES = [
    ("decision", "Decision open to objection (Awb)"),
    ("private", "Private-law or factual measure"),
    ("meeting", "Ban from meetings (Municipalities Act, art. 26)"),
    ("factual", "Step without legal effect of its own"),
]


class MeasureType(models.Model):
    """A measure that the protocol knows (5.2): what it is in law and which limits it has.

    Promise: a measure that keeps somebody out has an end (domain law: a ban without end does
    not stand in court), and a burden is laid on nobody unheard (U5).
    """

    _name = "aggression.measure.type"
    _description = "Measure type"
    _inherit = "aggression.policy"
    _order = "protocol_id, sequence, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True)
    protocol_id = fields.Many2one(
        "aggression.protocol", required=True, index=True, ondelete="cascade"
    )
    sequence = fields.Integer(default=10)
    legal_nature = fields.Selection(LEGAL_NATURES, required=True, default="factual")
    burdensome = fields.Boolean(
        "Hear the citizen first",
        help="The citizen's view is asked before it is decided, or a reason says why not.",
    )
    needs_period = fields.Boolean("Has a period with an end")
    default_months = fields.Integer("Usual period (months)")
    max_months = fields.Integer("Longest period (months)", help="0: no limit of its own.")
    letter = fields.Boolean("Told in the letter", default=True)
    letter_text = fields.Html(
        translate=True, help="What the letter says about this measure, in plain words."
    )

    _code_once = models.UniqueIndex(
        "(protocol_id, code)", "This protocol already has a measure type with that code."
    )

    @api.constrains("needs_period", "default_months", "max_months")
    def _check_period(self):
        for kind in self.filtered("needs_period"):
            if kind.default_months < 1:
                raise ValidationError(
                    self.env._("Say how many months %(measure)s usually lasts.", measure=kind.name)
                )
            if kind.max_months and kind.default_months > kind.max_months:
                raise ValidationError(
                    self.env._(
                        "The usual period of %(measure)s is longer than its longest period.",
                        measure=kind.name,
                    )
                )
