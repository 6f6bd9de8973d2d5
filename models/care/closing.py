from odoo import fields, models
from odoo.exceptions import UserError

from ..privacy.access import CARER, PERSON_HIT
from .aftercare import CLOSED
from .talk import PLANNED

NO_ANSWER = "no_answer"


class Aftercare(models.Model):
    """Care ends with what the person found of it.

    Promise: that is said by the person themself, who alone can say more than that there was no
    answer; nothing that is still on offer or asks for a referral is closed away (Z9).
    """

    _inherit = "aggression.aftercare"

    def _round_off(self, verdict, text=False):
        """Round off this care.

        :param str verdict: what the person found of it; NO_ANSWER when the carer rounds it off
        :param str text: in their own words
        :raises AccessError: for who neither is the person nor gives this care
        :raises UserError: when something is still open, or a carer answers for the person
        """
        self.ensure_one()
        self._require_part(PERSON_HIT, CARER)
        if not verdict:
            raise UserError(self.env._("Say how the care was."))
        speaks = self._is_part(PERSON_HIT)
        if not speaks and (verdict != NO_ANSWER or text):
            raise UserError(self.env._("Only the person themself can say how the care was."))
        self.sudo()._move(
            CLOSED, closed_at=fields.Datetime.now(), verdict=verdict, verdict_text=text
        )

    def _not_closable(self):
        if PLANNED in self.talk_ids.mapped("state"):
            return self.env._(
                "A talk is still on offer. Wait until it was held, or decline it first."
            )
        if self._needs_referral():
            return self.env._(
                "This person is not getting better. Propose professional help first, and record "
                "whether it is accepted or refused."
            )
        return None
