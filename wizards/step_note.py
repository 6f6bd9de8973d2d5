from odoo import fields, models
from odoo.exceptions import UserError

from ..models.privacy.access import DECIDER, HANDLER
from ..models.privacy.sealing import SealedText

NOTE, REACTION, REOPEN = "note", "reaction", "reopen"


class StepNote(models.TransientModel):
    """A step that asks for one note: add to the timeline, record a reaction, open again."""

    _name = "aggression.step.note"
    _description = "Step with a note"
    _inherit = "aggression.case.wizard"
    _parts = (HANDLER, DECIDER)

    step = fields.Selection(
        [(NOTE, "Note"), (REACTION, "Reaction to the causer"), (REOPEN, "Open again")],
        required=True,
        default=NOTE,
        readonly=True,
    )
    text = SealedText("In words", required=True)

    def action_save(self):
        """Take the step; the note stays in the timeline."""
        self._require_case()
        if not (self.text or "").strip():
            raise UserError(self.env._("Write down what you want to keep."))
        incident = self.incident_id
        if self.step == REOPEN:
            incident._reopen(self.text)
        else:
            incident._log(self.step, self.text)
            if self.step == REACTION:
                self.env["aggression.duty"]._fulfil(incident, "react")
        return self._finish(self.sudo().incident_id)


class Incident(models.Model):
    _inherit = "aggression.incident"

    def action_add_note(self):
        """Open the screen for a note in the timeline."""
        return self._action_step(NOTE, self.env._("Add a note"))

    def action_record_reaction(self):
        """Open the screen for the reaction that was given to the causer (N1)."""
        return self._action_step(REACTION, self.env._("Record the reaction"))

    def action_reopen(self):
        """Open the screen for opening a closed case again."""
        return self._action_step(REOPEN, self.env._("Open again"))

    def _action_step(self, step, name):
        self.ensure_one()
        self._require(HANDLER, DECIDER)
        return self._action_wizard("aggression.step.note", name, step=step)
