from odoo import api, fields, models

from ..models.privacy.access import DECIDER, HANDLER
from ..models.privacy.sealing import SealedText


class EvaluationWizard(models.TransientModel):
    """Evaluate a case, and write down apart what others can learn from it (U6)."""

    _name = "aggression.evaluation.wizard"
    _description = "Evaluate a case"
    _inherit = "aggression.case.wizard"
    _parts = (HANDLER, DECIDER)

    went_well = SealedText("What went well")
    must_change = SealedText("What must change")
    action = SealedText("What is done about it")
    owner_choice_ids = fields.Many2many("res.users", compute="_compute_owner_choice_ids")
    owner_id = fields.Many2one("res.users", "Who does it")
    due_on = fields.Date("By when")
    lesson = SealedText("Lesson for everybody")
    unrecognisable = fields.Boolean("Nobody can be recognised in this lesson")

    @api.depends("incident_id")
    def _compute_owner_choice_ids(self):
        for wizard in self:
            rows = wizard.incident_id.team_ids
            working = rows.filtered(lambda row: row.role in (HANDLER, DECIDER))
            wizard.owner_choice_ids = working.user_id

    def action_save(self):
        """Keep the evaluation, and the lesson in the register when there is one.

        :raises UserError: in one sentence; the screen keeps what was typed
        """
        self._require_case()
        told = {name: self[name] for name in ("went_well", "must_change", "action", "due_on")}
        evaluations = self.env["aggression.evaluation"]
        evaluations._record(self.incident_id, {**told, "owner_id": self.owner_id.id})
        if (self.lesson or "").strip():
            case = self.sudo().incident_id
            year = case.protocol_id._today().year
            lessons = self.env["aggression.lesson"]
            lessons._learn(case.company_id, self.lesson, year, self.unrecognisable)
        return self._finish(self.sudo().incident_id)


class Incident(models.Model):
    _inherit = "aggression.incident"

    def action_evaluate(self):
        """Open the evaluation of a case, before or after it is closed."""
        self.ensure_one()
        self._require(HANDLER, DECIDER)
        return self._action_wizard("aggression.evaluation.wizard", self.env._("Evaluate the case"))


class Duty(models.Model):
    _inherit = "aggression.duty"

    def _open_evaluate(self):
        return self.incident_id.action_evaluate()
