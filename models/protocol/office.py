from odoo import fields, models

POLITICAL, CIVIL, MEETING = "political", "civil", "meeting"


class Office(models.Model):
    """An office somebody holds: mayor, alderman, councillor, committee member, civil servant.

    Promise: one register for both worlds. Civil servants are an office like any other, so that
    their incidents count in the same overview and the same repeat look-up (U2, M6, A12).
    """

    _name = "aggression.office"
    _description = "Office"
    _inherit = "aggression.policy"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True, help="Short name by which data refers to this office.")
    sequence = fields.Integer(default=10)
    company_id = fields.Many2one(
        "res.company", "Municipality", required=True, default=lambda self: self.env.company
    )
    world = fields.Selection(
        [(POLITICAL, "Office-holders"), (CIVIL, "Civil servants"), (MEETING, "Meeting")],
        required=True,
        default=POLITICAL,
        help="The part of the organisation against which an incident counts.",
    )

    _code_once = models.UniqueIndex(
        "(company_id, code)", "This municipality already has an office with that code."
    )
