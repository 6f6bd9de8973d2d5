from odoo import api, fields, models

from ..models.privacy.sealing import SealedText


class DutyCompletion(models.TransientModel):
    """Record that a duty was done, or need not be, with a note and, when late, the reason."""

    _name = "aggression.duty.completion"
    _description = "Complete a duty"
    _inherit = "aggression.own.wizard"

    duty_id = fields.Many2one("aggression.duty", required=True, readonly=True)
    task = fields.Char("What must be done", compute="_compute_task")
    late = fields.Boolean(compute="_compute_task")
    can_waive = fields.Boolean(compute="_compute_task")
    note = SealedText("What you did")
    late_reason = SealedText("Why it was late")

    @api.constrains("duty_id")
    def _check_duty(self):
        self.duty_id.sudo(False).check_access("read")  # constraints run in superuser mode

    @api.depends("duty_id")
    @api.depends_context("uid")
    def _compute_task(self):
        now = fields.Datetime.now()
        for wizard in self:
            wizard.task = wizard.duty_id.type_id.name
            wizard.late = bool(wizard.duty_id) and wizard.duty_id.due_at < now
            wizard.can_waive = bool(wizard.duty_id) and wizard.duty_id._may_waive()

    @api.model
    def _action_for(self, duty):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Done"),
            "res_model": self._name,
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_duty_id": duty.id},
        }

    def action_done(self):
        """Record that it was done."""
        return self._complete(waived=False)

    def action_not_needed(self):
        """Record that it need not be done, and why."""
        return self._complete(waived=True)

    def _complete(self, waived):
        self._require_own()
        self.duty_id._complete(self.note, self.late_reason, waived)
        return self._close()
