from odoo import fields, models
from odoo.exceptions import UserError

from ..models.care.aftercare import FAMILY, WITNESS
from ..models.privacy.access import CARER, HANDLER, PERSON_HIT
from ..models.privacy.sealing import SealedChar


class CareOfferWizard(models.TransientModel):
    """Offer care to a witness, or to somebody of the home front (Z1, Z3)."""

    _name = "aggression.care.offer.wizard"
    _description = "Offer care to somebody else"
    _inherit = "aggression.person.wizard"
    _parts = (PERSON_HIT, HANDLER, CARER)

    person = fields.Char("Beside whom")
    for_whom = fields.Selection(
        [(WITNESS, "A witness"), (FAMILY, "The home front")], "Who needs care", default=FAMILY
    )
    name = SealedChar("Name")

    def _offered(self, persons):
        """Return oneself to a person hit; to others, whom they may see."""
        return persons._oneself() or persons

    def action_save(self):
        """Offer the talks of the protocol; from now on the carer alone reads who it is.

        :raises UserError: in one sentence; the screen keeps what was typed
        """
        self._require_case()
        if not self.affected_id:
            raise UserError(self.env._("Nobody was hit here whom you may see."))
        self.env["aggression.aftercare"]._offer_beside(self.affected_id, self.for_whom, self.name)
        return self._close()


class AffectedPerson(models.Model):
    _inherit = "aggression.affected.person"

    def action_offer_care(self):
        """Open the screen for offering care to who stands beside this person."""
        self.ensure_one()
        self._require(PERSON_HIT, HANDLER, CARER)
        self.check_access("read")
        return self.incident_id._action_wizard(
            "aggression.care.offer.wizard",
            self.env._("Offer care to somebody else"),
            affected_id=self.id,
        )


class Aftercare(models.Model):
    _inherit = "aggression.aftercare"

    def action_offer_care(self):
        """Open the screen for offering care to who stands beside this person."""
        self.ensure_one()
        self._require_part(PERSON_HIT, CARER)
        return self.affected_id.action_offer_care()
