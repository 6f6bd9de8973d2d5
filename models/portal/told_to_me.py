from odoo import api, models

from ..communication.briefing import APPROVED


class Briefing(models.Model):
    """What a colleague lets somebody read, as it stands on the portal (C4)."""

    _inherit = "aggression.briefing"

    def _my_lines(self):
        return self.sudo().reader_row_ids.filtered(lambda line: line.user_id == self.env.user)

    @api.model
    def _told_to_me(self):
        """Return the briefings that a colleague gave the user, as long as the rule opens them."""
        return self.search([("state", "=", APPROVED)]).filtered(
            lambda briefing: briefing._my_lines()
        )

    def _until_for_me(self):
        """Return the last day on which the user can read this."""
        self.ensure_one()
        return self._my_lines().until
