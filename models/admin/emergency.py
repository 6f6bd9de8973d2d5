from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..common.choices import choice_in_words
from ..privacy.access import HANDLER
from ..privacy.asker import REFUSED as READING_REFUSED
from ..privacy.notice import EMERGENCY
from ..privacy.sealing import SealedText

ASKED, GRANTED, REFUSED, EXPIRED, ENDED = "asked", "granted", "refused", "expired", "ended"
STATES = [
    (ASKED, "Asked"),
    (GRANTED, "Has access"),
    (REFUSED, "Refused"),
    (EXPIRED, "Not answered in time"),
    (ENDED, "Over"),
]
# How long somebody has access, and how long a request waits for an answer.
TERM = timedelta(hours=24)
CRON = "aggression_protocol.cron_end_emergencies"


class Emergency(models.Model):
    """Somebody must get into a case, and nobody who has a part in it can do it: break-glass.

    Promise: it takes two people, of whom neither gives out rights in the system, was hit in the
    case or is kept out of it; it ends by itself after 24 hours; each step is in the timeline and
    in the log of changes of rights; who was hit is told and can read why (C5, M5).
    """

    _name = "aggression.emergency"
    _description = "Emergency access"
    _inherit = ["aggression.stateful", "aggression.confidential"]
    _rec_name = "reference"
    _order = "id desc"

    _guarded = frozenset(
        {
            *("incident_id", "reference", "asked_by_id", "user_id", "approver_id", "reason"),
            *("state", "expires_at", "answered_at", "ends_at", "ended_at"),
        }
    )
    _transitions = {
        (ASKED, GRANTED): "_no_grant_reason",
        (ASKED, REFUSED): None,
        (ASKED, EXPIRED): None,
        (GRANTED, ENDED): None,
    }

    # of its own: who asks and who approves have no part in the case
    reference = fields.Char("Case", required=True, readonly=True)
    asked_by_id = fields.Many2one(
        "res.users", "Asked by", required=True, readonly=True, ondelete="restrict"
    )
    user_id = fields.Many2one(
        "res.users", "Who gets access", required=True, readonly=True, ondelete="restrict"
    )
    approver_id = fields.Many2one(
        "res.users", "Who approves", required=True, readonly=True, ondelete="restrict"
    )
    reason = SealedText("Why", required=True, readonly=True)
    state = fields.Selection(STATES, required=True, default=ASKED, readonly=True)
    expires_at = fields.Datetime("To be answered before", required=True, readonly=True)
    answered_at = fields.Datetime(readonly=True)
    ends_at = fields.Datetime("Access until", readonly=True)
    ended_at = fields.Datetime(readonly=True)
    can_answer = fields.Boolean(compute="_compute_can")
    can_end = fields.Boolean(compute="_compute_can")

    _two_people = models.Constraint(
        "CHECK (asked_by_id != approver_id AND user_id != approver_id)",
        "Somebody else has to approve it: not who asks for it and not who gets access.",
    )
    _once = models.UniqueIndex(
        "(incident_id, user_id) WHERE state IN ('asked', 'granted')",
        "Emergency access to this case was asked for this person already.",
    )

    @api.depends("state")
    @api.depends_context("uid")
    def _compute_can(self):
        for request in self:
            request.can_answer = request.state == ASKED and request.approver_id == self.env.user
            request.can_end = request.state == GRANTED and self.env.user in request._both()

    def _both(self):
        return self.asked_by_id | self.approver_id

    @api.model
    def _ask(self, incident, user, approver, reason):
        """Keep a request by the user behind the call, and tell who must answer it.

        :raises AccessError: for who may not ask
        :raises UserError: without a reason, or for somebody who does not qualify
        """
        if not self.env.user._may_ask_for_emergency():
            raise AccessError(self._no_role_sentence())
        if not (reason or "").strip():
            raise UserError(self.env._("Write down why. Who was hit in the case can read it."))
        incident._check_emergency(user, approver)
        request = (
            self.sudo()
            ._unlocked()
            .create(
                {
                    "incident_id": incident.id,
                    "reference": incident.sudo().reference,
                    "asked_by_id": self.env.uid,
                    "user_id": user.id,
                    "approver_id": approver.id,
                    "reason": reason,
                    "expires_at": fields.Datetime.now() + TERM,
                }
            )
        )
        request._keep_step("emergency_asked")
        self.env.ref(CRON).sudo()._trigger(request.expires_at)
        self.env["aggression.rights.change"]._tell(approver)
        return request.with_env(self.env)

    def action_approve(self):
        """Give access for 24 hours. By who was asked to approve, and nobody else.

        :raises AccessError: for anybody else
        :raises UserError: when it was answered already, or somebody does not qualify any more
        """
        self._require_approver()
        request = self.sudo()
        now = fields.Datetime.now()
        request._move(GRANTED, answered_at=now, ends_at=now + TERM)
        row = request.incident_id._access_row(request.user_id.id, HANDLER, "emergency")
        self.env["aggression.access"]._grant([row])
        self._keep_step("emergency")
        self.env.ref(CRON).sudo()._trigger(request.ends_at)
        self._tell_of_grant()

    def action_refuse(self):
        """Refuse it. By who was asked to approve.

        :raises AccessError: for anybody else
        """
        self._require_approver()
        self.sudo()._move(REFUSED, answered_at=fields.Datetime.now())
        self._keep_step("emergency_refused")

    def action_end(self):
        """End the access before its time. By who asked or who approved.

        :raises AccessError: for anybody else
        """
        self.ensure_one()
        if self.env.user not in self.sudo()._both():
            self._note_reading(READING_REFUSED)
            raise AccessError(self._no_role_sentence())
        self.sudo()._end()

    def _require_approver(self):
        self.ensure_one()
        self.check_access("read")
        if self.sudo().approver_id != self.env.user:
            self._note_reading(READING_REFUSED)
            raise AccessError(self._no_role_sentence())

    def _no_grant_reason(self):
        if self.expires_at <= fields.Datetime.now():
            return self.env._("Nobody answered in time. Ask again when it is still needed.")
        return self.incident_id._no_emergency_reason(self.user_id, self.approver_id)

    def _tell_of_grant(self):
        """Tell who was hit, through the outbox, and the privacy officers."""
        request = self.sudo()
        self.env["aggression.notice"]._queue(
            {
                "key": f"emergency/{request.id}/{user.id}",
                "user_id": user.id,
                "about": request.incident_id,
                "kind": EMERGENCY,
            }
            for user in request.incident_id.affected_ids.user_id
        )
        changes = self.env["aggression.rights.change"]
        changes._tell(changes._officers() - self.env.user)

    def _keep_step(self, kind, step="changed"):
        """Write a step in the timeline and in the log of changes of rights."""
        for request in self.sudo():
            request.incident_id.with_env(self.env)._log(kind, request.user_id.name)
            self.env["aggression.rights.change"]._add(
                [
                    {
                        "kind": "emergency",
                        "step": step,
                        "user_id": request.user_id.id,
                        "incident": request.incident_id,
                        "what": choice_in_words(request, "state"),
                    }
                ]
            )

    def _end(self):
        """Take the access away; what its holder had to do goes to who answers for it."""
        for request in self:
            request._move(ENDED, ended_at=fields.Datetime.now())
            case = request.incident_id
            case = case.with_context(lang=case.company_id.partner_id.lang)
            rows = case.access_ids.filtered(
                lambda row, user=request.user_id: row.user_id == user and row.reason == "emergency"
            )
            case._hand_over_safely({case: rows})
            request._keep_step("emergency_over")

    @api.model
    def _cron_end(self):
        """End what is over, and what nobody answered; every few minutes and at the very moment."""
        now = fields.Datetime.now()
        over = self.search([("state", "=", GRANTED), ("ends_at", "<=", now)])
        late = self.search([("state", "=", ASKED), ("expires_at", "<=", now)])
        for request in over.try_lock_for_update():
            request._end()
            self.env["ir.cron"]._commit_progress(1)
        for request in late.try_lock_for_update():
            request._move(EXPIRED)
            request._keep_step("emergency_expired")
            self.env["ir.cron"]._commit_progress(1)
