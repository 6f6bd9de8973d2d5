from odoo import api, fields, models
from odoo.exceptions import UserError

from ..models.damage.damage import KINDS, MATERIAL
from ..models.privacy.access import DECIDER, HANDLER, PERSON_HIT
from ..models.privacy.sealing import SealedBinary, SealedChar, SealedText

NOTE, RECEIPT, DECIDE, PAY = "note", "receipt", "decide", "pay"
STEPS = [
    (NOTE, "Write down damage"),
    (RECEIPT, "Add a receipt"),
    (DECIDE, "Decide on the reimbursement"),
    (PAY, "Record the payment"),
]


class DamageWizard(models.TransientModel):
    """A step with damage: write it down, add a receipt, decide on reimbursing it, pay it (D12).

    The step itself checks who may take it: deciding is for who does by the protocol.
    """

    _name = "aggression.damage.wizard"
    _description = "Damage, a step"
    _inherit = ["aggression.person.wizard", "aggression.in.euros"]
    _parts = (PERSON_HIT, HANDLER, DECIDER)
    _about = ("affected_id", "damage_id")

    step = fields.Selection(STEPS, required=True, default=NOTE)
    damage_id = fields.Many2one("aggression.damage", readonly=True, ondelete="cascade")
    of_municipality = fields.Boolean("Damage of the municipality itself")
    kind = fields.Selection(KINDS, default=MATERIAL)
    what = SealedChar("What")
    amount = fields.Monetary()
    asks = fields.Boolean("Reimburse this to me or to the person hit", default=True)
    filename = SealedChar("File name")
    receipt = SealedBinary()
    asked = fields.Monetary("Amount asked", compute="_compute_asked")
    granted = fields.Monetary("Reimburse")
    reason = SealedText("Why")
    paid_on = fields.Date("Paid on", default=lambda self: fields.Date.context_today(self))
    payment_reference = SealedChar("Payment reference")

    def _offered(self, persons):
        """Return the person hit themself, else everybody whom the user may see."""
        return persons._oneself() or persons

    @api.depends("damage_id")
    def _compute_asked(self):
        for wizard in self:
            wizard.asked = wizard._readable("damage_id").amount

    def action_save(self):
        """Take the step.

        :raises UserError: in one sentence; the screen keeps what was typed
        """
        self._require_case()
        if self.step != NOTE and not self.damage_id:
            raise UserError(self.env._("Open this from the damage."))
        getattr(self, f"_{self.step}")()
        return self._finish(self.sudo().incident_id)

    def action_none(self):
        """Record that nobody has damage, so that it need not be asked again. By the case team."""
        self._require_case()
        incident = self.incident_id
        incident._require(HANDLER, DECIDER)
        incident._log("damage", self.env._("There is no damage."))
        self.env["aggression.duty"]._fulfil(incident, "damage")
        return self._finish(self.sudo().incident_id)

    def _note(self):
        whose = self.affected_id.browse() if self.of_municipality else self.affected_id
        if not whose and not self.of_municipality:
            raise UserError(self.env._("Say whose damage it is."))
        values = {"kind": self.kind, "what": self.what, "amount": self.amount}
        damages = self.env["aggression.damage"]
        damage = damages._note(self.incident_id, whose, values, self._uploaded())
        if whose and self.asks:
            damage._ask()

    def _receipt(self):
        self.damage_id._add_receipt(self._uploaded() or {})

    def _uploaded(self):
        if not self.receipt:
            return None
        return {"filename": self.filename or self.env._("Receipt"), "content": self.receipt}

    def _decide(self):
        self.damage_id._decide(self.granted, self.reason)

    def _pay(self):
        self.damage_id._pay(self.paid_on, self.payment_reference)


class Incident(models.Model):
    _inherit = "aggression.incident"

    def action_note_damage(self):
        """Open the screen for damage: one's own, or that of anybody for who handles the case."""
        self.ensure_one()
        self._require(PERSON_HIT, HANDLER, DECIDER)
        return self._action_wizard("aggression.damage.wizard", self.env._("Write down damage"))


class AffectedPerson(models.Model):
    _inherit = "aggression.affected.person"

    def action_note_damage(self):
        """Open the screen for damage of this person."""
        self.ensure_one()
        self.check_access("read")
        action = self.incident_id.action_note_damage()
        return {**action, "context": {**action["context"], "default_affected_id": self.id}}


class Damage(models.Model):
    _inherit = "aggression.damage"

    def action_add_receipt(self):
        """Open the screen for a receipt."""
        self.ensure_one()
        self._require_mine()
        return self._action_step(RECEIPT, self.env._("Add a receipt"))

    def action_ask(self):
        """Ask that this is reimbursed: see :meth:`_ask`."""
        self.ensure_one()
        self._ask()

    def action_withdraw(self):
        """Take this back: see :meth:`_withdraw`."""
        self.ensure_one()
        self._withdraw()

    def action_decide_reimbursement(self):
        """Open the screen for deciding on the reimbursement, which is for who does by protocol."""
        self.ensure_one()
        self._require(HANDLER, DECIDER)
        name = self.env._("Decide on the reimbursement")
        return self._action_step(DECIDE, name, granted=self.amount)

    def action_pay(self):
        """Open the screen for recording that it was paid."""
        self.ensure_one()
        self._require(HANDLER, DECIDER)
        return self._action_step(PAY, self.env._("Record the payment"))

    def _action_step(self, step, name, **begun):
        about = {"damage_id": self.id, "affected_id": self.affected_id.id, "step": step}
        return self.incident_id._action_wizard("aggression.damage.wizard", name, **about, **begun)
