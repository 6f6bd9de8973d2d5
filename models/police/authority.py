from odoo import fields, models


class Authority(models.Model):
    """Who, outside the municipality, can decide how somebody is protected (D7, D8).

    Promise: what they are called and how they are reached is data; in 2026 the national system
    changed, and it will again.
    """

    _name = "aggression.protection.authority"
    _description = "Authority on protection"
    _inherit = "aggression.protocol.part"
    _order = "protocol_id, sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    note = fields.Text(translate=True, help="How it is reached, and what it decides.")
    active = fields.Boolean(default=True)


class Protocol(models.Model):
    _inherit = "aggression.protocol"

    authority_ids = fields.One2many(
        "aggression.protection.authority", "protocol_id", "Authorities on protection", copy=True
    )
