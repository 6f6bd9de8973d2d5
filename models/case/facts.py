from odoo import models

from ..privacy.sealing import SealedChar, SealedText


class Facts(models.Model):
    """What happened, as it was told: kept as it was reported, so that a declaration can take it
    over without retyping (M1, M8). Additions are entries in the timeline."""

    _name = "aggression.facts"
    _description = "What happened"
    _inherit = "aggression.confidential"

    _guarded = frozenset({"incident_id", "story", "where", "causer_description"})

    story = SealedText("What happened", required=True)
    where = SealedChar("Where exactly")
    causer_description = SealedText("Who did it, as far as known")
