import json
from unittest.mock import patch

from odoo import http
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .common import ProtocolCase

SCREEN = "aggression.decision.wizard"
CHECK = "res.users.identitycheck"
MARK = "identity-check-last"
TYPED = "canary7Q2 as it was typed"
TOKEN = "what the organisation's provider vouches for"


class IdentityCase(HttpCase, ProtocolCase):
    """The mayor's decision, filled in and waiting, and a browser."""

    def setUp(self):
        super().setUp()
        self.incident = self.classify(
            self.report(causer_kind="person", causer_name="J. Jansen"), "threat"
        )
        self.screen = self.filled_screen(self.incident, grounds=TYPED)

    # -- a browser ------------------------------------------------------------------------

    def rpc(self, address, params, headers=None):
        answer = self.url_open(
            address,
            data=json.dumps({"jsonrpc": "2.0", "method": "call", "params": params}),
            headers={"Content-Type": "application/json", **(headers or {})},
        )
        return answer.json()

    def call(self, model, method, ids, context=None, headers=None):
        """Press a button as the web client does; returns the action, or the sentence."""
        params = {
            "model": model,
            "method": method,
            "args": [ids],
            "kwargs": {"context": context or {}},
        }
        with mute_logger("odoo.http", "odoo.addons.base.models.ir_rule"):
            answer = self.rpc(f"/web/dataset/call_kw/{model}/{method}", params, headers)
        self.env.invalidate_all()
        if "error" in answer:
            return answer["error"]["data"]["message"]
        return answer["result"]

    def log_in(self, login, password=None):
        """Log in at the screen, as this browser; returns the user, None before a second factor."""
        params = {
            "db": self.env.cr.dbname,
            "login": login,
            "password": password or login.ljust(8, "x"),
        }
        with mute_logger("odoo.http"):
            answer = self.rpc("/web/session/authenticate", params)
        return answer.get("result", {}).get("uid")

    def session_now(self):
        return http.root.session_store.get(self.opener.cookies["session_id"])

    def minutes_go_by(self, minutes):
        session = self.session_now()
        session[MARK] -= minutes * 60
        http.root.session_store.save(session)

    # -- deciding -------------------------------------------------------------------------

    def press_decide(self, **options):
        return self.call(SCREEN, "action_decide", self.screen.ids, **options)

    def asked(self):
        """Press decide, be asked who is there, and return that dialog."""
        action = self.press_decide()
        self.assertEqual(action["res_model"], CHECK)
        self.assert_undecided()
        return self.env[CHECK].browse(action["res_id"])

    def confirm(self, dialog, password, **options):
        return self.call(CHECK, "run_check", dialog.ids, {"password": password}, **options)

    def assert_undecided(self):
        """Nothing was decided, and the screen has all that was typed."""
        self.assertFalse(self.incident.decision_ids)
        self.assertEqual(self.incident.state, "assessed")
        self.assertEqual(self.screen.grounds, TYPED)
        self.assertEqual(set(self.screen.line_ids.mapped("scope")) - {False}, {"Town hall"})

    def assert_decided(self, action):
        self.assertEqual(action["res_model"], "aggression.incident", action)
        self.assertEqual(self.incident.decision_ids.grounds, TYPED)
        self.assertEqual(self.incident.decision_ids.decided_by_id, self.users["mayor"])


@tagged("post_install", "-at_install")
class TestIdentity(IdentityCase):
    """A1: a session that was left open decides nothing."""

    def test_without_a_password_nothing_is_decided(self):
        self.authenticate("mayor", "mayor")
        dialog = self.asked()
        self.assertEqual(dialog.auth_method, "password")

    def test_no_measure_is_asked_about_too(self):
        self.authenticate("mayor", "mayor")
        self.screen.deviation_reason = "A talk is enough."
        action = self.call(SCREEN, "action_reject", self.screen.ids)
        self.assertEqual(action["res_model"], CHECK)
        self.assert_undecided()

    def test_a_wrong_password(self):
        self.authenticate("mayor", "mayor")
        dialog = self.asked()
        refused = self.confirm(dialog, "guessed")
        self.assertIn("Incorrect Password", refused)
        self.assert_undecided()
        self.assertEqual(self.press_decide()["res_model"], CHECK)

    def test_the_right_password_decides_once(self):
        self.authenticate("mayor", "mayor")
        dialog = self.asked()
        self.assert_decided(self.confirm(dialog, "mayorxxx"))
        again = self.confirm(dialog, "mayorxxx")
        self.assertIsInstance(again, str)
        self.assertEqual(len(self.incident.decision_ids), 1)

    def test_within_ten_minutes_nobody_is_asked_again(self):
        self.authenticate("mayor", "mayor")
        self.confirm(self.asked(), "mayorxxx")
        self.minutes_go_by(9)
        self.decide_again()
        self.press_decide()
        self.assertEqual(len(self.incident.decision_ids), 2)

    def test_after_ten_minutes_somebody_is_asked_again(self):
        self.authenticate("mayor", "mayor")
        self.confirm(self.asked(), "mayorxxx")
        self.minutes_go_by(11)
        self.decide_again()
        self.assertEqual(self.press_decide()["res_model"], CHECK)
        self.assertEqual(len(self.incident.decision_ids), 1)

    def decide_again(self):
        self.screen = self.filled_screen(self.incident, grounds=TYPED)

    def test_who_just_logged_in_is_not_asked(self):
        self.authenticate(None, None)
        self.assertEqual(self.log_in("mayor"), self.users["mayor"].id)
        self.assert_decided(self.press_decide())

    def test_what_waits_for_the_password_tells_nothing(self):
        """Ids and the name of a method wait in the database; no word of the case does."""
        self.authenticate("mayor", "mayor")
        context = {"lang": "en_US", "default_incident_id": self.incident.id, "dialog_size": "large"}
        self.press_decide(context=context)
        self.env.cr.execute("SELECT request FROM res_users_identitycheck")
        [(waiting,)] = self.env.cr.fetchall()
        kept, *request = json.loads(waiting)
        self.assertEqual(request, [SCREEN, self.screen.ids, "_decide_in_person", [], {}])
        self.assertLessEqual(
            set(kept), {*context, "tz", "uid", "allowed_company_ids", "force_report_rendering"}
        )
        self.assertNotIn(self.incident.reference, waiting)

    # -- others ---------------------------------------------------------------------------

    def test_somebody_else_cannot_confirm(self):
        self.authenticate("mayor", "mayor")
        dialog = self.asked()
        for login in ("deputy", "clerk"):
            self.authenticate(login, login)
            for password in (login.ljust(8, "x"), "mayorxxx"):
                self.assertIsInstance(self.confirm(dialog, password), str)
        self.assert_undecided()

    def test_the_login_of_somebody_else_at_this_browser(self):
        """Whoever finds the mayor's screen open and logs in is themselves, and not the mayor."""
        self.authenticate("mayor", "mayor")
        self.log_in("clerk")
        self.assertIn("doesn't have 'read' access", self.press_decide())
        self.assert_undecided()

    def test_a_login_that_fails(self):
        self.authenticate("mayor", "mayor")
        self.assertIsNone(self.log_in("mayor", "guessed"))
        self.asked()

    def test_half_a_login(self):
        """Who has a password and no second factor has not logged in, and is no longer in."""
        self.authenticate("mayor", "mayor")
        users = self.env.registry["res.users"]
        with patch.object(users, "_mfa_url", lambda user: "/web/login/totp"):
            self.assertIsNone(self.log_in("mayor"))
        self.assertFalse(self.session_now().uid)
        self.assertIn("Session expired", self.press_decide())
        self.assert_undecided()
