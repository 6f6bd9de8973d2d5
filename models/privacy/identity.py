import json
import time
from functools import wraps

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.http import request

from odoo.addons.base.models.res_users import check_identity

CHECKED = "identity-check-last"  # where core's check_identity looks in the session


def in_person(method):
    """Let only somebody at a screen take this step, who said at most ten minutes ago who they are.

    An API key stands for a program, and a password that a program sends along shows nobody.
    """
    checked = check_identity(method)

    @wraps(checked)
    def wrapped(self, *args, **kwargs):
        if request and not _at_a_screen(self.env.uid):
            raise UserError(
                self.env._("You can only do this on the screen yourself. A program cannot.")
            )
        return checked(self, *args, **kwargs)

    return wrapped


def _at_a_screen(uid):
    session = request.session
    return session.can_save and session.uid == uid  # a request with an API key saves no session


class ResUsers(models.Model):
    _inherit = "res.users"

    def authenticate(self, credential, user_agent_env):
        """Let a login at a screen that was just made count as having been asked who is there.

        Whoever still has to give a second factor has no user in the session, and decides nothing.
        """
        auth_info = super().authenticate(credential, user_agent_env)
        if request and (user_agent_env or {}).get("interactive"):
            request.session[CHECKED] = time.time()
        return auth_info

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
        return super()._check_identity()

    def action_log_in_again(self):
        """Leave this session, log in, and come back to the case."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_url",
            "target": "self",
            "url": f"/web/session/logout?redirect={self._way_back()}",
        }

    def _way_back(self):
        _context, model, ids = json.loads(self.sudo().request)[:3]
        screen = self.env[model].browse(ids)
        if "incident_id" not in screen:
            return "/odoo"
        return f"/odoo/agressie-zaken/{screen.incident_id.id}"
