from odoo import api, fields, models
from odoo.exceptions import UserError

from ..privacy.sealing import SealedText
from ..protocol.measure_type import LEGAL_NATURES

# heaviest first: the letter carries the remedy against this one
REMEDIES = ("decision", "meeting", "private")
OUTCOMES = [
    ("as_proposed", "As the protocol proposes"),
    ("changed", "Other than the protocol proposes"),
    ("none", "No measure"),
]
HEARINGS = [
    ("heard", "The citizen was heard"),
    ("waived", "Not heard, for a reason"),
    ("not_needed", "Not needed for these measures"),
]


class Decision(models.Model):
    """What the mayor decided in a case, on which grounds.

    Promise: one decision counts at a time, made by the decider in office for this case (A1, C3);
    it says whether the citizen was heard, and why the protocol was left where it was (U5).
    """

    _name = "aggression.decision"
    _description = "Decision"
    _inherit = "aggression.confidential"
    _order = "id desc"

    causer_id = fields.Many2one("aggression.causer", readonly=True, ondelete="restrict")
    outcome = fields.Selection(OUTCOMES, required=True, readonly=True)
    measure_ids = fields.One2many("aggression.measure", "decision_id", "Measures", readonly=True)
    grounds = SealedText(readonly=True, help="What was done, and why this fits.")
    deviation_reason = SealedText("Why other than proposed", readonly=True)
    repeat_sentence = fields.Char("First or repeated", readonly=True)
    earlier_incidents = fields.Integer(readonly=True, aggregator=None)
    hearing = fields.Selection(HEARINGS, required=True, readonly=True)
    heard_on = fields.Date(readonly=True)
    view = SealedText("View of the citizen", readonly=True)
    waiver_reason = SealedText("Why not heard", readonly=True)
    decided_by_id = fields.Many2one("res.users", "Decided by", required=True, readonly=True)
    decided_as_id = fields.Many2one("aggression.role", "As", required=True, readonly=True)
    decided_at = fields.Datetime(required=True, readonly=True)
    letter_measure_ids = fields.Many2many("aggression.measure", compute="_compute_letter")
    remedy = fields.Selection(LEGAL_NATURES, compute="_compute_letter")
    lang = fields.Char(compute="_compute_letter")
    superseded = fields.Boolean(
        readonly=True, help="A later decision in this case has taken its place."
    )

    _guarded = frozenset(
        {
            "incident_id",
            "causer_id",
            "outcome",
            "measure_ids",
            "grounds",
            "deviation_reason",
            "repeat_sentence",
            "earlier_incidents",
            "hearing",
            "heard_on",
            "view",
            "waiver_reason",
            "decided_by_id",
            "decided_as_id",
            "decided_at",
            "superseded",
        }
    )

    _one_counts = models.UniqueIndex(
        "(incident_id) WHERE superseded IS NOT TRUE",
        "This case has been decided already. Reload the page to see the decision.",
    )

    @api.depends("measure_ids.type_id")
    def _compute_letter(self):
        """Say what the letter tells: its measures, the remedy against the heaviest of them, and
        the language of the municipality, whoever prints it."""
        for decision in self:
            measures = decision.measure_ids.filtered("type_id.letter")
            natures = measures.type_id.mapped("legal_nature")
            decision.letter_measure_ids = measures
            decision.remedy = next((nature for nature in REMEDIES if nature in natures), False)
            decision.lang = decision.incident_id.company_id.partner_id.lang

    def action_print_letter(self):
        """Print the letter to the causer."""
        self.ensure_one()
        if not self.letter_measure_ids:
            raise UserError(self.env._("This decision holds no measure that goes by letter."))
        return self.env.ref("aggression_protocol.report_decision_letter").report_action(self)
