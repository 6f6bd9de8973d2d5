from odoo import api, fields, models

from .access_through import AccessThrough


class Personal(models.AbstractModel):
    """A record about one of the people who were hit in a case.

    Promise: another person hit in the same case neither reads it nor reads in the log that
    somebody did (C5).
    """

    _name = "aggression.personal"
    _description = "Record about one person hit"
    _inherit = "aggression.confidential"

    _traced = ("incident_id", "affected_id")

    affected_id = AccessThrough(
        "aggression.affected.person",
        "Person hit",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    person = fields.Char("For", compute="_compute_person")

    @api.depends("affected_id")
    def _compute_person(self):
        for record in self:
            record.person = record.affected_id._person_names()

    def _about_one(self):
        return self.affected_id
