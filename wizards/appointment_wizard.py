from odoo import api, fields, models
from odoo.exceptions import UserError

from ..models.privacy.access import CARER, PERSON_HIT
from ..models.privacy.sealing import SealedChar


class AppointmentWizard(models.TransientModel):
    """Propose a time for a talk of the aftercare (Z6 to Z8)."""

    _name = "aggression.appointment.wizard"
    _description = "A time for the talk"
    _inherit = "aggression.case.wizard"
    _parts = (CARER, PERSON_HIT)
    _about = ("talk_id",)

    talk_id = fields.Many2one("aggression.talk", readonly=True)
    due_at = fields.Datetime("At the latest", compute="_compute_due_at")
    start_at = fields.Datetime("Begins")
    minutes = fields.Integer("Takes (minutes)", default=60)
    place = SealedChar("Where")
    agreed = fields.Boolean("The other has agreed to this time already")

    @api.depends("talk_id")
    def _compute_due_at(self):
        for wizard in self:
            wizard.due_at = wizard.talk_id.due_at

    def action_save(self):
        """Propose this time, instead of the one that stood.

        :raises UserError: in one sentence; the screen keeps what was typed
        """
        self._require_case()
        if not self.talk_id:
            raise UserError(self.env._("Open this from the talk."))
        self.env["aggression.appointment"]._propose(
            self.talk_id, self.start_at, self.minutes, self.place, self.agreed
        )
        return self._close()
