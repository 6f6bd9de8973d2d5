from datetime import UTC, datetime

import vobject

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, HttpCase, freeze_time, tagged

from .common import ProtocolCase

# a Monday, 11:00 in the Netherlands
NOW = "2026-06-01 09:00:00"
TALK = "2026-06-03 08:00:00"


class RiskTalkCase(ProtocolCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["aggression.role.assignment"].create(
            [
                {
                    "role_id": cls.role("designated_staff").id,
                    "user_id": cls.users[login].id,
                    "date_from": "2020-01-01",
                }
                for login in ("desk", "uninvolved")
            ]
        )

    def ask(self, by="councillor", **values):
        asked = {
            "talk_at": TALK,
            "minutes": 45,
            "place": "Room 3",
            "topic": "He was angry about a permit.",
            **values,
        }
        known = self.env["aggression.risk.talk"].search([])
        self.model_as(by, "aggression.risk.talk.wizard").create(asked).action_ask()
        return self.env["aggression.risk.talk"].search([]) - known

    def screen(self, by, talk, step, **values):
        action = getattr(self.as_user(by, talk), f"action_{step}")()
        model = self.model_as(by, action["res_model"]).with_context(**action["context"])
        return model.create(values)

    def assign(self, talk, helper="desk", by="coordinator"):
        screen = self.screen(by, talk, "assign", helper_id=self.users[helper].id)
        screen.action_assign()
        talk.invalidate_recordset()

    def told(self):
        notices = self.env["aggression.notice"].search([("kind", "=", "risk_talk")], order="id")
        return [notice.user_id.login for notice in notices]


@freeze_time(NOW)
class TestRiskTalk(RiskTalkCase):
    """V1 to V3: help with a talk that may get out of hand."""

    def test_forgotten(self):
        """C5, V2: what was to know about somebody is not kept for ever."""
        talk = self.ask()
        for moment, there in (("2027-06-03 07:00:00", True), ("2027-06-03 09:00:00", False)):
            with freeze_time(moment):
                self.env["aggression.risk.talk"]._gc_over()
            self.assertEqual(bool(talk.exists()), there)

    def test_arranged_beforehand(self):
        """V2, V3: asked, assigned to designated staff, told without content, held."""
        talk = self.ask(second_id=self.users["employee"].id)
        self.assertEqual((talk.state, talk.assigner_id.login), ("asked", "coordinator"))
        self.assertEqual(sorted(self.told()), ["coordinator", "employee"])
        self.assign(talk)
        self.assertEqual((talk.state, talk.helper_id.login), ("arranged", "desk"))
        self.assertEqual(sorted(self.told()[2:]), ["councillor", "desk"])
        for login in ("councillor", "coordinator", "desk", "employee"):
            self.assertEqual(self.as_user(login, talk).topic, "He was angry about a permit.")
        with self.assertRaisesRegex(UserError, "still has to be held"):
            self.as_user("councillor", talk).action_held()
        with freeze_time("2026-06-03 09:00:00"):
            self.as_user("councillor", talk).action_held()
        self.assertEqual(talk.state, "held")

    def test_nobody_else(self):
        """V2: others neither see the talk nor take a step in it, whatever their role."""
        talk = self.ask()
        for login in ("mayor", "clerk", "secretary", "uninvolved", "other_councillor", "desk"):
            theirs = self.as_user(login, talk)
            self.assertFalse(theirs.search([]))
            for attempt in (
                lambda t=theirs: t.read(["talk_at"]),
                theirs.action_assign,
                theirs.action_cancel,
                theirs.action_held,
                theirs.action_calendar,
                lambda login=login: self.model_as(login, "aggression.risk.talk.wizard").create(
                    {"talk_id": talk.id, "step": "cancel", "reason": "x"}
                ),
            ):
                with self.assertRaises(AccessError):
                    attempt()

    def test_only_who_assigns(self):
        """V2: who asked does not choose the helper; nobody who is not designated is chosen."""
        talk = self.ask()
        with self.assertRaises(AccessError):
            self.assign(talk, by="councillor")
        for helper in ("employee", "councillor"):
            with self.assertRaisesRegex(UserError, "designated staff"):
                self.assign(talk, helper)
        screen = self.screen("coordinator", talk, "assign")
        self.assertEqual(set(screen.helper_choice_ids.mapped("login")), {"desk", "uninvolved"})
        self.assign(talk)
        self.assign(talk, "uninvolved")
        self.assertFalse(self.as_user("desk", talk).search([]), "another helps now")

    def test_within_call(self):
        """V1: staff are within call on working days, in office hours."""
        self.assertTrue(self.ask(help_kind="on_call"))
        for moment, minutes in (
            ("2026-06-03 06:59:00", 45),  # before nine
            ("2026-06-03 14:30:00", 45),  # until after five
            ("2026-06-06 08:00:00", 45),  # Saturday
            ("2026-12-25 10:00:00", 45),  # Christmas
        ):
            with self.subTest(moment=moment), self.assertRaisesRegex(UserError, "office hours"):
                self.ask(help_kind="on_call", talk_at=moment, minutes=minutes)
            self.assertTrue(self.ask(help_kind="present", talk_at=moment, minutes=minutes))
        self.protocol.office_from = 8
        self.assertTrue(self.ask(help_kind="on_call", talk_at="2026-06-03 06:59:00"))

    def test_cancelled_in_time(self):
        """V2: cancelled before it begins, with the reason, and everybody hears so."""
        talk = self.ask()
        self.assign(talk)
        before = len(self.told())
        with self.assertRaisesRegex(UserError, "Say why"):
            self.screen("councillor", talk, "cancel", reason=" ").action_cancel_talk()
        self.screen("councillor", talk, "cancel", reason="He is ill.").action_cancel_talk()
        self.assertEqual(talk.state, "cancelled")
        self.assertEqual(sorted(self.told()[before:]), ["coordinator", "desk"])
        late = self.ask()
        with freeze_time(TALK), self.assertRaisesRegex(UserError, "cannot be cancelled"):
            self.screen("councillor", late, "cancel", reason="x").action_cancel_talk()
        with freeze_time(TALK), self.assertRaisesRegex(UserError, "begun already"):
            self.assign(late)

    def test_what_is_refused(self):
        """V2, V3: a talk in the past, nowhere, without end, or with oneself."""
        wrong = [
            ({"talk_at": NOW}, "moment in the future"),
            ({"talk_at": False}, "moment in the future"),
            ({"talk_at": "9999-12-31 23:59:59"}, "within two years"),
            ({"place": " "}, "where the talk is"),
            ({"minutes": 0}, "how long"),
            ({"minutes": 481}, "how long"),
            ({"second_id": self.users["councillor"].id}, "somebody else"),
        ]
        for values, words in wrong:
            with self.subTest(words=words), self.assertRaisesRegex(UserError, words):
                self.ask(**values)
        with self.assertRaises(AccessError):
            self.ask("stranger")
        screen = self.model_as("clerk", "aggression.risk.talk.wizard").create({})
        for step in (screen.action_assign, screen.action_cancel_talk):
            with self.assertRaisesRegex(UserError, "Open this from the talk"):
                step()

    def test_the_coordinator_asks(self):
        """V2: whoever assigns does not assign to themself: the substitute does."""
        self.assertEqual(self.ask("coordinator").assigner_id.login, "secretary")
        self.role("aggression_coordinator").substitute_id = False
        with self.assertRaisesRegex(UserError, "Nobody can arrange help"):
            self.ask("coordinator")

    def test_the_screen(self):
        """V2: filled in by an office-holder; who asks from the backoffice sees the talk."""
        form = Form(self.model_as("clerk", "aggression.risk.talk.wizard"))
        form.talk_at = TALK
        form.place = "Room 3"
        action = form.save().action_ask()
        talk = self.env["aggression.risk.talk"].browse(action["res_id"])
        self.assertEqual((talk.asked_by_id.login, talk.minutes), ("clerk", 60))

    def test_notices_leave(self):
        """V2, C5: they leave for who may see the talk, and for nobody else."""
        talk = self.ask()
        self.assign(talk)
        notices = self.env["aggression.notice"].search([("kind", "=", "risk_talk")])
        mine = notices.filtered(lambda notice: notice.user_id.login == "desk")
        self.assertFalse(mine._obstacle(mine.incident_id))
        self.assign(talk, "uninvolved")
        self.assertEqual(mine._obstacle(mine.incident_id), "no_part")


@tagged("post_install", "-at_install")
class TestAppointment(HttpCase, RiskTalkCase):
    """V2: the talk in somebody's own calendar."""

    def test_without_content(self):
        """V2, C5: time and reference alone; for who takes part, and for nobody else."""
        with freeze_time(NOW):
            talk = self.ask()
        url = self.as_user("councillor", talk).action_calendar()["url"]
        self.authenticate("councillor", "councillor")
        answer = self.url_open(url)
        event = vobject.readOne(answer.text).vevent
        self.assertEqual(event.summary.value, f"Appointment {talk.reference}")
        self.assertEqual(event.dtstart.value, datetime(2026, 6, 3, 8, tzinfo=UTC))
        self.assertEqual(event.dtend.value, datetime(2026, 6, 3, 8, 45, tzinfo=UTC))
        for hidden in ("Room", "permit", "Name of"):
            self.assertNotIn(hidden, answer.text)
        self.assertEqual(answer.headers["Cache-Control"], "no-store")
        for login in ("clerk", "desk", "stranger"):
            self.authenticate(login, login)
            self.assertEqual(self.url_open(url).status_code, 404, login)
        self.assertEqual(self.url_open("/aggression/risk-talk/G-22222222").status_code, 404)
