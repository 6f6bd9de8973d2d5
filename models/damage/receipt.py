from odoo import fields, models


class Receipt(models.Model):
    """A receipt of damage, sealed, with the fingerprint it had when it came in (D12)."""

    _name = "aggression.damage.receipt"
    _description = "Receipt"
    _inherit = "aggression.uploaded"

    _prefix = "K"
    _guarded = frozenset(
        {
            "incident_id",
            "affected_id",
            "damage_id",
            "reference",
            "filename",
            "content",
            "sha256",
            "size",
        }
    )

    damage_id = fields.Many2one(
        "aggression.damage", required=True, readonly=True, index=True, ondelete="cascade"
    )

    _reference_once = models.UniqueIndex("(reference)")
