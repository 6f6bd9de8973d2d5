from odoo import api, fields, models

from ..models.privacy.access import DECIDER, HANDLER
from ..models.privacy.sealing import SealedText

PUT_ON, OUTCOME = "put_on", "outcome"


class TriangleWizard(models.TransientModel):
    """Put a case on the agenda of the triangle, or record what came of it there (A11)."""

    _name = "aggression.triangle.wizard"
    _description = "Case on the triangle agenda"
    _inherit = "aggression.case.wizard"
    _parts = (HANDLER, DECIDER)

    step = fields.Selection(
        [(PUT_ON, "Put on the agenda"), (OUTCOME, "Record what came of it")],
        required=True,
        default=PUT_ON,
        readonly=True,
    )
    question = SealedText("What to discuss")
    asked = fields.Text("What was to be discussed", compute="_compute_asked")
    discussed_on = fields.Date("Discussed on", default=fields.Date.context_today)
    outcome = SealedText("What came of it, or why it is taken off")

    @api.depends("incident_id")
    def _compute_asked(self):
        for wizard in self:
            wizard.asked = wizard._item().question

    def _item(self):
        return self.env["aggression.triangle.item"]._open_in(self.incident_id)

    def action_put_on(self):
        """Put the case on the agenda."""
        self._require_case()
        self.env["aggression.triangle.item"]._put_on(self.incident_id, self.question)
        return self._close()

    def action_discussed(self):
        """Record what came of it."""
        self._require_case()
        self._item()._discuss(self.discussed_on, self.outcome)
        return self._close()

    def action_take_off(self):
        """Take the case off the agenda, for a reason."""
        self._require_case()
        self._item()._take_off(self.outcome)
        return self._close()


class Incident(models.Model):
    _inherit = "aggression.incident"

    def action_put_on_triangle(self):
        """Open the screen for putting this case on the agenda of the triangle."""
        return self._action_triangle(PUT_ON, self.env._("Put on the triangle agenda"))

    def _action_triangle_outcome(self):
        return self._action_triangle(OUTCOME, self.env._("Discussed in the triangle"))

    def _action_triangle(self, step, name):
        self.ensure_one()
        self._require(HANDLER, DECIDER)
        return self._action_wizard("aggression.triangle.wizard", name, step=step)
