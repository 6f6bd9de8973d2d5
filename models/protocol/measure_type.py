from odoo import api, fields, models
from odoo.exceptions import ValidationError

LEGAL_NATURES = [
    ("decision", "Decision open to objection (Awb)"),
    ("private", "Private-law or factual measure"),
    ("meeting", "Ban from meetings (Municipalities Act, art. 26)"),
    ("factual", "Step without legal effect of its own"),
]


class MeasureType(models.Model):
    """A measure that the protocol knows (A2 to A10): what it is in law and which limits it has.

    Promise: who decides it, whether the citizen is heard first, how long it lasts, when it is
    looked at again and what it never touches is data that the municipality can change. A measure
    that keeps somebody out has an end (a ban without one does not stand in court), and a burden
    is laid on nobody unheard (U5).
    """

    _name = "aggression.measure.type"
    _description = "Measure type"
    _inherit = "aggression.protocol.part"
    _order = "protocol_id, sequence, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True)
    sequence = fields.Integer(default=10)
    legal_nature = fields.Selection(LEGAL_NATURES, required=True, default="factual")
    burdensome = fields.Boolean(
        "Hear the citizen first",
        help="The citizen's view is asked before it is decided, or a reason says why not.",
    )
    view_days = fields.Integer(
        "Days to answer", default=7, help="How long the citizen has to send their view."
    )
    needs_scope = fields.Boolean(
        "Name what it is about", help="Which buildings, services or contacts, or what exactly."
    )
    decider_role_id = fields.Many2one(
        "aggression.role",
        "Decided by",
        ondelete="restrict",
        help="Empty: who decides in the case. A ban from meetings is the chair's.",
    )
    needs_period = fields.Boolean("Has a period with an end")
    default_months = fields.Integer("Usual period (months)")
    max_months = fields.Integer("Longest period (months)", help="0: no limit of its own.")
    review_months = fields.Integer("Looked at again after (months)", help="0: not before it ends.")
    exception_ids = fields.Many2many("aggression.measure.exception", string="Always stays open")
    duty_type_id = fields.Many2one(
        "aggression.duty.type",
        "Carried out by",
        ondelete="restrict",
        help="The duty that comes with this measure; when it is done, the measure is.",
    )
    front_desk = fields.Boolean(
        "Told to the front desk", help="While it applies, it stands on the list of the front desk."
    )
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

    @api.constrains("burdensome", "view_days", "review_months")
    def _check_hearing_and_review(self):
        for kind in self:
            if kind.burdensome and kind.view_days < 1:
                raise ValidationError(
                    self.env._(
                        "Give the citizen at least one day to answer: %(measure)s.",
                        measure=kind.name,
                    )
                )
            if kind.review_months < 0:
                raise ValidationError(
                    self.env._(
                        "Say after how many months %(measure)s is looked at again, or 0.",
                        measure=kind.name,
                    )
                )
