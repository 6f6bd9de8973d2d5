from odoo import fields, models
from odoo.exceptions import AccessError, UserError

from ..privacy.access import PERSON_HIT

DECLARATION = "declaration"
COMMUNICATION, BRIEFING = "communication", "briefing"
PURPOSES = [
    (DECLARATION, "The case team reads my declaration and brings it to the police"),
    (COMMUNICATION, "Others are told about what happened to me, as far as I agree to"),
    (BRIEFING, "A colleague whom I trust reads a short summary that I have approved"),
]


class Consent(models.Model):
    """What a person hit agreed to, from when until when.

    Promise: it is given and taken back by that person alone, never by somebody who handles the
    case (D3); taking it back closes at once what it opened, and both stay on record.
    """

    _name = "aggression.consent"
    _description = "Consent"
    _inherit = "aggression.personal"
    _order = "given_at desc, id desc"

    _guarded = frozenset({"incident_id", "affected_id", "purpose", "given_at", "withdrawn_at"})

    purpose = fields.Selection(PURPOSES, required=True, readonly=True)
    given_at = fields.Datetime(
        required=True, readonly=True, default=lambda self: fields.Datetime.now()
    )
    withdrawn_at = fields.Datetime("Taken back at", readonly=True)

    _once = models.UniqueIndex(
        "(affected_id, purpose) WHERE withdrawn_at IS NULL",
        "You have agreed to this already.",
    )


class AffectedPerson(models.Model):
    _inherit = "aggression.affected.person"

    consent_ids = fields.One2many("aggression.consent", "affected_id", groups=".")

    def _require_own(self):
        """Raise AccessError unless the user is this person, with access to the case still."""
        self.ensure_one()
        if not self._has_part(PERSON_HIT):
            raise AccessError(self.env._("Only the person hit can do this."))

    def _agrees(self, purpose):
        """Tell whether this person agrees to ``purpose`` now."""
        return bool(self._standing_consent(purpose))

    def _standing_consent(self, purpose):
        self.ensure_one()
        return self.sudo().consent_ids.filtered(
            lambda consent: consent.purpose == purpose and not consent.withdrawn_at
        )

    def _agree(self, purpose):
        """Record that this person agrees. By the person; agreeing twice changes nothing.

        :param str purpose: one of ``PURPOSES``
        :raises AccessError: for anybody else
        """
        self._require_own()
        if self._agrees(purpose):
            return
        self.env["aggression.consent"].sudo()._unlocked().create(
            {"incident_id": self.incident_id.id, "affected_id": self.id, "purpose": purpose}
        )
        self.incident_id._log("consent")

    def _withdraw(self, purpose):
        """Record that this person no longer agrees. By the person, at any time, without a reason.

        :raises AccessError: for anybody else
        """
        self._require_own()
        if standing := self._standing_consent(purpose):
            standing.lock_for_update()  # who is using it right now comes first, or is refused
            standing._unlocked().withdrawn_at = fields.Datetime.now()
            self.incident_id._log("withdrawn")

    def _require_consent(self, purpose):
        """Raise UserError unless this person agrees, and keep it so until the transaction ends.

        :raises LockError: when the person is taking it back at this moment
        """
        standing = self._standing_consent(purpose)
        standing.lock_for_update()
        standing.invalidate_recordset(["withdrawn_at"])
        if not self._agrees(purpose):
            raise UserError(
                self.env._("This needs the consent of the person hit. They can give it themselves.")
            )
