from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ...rules import money
from ..privacy.access import DECIDER, HANDLER
from .damage import ASKED, GRANTED, PAID, REFUSED

EVENT = "reimbursement_asked"


class Damage(models.Model):
    """What a person lost is reimbursed on request (D12).

    Promise: whoever was hit asks it themself or has it asked; who decides on it follows from the
    protocol and is never the person themself; no reason is kept from whoever gets less than they
    asked; and what was granted is paid, with the reference by which it can be found in the books.
    """

    _inherit = "aggression.damage"

    can_decide = fields.Boolean(compute="_compute_can_decide")

    @api.depends("state")
    @api.depends_context("uid")
    def _compute_can_decide(self):
        for damage in self:
            damage.can_decide = damage.state == ASKED and damage._is_decided_by_me()

    def _is_decided_by_me(self):
        """Tell whether the user is who decides on reimbursing this, by the protocol."""
        damage = self.sudo()
        case = damage.incident_id
        if damage.affected_id.user_id.id == self.env.uid:
            return False
        if not case.with_env(self.env)._has_role(HANDLER, DECIDER):
            return False
        rules = case.protocol_id._playbook().duties.get(EVENT, ())
        deciding = [rule for rule in rules if rule.fulfilment == "reimburse"]
        roles = [case._answers(rule, False, False)[0] for rule in deciding]
        return not roles or any(self.env.uid in case._answering_ids(role) for role in roles)

    def _not_reimbursable(self):
        if not self.affected_id:
            return self.env._("Only what a person lost can be reimbursed.")
        return False

    def _ask(self):
        """Ask that this is reimbursed. By the person, or on their behalf by who handles.

        :raises AccessError: for anybody else
        :raises UserError: in one sentence, when it cannot be asked (any more)
        """
        self._require_mine()
        damage = self.sudo()
        empty = dict.fromkeys(("granted", "decided_at", "decided_by_id", "reason"), False)
        damage._move(ASKED, **empty, asked_at=fields.Datetime.now(), asked_by_id=self.env.uid)
        damage.incident_id._log(EVENT)
        for one in damage:
            self.env["aggression.duty"]._raise_about(one, EVENT)

    def _decide(self, granted, reason):
        """Decide how much of it is reimbursed: all, a part, or nothing. By who does by protocol.

        :param float granted: in euros
        :param str reason: why; required for less than was asked
        :raises AccessError: for anybody else
        :raises UserError: in one sentence
        """
        self.ensure_one()
        self._require(HANDLER, DECIDER)
        if not self._is_decided_by_me():
            raise AccessError(self.env._("Somebody else decides on this, by the protocol."))
        damage = self.sudo()
        if granted:
            self._check_amount(granted)
        in_cents, asked = money.cents(granted), damage._cents("amount")
        if in_cents > asked:
            raise UserError(self.env._("No more is reimbursed than the damage."))
        if in_cents < asked and not (reason or "").strip():
            raise UserError(self.env._("Say why not all of it is reimbursed."))
        damage._move(
            GRANTED if in_cents else REFUSED,
            granted=money.euros(in_cents),
            reason=reason,
            decided_at=fields.Datetime.now(),
            decided_by_id=self.env.uid,
        )
        damage.incident_id._log("reimbursement_decided")
        duties = self.env["aggression.duty"]
        duties._fulfil_about(damage, "reimburse")
        if in_cents:
            duties._raise_about(damage, "reimbursement_granted")

    def _pay(self, day, reference):
        """Record that it was paid. By who handles or decides.

        :param date day: on which it was paid
        :param str reference: by which the payment is found in the books
        :raises UserError: in one sentence, when something is missing
        """
        self.ensure_one()
        self._require(HANDLER, DECIDER)
        damage = self.sudo()
        protocol = damage.incident_id.protocol_id
        if not (reference or "").strip():
            raise UserError(self.env._("Fill in the reference of the payment."))
        decided_on = damage.decided_at and protocol._day_of(damage.decided_at)
        if not day or not decided_on or not decided_on <= day <= protocol._today():
            raise UserError(self.env._("It is paid after it was decided, and not in future."))
        damage._move(PAID, paid_on=day, payment_reference=reference)
        damage.incident_id._log("reimbursed")
        self.env["aggression.duty"]._fulfil_about(damage, "pay")
