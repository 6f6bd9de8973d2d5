from odoo import fields, models


class MeasureException(models.Model):
    """What stays open to a citizen whatever measure applies: a passport, an emergency, voting.

    Promise: a measure that limits somebody says in its letter what it does not touch; basic
    services stay within reach (A3, A4).
    """

    _name = "aggression.measure.exception"
    _description = "What always stays open"
    _inherit = "aggression.protocol.part"
    _order = "protocol_id, sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
