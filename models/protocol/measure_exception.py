from odoo import fields, models


class MeasureException(models.Model):
    """What stays open to a citizen whatever measure applies: a passport, an emergency, voting.

    Promise: a measure that limits somebody says in its letter what it does not touch; basic
    services stay within reach (A3, A4).
    """

    _name = "aggression.measure.exception"
    _description = "What always stays open"
    _inherit = "aggression.policy"
    _order = "protocol_id, sequence, id"

    name = fields.Char(required=True, translate=True)
    protocol_id = fields.Many2one(
        "aggression.protocol", required=True, index=True, ondelete="cascade"
    )
    sequence = fields.Integer(default=10)
