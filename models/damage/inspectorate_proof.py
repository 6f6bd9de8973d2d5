from odoo import fields, models


class InspectorateProof(models.Model):
    """A proof that the Labour Inspectorate was told, sealed, with its fingerprint (D10)."""

    _name = "aggression.inspectorate.proof"
    _description = "Proof of a notice"
    _inherit = "aggression.uploaded"

    _prefix = "I"
    _guarded = frozenset(
        {
            "incident_id",
            "affected_id",
            "notice_id",
            "reference",
            "filename",
            "content",
            "sha256",
            "size",
        }
    )

    notice_id = fields.Many2one(
        "aggression.inspectorate.notice",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )

    _reference_once = models.UniqueIndex("(reference)")
