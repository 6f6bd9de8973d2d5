from odoo import api, fields, models

from ...rules import norm
from ..privacy.access import DECIDER, HANDLER
from ..privacy.sealing import SealedText
from .incident import OUTCOMES

AIMS = [
    (norm.NO_AIM, "None: letting off steam"),
    (norm.HARM, "To harm, hurt or frighten"),
    (norm.GOAL, "To get or prevent something"),
    (norm.UNKNOWN_AIM, "Not known"),
]


class Assessment(models.Model):
    """How a case was classified: the facts that were established and what the norm makes of them.

    Promise: the outcome follows from the facts by the protocol, with its reason in a sentence;
    nobody types it in, and feeling, cause or blame cannot change it (U3, U4, N1 to N4). What led
    to it may be about the person hit: it is read by who handles or decides alone.
    """

    _name = "aggression.assessment"
    _description = "Classification"
    _inherit = "aggression.confidential"
    _order = "id desc"

    _guarded = frozenset(
        {
            "incident_id",
            "behaviour_ids",
            "directed",
            "aim",
            "cause_note",
            "outcome",
            "level",
            "sentence",
            "assessed_by_id",
            "assessed_at",
        }
    )

    behaviour_ids = fields.Many2many("aggression.behaviour", required=True)
    directed = fields.Boolean("Directed at the person")
    aim = fields.Selection(AIMS, required=True)
    cause_note = SealedText("Cause, as it was written down", groups=".")
    cause_words = fields.Text("Cause, or own share in it", compute="_compute_cause_words")
    outcome = fields.Selection(OUTCOMES, required=True)
    level = fields.Integer(aggregator=None)
    sentence = fields.Char("Reason", required=True)
    assessed_by_id = fields.Many2one("res.users", "Classified by", required=True)
    assessed_at = fields.Datetime("Classified at", required=True)

    @api.depends("cause_note")
    @api.depends_context("uid")
    def _compute_cause_words(self):
        for assessment in self:
            works_on_it = assessment.incident_id._has_role(HANDLER, DECIDER)
            assessment.cause_words = works_on_it and assessment.sudo().cause_note
