from odoo import api, fields, models

from ..models.privacy.access import DECIDER
from ..models.privacy.sealing import SealedText


class SpeakingWizard(models.TransientModel):
    """Record how a case is handled towards others and who speaks (C3, C8)."""

    _name = "aggression.speaking.wizard"
    _description = "Who speaks"
    _inherit = "aggression.case.wizard"
    _parts = (DECIDER,)

    choice_ids = fields.Many2many("res.users", compute="_compute_choice_ids")
    asks_person_hit = fields.Boolean(compute="_compute_choice_ids")
    spokesperson_id = fields.Many2one("res.users", "Who speaks")
    with_person_hit = fields.Boolean("Agreed with who usually speaks and was hit")
    with_commissioner = fields.Boolean("Agreed with the King's Commissioner")
    text = SealedText("What was agreed")

    @api.depends("incident_id")
    @api.depends_context("uid")
    def _compute_choice_ids(self):
        """Offer who works on the case, to who decides in it."""
        for wizard in self:
            mine = bool(wizard.incident_id) and wizard.incident_id._has_role(DECIDER)
            case = wizard.incident_id.sudo() if mine else wizard.incident_id.browse()
            wizard.choice_ids = case._working_on_it()
            wizard.asks_person_hit = bool(case) and case._usual_speaker_was_hit()

    def action_save(self):
        """Record it.

        :raises UserError: in one sentence; the screen keeps what was typed
        """
        self._require_case()
        names = ("with_person_hit", "with_commissioner", "text")
        settled = {name: self[name] for name in names}
        settled["spokesperson_id"] = self.spokesperson_id.id
        self.env["aggression.speaking"]._settle(self.incident_id, settled)
        return self._finish(self.sudo().incident_id)


class Incident(models.Model):
    _inherit = "aggression.incident"

    def action_arrange(self):
        """Open the screen for how this case is handled and who speaks; for who decides in it."""
        self.ensure_one()
        self._require_decider()
        return self._action_wizard("aggression.speaking.wizard", self.env._("Who speaks"))

    def action_show_speaking(self):
        """Show what was settled on who speaks; the last one counts."""
        self.ensure_one()
        self._require(*self.env["aggression.statement.wizard"]._parts)
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Who speaks"),
            "res_model": "aggression.speaking",
            "views": [(False, "list")],
            "domain": [("incident_id", "=", self.id)],
        }
