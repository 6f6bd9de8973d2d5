from odoo import api, fields, models
from odoo.exceptions import UserError

from ..privacy.access import DECIDER, HANDLER
from ..privacy.sealing import SealedChar, SealedText
from .consent import DECLARATION, REFUSED
from .declaring import CONTENT

DRAFT, READY, FILED = "draft", "ready", "filed"
STATES = [(DRAFT, "Being written"), (READY, "Ready to file"), (FILED, "Filed with the police")]
NOTIFICATION = "notification"
KINDS = [(DECLARATION, "Declaration"), (NOTIFICATION, "Notification")]


class AffectedPerson(models.Model):
    _inherit = "aggression.affected.person"

    declaration_ids = fields.One2many("aggression.declaration", "affected_id", groups=".")

    def _declaration(self):
        """Return what these people declare themselves, beside what others notified about them.

        In superuser mode: whoever calls has looked at who may know that it is there.
        """
        return self.sudo().declaration_ids.filtered(lambda one: one.kind == DECLARATION)

    def _declares_alone(self):
        """Tell whether this is somebody, who decides about it themself; a meeting is nobody."""
        self.ensure_one()
        return self.sudo().office_id.world != "meeting"

    def _require_may_declare(self):
        """Raise unless the user may write, for this person or meeting, what is declared.

        :raises AccessError: for who neither is that person nor works on the case
        :raises UserError: for the case team without consent, or without the joint decision (H8)
        """
        self.ensure_one()
        if self._is_user():
            self._require_own()
            return
        self._require(HANDLER, DECIDER)
        if self._declares_alone():
            self._require_consent(DECLARATION)
        else:
            self.sudo().incident_id._require_joint_decision()

    def _is_user(self):
        return self.sudo().user_id == self.env.user

    def _withdraw(self, purpose):
        result = super()._withdraw(purpose)
        if purpose == DECLARATION:
            self._declaration()._take_back()
        return result

    def _answer(self, purpose, answer, paper=None):
        result = super()._answer(purpose, answer, paper)
        if purpose == DECLARATION:
            if answer == REFUSED:
                self._declaration()._take_back()
            self.sudo()._heard_about_declaring()
        return result


class Declaration(models.Model):
    """What is brought to the police: the declaration of a person hit, in words that are kept
    sealed, or a notification by the municipality (A8, A9, D1).

    Promise: without consent nobody but that person reads a declaration or finds out that it is
    there; with consent the case team does and the authorised representative files it; when
    consent is taken back the person has it to themself again (D3, C5). Another person hit in the
    same case never reads it. What was filed stays as it is.
    """

    _name = "aggression.declaration"
    _description = "Declaration to the police"
    _inherit = ["aggression.personal", "aggression.declaring", "aggression.stateful"]
    _order = "id desc"

    _guarded = frozenset(
        {
            "incident_id",
            "affected_id",
            "kind",
            "state",
            "needs_consent",
            "text",
            "complaint_given_on",
            "filed_at",
            "filed_by_id",
            "mandate",
            "form_ids",
            *CONTENT,
        }
    )
    _transitions = {
        (DRAFT, READY): "_not_complete",
        (READY, DRAFT): None,
        (DRAFT, FILED): "_not_complete",
        (READY, FILED): "_not_complete",
    }

    kind = fields.Selection(KINDS, required=True, readonly=True, default=DECLARATION)
    state = fields.Selection(STATES, required=True, readonly=True, default=DRAFT)
    needs_consent = fields.Boolean(readonly=True, default=True)
    text = SealedText("What I declare", required=True, readonly=True)
    complaint_given_on = fields.Date("Complaint given on", readonly=True)
    filed_at = fields.Datetime("Filed at", readonly=True)
    filed_by_id = fields.Many2one("res.users", "Filed by", readonly=True, ondelete="restrict")
    mandate = SealedChar("By which mandate", readonly=True)

    _one_per_person = models.UniqueIndex("(affected_id) WHERE kind = 'declaration'")
    _filed_at_a_moment = models.Constraint(
        "CHECK ((state = 'filed') = (filed_at IS NOT NULL AND filed_by_id IS NOT NULL))",
        "What is filed is filed by somebody, at a moment.",
    )

    @api.model
    def _draft(self, affected, text, content=None):
        """Write down what ``affected`` declares; a later draft takes the place of an earlier.

        :param aggression.affected.person affected: the user, or somebody who agreed to it
        :param dict content: values of the fields in ``CONTENT``, as far as they are told
        :return: the declaration, in superuser mode
        :raises AccessError: for who neither is that person nor works on the case
        :raises UserError: without a text, for the case team without consent, or once it is filed
        """
        if not (text or "").strip():
            raise UserError(self.env._("Write down what is declared."))
        affected._require_may_declare()
        told = {name: content[name] for name in CONTENT if name in (content or {})}
        earlier = affected._declaration()
        if earlier:
            earlier._write_down({**told, "text": text})
            return earlier
        return self._begin(affected, {**told, "text": text})

    @api.model
    def _begin(self, affected, values):
        """Create what is declared about ``affected``; whoever calls has checked that it may."""
        person = affected.sudo()
        declaration = (
            self.sudo()
            ._unlocked()
            .create(
                {
                    "incident_id": person.incident_id.id,
                    "affected_id": person.id,
                    "needs_consent": person._declares_alone(),
                    **values,
                }
            )
        )
        declaration._check_offences()
        return declaration

    def _write_down(self, values):
        if self.state == FILED:
            raise UserError(
                self.env._("This was filed with the police. What was filed stays as it is.")
            )
        self._take_back()
        self._unlocked().write(values)
        self._check_offences()

    def _check_offences(self):
        """Raise UserError for an offence of another protocol than that of the case."""
        if self.offence_ids - self.incident_id.protocol_id.offence_ids:
            raise UserError(self.env._("Choose offences of the protocol of this case."))

    def _take_back(self):
        """Let what was ready be a draft again."""
        self.filtered(lambda one: one.state == READY)._move(DRAFT)

    def _make_ready(self):
        """Record that nothing is missing any more. By the person, or the case team with consent.

        :raises UserError: with what is missing, in one sentence
        """
        self.ensure_one()
        self.affected_id._require_may_declare()
        self.sudo()._move(READY)

    def action_make_ready(self):
        """Say that this can be filed. By the person hit, or the case team with consent.

        :raises UserError: with what is missing, in one sentence (D1)
        """
        self._make_ready()
