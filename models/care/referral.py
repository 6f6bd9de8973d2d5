from odoo import api, fields, models
from odoo.exceptions import UserError

from ..privacy.access import CARER, PERSON_HIT
from ..privacy.sealing import SealedText
from .aftercare import HIT

PROPOSED, ACCEPTED, REFUSED = "proposed", "accepted", "refused"
PERSON, HOME_FRONT = "person", "home_front"


class Referral(models.Model):
    """Help by an external professional, for the person or for their home front.

    Promise: it is proposed and never imposed; when it is refused, that and why is written down,
    for the person and the carer alone (Z3, Z9). Where the family was hit as well it is proposed
    from the report on.
    """

    _name = "aggression.referral"
    _description = "Referral"
    _inherit = ["aggression.personal", "aggression.stateful"]
    _order = "aftercare_id, id"

    _guarded = frozenset(
        {
            "incident_id",
            "affected_id",
            "aftercare_id",
            "provider_id",
            "for_whom",
            "state",
            "reason",
            "answer",
            "proposed_at",
            "answered_at",
            "kept_private",
        }
    )
    _traced = ("incident_id", "affected_id", "aftercare_id")
    _transitions = {(PROPOSED, ACCEPTED): None, (PROPOSED, REFUSED): None}

    aftercare_id = fields.Many2one(
        "aggression.aftercare", required=True, index=True, readonly=True, ondelete="cascade"
    )
    provider_id = fields.Many2one(
        "aggression.care.provider", "To", required=True, readonly=True, ondelete="restrict"
    )
    phone = fields.Char(related="provider_id.phone", related_sudo=False)
    for_whom = fields.Selection(
        [(PERSON, "The person"), (HOME_FRONT, "The home front")],
        "Help for",
        required=True,
        readonly=True,
    )
    state = fields.Selection(
        [(PROPOSED, "Proposed"), (ACCEPTED, "Accepted"), (REFUSED, "Refused")],
        required=True,
        default=PROPOSED,
        readonly=True,
    )
    reason = SealedText("Why it is proposed", readonly=True)
    answer = SealedText("Why it is refused", readonly=True)
    proposed_at = fields.Datetime(
        "Proposed on", default=lambda self: fields.Datetime.now(), readonly=True
    )
    answered_at = fields.Datetime("Answered on", readonly=True)
    kept_private = fields.Boolean(
        readonly=True, help="From before another carer came, who may not read it."
    )

    @api.model
    def _propose(self, care, provider, for_whom, reason):
        """Propose help by a professional.

        :raises AccessError: for who neither is the person nor gives this care
        :raises UserError: without a provider of this protocol
        """
        care._require_part(PERSON_HIT, CARER)
        care = care.sudo()
        if not provider or not for_whom or provider.protocol_id != care.incident_id.protocol_id:
            raise UserError(self.env._("Choose who can help, and whom it is for."))
        care._go_on()
        return self._put_forward(care, provider, for_whom, reason)

    @api.model
    def _put_forward(self, care, provider, for_whom, reason=False):
        return (
            self.sudo()
            ._unlocked()
            .create(
                {
                    "incident_id": care.incident_id.id,
                    "affected_id": care.affected_id.id,
                    "aftercare_id": care.id,
                    "provider_id": provider.id,
                    "for_whom": for_whom,
                    "reason": reason,
                }
            )
        )

    def action_accept(self):
        """Record that this help is wanted. By the person hit or the carer."""
        self.aftercare_id._require_part(PERSON_HIT, CARER)
        self.sudo()._answer(ACCEPTED)

    def _refuse(self, answer):
        """Record that this help is not wanted, and why (Z9). By the person hit or the carer."""
        self.aftercare_id._require_part(PERSON_HIT, CARER)
        if not (answer or "").strip():
            raise UserError(self.env._("Write down why this help is not wanted."))
        self.sudo()._answer(REFUSED, answer=answer)

    def _answer(self, state, **values):
        self._move(state, answered_at=fields.Datetime.now(), **values)
        settled = self.aftercare_id.filtered(lambda care: not care._needs_referral())
        settled._duties_of("care_goes_on")._settle("done")


class Aftercare(models.Model):
    """Care that does not help enough is not left at that (Z9)."""

    _inherit = "aggression.aftercare"

    def action_stagnates(self):
        """Note that this person is not getting better. By the carer.

        From now on a referral has to be accepted, or refused in so many words, before the care
        can be rounded off (Z9).
        """
        self._require_part(CARER)
        for care in self.sudo():
            care._go_on()
            care._unlocked().stagnant_since = fields.Datetime.now()
            self.env["aggression.duty"]._raise_for_care(care, "care_goes_on")

    def _needs_referral(self):
        """Tell whether somebody does not get better and has not answered to a referral since."""
        since = self.stagnant_since
        # looked up apart: a carer who came later sees not all of them
        referrals = self.env["aggression.referral"].sudo()
        referrals = referrals.search([("aftercare_id", "in", self.ids)])
        answers = referrals.filtered("answered_at").mapped("answered_at")
        return bool(since) and not any(answer >= since for answer in answers)

    def _duties_of(self, event):
        return self._duties().filtered(lambda duty: duty.type_id.event == event)

    def _propose_home_front(self):
        """Propose external help where the family was hit as well, once (Z3)."""
        hit = self.sudo().filtered(lambda care: care.for_whom == HIT)
        for care in hit.filtered(lambda care: care.affected_id.family_hit):
            providers = care.incident_id.protocol_id.care_provider_ids
            provider = providers.filtered("for_home_front")[:1]
            if provider and HOME_FRONT not in care.referral_ids.mapped("for_whom"):
                self.env["aggression.referral"]._put_forward(care, provider, HOME_FRONT)


class AffectedPerson(models.Model):
    _inherit = "aggression.affected.person"

    def write(self, vals):
        result = super().write(vals)
        if vals.get("family_hit"):
            self.sudo()._own_care()._propose_home_front()
        return result
