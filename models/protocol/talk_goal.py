from odoo import fields, models


class TalkGoal(models.Model):
    """What a talk of the aftercare is for: the carer's checklist (Z6 to Z8)."""

    _name = "aggression.talk.goal"
    _description = "Goal of a talk"
    _inherit = "aggression.protocol.part"
    _order = "protocol_id, sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    talk_number = fields.Integer(
        "Talk", help="The first, second or third. Empty: this is a goal of every talk."
    )
    clause = fields.Char(help="The clause of the protocol, or: own proposal.")


class Protocol(models.Model):
    _inherit = "aggression.protocol"

    talk_goal_ids = fields.One2many(
        "aggression.talk.goal", "protocol_id", "Goals of the talks", copy=True
    )

    def _goals_of_talk(self, number):
        """Return the goals of the talk with this number; an extra talk has those of every talk."""
        return self.talk_goal_ids.filtered(lambda goal: goal.talk_number in (0, number))
