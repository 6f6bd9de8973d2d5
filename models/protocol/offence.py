from odoo import api, fields, models


class Offence(models.Model):
    """An offence of the Criminal Code that aggression against an office-holder can be (D1).

    Promise: what a declaration can be about, whether the person hit must ask for prosecution
    themself and within how many months stands here and nowhere in code; what no lawyer has
    confirmed yet says so.
    """

    _name = "aggression.offence"
    _description = "Offence"
    _inherit = "aggression.protocol.part"
    _order = "protocol_id, sequence, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True)
    sequence = fields.Integer(default=10)
    article = fields.Char("Article of the Criminal Code", required=True)
    complaint_required = fields.Boolean(
        "Needs the person's own complaint",
        help="The public prosecutor acts only if the person hit asks for it.",
    )
    complaint_months = fields.Integer(
        "Complaint within (months)",
        default=3,
        required=True,
        help="Counted from the day on which the person hit came to know of it (art. 66).",
    )
    for_official = fields.Boolean(
        "Heavier against an official",
        help="A councillor, an alderman and a mayor count as an official (art. 84, 267).",
    )
    note = fields.Char(translate=True)
    to_check = fields.Boolean("To be checked by the lawyer")

    _code_once = models.UniqueIndex(
        "(protocol_id, code)", "This protocol already has an offence with that code."
    )
    _time_to_complain = models.Constraint(
        "CHECK (complaint_months >= 1)",
        "Give a complaint a term of at least one month.",
    )

    def _in_words(self):
        """Return the offence as it stands on paper, with its article."""
        self.ensure_one()
        return self.env._(
            "%(offence)s (art. %(article)s Criminal Code)", offence=self.name, article=self.article
        )

    def _last_day(self, known_on):
        """Return the last day to complain of these: of that with the shortest term."""
        months = min(self.mapped("complaint_months"), default=0)
        return fields.Date.add(known_on, months=months) if months and known_on else False


class Behaviour(models.Model):
    _inherit = "aggression.behaviour"

    offence_ids = fields.Many2many("aggression.offence", string="Possible offences")
    offence = fields.Char("Possible offence", compute="_compute_offence")
    complaint_required = fields.Boolean(
        "Needs the person's own complaint",
        compute="_compute_offence",
        help="The public prosecutor acts only if the person hit asks for it.",
    )

    @api.depends("offence_ids.name", "offence_ids.article", "offence_ids.complaint_required")
    @api.depends_context("lang")
    def _compute_offence(self):
        for behaviour in self:
            offences = behaviour.offence_ids
            behaviour.offence = ", ".join(offence._in_words() for offence in offences) or False
            behaviour.complaint_required = any(offences.mapped("complaint_required"))


class Protocol(models.Model):
    _inherit = "aggression.protocol"

    offence_ids = fields.One2many("aggression.offence", "protocol_id", "Offences", copy=True)
