from odoo import api, fields, models
from odoo.exceptions import UserError

from ..models.privacy.access import CARER, DECIDER, HANDLER
from ..models.privacy.sealing import SealedText

KEEP_OUT, STEP_BACK, LET_IN = "keep_out", "step_back", "let_in"


class ExclusionWizard(models.TransientModel):
    """Keep somebody out of a case, step back from it oneself, or let somebody in again.

    Promise: each says what will happen before it happens, asks for a reason and leaves an entry
    in the timeline; the reason is read by the handlers alone (C5).
    """

    _name = "aggression.exclusion.wizard"
    _description = "Conflict of interest"
    _inherit = "aggression.case.wizard"

    _parts = (HANDLER, DECIDER, CARER)

    step = fields.Selection(
        [
            (KEEP_OUT, "Keep somebody out"),
            (STEP_BACK, "I step back"),
            (LET_IN, "No longer keep out"),
        ],
        required=True,
        default=KEEP_OUT,
        readonly=True,
    )
    user_id = fields.Many2one("res.users", "Who")
    exclusion_id = fields.Many2one("aggression.exclusion", readonly=True)
    reason = SealedText("Why", required=True)

    @api.constrains("exclusion_id")
    def _check_exclusion(self):
        self.exclusion_id.sudo(False).check_access("read")  # constraints run in superuser mode

    def action_save(self):
        """Take the step and show the case, to who may still see it."""
        self._require_case()
        incident = self.incident_id
        if self.step == STEP_BACK:
            incident._step_back(self.reason)
            return self._action_my_cases()
        if self.step == LET_IN:
            incident._let_in(self._checked_exclusion(), self.reason)
        elif not self.user_id:
            raise UserError(self.env._("Say who must not see this case."))
        else:
            incident._exclude(self.user_id, self.reason)
        return self._finish(self.sudo().incident_id)

    def _checked_exclusion(self):
        """Return the exclusion this screen is about, when it is one of this case and runs."""
        exclusion = self.sudo().exclusion_id
        if exclusion.incident_id != self.sudo().incident_id or exclusion.lifted_at:
            raise UserError(self.env._("This person is not kept out of this case any more."))
        return exclusion

    def _action_my_cases(self):
        action = self.env["ir.actions.actions"]._for_xml_id("aggression_protocol.incident_action")
        return {**action, "target": "main"}


class Incident(models.Model):
    _inherit = "aggression.incident"

    def action_keep_out(self):
        """Open the screen for keeping somebody out of this case."""
        self.ensure_one()
        self._require(HANDLER)
        return self._action_exclusion(KEEP_OUT, self.env._("Keep somebody out"))

    def action_step_back(self):
        """Open the screen for stepping back from this case."""
        self.ensure_one()
        self._require(HANDLER, DECIDER, CARER)
        return self._action_exclusion(STEP_BACK, self.env._("I step back"))

    def action_show_kept_out(self):
        """Show who is kept out of this case, and why."""
        self.ensure_one()
        self._require(HANDLER)
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Kept out of this case"),
            "res_model": "aggression.exclusion",
            "views": [(False, "list")],
            "domain": [("incident_id", "=", self.id)],
        }

    def _action_exclusion(self, step, name, **defaults):
        return self._action_wizard("aggression.exclusion.wizard", name, step=step, **defaults)


class Exclusion(models.Model):
    _inherit = "aggression.exclusion"

    def action_let_in(self):
        """Open the screen for no longer keeping this person out."""
        self.ensure_one()
        self.check_access("read")
        return self.incident_id._action_exclusion(
            LET_IN, self.env._("No longer keep out"), exclusion_id=self.id
        )
