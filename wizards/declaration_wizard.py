from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..models.police.consent import DECLARATION
from ..models.privacy.access import DECIDER, HANDLER, PERSON_HIT
from ..models.privacy.sealing import SealedText


class DeclarationWizard(models.TransientModel):
    """Write down a declaration; and, for the person hit, agree to its use or take that back.

    Promise: the box that agrees is there for the person hit alone; who else sends it is refused
    (D3).
    """

    _name = "aggression.declaration.wizard"
    _description = "Declaration"
    _inherit = "aggression.person.wizard"
    _parts = (PERSON_HIT, HANDLER, DECIDER)

    person = fields.Char("Declaration of")
    is_own = fields.Boolean(compute="_compute_is_own")
    agrees = fields.Boolean(
        "The case team may read this and bring it to the police",
        compute="_compute_draft",
        compute_sudo=False,
        store=True,
        readonly=False,
        precompute=True,
    )
    text = SealedText(
        "What I declare",
        compute="_compute_draft",
        compute_sudo=False,
        store=True,
        readonly=False,
        precompute=True,
    )

    def _offered(self, persons):
        """Return the person hit themself; for who handles the case, those who agreed."""
        own = persons.filtered(lambda person: person.user_id == self.env.user)
        return own or persons.filtered(lambda person: person._agrees(DECLARATION))

    @api.depends("affected_id")
    @api.depends_context("uid")
    def _compute_is_own(self):
        for wizard in self:
            wizard.is_own = wizard.affected_id.user_id == self.env.user

    @api.depends("affected_id")
    def _compute_draft(self):
        for wizard in self:
            person = wizard.affected_id
            drafts = self.env["aggression.declaration"]
            wizard.text = drafts.search(Domain("affected_id", "=", person.id)).text
            wizard.agrees = bool(person) and person._agrees(DECLARATION)

    def action_save(self):
        """Keep the draft, and what the person hit agrees to.

        :raises UserError: in one sentence, when there is no text, no consent or nobody to declare
        """
        self._require_case()
        person = self.affected_id
        if not person:
            raise UserError(self.env._("Nobody who was hit has agreed to a declaration yet."))
        self.env["aggression.declaration"]._draft(person, self.text)
        if self.is_own:
            person._agree(DECLARATION) if self.agrees else person._withdraw(DECLARATION)
        return self._finish(self.sudo().incident_id)


class Incident(models.Model):
    _inherit = "aggression.incident"

    def action_declare(self):
        """Open the declaration: one's own, or that of somebody who agreed."""
        self.ensure_one()
        self._require(PERSON_HIT, HANDLER, DECIDER)
        return self._action_wizard("aggression.declaration.wizard", self.env._("Declaration"))
