from odoo import api, fields, models
from odoo.exceptions import UserError

from ..models.privacy.access import HANDLER, PROTECTOR
from ..models.privacy.sealing import SealedText

RECORD, RENEW, REVIEW, END = "record", "renew", "review", "end"
STEPS = [
    (RECORD, "Record protection"),
    (RENEW, "Record a later decision"),
    (REVIEW, "It goes on as it is"),
    (END, "It is over"),
]
DECIDED = ("decided_on", "until", "review_on", "text")


class ProtectionWizard(models.TransientModel):
    """Record how somebody is protected, as decided outside the municipality (D7).

    The step itself checks who may take it: what was recorded is changed by who keeps it.
    """

    _name = "aggression.protection.wizard"
    _description = "Record protection"
    _inherit = "aggression.person.wizard"
    _parts = (HANDLER, PROTECTOR)
    _about = ("affected_id", "protection_id")

    step = fields.Selection(STEPS, required=True, default=RECORD)
    protection_id = fields.Many2one("aggression.protection", readonly=True, ondelete="cascade")
    person = fields.Char("Who is protected")
    authority_choice_ids = fields.Many2many(
        "aggression.protection.authority", compute="_compute_authority_choice_ids"
    )
    authority_id = fields.Many2one("aggression.protection.authority", "Decided by")
    decided_on = fields.Date(default=fields.Date.context_today)
    until = fields.Date()
    review_on = fields.Date("Look at it again on")
    text = SealedText("In words")

    @api.depends("incident_id")
    def _compute_authority_choice_ids(self):
        for wizard in self:
            wizard.authority_choice_ids = wizard.incident_id.protocol_id.authority_ids

    def action_save(self):
        """Take the step; the person and who keeps it can read it, and nobody else.

        :raises UserError: in one sentence; the screen keeps what was typed
        """
        self._require_case()
        if self.step == RECORD:
            self._record()
        elif not self.protection_id:
            raise UserError(self.env._("Open this from the protection."))
        elif self.step == RENEW:
            self.protection_id._renew(self._values())
        elif self.step == REVIEW:
            self.protection_id._keep_as_it_is(self.review_on)
        else:
            self.protection_id._end(self.text)
        return self._finish(self.sudo().incident_id)

    def _record(self):
        if not self.affected_id:
            raise UserError(self.env._("Say who is protected."))
        self.env["aggression.protection"]._record(self.affected_id, self._values())

    def _values(self):
        decided = {name: self[name] for name in DECIDED}
        return {"authority_id": self.authority_id.id, **decided}


class Incident(models.Model):
    _inherit = "aggression.incident"

    def action_protect(self):
        """Open the screen for protection that was decided."""
        self.ensure_one()
        self._require(HANDLER)
        return self._action_wizard("aggression.protection.wizard", self.env._("Record protection"))


class Protection(models.Model):
    _inherit = "aggression.protection"

    def action_renew(self):
        """Open the screen for a later decision."""
        return self._action_step(RENEW, self.env._("Record a later decision"))

    def action_review(self):
        """Open the screen for protection that goes on as it is."""
        return self._action_step(REVIEW, self.env._("It goes on as it is"))

    def action_end(self):
        """Open the screen for protection that is over."""
        return self._action_step(END, self.env._("It is over"))

    def _action_step(self, step, name):
        self._require_kept()
        about = {"protection_id": self.id, "affected_id": self.affected_id.id, "step": step}
        return self.incident_id._action_wizard("aggression.protection.wizard", name, **about)
