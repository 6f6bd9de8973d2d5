from odoo import fields, models

KINDS = [
    ("occupational_health", "Occupational health service"),
    ("confidant", "Confidential adviser"),
    ("professional", "Psychologist or social worker"),
    ("acute", "Acute specialised help"),
]


class CareProvider(models.Model):
    """An external professional to whom somebody can be referred (Z3, Z4, Z9)."""

    _name = "aggression.care.provider"
    _description = "Care provider"
    _inherit = "aggression.protocol.part"
    _order = "protocol_id, sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    kind = fields.Selection(KINDS, required=True)
    for_home_front = fields.Boolean(
        "For the home front", help="Proposed first when the family was hit as well."
    )
    contact_line_id = fields.Many2one("aggression.contact.line", "How to reach them")
    phone = fields.Char(related="contact_line_id.phone", related_sudo=False)
    clause = fields.Char(help="The clause of the protocol, or: own proposal.")


class Protocol(models.Model):
    _inherit = "aggression.protocol"

    care_provider_ids = fields.One2many(
        "aggression.care.provider", "protocol_id", "Care providers", copy=True
    )
