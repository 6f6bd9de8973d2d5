from odoo import fields, models


class Facts(models.Model):
    """What happened, as it was told: kept as it was reported, so that a declaration can take it
    over without retyping (M1, M8). Additions are entries in the timeline."""

    _name = "aggression.facts"
    _description = "What happened"
    _inherit = "aggression.confidential"

    _guarded = frozenset({"incident_id", "story", "where", "causer_description"})

    story = fields.Text("What happened", required=True)
    where = fields.Char("Where exactly")
    causer_description = fields.Text("Who did it, as far as known")
