from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from ..models.case.consultation import ADVICE, INCIDENT, NOTHING
from ..models.privacy.sealing import SealedText


class ConsultationAnswer(models.TransientModel):
    """Say what a question in doubt needs: nothing, advice, or a case (M9)."""

    _name = "aggression.consultation.answer"
    _description = "Answer to a question in doubt"
    _inherit = "aggression.own.wizard"

    consultation_id = fields.Many2one("aggression.consultation", required=True, readonly=True)
    question = fields.Text(compute="_compute_question")
    outcome = fields.Selection(
        [(NOTHING, "Nothing is needed"), (ADVICE, "Give advice")],
        "What is needed",
        required=True,
        default=ADVICE,
    )
    answer = SealedText(help="Who asked reads this on the portal.")

    @api.constrains("consultation_id")
    def _check_receiver(self):
        self.sudo().consultation_id.with_env(self.env)._require_receiver()

    @api.depends("consultation_id")
    def _compute_question(self):
        # searched for, so that the rule looks on while the screen is not saved yet, too
        readable = self.consultation_id.search([("id", "in", self.consultation_id.ids)])
        for screen in self:
            screen.question = (screen.consultation_id._origin & readable).question

    def _require_open(self):
        """Raise AccessError unless this is the user's own screen on a question put to them."""
        self._require_own()
        self.consultation_id._require_receiver()

    def action_save(self):
        """Record what is needed and tell who asked that there is an answer.

        :raises UserError: in one sentence, when the advice is missing or somebody was first
        """
        self._require_open()
        self.consultation_id._answer(self.outcome, self.answer)
        return self._close()

    def action_report(self):
        """Open the report, with the question in it, for whom it concerns."""
        self._require_open()
        asked = self.consultation_id
        if reason := asked._blocker("answered"):
            raise UserError(reason)
        office = self.env["aggression.report.person"]._office_of(asked.asked_by_id)
        person = {"user_id": asked.asked_by_id.id, "office_id": office.id}
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Report an incident"),
            "res_model": "aggression.report.wizard",
            "views": [(False, "form")],
            "target": "new",
            "context": {
                "dialog_size": "extra-large",
                "default_consultation_id": asked.id,
                "default_story": asked.question,
                "default_person_ids": [Command.create(person)],
            },
        }


class ReportWizard(models.TransientModel):
    _inherit = "aggression.report.wizard"

    consultation_id = fields.Many2one("aggression.consultation", readonly=True)

    @api.constrains("consultation_id")
    def _check_consultation(self):
        self.sudo().consultation_id.with_env(self.env)._require_receiver()

    def _submit(self):
        """Open the case, and let the question that it came from be answered by it (M9)."""
        incident = super()._submit()
        if asked := self.consultation_id:
            asked._answer(INCIDENT, False, incident)
        return incident
