from odoo import api, fields, models
from odoo.exceptions import ValidationError

LEVELS = [
    ("0", "0 · Emotion"),
    ("1", "1 · Frustration"),
    ("2", "2 · Insult, discrimination, harassment"),
    ("3", "3 · Threat, stalking, coercion"),
    ("4", "4 · Violence"),
]
FORMS = [
    ("verbal", "Spoken"),
    ("nonverbal", "Gesture or attitude"),
    ("written", "Written or online"),
    ("physical", "Physical"),
    ("material", "Against property"),
    ("order", "Disturbance of order"),
]
KINDS = [
    ("emotion", "Emotion"),
    ("frustration", "Persisting frustration"),
    ("disturbance", "Disturbance of order"),
    ("insult", "Insult or harassment"),
    ("discrimination", "Discrimination"),
    ("trespass", "Trespass"),
    ("threat", "Threat or coercion"),
    ("stalking", "Stalking or doxing"),
    ("sexual", "Sexual intimidation"),
    ("violence", "Violence against a person"),
    ("damage", "Damage to property"),
]


class Behaviour(models.Model):
    """One entry of the scheme of behaviour: what is accepted, what is reported, what gets a
    reaction (N4, annex 1)."""

    _name = "aggression.behaviour"
    _description = "Behaviour"
    _inherit = "aggression.protocol.part"
    _order = "protocol_id, level, sequence, id"
    _rec_names_search = ["name", "examples"]

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True)
    examples = fields.Char(translate=True)
    sequence = fields.Integer(default=10)
    level = fields.Selection(LEVELS)
    kind = fields.Selection(KINDS, required=True)
    form = fields.Selection(FORMS, required=True)
    reportable = fields.Boolean("Is reported", default=True)
    reaction = fields.Boolean("Gets a reaction", default=True)
    directed_by_nature = fields.Boolean(
        "Directed by its nature",
        help="Who does this has a person or an office in view, whatever else is found.",
    )
    harmful_by_nature = fields.Boolean(
        "Harmful by its nature",
        help="Who does this means harm or wants something, whatever else is found.",
    )
    ignores_measure = fields.Boolean(
        "Ignores a measure", help="Who does this breaks the measure that runs against them (A6)."
    )
    measure_type_ids = fields.Many2many("aggression.measure.type", string="Own measures")

    _code_once = models.UniqueIndex(
        "(protocol_id, code)", "This protocol already has a behaviour with that code."
    )

    @api.constrains("level", "name", "protocol_id")
    def _check_level(self):
        for behaviour in self:
            if not behaviour.level:
                raise ValidationError(
                    self.env._(
                        "Give %(behaviour)s a level from 0 to 4. Nothing can be judged without it.",
                        behaviour=behaviour.name,
                    )
                )
