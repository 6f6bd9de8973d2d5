from odoo import api, fields, models

from ...rules.objection import last_day_to_object
from ..privacy.sealing import SealedText

OUTCOMES = [
    ("as_proposed", "As the protocol proposes"),
    ("changed", "Other than the protocol proposes"),
    ("none", "No measure"),
]
HEARINGS = [
    ("heard", "The citizen was heard"),
    ("silent", "Asked, but the citizen did not answer"),
    ("waived", "Not heard, for a reason"),
    ("not_needed", "Not needed for these measures"),
]
WAYS_OF_SENDING = [
    ("registered", "By registered post"),
    ("post", "By post"),
    ("handed_over", "Handed over in person"),
    ("email", "By e-mail"),
]


class Decision(models.Model):
    """What the mayor decided in a case, on which grounds.

    Promise: one decision counts at a time, made by the decider in office for this case (A1, C3).
    It holds all that a judge asks for: the conduct and the evidence, whether the citizen was
    heard, why the measure is in proportion, and why the protocol was left where it was (U5).
    """

    _name = "aggression.decision"
    _description = "Decision"
    _inherit = ["aggression.confidential", "aggression.decision.letter"]
    _order = "id desc"

    causer_id = fields.Many2one("aggression.causer", readonly=True, ondelete="restrict")
    outcome = fields.Selection(OUTCOMES, required=True, readonly=True)
    measure_ids = fields.One2many("aggression.measure", "decision_id", "Measures", readonly=True)
    grounds = SealedText("What was done", readonly=True)
    proportionality = SealedText("Why this is in proportion", readonly=True)
    evidence_ids = fields.Many2many(
        "aggression.evidence", string="Evidence that was used", readonly=True
    )
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
    superseded = fields.Boolean(
        readonly=True, help="A later decision in this case has taken its place."
    )
    sent_on = fields.Date("Sent on", readonly=True)
    sent_how = fields.Selection(WAYS_OF_SENDING, "How it was sent", readonly=True)
    last_day_to_object = fields.Date(
        "Last day to object",
        compute="_compute_last_day_to_object",
        store=True,
        help="Six weeks from the day after the letter was sent; none for what is no decision "
        "under the Awb.",
    )
    has_letter = fields.Boolean(compute="_compute_has_letter")

    _guarded = frozenset(
        {
            "incident_id",
            "causer_id",
            "outcome",
            "measure_ids",
            "grounds",
            "proportionality",
            "evidence_ids",
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
            "sent_on",
            "sent_how",
        }
    )

    _one_counts = models.UniqueIndex(
        "(incident_id) WHERE superseded IS NOT TRUE",
        "This case has been decided already. Reload the page to see the decision.",
    )

    @api.depends("sent_on")
    def _compute_last_day_to_object(self):
        for decision in self:
            sent = decision.sent_on and decision._open_to_objection()
            decision.last_day_to_object = sent and last_day_to_object(decision.sent_on)

    @api.depends("measure_ids.type_id")
    def _compute_has_letter(self):
        """Look in the list of measures that the case's own screen reads anyway."""
        for decision in self:
            mine = decision.incident_id.measure_ids.filtered(
                lambda measure, decision=decision: measure.decision_id == decision
            )
            decision.has_letter = any(measure.type_id.sudo().letter for measure in mine)

    def _letter_lines(self):
        return self.measure_ids.filtered("type_id.letter")

    def _letter_day(self):
        return self.sent_on or self.incident_id.protocol_id._today()

    def _signatory(self):
        return self.decided_as_id.name, self.decided_by_id.name

    def _earlier(self):
        return self.earlier_incidents
