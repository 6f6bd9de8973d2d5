from odoo import api, fields, models
from odoo.exceptions import UserError

from ..models.police.consent import BRIEFING, COMMUNICATION
from ..models.privacy.access import PERSON_HIT


class AgreementWizard(models.TransientModel):
    """What a person hit agrees to, of what is told to others (D3, C4).

    Promise: it is about the user's own part, and nobody else fills it in.
    """

    _name = "aggression.agreement.wizard"
    _description = "What I agree to"
    _inherit = "aggression.person.wizard"
    _parts = (PERSON_HIT,)

    communication = fields.Boolean(
        "Others may be told about what happened to me",
        compute="_compute_agreed",
        compute_sudo=False,
        store=True,
        readonly=False,
        precompute=True,
    )
    briefing = fields.Boolean(
        "A colleague may read a summary that I approve first",
        compute="_compute_agreed",
        compute_sudo=False,
        store=True,
        readonly=False,
        precompute=True,
    )

    def _offered(self, persons):
        return persons._oneself()

    @api.depends("affected_id")
    @api.depends_context("uid")
    def _compute_agreed(self):
        for wizard in self:
            person = wizard._offered(wizard.affected_id)
            wizard.communication = bool(person) and person._agrees(COMMUNICATION)
            wizard.briefing = bool(person) and person._agrees(BRIEFING)

    def action_save(self):
        """Record what the user agrees to from now on, and what no longer.

        :raises AccessError: for anybody but the person hit
        """
        self._require_case()
        person = self.affected_id
        if not person:
            raise UserError(self.env._("Only the person hit can do this."))
        for purpose in (COMMUNICATION, BRIEFING):
            person._agree(purpose) if self[purpose] else person._withdraw(purpose)
        return self._finish(self.sudo().incident_id)


class Incident(models.Model):
    _inherit = "aggression.incident"

    def action_my_consent(self):
        """Open the screen for what the person hit agrees to."""
        self.ensure_one()
        self._require(PERSON_HIT)
        return self._action_wizard("aggression.agreement.wizard", self.env._("What I agree to"))
