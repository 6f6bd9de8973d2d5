from odoo import fields, models, tools

DECLARATION, HOME_FRONT, DAMAGE = "declaration", "home_front", "damage"
# What a matter opens; the method that does so is `_open_<value>` of aggression.arrangement.
OPENS = [
    (DECLARATION, "The declaration to the police"),
    (HOME_FRONT, "A referral of the home front"),
    (DAMAGE, "The damage and its reimbursement"),
]


class PracticalMatter(models.Model):
    """What may have to be arranged for somebody who was hit, and where that is done (Z10)."""

    _name = "aggression.practical.matter"
    _description = "Practical matter"
    _inherit = "aggression.protocol.part"
    _order = "protocol_id, sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    opens = fields.Selection(OPENS, help="Where this is arranged. Empty: outside this application.")
    clause = fields.Char(help="The clause of the protocol, or: own proposal.")


class Protocol(models.Model):
    _inherit = "aggression.protocol"

    practical_matter_ids = fields.One2many(
        "aggression.practical.matter", "protocol_id", "Practical matters", copy=True
    )

    @tools.ormcache("self.id")
    def _matters(self):
        """Return (id, place in the list) of each practical matter."""
        return [(matter.id, matter.sequence) for matter in self.sudo().practical_matter_ids]
