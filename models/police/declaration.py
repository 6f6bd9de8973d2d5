from odoo import api, fields, models
from odoo.exceptions import UserError

from ..privacy.access import DECIDER, HANDLER
from ..privacy.sealing import SealedText
from .consent import DECLARATION


class AffectedPerson(models.Model):
    _inherit = "aggression.affected.person"

    declaration_ids = fields.One2many("aggression.declaration", "affected_id", groups=".")


class Declaration(models.Model):
    """What a person hit declares to the police, in words that are kept sealed.

    Promise: without consent nobody but that person reads it or finds out that it is there; with
    consent the case team does; when consent is taken back the person has it to themself again
    (D3, C5). Another person hit in the same case never reads it.
    """

    _name = "aggression.declaration"
    _description = "Declaration to the police"
    _inherit = "aggression.personal"

    _guarded = frozenset({"incident_id", "affected_id", "text"})

    text = SealedText("What I declare", required=True, readonly=True)

    _one_per_person = models.UniqueIndex("(affected_id)")

    @api.model
    def _draft(self, affected, text):
        """Write down what ``affected`` declares; a later draft takes the place of an earlier.

        :param aggression.affected.person affected: the user, or somebody who agreed to it
        :raises AccessError: for who neither is that person nor works on the case
        :raises UserError: without a text, or for the case team without consent
        """
        if not (text or "").strip():
            raise UserError(self.env._("Write down what is declared."))
        if affected.sudo().user_id != self.env.user:
            affected._require(HANDLER, DECIDER)
            affected._require_consent(DECLARATION)
        else:
            affected._require_own()
        earlier = self.sudo().search([("affected_id", "=", affected.id)])
        if earlier:
            earlier._unlocked().text = text
            return
        case = affected.sudo().incident_id
        self.sudo()._unlocked().create(
            {"incident_id": case.id, "affected_id": affected.id, "text": text}
        )
