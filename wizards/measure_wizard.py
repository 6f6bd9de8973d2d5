from odoo import api, fields, models

from ..models.privacy.access import DECIDER, HANDLER
from ..models.privacy.sealing import SealedBinary, SealedText

LIFT, KEEP, IGNORED, PICTURE = "lift", "keep", "ignored", "picture"
STEPS = [
    (LIFT, "Lift it early"),
    (KEEP, "It is still needed"),
    (IGNORED, "It was ignored"),
    (PICTURE, "Show a picture to the front desk"),
]


class MeasureWizard(models.TransientModel):
    """A step with one measure: lift it, keep it after a look, note that it was ignored (A3 to A6).

    The step itself checks who may take it: lifting is for who decides in the case.
    """

    _name = "aggression.measure.wizard"
    _description = "Step with a measure"
    _inherit = "aggression.case.wizard"
    _parts = (HANDLER, DECIDER)
    _about = ("measure_id",)

    measure_id = fields.Many2one("aggression.measure", required=True, readonly=True)
    step = fields.Selection(STEPS, required=True, default=KEEP)
    measure = fields.Char(compute="_compute_measure")
    occurred_at = fields.Datetime("When", default=fields.Datetime.now)
    picture = SealedBinary()
    text = SealedText("In words")

    @api.depends("measure_id")
    def _compute_measure(self):
        for wizard in self:
            wizard.measure = wizard.measure_id and wizard.measure_id._in_words()

    def action_save(self):
        """Take the step.

        :raises UserError: in one sentence; the screen keeps what was typed
        """
        self._require_case()
        measure = self.measure_id
        if self.step == LIFT:
            measure._lift(self.text)
        elif self.step == KEEP:
            measure._keep(self.text)
        elif self.step == IGNORED:
            self.env["aggression.violation"]._record(measure, self.occurred_at, self.text)
        else:
            measure._show_picture(self.picture, self.text)
        return self._finish(self.sudo().incident_id)


class Measure(models.Model):
    _inherit = "aggression.measure"

    def action_lift(self):
        """Open the screen for lifting this measure early; for who decides in the case."""
        self.incident_id._require_decider()
        return self._action_step(LIFT, self.env._("Lift the measure"))

    def action_keep(self):
        """Open the screen for looking at this measure again."""
        return self._action_step(KEEP, self.env._("Look at the measure again"))

    def action_ignored(self):
        """Open the screen for noting that this measure was ignored."""
        return self._action_step(IGNORED, self.env._("The measure was ignored"))

    def action_show_picture(self):
        """Open the screen for a picture for the front desk."""
        return self._action_step(PICTURE, self.env._("Show a picture to the front desk"))

    def _action_step(self, step, name):
        self.ensure_one()
        self._require(HANDLER, DECIDER)
        if step != IGNORED:  # that can be written down when the measure is over
            self.sudo()._check_applies()
        return self.incident_id._action_wizard(
            "aggression.measure.wizard", name, measure_id=self.id, step=step
        )
