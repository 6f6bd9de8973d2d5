from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError


class CouncilFeedbackWizard(models.TransientModel):
    """Print the feedback to the council about a period: figures that identify nobody (M7)."""

    _name = "aggression.council.feedback"
    _description = "Feedback to the council"
    _inherit = "aggression.own.wizard"

    company_id = fields.Many2one(
        "res.company", "Municipality", required=True, default=lambda self: self.env.company
    )
    date_from = fields.Date(
        "From",
        required=True,
        default=lambda self: fields.Date.context_today(self).replace(day=1, month=1),
    )
    date_to = fields.Date(
        "Until and including", required=True, default=lambda self: fields.Date.context_today(self)
    )

    @api.constrains("date_from", "date_to")
    def _check_period(self):
        for feedback in self:
            if feedback.date_to < feedback.date_from:
                raise ValidationError(
                    self.env._("The period ends before it begins. Correct the dates.")
                )

    @api.constrains("company_id")
    def _check_company(self):
        if self.company_id - self.env.user.company_ids:
            raise AccessError(self.env._("Choose your own municipality."))

    def action_print(self):
        """Print the feedback."""
        self._require_own()
        return self.env.ref("aggression_protocol.report_council_feedback").report_action(self)


class CouncilFeedbackReport(models.AbstractModel):
    """Hands the printed feedback its figures, and nothing that they were counted from."""

    _name = "report.aggression_protocol.council_feedback"
    _description = "Feedback to the council, printed"

    @api.model
    def _get_report_values(self, docids, data=None):
        feedback = self.env["aggression.council.feedback"].browse(docids)
        feedback._require_own()
        figures = self.env["aggression.figures"]._publish(
            feedback.company_id, feedback.date_from, feedback.date_to
        )
        return {"docs": feedback, "figures": figures}
