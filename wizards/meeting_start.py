from odoo import api, models

from ..models.privacy.sealing import SealedChar


class MeetingStart(models.TransientModel):
    """Suspend a meeting that is disturbed (H3).

    The step itself checks who may take it: who chairs, and the council clerk.
    """

    _name = "aggression.meeting.start"
    _description = "Suspend the meeting"
    _inherit = "aggression.own.wizard"

    chair_name = SealedChar(
        "Who chairs the meeting", required=True, default=lambda self: self._chair_today()
    )

    @api.model
    def _chair_today(self):
        """Propose the first who leads meetings by the protocol today: the mayor chairs."""
        protocol = self.env["aggression.protocol"]._in_force(self.env.company).sudo()
        day = protocol._today()
        holders = protocol.meeting_role_ids[:1]._holder_ids_on(day) if protocol else []
        return self.env["res.users"].sudo().browse(holders[:1]).name

    def action_suspend(self):
        """Suspend the meeting at this moment and show the screen for what comes next.

        Pressing twice, or by two people, makes one case.
        """
        self._require_own()
        disturbance = self.env["aggression.meeting.disturbance"]._suspend(self.chair_name)
        self.sudo().unlink()
        return {**disturbance._action_screen(), "target": "main"}
