import json
from types import SimpleNamespace
from unittest.mock import patch
from xmlrpc.client import Fault

from odoo.exceptions import AccessDenied
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..models.privacy import identity
from .test_identity import CHECK, MARK, SCREEN, TOKEN, TYPED, IdentityCase

PERSONALLY = "You can only do this on the screen yourself"


@tagged("post_install", "-at_install")
class TestPrograms(IdentityCase):
    """A1: a program decides nothing, whatever it holds."""

    def setUp(self):
        super().setUp()
        keys = self.env["res.users.apikeys"].with_user(self.users["mayor"]).sudo()
        self.bearer = {"Authorization": f"Bearer {keys._generate('rpc', 'Test', None)}"}

    def json2(self, model, method, ids, **values):
        answer = self.url_open(
            f"/json/2/{model}/{method}",
            data=json.dumps({"ids": ids, **values}),
            headers={"Content-Type": "application/json", **self.bearer},
        )
        self.env.invalidate_all()
        return answer

    @mute_logger("odoo.http")
    def test_an_api_key(self):
        self.authenticate(None, None)
        answer = self.json2(SCREEN, "action_decide", self.screen.ids)
        self.assertIn(PERSONALLY, answer.text)
        self.assert_undecided()

    @mute_logger("odoo.http")
    def test_an_api_key_and_the_password(self):
        """A dialog that the mayor left open cannot be answered by a program."""
        self.authenticate("mayor", "mayor")
        dialog = self.asked()
        self.authenticate(None, None)
        answer = self.json2(CHECK, "run_check", dialog.ids, context={"password": "mayorxxx"})
        self.assertIn(PERSONALLY, answer.text)
        self.assert_undecided()

    @mute_logger("odoo.http")
    def test_an_api_key_beside_an_open_session(self):
        self.authenticate(None, None)
        self.log_in("mayor")
        answer = self.json2(SCREEN, "action_decide", self.screen.ids)
        self.assertIn(PERSONALLY, answer.text)
        self.assert_undecided()

    def execute(self, model, method, *args):
        mayor = self.users["mayor"].id
        database = self.env.cr.dbname
        with mute_logger("odoo.addons.rpc.controllers.xmlrpc", "odoo.http"):
            return self.xmlrpc_object.execute_kw(database, mayor, "mayorxxx", model, method, args)

    def test_xmlrpc_with_the_password(self):
        with self.assertRaisesRegex(Fault, "only be accessed over HTTP"):
            self.execute(SCREEN, "action_decide", self.screen.ids)
        self.env.invalidate_all()
        self.assert_undecided()

    def test_asking_by_rpc_who_somebody_is_counts_for_no_session(self):
        self.authenticate("mayor", "mayor")
        for login in ("mayor", "clerk"):
            params = {
                "service": "common",
                "method": "login",
                "args": [self.env.cr.dbname, login, login.ljust(8, "x")],
            }
            with mute_logger("odoo.addons.rpc.controllers.jsonrpc"):
                answer = self.rpc("/jsonrpc", params)
            self.assertEqual(answer["result"], self.users[login].id)
        self.assertNotIn(MARK, self.session_now())
        self.asked()

    def test_only_a_login_at_a_screen_counts(self):
        """Nothing of a login by a program gets into the session, saved or not."""
        credential = {"login": "mayor", "password": "mayorxxx", "type": "password"}
        session = {}
        with patch.object(identity, "request", SimpleNamespace(session=session)):
            for env in (None, {}, {"interactive": False}):
                self.env["res.users"].authenticate(credential, env)
        self.assertEqual(session, {})


@tagged("post_install", "-at_install")
class TestSingleSignOn(IdentityCase):
    """A1: who has no password here logs in again, and finds what was filled in."""

    def setUp(self):
        super().setUp()
        self.forget_password("mayor")
        self.authenticate("mayor", "mayor")

    def forget_password(self, login):
        self.env.flush_all()
        self.env.cr.execute("UPDATE res_users SET password = NULL WHERE login = %s", [login])
        self.env.invalidate_all()

    def log_in_at_the_provider(self, login):
        """Come back from the provider with its token, as auth_oauth lets somebody do."""
        users = self.env.registry["res.users"]
        core = users._check_credentials

        def check(user, credential, env):
            try:
                return core(user, credential, env)
            except AccessDenied:
                if credential["password"] != TOKEN:
                    raise
            return {"uid": user.env.uid, "auth_method": "oauth", "mfa": "default"}

        with patch.object(users, "_check_credentials", check):
            return self.log_in(login, TOKEN)

    def test_the_dialog_asks_to_log_in_again(self):
        dialog = self.asked()
        self.assertEqual(dialog.auth_method, "login")
        for password in ("", "mayorxxx", TOKEN):
            refused = self.confirm(dialog, password)
            self.assertEqual(refused, "Log in again first. What you filled in is kept.")
        self.assert_undecided()

    def test_another_way_of_asking_helps_nobody(self):
        dialog = self.asked()
        dialog.with_user(self.users["mayor"]).auth_method = "password"
        self.env.flush_all()
        self.assertIn("Incorrect Password", self.confirm(dialog, "mayorxxx"))
        self.assert_undecided()

    def test_logging_in_again_leads_back_to_what_was_filled_in(self):
        dialog = self.asked()
        action = self.call(CHECK, "action_log_in_again", dialog.ids)
        case = f"/odoo/agressie-zaken/{self.incident.id}"
        self.assertEqual(action["url"], f"/web/session/logout?redirect={case}")
        answer = self.url_open(action["url"])
        self.assertIn("/web/login?redirect=", answer.url)
        self.assertIn("agressie-zaken", answer.url)
        self.assertFalse(self.session_now().uid)
        self.assertEqual(self.log_in_at_the_provider("mayor"), self.users["mayor"].id)
        opened = self.call("aggression.incident", "action_decide", self.incident.ids)
        self.assertEqual(opened["res_id"], self.screen.id)
        self.assertEqual(self.screen.grounds, TYPED)
        self.assert_decided(self.press_decide())

    def test_that_login_counts_for_ten_minutes(self):
        self.log_in_at_the_provider("mayor")
        self.minutes_go_by(11)
        self.asked()

    def test_the_provider_vouches_for_somebody_else(self):
        self.forget_password("deputy")
        self.asked()
        self.assertEqual(self.log_in_at_the_provider("deputy"), self.users["deputy"].id)
        self.assertIn("doesn't have 'read' access", self.press_decide())
        self.assert_undecided()

    def test_core_asks_for_other_things_the_same_way(self):
        """A dialog about something else than a case leads back to the start."""
        asked = self.call("res.users", "action_revoke_all_devices", self.users["mayor"].ids)
        action = self.call(CHECK, "action_log_in_again", [asked["res_id"]])
        self.assertEqual(action["url"], "/web/session/logout?redirect=/odoo")
