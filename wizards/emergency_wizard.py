from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..models.privacy.asker import LISTED
from ..models.privacy.sealing import SealedText


class EmergencyWizard(models.TransientModel):
    """Ask that somebody gets into a case in an emergency.

    Promise: who asks needs the case's reference, and learns nothing of the case by asking; for
    who is kept out of it, or was hit in it, no such case is found (C5, M5).
    """

    _name = "aggression.emergency.wizard"
    _description = "Ask for emergency access"
    _inherit = "aggression.own.wizard"

    reference = fields.Char("Case", required=True, help="The reference, such as M-7K4QW2NB.")
    user_id = fields.Many2one("res.users", "Who gets access", required=True)
    approver_id = fields.Many2one("res.users", "Who approves", required=True)
    reason = SealedText("Why", required=True)

    def action_ask(self):
        """Keep the request, tell who must approve it, and show it.

        :raises AccessError: for who may not ask
        :raises UserError: in one sentence, when the case or one of the people does not fit
        """
        self._require_own()
        request = self.env["aggression.emergency"]._ask(
            self._case(), self.user_id, self.approver_id, self.reason
        )
        self.sudo().unlink()
        return {
            "type": "ir.actions.act_window",
            "res_model": request._name,
            "res_id": request.id,
            "views": [(False, "form")],
        }

    def _case(self):
        incidents = self.env["aggression.incident"]
        case = incidents.sudo().search(
            Domain("reference", "=", (self.reference or "").strip().upper())
            & Domain("company_id", "=", self.env.company.id)
            & incidents._existing_for(self.env.uid)
        )
        if not case or self.env.user in case.affected_ids.user_id:
            raise UserError(self.env._("There is no case with this reference. Read it again."))
        return case.with_env(self.env)


class Incident(models.Model):
    _inherit = "aggression.incident"

    opened_in_emergency = fields.Boolean(compute="_compute_opened_in_emergency")

    def _compute_opened_in_emergency(self):
        for incident in self:
            asked = incident._seen("aggression.emergency")
            asked._note_seen(LISTED)
            incident.opened_in_emergency = bool(asked)

    def action_show_emergencies(self):
        """Show who asked for emergency access to this case, and why."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "aggression_protocol.emergency_action"
        )
        return {**action, "domain": [("incident_id", "=", self.id)]}
