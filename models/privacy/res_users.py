from odoo import api, models, tools
from odoo.exceptions import UserError


class ResUsers(models.Model):
    _inherit = "res.users"

    # asked at every report; Odoo forgets it when an account is closed or opened
    @tools.ormcache("self.id")
    def _has_closed_account(self):
        return not self.sudo().active

    @api.ondelete(at_uninstall=False)
    def _unlink_except_in_read_log(self):
        """Keep the names in the read log: who is in it can be archived, not deleted (C5)."""
        log = self.env["aggression.read.log"].sudo()
        if log.search_count([("user_id", "in", self.ids)], limit=1):
            raise UserError(
                self.env._("This person is in the read log of cases. Archive the account instead.")
            )
