from odoo import api, fields, models

from ..models.privacy.access import DECIDER, HANDLER
from ..models.privacy.sealing import SealedChar


class StepTakenWizard(models.TransientModel):
    """Tick afterwards which steps of the card were taken, when and by whom (H1, H2)."""

    _name = "aggression.step.taken.wizard"
    _description = "Steps taken"
    _inherit = "aggression.case.wizard"
    _parts = (HANDLER, DECIDER)

    card_id = fields.Many2one(
        "aggression.step.card",
        "Where",
        compute="_compute_card_id",
        compute_sudo=False,
        store=True,
        readonly=False,
    )
    card_choice_ids = fields.Many2many("aggression.step.card", compute="_compute_card_choice_ids")
    step_ids = fields.Many2many("aggression.step.line", string="What was done")
    at = fields.Datetime("When", required=True, default=lambda self: fields.Datetime.now())
    by_name = SealedChar("By whom", required=True, default=lambda self: self.env.user.name)

    @api.depends("incident_id")
    def _compute_card_choice_ids(self):
        for wizard in self:
            wizard.card_choice_ids = wizard.incident_id.protocol_id.step_card_ids

    @api.depends("incident_id")
    def _compute_card_id(self):
        for wizard in self:
            cards = wizard.incident_id.protocol_id.step_card_ids
            inside = wizard.incident_id.place in ("town_hall", "council_meeting")
            wizard.card_id = cards[:1] if inside else cards[1:2] or cards[:1]

    def action_save(self):
        """Write down the steps that are ticked.

        :raises UserError: in one sentence; the screen keeps what was filled in
        """
        self._require_case()
        steps = self.step_ids & self.card_id.line_ids
        self.env["aggression.step.taken"]._record(self.incident_id, steps, self.at, self.by_name)
        return self._finish(self.sudo().incident_id)


class Incident(models.Model):
    _inherit = "aggression.incident"

    def action_steps_taken(self):
        """Open the screen for steps of the card that were taken."""
        self.ensure_one()
        self._require(HANDLER, DECIDER)
        return self._action_wizard("aggression.step.taken.wizard", self.env._("Steps taken"))
