import time

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.http import request

CHECKED = "identity-check-last"  # where core's check_identity looks in the session


class ResUsers(models.Model):
    _inherit = "res.users"

    def _update_last_login(self):
        """Let a login that was just made count as having been asked who is there."""
        super()._update_last_login()
        if request and request.session is not None:
            request.session[CHECKED] = time.time()

    def _has_password(self):
        self.ensure_one()
        self.env.cr.execute(
            "SELECT COALESCE(password, '') <> '' FROM res_users WHERE id = %s", [self.id]
        )
        return self.env.cr.fetchone()[0]


class ResUsersIdentitycheck(models.TransientModel):
    """Who is there, once more, at a step that cannot be taken back (A1).

    Promise: a session that was left open on a desk decides nothing. Core asks for the password;
    who logs in through the organisation's own account (single sign-on) has none here, and logs in
    again instead. What was filled in is still there then.
    """

    _inherit = "res.users.identitycheck"

    auth_method = fields.Selection(
        selection_add=[("login", "Log in again")], ondelete={"login": "cascade"}
    )

    def _get_default_auth_method(self):
        method = super()._get_default_auth_method()
        if method == "password" and not self.env.user._has_password():
            return "login"
        return method

    def _check_identity(self):
        if self.auth_method == "login":
            raise UserError(self.env._("Log in again first. What you filled in is kept."))
        super()._check_identity()

    def action_log_in_again(self):
        """Leave this session and go to the login page."""
        return {"type": "ir.actions.act_url", "target": "self", "url": "/web/session/logout"}
