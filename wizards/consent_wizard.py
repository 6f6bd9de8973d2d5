from odoo import fields, models
from odoo.exceptions import UserError

from ..models.police.consent import AGREED, ANSWERS, DECLARATION
from ..models.privacy.access import HANDLER
from ..models.privacy.sealing import SealedBinary, SealedChar


class ConsentWizard(models.TransientModel):
    """Record what a person hit answered: that they agree by a paper they signed, or refuse (D1)."""

    _name = "aggression.consent.wizard"
    _description = "Consent on paper"
    _inherit = "aggression.person.wizard"
    _parts = (HANDLER,)

    answer = fields.Selection(ANSWERS, "What they answered", required=True, default=AGREED)
    filename = SealedChar("File name")
    content = SealedBinary("Signed paper")

    def _offered(self, persons):
        """Return who was hit, of whom nobody has answered yet first."""
        persons = persons.filtered(lambda person: person._declares_alone())
        return persons.sorted(lambda person: bool(person._standing_answer(DECLARATION)))

    def action_save(self):
        """Record the answer.

        :raises UserError: without a signed paper, for who agrees
        """
        self._require_case()
        if not self.affected_id:
            raise UserError(self.env._("Say who was hit."))
        if self.answer == AGREED:
            self.affected_id._agree_on_paper(DECLARATION, self.filename, self.content)
        else:
            self.affected_id._refuse(DECLARATION)
        return self._finish(self.sudo().incident_id)


class AffectedPerson(models.Model):
    _inherit = "aggression.affected.person"

    def action_record_answer(self):
        """Open the screen for what this person answered. By who handles the case."""
        self.ensure_one()
        self._require(HANDLER)
        return self.incident_id._action_wizard(
            "aggression.consent.wizard",
            self.env._("Answer of the person hit"),
            affected_id=self.id,
        )


class Incident(models.Model):
    _inherit = "aggression.incident"

    def action_record_consent(self):
        """Open the screen for consent on paper, or a refusal. By who handles the case."""
        self.ensure_one()
        self._require(HANDLER)
        return self._action_wizard(
            "aggression.consent.wizard", self.env._("Answer of the person hit")
        )
