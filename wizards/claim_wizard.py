from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..models.privacy.access import DECIDER, HANDLER
from ..models.privacy.sealing import SealedChar, SealedText

SEND, REMIND, RECEIVE, JOIN, WRITE_OFF = "send", "remind", "receive", "join", "write_off"
STEPS = [
    (SEND, "Send the claim"),
    (REMIND, "Send a reminder"),
    (RECEIVE, "Record a payment"),
    (JOIN, "Join to the criminal case"),
    (WRITE_OFF, "Write off"),
]
DAYS_TO_PAY = 30


class ClaimWizard(models.TransientModel):
    """A step with a claim: send it, remind, record a payment, join it, write it off (D2)."""

    _name = "aggression.claim.wizard"
    _description = "Claim, a step"
    _inherit = ["aggression.case.wizard", "aggression.in.euros"]
    _parts = (HANDLER, DECIDER)
    _about = ("claim_id",)

    claim_id = fields.Many2one("aggression.damage.claim", required=True, readonly=True)
    step = fields.Selection(STEPS, required=True, default=SEND)
    outstanding = fields.Monetary("Still to be paid", compute="_compute_outstanding")
    day = fields.Date(default=lambda self: fields.Date.context_today(self))
    pay_by = fields.Date("To be paid by", default=lambda self: self._default_pay_by())
    account = SealedText("What is claimed, as the causer reads it")
    pay_to = SealedChar(
        "To be paid into", default=lambda self: self.env.company.bank_ids[:1].acc_number
    )
    amount = fields.Monetary()
    how = SealedChar("How it came in")
    reason = SealedText("Why")

    @api.model
    def _default_pay_by(self):
        return fields.Date.context_today(self) + timedelta(days=DAYS_TO_PAY)

    @api.depends("claim_id")
    def _compute_outstanding(self):
        for wizard in self:
            wizard.outstanding = wizard._readable("claim_id").outstanding

    def action_save(self):
        """Take the step; a letter is kept as it is and handed over to be printed.

        :raises UserError: in one sentence; the screen keeps what was typed
        """
        self._require_case()
        letter = getattr(self, f"_{self.step}")()
        return self._finish_with(letter) if letter else self._close()

    def _send(self):
        return self.claim_id._send(self.day, self.pay_by, self.account, self.pay_to)

    def _remind(self):
        return self.claim_id._remind(self.day, self.pay_by)

    def _receive(self):
        self.claim_id._receive(self.day, self.amount, self.how, self.pay_by)

    def _join(self):
        self.claim_id._join(self.reason)

    def _write_off(self):
        self.claim_id._write_off(self.reason)


class Claim(models.Model):
    _inherit = "aggression.damage.claim"

    def action_send(self):
        """Open the screen for claiming the damage by letter."""
        self.ensure_one()
        self._require(HANDLER, DECIDER)
        if reason := self._not_claimable():
            raise UserError(reason)
        told = "\n".join(self.env["aggression.damage"]._of(self.incident_id).mapped("what"))
        return self._action_step(SEND, self.env._("Send the claim"), account=told)

    def action_remind(self):
        """Open the screen for a reminder."""
        return self._action_step(REMIND, self.env._("Send a reminder"))

    def action_receive(self):
        """Open the screen for a payment that came in."""
        return self._action_step(RECEIVE, self.env._("A payment came in"), amount=self.outstanding)

    def action_join(self):
        """Open the screen for joining it to the criminal case."""
        return self._action_step(JOIN, self.env._("Join to the criminal case"))

    def action_write_off(self):
        """Open the screen for giving it up."""
        return self._action_step(WRITE_OFF, self.env._("Write off"))

    def _action_step(self, step, name, **begun):
        self.ensure_one()
        self._require(HANDLER, DECIDER)
        about = {"claim_id": self.id, "step": step}
        return self.incident_id._action_wizard("aggression.claim.wizard", name, **about, **begun)
