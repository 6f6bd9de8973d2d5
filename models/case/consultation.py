from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..privacy.asker import REFUSED
from ..privacy.reference import is_reference, random_reference
from ..privacy.sealing import SealedText

ASKED, ANSWERED = "asked", "answered"
NOTHING, ADVICE, INCIDENT = "nothing", "advice", "incident"
OUTCOMES = [
    (NOTHING, "Nothing is needed"),
    (ADVICE, "Advice was given"),
    (INCIDENT, "It became a case"),
]
KEPT = timedelta(days=365)  # own proposal: the protocol gives no term


class Consultation(models.Model):
    """Somebody is in doubt and asks the council clerk or the mayor (M9).

    Promise: the question is read by who asked it and by who holds the role that it was put to,
    today, and by nobody else (C5). Afterwards stands here what was needed: nothing, advice, or a
    case, into which the question goes without typing it again.
    """

    _name = "aggression.consultation"
    _description = "Question in doubt"
    _inherit = ["aggression.stateful", "aggression.logged"]
    _rec_name = "reference"
    _order = "asked_at desc, id desc"

    _guarded = frozenset(
        {
            *("reference", "company_id", "protocol_id", "asked_by_id", "asked_at", "role_id"),
            *("reader_ids", "question", "state", "outcome", "answer", "answered_by_id"),
            *("answered_at", "incident_id"),
        }
    )
    _traced = ("incident_id",)
    _transitions = {(ASKED, ANSWERED): None}

    reference = fields.Char(
        required=True, readonly=True, copy=False, default=lambda self: random_reference("D")
    )
    company_id = fields.Many2one("res.company", required=True, readonly=True)
    protocol_id = fields.Many2one(
        "aggression.protocol", required=True, readonly=True, ondelete="restrict"
    )
    asked_by_id = fields.Many2one(
        "res.users", "Asked by", required=True, readonly=True, ondelete="restrict"
    )
    asked_at = fields.Datetime("Asked at", required=True, readonly=True)
    role_id = fields.Many2one(
        "aggression.role", "Asked to", required=True, readonly=True, ondelete="restrict"
    )
    # Walked by the rule alone: who else can read it is nobody's business.
    reader_ids = fields.Many2many(
        "res.users", "aggression_consultation_reader_rel", groups=".", copy=False
    )
    state = fields.Selection(
        [(ASKED, "Waits for an answer"), (ANSWERED, "Answered")],
        required=True,
        readonly=True,
        default=ASKED,
    )
    question = SealedText("What the doubt is about", required=True, readonly=True)
    outcome = fields.Selection(OUTCOMES, readonly=True)
    answer = SealedText(readonly=True)
    answered_by_id = fields.Many2one("res.users", "Answered by", readonly=True, ondelete="restrict")
    answered_at = fields.Datetime("Answered at", readonly=True)
    incident_id = fields.Many2one(
        "aggression.incident", "Case", readonly=True, index="btree_not_null", ondelete="cascade"
    )
    can_answer = fields.Boolean(compute="_compute_can_answer")

    _reference_once = models.UniqueIndex("(reference)")

    def _cases_read(self):
        return {record.id: (record.incident_id.id or None, None) for record in self.sudo()}

    @api.depends_context("uid")
    @api.depends("state")
    def _compute_can_answer(self):
        for consultation in self:
            consultation.can_answer = (
                consultation.state == ASKED and consultation.asked_by_id != self.env.user
            )

    @api.model
    def _own(self, reference):
        """Return what the user asked under this reference; empty for any other, with a trace."""
        if not is_reference(reference):
            return self.browse()
        own = self.search([("reference", "=", reference), ("asked_by_id", "=", self.env.uid)])
        if not own:
            hidden = self.sudo().search([("reference", "=", reference)])
            hidden.sudo(False)._note_reading(REFUSED)
        return own

    @api.model
    def _receivers(self):
        """Return the roles to which somebody in doubt can turn, as the protocol says."""
        protocol = self.env["aggression.protocol"]._in_force(self.env.company)
        return protocol.sudo().doubt_role_ids.sudo(False).sorted("sequence")

    @api.model
    def _ask(self, question, role):
        """Put a question to who holds a role; returns the consultation, as superuser.

        :raises UserError: in one sentence, without a question or somebody to answer it
        """
        if not (question or "").strip():
            raise UserError(self.env._("Write down what your doubt is about."))
        if role not in self._receivers():
            raise UserError(self.env._("Choose whom you want to ask."))
        protocol = self.env["aggression.protocol"]._in_force(self.env.company)
        asked = (
            self.sudo()
            ._unlocked()
            .create(
                {
                    "company_id": self.env.company.id,
                    "protocol_id": protocol.id,
                    "asked_by_id": self.env.uid,
                    "asked_at": fields.Datetime.now(),
                    "role_id": role.id,
                    "question": question,
                }
            )
        )
        if not asked._answering():
            raise UserError(self.env["aggression.incident"]._vacant_sentence(role.id))
        asked._follow_role()
        return asked.with_env(self.sudo().env)

    def _answering(self):
        """Return the ids of who holds the role today, absent or not, and who stands in (C3)."""
        self.ensure_one()
        staffing = self.env["aggression.role"]._staffing(self.company_id.id)
        day, role = self.env["aggression.role"]._today(self.company_id), self.role_id.id
        without = {self.asked_by_id.id}
        holders = {line[0] for line in staffing.assignments.get(role, ())}
        standing = {user for user in holders if staffing.stands(role, user, day)}
        return (standing | set(staffing.holders(role, day, without))) - without

    def _follow_role(self):
        """Let who holds the role today read this, and nobody who does not any more.

        For who is kept out of the case that it became there is no question either (C5).
        """
        for consultation in self.sudo():
            readers = consultation._answering() | {consultation.asked_by_id.id}
            readers -= set(consultation.incident_id._kept_out().ids)
            came = readers - set(consultation.reader_ids.ids)
            if readers != set(consultation.reader_ids.ids):
                consultation._unlocked().reader_ids = [fields.Command.set(sorted(readers))]
            if consultation.state == ASKED:
                consultation._tell(came)

    def _tell(self, user_ids):
        """Put a notice in the outbox for these users: that something waits, not what."""
        self.env["aggression.notice"]._about_consultation(self, user_ids)

    def _require_receiver(self):
        """Raise AccessError unless the user holds the role that was asked."""
        for consultation in self.sudo():
            readers = consultation.reader_ids - consultation.asked_by_id
            if self.env.user not in readers:
                consultation.sudo(False)._note_reading(REFUSED)
                raise AccessError(self.env._("Only who was asked can answer this."))

    def action_answer(self):
        """Open the screen on which who was asked says what is needed (M9)."""
        self.ensure_one()
        self._require_receiver()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Answer"),
            "res_model": "aggression.consultation.answer",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_consultation_id": self.id, "dialog_size": "extra-large"},
        }

    def _answer(self, outcome, answer, incident=None):
        """Record what was needed; who asked is told that there is an answer."""
        self._require_receiver()
        if outcome == ADVICE and not (answer or "").strip():
            raise UserError(self.env._("Write down the advice, so that it can be read back."))
        asked = self.sudo()
        asked._move(
            ANSWERED,
            outcome=outcome,
            answer=answer,
            incident_id=incident.id if incident else False,
            answered_by_id=self.env.uid,
            answered_at=fields.Datetime.now(),
        )
        asked._follow_role()
        asked._tell((asked.asked_by_id & asked.reader_ids).ids)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_by_protocol(self):
        if not self._holds_key():
            raise AccessError(self.env._("A question stays with its answer."))

    @api.autovacuum
    def _gc_answered(self):
        """Forget what was answered a year ago and became no case."""
        old = self.sudo().search(
            [
                ("state", "=", ANSWERED),
                ("incident_id", "=", False),
                ("answered_at", "<", fields.Datetime.now() - KEPT),
            ]
        )
        old._unlocked().unlink()
