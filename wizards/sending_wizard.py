from odoo import fields, models

from ..models.decision.decision import WAYS_OF_SENDING
from ..models.privacy.access import DECIDER, HANDLER


class SendingWizard(models.TransientModel):
    """Send the letter with a decision: from that day on it counts for the citizen (A2 to A4)."""

    _name = "aggression.sending.wizard"
    _description = "Send the letter"
    _inherit = "aggression.case.wizard"
    _parts = (HANDLER, DECIDER)
    _about = ("decision_id",)

    decision_id = fields.Many2one("aggression.decision", required=True, readonly=True)
    sent_on = fields.Date(
        "Date on the letter", required=True, default=lambda self: fields.Date.context_today(self)
    )
    sent_how = fields.Selection(WAYS_OF_SENDING, "How", required=True, default="registered")

    def action_send(self):
        """Keep the letter as it is and hand it over to be printed.

        :raises UserError: in one sentence; nothing is sent or kept then
        """
        self._require_case()
        return self._finish_with(self.decision_id._send(self.sent_on, self.sent_how))
