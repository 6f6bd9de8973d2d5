from odoo import fields, models


class StepCard(models.Model):
    """What to do at once when somebody turns aggressive, for one kind of place (H1, H2).

    Promise: in danger somebody reads a few short lines, in the order in which they are done, and
    the number to call; it holds nothing of any case.
    """

    _name = "aggression.step.card"
    _description = "Step card"
    _inherit = "aggression.protocol.part"
    _order = "protocol_id, sequence, id"

    name = fields.Char("Where", required=True, translate=True)
    sequence = fields.Integer(default=10)
    clause = fields.Char(help="The clause of the protocol, or: own proposal.")
    call_id = fields.Many2one(
        "aggression.contact.line",
        "Call first",
        ondelete="set null",
        help="Who comes to help there. The emergency number stands on top of the page by itself.",
    )
    line_ids = fields.One2many("aggression.step.line", "card_id", "Steps", copy=True)


class StepLine(models.Model):
    """One step of a step card."""

    _name = "aggression.step.line"
    _description = "Step"
    _inherit = "aggression.policy"
    _order = "card_id, sequence, id"

    card_id = fields.Many2one("aggression.step.card", required=True, index=True, ondelete="cascade")
    sequence = fields.Integer(default=10)
    name = fields.Char("Step", required=True, translate=True)


class Protocol(models.Model):
    _inherit = "aggression.protocol"

    step_card_ids = fields.One2many("aggression.step.card", "protocol_id", "Step cards", copy=True)
