from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import HttpCase, tagged

from .common import ProtocolCase
from .portal_pages import ROOT, PortalPages

NOW = fields.Datetime.now


@tagged("post_install", "-at_install")
class TestPortalSteps(PortalPages, HttpCase, ProtocolCase):
    """H1, H2: who stood there writes down afterwards what they did, without a backoffice."""

    def setUp(self):
        super().setUp()
        now = NOW().replace(microsecond=0)
        values = {"occurred_at": now - timedelta(hours=2), "reported_at": now, "place": "home"}
        self.case = self.report(by="other_councillor", hit="alderman", **values)
        self.log_in("alderman")

    @property
    def path(self):
        return f"zaken/{self.case.reference}/stappen"

    def post(self, **values):
        then = {"at_on": "2026-03-06", "at_time": "22:55"}
        answer = self.send(self.path, **{**then, **values})
        self.env.invalidate_all()
        return answer

    def test_who_was_hit(self):
        """H2: in their own name, at their moment, on the timeline; and read back."""
        page = self.text_of(f"{ROOT}/{self.path}")
        for words in ("Elsewhere or outside office hours", "Give in until the police come."):
            self.assertIn(words, page)
        answer = self.post(step_3="1", step_5="1")
        self.assertIn("What you did at once", answer.text)
        taken = self.case.step_taken_ids
        self.assertEqual(
            taken.mapped("step"), ["Call 112 at once.", "Your own safety comes first."]
        )
        self.assertEqual(set(taken.mapped("by_name")), {"Name of alderman"})
        self.assertEqual({str(one.at) for one in taken}, {"2026-03-06 21:55:00"})
        self.assertIn("steps", self.case.entry_ids.mapped("kind"))
        self.assertIn("Your own safety comes first.", answer.text)

    def test_who_reported_it(self):
        """H1, C5: they too; what one wrote down the other does not read."""
        self.post(step_3="1")
        self.log_in("other_councillor")
        case = f"{ROOT}/zaken/{self.case.reference}"
        self.assertNotIn("Call 112 at once.", self.text_of(case))
        self.assertIn("End the talk.", self.post(step_0="1").text)
        names = self.case.step_taken_ids.mapped("by_name")
        self.assertEqual(set(names), {"Name of alderman", "Name of other_councillor"})

    def test_what_is_refused(self):
        """H1, H2: nothing ticked, no moment or one to come, a closed case; in one sentence."""
        tomorrow = (NOW() + timedelta(days=2)).date().isoformat()
        wrong = [
            ({}, "Tick at least one step."),
            ({"step_99": "1", "step_x": "1"}, "Tick at least one step."),
            ({"step_0": "1", "at_on": tomorrow}, "not in the future"),
            ({"step_0": "1", "at_on": "", "at_time": ""}, "Fill in when it was done"),
            ({"step_0": "1", "at_on": "x"}, "Fill in a day and a time"),
        ]
        for values, words in wrong:
            with self.subTest(values=values):
                self.assertIn(words, self.post(**values).text)
        aim = {"directed": "no", "aim": "none", "closing_reason": "x"}
        self.classify(self.case, "raised_voice_policy", **aim)
        self.assertIn("case is closed", self.post(step_0="1").text)
        self.assertFalse(self.case.step_taken_ids)

    def test_nobody_else(self):
        """C5: a plain 404, and no door behind it."""
        for login in ("councillor", "stranger", "employee"):
            self.log_in(login)
            self.assertEqual(self.url_open(f"{ROOT}/{self.path}").status_code, 404, login)
            self.assertEqual(self.post(step_0="1").status_code, 404, login)
            steps = self.protocol.step_card_ids.line_ids
            with self.assertRaises(AccessError):
                self.model_as(login, "aggression.step.taken")._record(
                    self.as_user(login, self.case), steps, NOW(), "x"
                )
            for door in ("_own_steps_taken", "_steps_to_tick"):
                with self.assertRaises(AccessError):
                    getattr(self.as_user(login, self.case), door)()
        self.assertFalse(self.case.step_taken_ids)
