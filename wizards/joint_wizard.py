from odoo import api, fields, models

from ..models.privacy.access import DECIDER, HANDLER
from ..models.privacy.sealing import SealedChar, SealedText


class JointWizard(models.TransientModel):
    """Say, or write down, what one of those who decide together decided (H8)."""

    _name = "aggression.joint.wizard"
    _description = "Decide together on a declaration"
    _inherit = "aggression.case.wizard"
    _parts = (HANDLER, DECIDER)

    role_choice_ids = fields.Many2many("aggression.role", compute="_compute_role_choice_ids")
    role_id = fields.Many2one(
        "aggression.role",
        "As",
        compute="_compute_role_id",
        compute_sudo=False,
        store=True,
        readonly=False,
        precompute=True,
    )
    is_own = fields.Boolean(compute="_compute_is_own")
    name = SealedChar("Who decided")
    at = fields.Datetime("When", default=lambda self: fields.Datetime.now())
    note = SealedText("Why")

    @api.depends("incident_id")
    def _compute_role_choice_ids(self):
        """Offer who has not spoken yet, to who can open this screen."""
        for wizard in self:
            case = wizard.incident_id._origin if wizard._may_open() else wizard.incident_id.browse()
            wizard.role_choice_ids = case._joint_roles() - case.sudo().joint_decision_ids.role_id

    @api.depends("incident_id")
    @api.depends_context("uid")
    def _compute_role_id(self):
        for wizard in self:
            roles = wizard.role_choice_ids._origin
            own = roles.filtered(lambda role, wizard=wizard: wizard._answers_for(role))
            wizard.role_id = (own or roles)[:1]

    @api.depends("role_id")
    @api.depends_context("uid")
    def _compute_is_own(self):
        for wizard in self:
            wizard.is_own = bool(wizard.role_id) and wizard._answers_for(wizard.role_id)

    def _answers_for(self, role):
        if not self._may_open():
            return False
        return self.env.uid in self.sudo().incident_id._origin._answering_ids(role._origin.id)

    def action_declare(self):
        """Decide for a declaration.

        :raises UserError: in one sentence; the screen keeps what was typed
        """
        return self._speak(declares=True)

    def action_let_be(self):
        """Decide against a declaration.

        :raises UserError: in one sentence; the screen keeps what was typed
        """
        return self._speak(declares=False)

    def _speak(self, declares):
        self._require_case()
        told = {"note": self.note, "at": self.at, "name": (self.name or "").strip()}
        self.env["aggression.joint.decision"]._speak(self.incident_id, self.role_id, declares, told)
        return self._finish(self.sudo().incident_id)


class Incident(models.Model):
    _inherit = "aggression.incident"

    def action_decide_together(self):
        """Open the screen for the joint decision. By who handles or decides (H8)."""
        self.ensure_one()
        self._require(HANDLER, DECIDER)
        return self._action_wizard(
            "aggression.joint.wizard", self.env._("Decide together on a declaration")
        )
