from odoo import api, fields, models
from odoo.exceptions import AccessError

from ..privacy.access import CARER
from ..privacy.asker import REFUSED


class Aftercare(models.Model):
    """The care that is offered to one person hit.

    Promise: it is offered to everyone who was hit, from the moment of the report (Z1); the carer
    is never the person themself (Z2); what is said stays between these two, not even the mayor
    who handles the case can read it.
    """

    _name = "aggression.aftercare"
    _description = "Aftercare"
    _inherit = "aggression.personal"
    _order = "incident_id, id"

    _guarded = frozenset({"incident_id", "affected_id", "carer_id"})

    carer_id = fields.Many2one("res.users", readonly=True)
    is_mine = fields.Boolean("I give this care", compute="_compute_is_mine")
    talk_ids = fields.One2many("aggression.talk", "aftercare_id", "Talks")

    _once_per_person = models.UniqueIndex("(affected_id)")

    @api.model
    def _offer(self, persons, carers):
        """Offer care to each person hit.

        :param aggression.affected.person persons: of new cases
        :param carers: the id of the carer for each of them, False when nobody can be found
        """
        return (
            self.sudo()
            ._unlocked()
            .create(
                [
                    {
                        "incident_id": person.incident_id.id,
                        "affected_id": person.id,
                        "carer_id": carer,
                    }
                    for person, carer in zip(persons, carers, strict=True)
                    if person.user_id or person.name
                ]
            )
        )

    @api.depends_context("uid")
    def _compute_is_mine(self):
        for care in self:
            care.is_mine = care.sudo().affected_id._has_part(CARER)

    def action_decline(self):
        """Decline every talk that is still to come (Z11). By the person hit or their carer."""
        self.talk_ids.filtered(lambda talk: talk.state == "planned").action_decline()

    def _require_part(self, *roles):
        """Raise AccessError unless the user has one of these parts in each of these cares."""
        if not self.sudo().affected_id._has_part(*roles):
            self._note_reading(REFUSED)
            raise AccessError(self._no_role_sentence())
