from odoo import fields, models


class ContactLine(models.Model):
    """A number to call, and when somebody last checked that it is right (Z4, Z5)."""

    _name = "aggression.contact.line"
    _description = "Contact line"
    _inherit = "aggression.protocol.part"
    _order = "protocol_id, sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    phone = fields.Char(required=True)
    available = fields.Char(translate=True, help="For example: day and night.")
    purpose = fields.Char(translate=True)
    checked_on = fields.Date("Last checked on")
