from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError

QUARTERS = [("1", "1: from January"), ("2", "2: from April"), ("3", "3: from July")]
QUARTERS.append(("4", "4: from October"))


class CouncilFeedbackWizard(models.TransientModel):
    """Make the feedback to the council about whole quarters: figures that identify nobody (M7)."""

    _name = "aggression.council.feedback"
    _description = "New feedback to the council"
    _inherit = "aggression.own.wizard"

    company_id = fields.Many2one(
        "res.company", "Municipality", required=True, default=lambda self: self.env.company
    )
    year = fields.Integer(
        required=True, default=lambda self: fields.Date.context_today(self).year - 1
    )
    first_quarter = fields.Selection(QUARTERS, "From quarter", required=True, default="1")
    last_quarter = fields.Selection(
        QUARTERS, "Until and including quarter", required=True, default="4"
    )

    @api.constrains("year", "first_quarter", "last_quarter")
    def _check_period(self):
        for feedback in self:
            if feedback.last_quarter < feedback.first_quarter or not 2000 <= feedback.year < 2200:
                raise ValidationError(
                    self.env._("The period ends before it begins. Correct the quarters.")
                )

    @api.constrains("company_id")
    def _check_company(self):
        if self.company_id - self.env.user.company_ids:
            raise AccessError(self.env._("Choose your own municipality."))

    def _period(self):
        """Return the first and the last day of the chosen quarters."""
        self._check_period()
        last = fields.Date.to_date(f"{self.year}-{3 * int(self.last_quarter):02}-01")
        first = last.replace(month=3 * int(self.first_quarter) - 2)
        return first, fields.Date.end_of(last, "month")

    def action_make(self):
        """Count these quarters, once and for good, and show the feedback.

        :raises ValidationError: for quarters that are not over, or were reported on before
        """
        self._require_own()
        self._check_company()
        first, last = self._period()
        if last >= fields.Date.context_today(self):
            raise ValidationError(
                self.env._("These quarters are not over yet. Choose quarters that are.")
            )
        reports = self.env["aggression.council.report"]
        reports._check_free(self.company_id, first, last)
        report = reports._make(self.company_id, first, last)
        self.sudo().unlink()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Feedback to the council"),
            "res_model": report._name,
            "res_id": report.id,
            "views": [(False, "form")],
            "target": "main",
        }
