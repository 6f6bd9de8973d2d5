from datetime import timedelta

from odoo import models
from odoo.exceptions import UserError

from ...rules import money
from ..privacy.access import DECIDER, HANDLER
from .claim import CLAIMED, JOINED, RECOVERED, WRITTEN_OFF


class Incident(models.Model):
    _inherit = "aggression.incident"

    def _forget_who_paid(self):
        """Take away from whom money came in, when the term for keeping that is over."""
        self.claim_ids.payment_ids._unlocked().write({"how": False})


class Claim(models.Model):
    """The way of a claim: sent, reminded of, paid in parts, settled in one of three ways (D2).

    Promise: every term that the causer gets is a duty, so that a claim is never forgotten; each
    letter is kept as it was sent.
    """

    _inherit = "aggression.damage.claim"

    def _send(self, day, pay_by, account, pay_to):
        """Claim the damage by letter, which is kept as it is. By who handles or decides.

        :param date day: the date on the letter
        :param date pay_by: the last day for the causer to pay
        :param str account: what is claimed, in words that the causer reads
        :param str pay_to: the account to pay into
        :return: the letter, in superuser mode
        :raises AccessError: for who neither handles nor decides the case
        :raises UserError: in one sentence, when something is missing
        """
        self._start()
        claim = self.sudo()
        self._check_term(day, pay_by)
        if not (account or "").strip() or not (pay_to or "").strip():
            raise UserError(self.env._("Say what is claimed and into which account it is paid."))
        claim._move(
            CLAIMED,
            **claim._amounts(),
            account=account,
            pay_to=pay_to,
            sent_on=day,
            pay_by=pay_by,
            sender_id=self.env.uid,
        )
        claim.incident_id._log("claimed")
        self.env["aggression.duty"]._fulfil_about(claim, "claim")
        claim._await()
        return self._kept_letter(day)

    def _remind(self, day, pay_by):
        """Remind the causer of what is still owed, by a letter that is kept as it is.

        :return: the letter, in superuser mode
        :raises UserError: in one sentence, also before the earlier term is over
        """
        self._start(CLAIMED)
        claim = self.sudo()
        self._check_term(day, pay_by)
        if day <= claim.pay_by:
            raise UserError(self.env._("The causer still has time to pay. Wait until it is over."))
        claim._unlocked().write(
            {"reminded_on": day, "pay_by": pay_by, "sender_id": self.env.uid},
        )
        claim.incident_id._log("claim_reminded")
        claim._await()
        return self._kept_letter(day)

    def _receive(self, day, amount, how, pay_by):
        """Record what was paid: all that is owed, or a part. By who handles or decides.

        :param date day: on which it was received
        :param float amount: in euros
        :param str how: how it came in, or by whom
        :param date pay_by: when the next part is expected, while something is still owed
        :raises UserError: in one sentence, also for more than is owed
        """
        self._start(CLAIMED, JOINED)
        claim = self.sudo()
        self._check_amount(amount)
        left = claim._cents("outstanding") - money.cents(amount)
        if left < 0:
            raise UserError(
                self.env._("This is more than is still owed. Pay back what is too much.")
            )
        if (
            not day
            or not (claim.sent_on or claim.closed_on)
            <= day
            <= claim.incident_id.protocol_id._today()
        ):
            raise UserError(self.env._("It is paid after it was claimed, and not in future."))
        self.env["aggression.damage.payment"].sudo()._unlocked().create(
            {
                "incident_id": claim.incident_id.id,
                "claim_id": claim.id,
                "received_on": day,
                "amount": amount,
                "how": how,
            }
        )
        claim.incident_id._log("claim_paid")
        if not left:
            claim._settle(RECOVERED, day)
        elif claim.state == CLAIMED:
            self._check_term(day, pay_by)
            claim._unlocked().pay_by = pay_by
            claim._await()

    def _join(self, reason):
        """Record that it is joined to the criminal case. By who handles or decides."""
        self._start()
        claim = self.sudo()
        claim._settle(JOINED, reason=reason, **claim._amounts())

    def _write_off(self, reason):
        """Give it up, with a reason. By who handles or decides."""
        self._start()
        if not (reason or "").strip():
            raise UserError(self.env._("Say why it is not recovered."))
        claim = self.sudo()
        claim._settle(WRITTEN_OFF, reason=reason, **claim._amounts())

    # -- what the steps share --------------------------------------------------------------

    def _start(self, *states):
        """Raise unless the user may take a step with this claim, in one of these states.

        Of two who take one at once the second finds what the first has left.
        """
        self.ensure_one()
        self._require(HANDLER, DECIDER)
        claim = self.sudo()
        claim.lock_for_update()
        claim.incident_id._stand_in_line()
        claim.invalidate_recordset()
        if states and claim.state not in states:
            raise UserError(self._overtaken())

    def _amounts(self):
        """Return what is claimed, as it is kept from the letter on."""
        material, immaterial = map(money.euros, self._claimed())
        return {"material": material, "immaterial": immaterial}

    def _check_term(self, day, pay_by):
        today = self.sudo().incident_id.protocol_id._today()
        if not day or not pay_by or day > today or pay_by <= day:
            raise UserError(
                self.env._("Fill in a day that is not in future, and a later day to pay by.")
            )

    def _await(self):
        """Have somebody look whether it was paid, from the day after the term."""
        duties = self.env["aggression.duty"]
        duties._fulfil_about(self, "recover")
        over = self.incident_id.protocol_id._midnight(self.pay_by + timedelta(days=1))
        duties._raise_about(self, "claimed", at=over)

    def _kept_letter(self, day):
        self.env.flush_all()
        return self.env["aggression.sent.letter"]._keep(self, day)

    def _settle(self, state, day=None, **values):
        duties = self.env["aggression.duty"]
        self._move(state, closed_on=day or self.incident_id.protocol_id._today(), **values)
        self.incident_id._log(f"claim_{state}", values.get("reason"))
        for fulfilment in ("claim", "recover"):
            duties._fulfil_about(self, fulfilment)
