from odoo import fields, models
from odoo.exceptions import AccessError, UserError

from ..privacy.access import HANDLER, PERSON_HIT

DECLARATION = "declaration"
AGREED, REFUSED = "agreed", "refused"
ANSWERS = [(AGREED, "Agrees"), (REFUSED, "Does not want it")]
COMMUNICATION, BRIEFING = "communication", "briefing"
PURPOSES = [
    (DECLARATION, "The case team reads my declaration and brings it to the police"),
    (COMMUNICATION, "Others are told about what happened to me, as far as I agree to"),
    (BRIEFING, "A colleague whom I trust reads a short summary that I have approved"),
]


class Consent(models.Model):
    """What a person hit agreed to or refused, from when until when.

    Promise: consent is given by that person, or recorded from a paper that they signed and that
    is kept; it is taken back by that person alone (D1, D3). Taking it back closes at once what it
    opened, and every answer stays on record.
    """

    _name = "aggression.consent"
    _description = "Consent"
    _inherit = "aggression.personal"
    _order = "given_at desc, id desc"

    _guarded = frozenset(
        {
            "incident_id",
            "affected_id",
            "purpose",
            "answer",
            "given_at",
            "withdrawn_at",
            "recorded_by_id",
            "paper_id",
        }
    )

    purpose = fields.Selection(PURPOSES, required=True, readonly=True)
    answer = fields.Selection(
        ANSWERS, "What they answered", required=True, readonly=True, default=AGREED
    )
    given_at = fields.Datetime(
        required=True, readonly=True, default=lambda self: fields.Datetime.now()
    )
    withdrawn_at = fields.Datetime("Taken back at", readonly=True)
    recorded_by_id = fields.Many2one(
        "res.users",
        "Recorded by",
        required=True,
        readonly=True,
        default=lambda self: self.env.user,
        ondelete="restrict",
    )

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

    def _refuses(self, purpose):
        """Tell whether this person said that they do not want ``purpose``."""
        return self._standing_answer(purpose).answer == REFUSED

    def _standing_answer(self, purpose):
        self.ensure_one()
        return self.sudo().consent_ids.filtered(
            lambda consent: consent.purpose == purpose and not consent.withdrawn_at
        )

    def _standing_consent(self, purpose):
        return self._standing_answer(purpose).filtered(lambda consent: consent.answer == AGREED)

    def _agree(self, purpose):
        """Record that this person agrees. By the person; agreeing twice changes nothing.

        :param str purpose: one of ``PURPOSES``
        :raises AccessError: for anybody else
        """
        self._require_own()
        if not self._agrees(purpose):
            self._answer(purpose, AGREED)

    def _agree_on_paper(self, purpose, filename, content):
        """Record that this person agrees, by the paper that they signed. By a handler.

        For who agrees already the paper is kept with that, and nothing else changes.

        :param str filename: what the file is called
        :param bytes content: the scan of the signed paper, base64
        :raises AccessError: for who does not handle the case
        :raises UserError: without the paper, which is kept with the consent; or for somebody who
            answers this under their own login
        """
        self.ensure_one()
        self._require(HANDLER)
        self._check_speaks_not_for_themself(purpose)
        if not content:
            raise UserError(self.env._("Add the paper that this person signed."))
        paper = self.env["aggression.consent.paper"]._keep(self.sudo(), filename, content)
        if standing := self._standing_consent(purpose):
            standing._unlocked().write({"paper_id": paper.id})
        else:
            self._answer(purpose, AGREED, paper)

    def _refuse(self, purpose):
        """Record that this person does not want it. By the person, or who handles the case.

        :raises AccessError: for anybody else
        :raises UserError: for somebody who answers this under their own login
        """
        self.ensure_one()
        if not self._has_part(PERSON_HIT):
            self._require(HANDLER)
            self._check_speaks_not_for_themself(purpose)
        self._answer(purpose, REFUSED)

    def _check_speaks_not_for_themself(self, purpose):
        """Raise UserError once this person answered themself: nobody answers over their head."""
        person = self.sudo()
        answers = person.consent_ids.filtered(lambda one: one.purpose == purpose)
        taken_back = answers and not person._standing_answer(purpose)
        spoke = person.user_id in answers.recorded_by_id or taken_back
        if person.user_id.active and spoke:
            raise UserError(
                self.env._("This person answered this themself. Ask them to change it themself.")
            )

    def _answer(self, purpose, answer, paper=None):
        """Put this answer in the place of the one that stands; whoever calls has checked."""
        self._end_answer(self._standing_answer(purpose))
        self.env["aggression.consent"].sudo()._unlocked().create(
            {
                "incident_id": self.sudo().incident_id.id,
                "affected_id": self.id,
                "purpose": purpose,
                "answer": answer,
                "paper_id": paper and paper.id,
            }
        )
        self.incident_id._log("consent" if answer == AGREED else "refused")

    def _withdraw(self, purpose):
        """Record that this person no longer agrees. By the person, at any time, without a reason.

        :raises AccessError: for anybody else
        """
        self._require_own()
        if standing := self._standing_consent(purpose):
            self._end_answer(standing)
            self.incident_id._log("withdrawn")

    def _end_answer(self, standing):
        if standing:
            standing.lock_for_update()  # who is using it right now comes first, or is refused
            standing._unlocked().withdrawn_at = fields.Datetime.now()
            standing.flush_recordset()  # the next answer stands alone

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
