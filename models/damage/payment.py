from odoo import fields, models

from ..privacy.sealing import SealedChar


class Payment(models.Model):
    """What came in on a claim: all of it or a part (D2)."""

    _name = "aggression.damage.payment"
    _description = "Payment on a claim"
    _inherit = ["aggression.confidential", "aggression.in.euros"]
    _order = "received_on, id"

    _guarded = frozenset({"incident_id", "claim_id", "received_on", "amount", "how"})

    claim_id = fields.Many2one(
        "aggression.damage.claim", required=True, readonly=True, index=True, ondelete="cascade"
    )
    received_on = fields.Date("Received on", required=True, readonly=True)
    amount = fields.Monetary(required=True, readonly=True, aggregator=None)
    how = SealedChar("How", readonly=True)

    _to_the_cent = models.Constraint(
        "CHECK (amount >= 0.01 AND amount <= 100000000)", "Fill in an amount of at least one cent."
    )
