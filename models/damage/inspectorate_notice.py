from odoo import api, fields, models
from odoo.exceptions import UserError

from ..common.choices import choice_in_words
from ..privacy.access import DECIDER, HANDLER
from ..privacy.sealing import SealedChar, SealedText
from ..protocol.duty_type import BY_ROLE

APPLIES, DOES_NOT_APPLY = "applies", "does_not_apply"
DECISIONS = [
    (APPLIES, "It must be notified"),
    (DOES_NOT_APPLY, "It need not be notified"),
]
WAYS = [("phone", "By telephone"), ("form", "By the form on its website")]
# What the inspectorate asks, in the order of its form; all of it is typed or taken from the case.
ASKED = (
    "employer",
    "employer_number",
    "reporter",
    "victim",
    "birth_date",
    "victim_role",
    "occurred",
    "where",
    "course",
    "injury",
    "hospital",
    "work",
    "witnesses",
    "police",
    "scene",
)


class InspectorateNotice(models.Model):
    """Whether the Labour Inspectorate is told of one person's injury, and how it was told (D10).

    Promise: the decision is there with its reason, whichever way it goes: the law leaves room for
    doubt whether it covers office-holders, the protocol says that it does; so that it need not be
    told is said by whom the protocol names. What the inspectorate asks is at hand; what is missing
    is named, and never holds up telling.
    """

    _name = "aggression.inspectorate.notice"
    _description = "Notice to the Labour Inspectorate"
    _inherit = ["aggression.letter", "aggression.personal"]
    _order = "id"

    _guarded = frozenset(
        {
            "incident_id",
            "affected_id",
            "decision",
            "reason",
            "decided_at",
            "decided_by_id",
            *ASKED,
            "sent_at",
            "sent_how",
            "sent_by_id",
            "number",
        }
    )

    decision = fields.Selection(DECISIONS, required=True, readonly=True)
    reason = SealedText("Why", required=True, readonly=True)
    decided_at = fields.Datetime("Decided at", required=True, readonly=True)
    decided_by_id = fields.Many2one(
        "res.users", "Decided by", required=True, readonly=True, ondelete="restrict"
    )
    employer = SealedChar(readonly=True)
    employer_number = SealedChar("Chamber of Commerce number", readonly=True)
    reporter = SealedChar("Who reports it, with telephone number", readonly=True)
    victim = SealedChar("Name of the victim", readonly=True)
    birth_date = SealedChar("Date of birth", readonly=True)
    victim_role = SealedChar("Office or job", readonly=True)
    occurred = SealedChar("Date and time", readonly=True)
    where = SealedChar("Place", readonly=True)
    course = SealedText("What happened, in short", readonly=True)
    injury = SealedChar(readonly=True)
    hospital = SealedChar("Which hospital, since when", readonly=True)
    work = SealedChar("The work at that moment", readonly=True)
    witnesses = SealedText(readonly=True)
    police = SealedChar("Police involved", readonly=True)
    scene = SealedChar("Whether the place was left as it was", readonly=True)
    missing = fields.Char("Still missing", compute="_compute_missing")
    sent_at = fields.Datetime("Notified at", readonly=True)
    sent_how = fields.Selection(WAYS, "How", readonly=True)
    sent_by_id = fields.Many2one("res.users", "Notified by", readonly=True, ondelete="restrict")
    number = SealedChar("Number of the notice", readonly=True)
    proof_ids = fields.One2many("aggression.inspectorate.proof", "notice_id")

    _one_per_person = models.UniqueIndex("(affected_id)")
    _sent_in_a_way = models.Constraint(
        "CHECK ((sent_at IS NULL) = (sent_how IS NULL))", "Say how it was notified."
    )

    @api.depends(*ASKED)
    @api.depends_context("lang")
    def _compute_missing(self):
        for notice in self:
            notice.missing = ", ".join(self._missing_in(notice))

    @api.model
    def _missing_in(self, filled):
        """Return the names of what the inspectorate asks and nobody has filled in.

        :param filled: a notice, or the screen on which one is made
        """
        return [
            self._fields[name]._description_string(self.env)
            for name in ASKED
            if not (filled[name] or "").strip()
        ]

    def _answers(self):
        """Return (question, answer) in the order of the inspectorate's form, for the paper."""
        return [
            (self._fields[name]._description_string(self.env), self[name] or "") for name in ASKED
        ]

    @api.model
    def _decide(self, affected, decision, reason, answers, told=False):
        """Decide whether it is notified, and keep the answers so far. By handler or decider.

        Deciding again before it is notified takes the place of what was decided first; that it
        must be notified after all is a duty again.

        :param aggression.affected.person affected: whose injury it is
        :param str decision: one of ``DECISIONS``
        :param str reason: why; required
        :param dict answers: {one of ``ASKED``: text}
        :param bool told: that it was notified is recorded next
        :return: the notice, as the user sees it
        :raises AccessError: for who neither handles nor decides the case
        :raises UserError: in one sentence: no reason, notified already, not for this user to say
        """
        affected._require(HANDLER, DECIDER)
        if decision not in dict(DECISIONS) or not (reason or "").strip():
            raise UserError(self.env._("Say whether it must be notified, and why."))
        if decision == DOES_NOT_APPLY:
            self._check_may_leave(affected.sudo())
        case = affected.sudo().incident_id
        values = {
            **{name: answers.get(name) for name in ASKED},
            "decision": decision,
            "reason": reason,
            "decided_at": fields.Datetime.now(),
            "decided_by_id": self.env.uid,
        }
        notice = self.sudo().search([("affected_id", "=", affected.id)])
        if notice.sent_at:
            raise UserError(self.env._("This was notified already. It stays as it was sent."))
        if notice:
            notice._unlocked().write(values)
        else:
            values |= {"incident_id": case.id, "affected_id": affected.id}
            notice = self.sudo()._unlocked().create(values)
        case._log("inspectorate")
        if not told:
            notice._settle_duty()
        return notice.with_env(self.env)

    @api.model
    def _check_may_leave(self, affected):
        """Raise UserError unless the user may say that the inspectorate need not be told."""
        duties = self.env["aggression.duty"]
        rules = duties._asking_inspectorate(affected)
        if not all(duties._lets_waive(affected.incident_id, rule) for rule in rules):
            raise UserError(
                self.env._(
                    "By the protocol somebody else says that it need not be notified: %(who)s. "
                    "Ask them to decide.",
                    who=self._who_may_leave(affected),
                )
            )

    @api.model
    def _who_may_leave(self, affected):
        """Return in words who says that the inspectorate need not be told of this person.

        :param aggression.affected.person affected: in superuser mode
        """
        rules = self.env["aggression.duty"]._asking_inspectorate(affected)
        kinds = self.env["aggression.duty.type"].sudo().browse(rule.id for rule in rules)
        words = [
            kind.waive_role_id.name
            if kind.waived_by == BY_ROLE
            else choice_in_words(kind, "waived_by")
            for kind in kinds
        ]
        return ", ".join(dict.fromkeys(words))

    def _sent(self, at, how, number, proof=None):
        """Record that the inspectorate was told. By who handles or decides.

        :param datetime at: when (naive UTC)
        :param str how: one of ``WAYS``
        :param str number: by which the inspectorate knows it, if it gave one
        :param dict proof: filename and content (base64), or nothing
        :raises UserError: in one sentence
        """
        self.ensure_one()
        self._require(HANDLER, DECIDER)
        notice = self.sudo()
        if notice.decision != APPLIES or notice.sent_at:
            raise UserError(self.env._("First decide that it must be notified. It is told once."))
        if how not in dict(WAYS) or not at or at > fields.Datetime.now():
            raise UserError(self.env._("Say how and when it was told: not in the future."))
        told = {"sent_at": at, "sent_how": how, "number": number, "sent_by_id": self.env.uid}
        notice._unlocked().write(told)
        if proof:
            notice._keep_proof(proof)
        notice.incident_id._log("inspectorate_told")
        notice._settle_duty()

    def _add_proof(self, number, proof):
        """Keep a proof that came after it was notified, and the number if it had none yet.

        :param str number: by which the inspectorate knows it, if it gave one
        :param dict proof: filename and content (base64)
        :raises UserError: before it was notified
        """
        self.ensure_one()
        self._require(HANDLER, DECIDER)
        notice = self.sudo()
        if not notice.sent_at:
            raise UserError(self.env._("First record that it was notified, with the proof."))
        if number and not notice.number:
            notice._unlocked().write({"number": number})
        notice._keep_proof(proof)
        notice.incident_id._log("inspectorate_proof")

    def _keep_proof(self, proof):
        about = {"incident_id": self.incident_id.id, "affected_id": self.affected_id.id}
        values = {**proof, **about, "notice_id": self.id}
        self.env["aggression.inspectorate.proof"].sudo()._unlocked().create(values)

    def _settle_duty(self):
        """Settle the duty once everybody who was seriously hurt has a decision, carried out.

        While it must be told and was not, there is a duty to do it.
        """
        case = self.incident_id
        case._stand_in_line()
        hurt = case.affected_ids.filtered(lambda person: person._seriously_hurt())
        notices = self.search([("incident_id", "=", case.id)])
        done = notices.filtered(lambda one: one.decision == DOES_NOT_APPLY or one.sent_at)
        everybody = not hurt - done.affected_id and not notices - done
        duties, person = self.env["aggression.duty"], self.affected_id
        duties._settle_inspectorate(person, self in done, everybody)
        if self not in done:
            duties._raise_inspectorate(person)

    def action_print(self):
        """Print what the inspectorate asks, filled in."""
        self.ensure_one()
        self._require(HANDLER, DECIDER)
        return self.env.ref("aggression_protocol.report_inspectorate_notice").report_action(self)


class Incident(models.Model):
    _inherit = "aggression.incident"

    inspectorate_ids = fields.One2many(
        "aggression.inspectorate.notice", "incident_id", "Labour Inspectorate"
    )
