from odoo import fields, models
from odoo.exceptions import UserError

from ..privacy.access import CARER, PERSON_HIT
from .talk import HELD, PLANNED


class Aftercare(models.Model):
    """Care is a choice: what somebody wishes is written down, and a refusal is not the end.

    Promise: who declines all care is asked again after the term of the protocol (Z1, Z11).
    """

    _inherit = "aggression.aftercare"

    def action_decline(self):
        """Decline every talk that is still to come (Z11). By the person hit or their carer."""
        self.talk_ids.filtered(lambda talk: talk.state == PLANNED).action_decline()

    def _note_declined(self):
        """Remember who declined all care, and have it offered again (superuser mode)."""
        for care in self:
            if {PLANNED, HELD}.isdisjoint(care.talk_ids.mapped("state")):
                care._unlocked().write(
                    {"declined_at": fields.Datetime.now(), "declined_by_id": self.env.uid}
                )
                self.env["aggression.duty"]._raise_for_care(care, "care_declined")

    def action_still_declined(self):
        """Record that care was offered again and is still not wanted. By the carer."""
        self._require_part(CARER)
        duties = self._duties_of("care_declined")
        if not duties:
            raise UserError(self._overtaken())
        duties._settle("done")

    def _record_wish(self, wish):
        """Write down what this person wishes. By the person hit or the carer."""
        self._require_part(PERSON_HIT, CARER)
        if not (wish or "").strip():
            raise UserError(self.env._("Write down what is wished for."))
        self.sudo()._unlocked().wish = wish
