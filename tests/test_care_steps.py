from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, freeze_time

from .caring import NOW, CareCase


@freeze_time(NOW)
class TestTalks(CareCase):
    """Z6 to Z8: what the talks are for, earlier ones and more of them."""

    def test_goals_as_a_checklist(self):
        """Z6, Z7, Z8: each talk has its goals, ticked by the carer and read by the person."""
        first, second, third = (
            self.as_user("mayor", talk).goal_choice_ids.mapped("name") for talk in self.talks
        )
        self.assertEqual(len(first), 6)
        for goals, word in ((first, "Safety"), (second, "past days"), (third, "Looking back")):
            self.assertTrue(any(word in goal for goal in goals))
            self.assertIn("Emotional support: a listening ear", goals)
        goals = self.as_user("mayor", self.talks[0]).goal_choice_ids
        with (
            Form(self.as_user("mayor", self.care)) as screen,
            screen.talk_ids.edit(0) as talk,
        ):
            for goal in goals[:2]:
                talk.goal_ids.add(goal)
        self.assertEqual(self.as_user("councillor", self.talks[0]).goal_ids, goals[:2])
        self.refused(lambda: self.as_user("councillor", self.talks[0]).write({"goal_ids": []}))
        self.refused(lambda: self.as_user("clerk", self.talks[0]).read(["goal_ids"]))

    def test_goals_of_this_talk_only(self):
        """Z8: looking back is no goal of the first talk."""
        goal = self.env.ref("aggression_protocol.goal_looking_back")
        mine = self.as_user("mayor", self.talks[0])
        self.refused(lambda: mine.write({"goal_ids": [Command.link(goal.id)]}), ValidationError)
        self.as_user("mayor", self.talks[2]).goal_ids = goal

    def test_a_new_version_has_goals_of_its_own(self):
        """U1: what was ticked stays with the version of the case."""
        draft = self.protocol.browse(self.protocol.action_new_version()["res_id"])
        for name in ("talk_goal_ids", "practical_matter_ids", "care_provider_ids"):
            self.assertEqual(len(draft[name]), len(self.protocol[name]))
            self.assertFalse(draft[name] & self.protocol[name])
        lines = draft.care_provider_ids.contact_line_id
        self.assertTrue(lines)
        self.assertLessEqual(lines, draft.contact_line_ids)

    def test_the_third_talk_earlier(self):
        """Z8: earlier if needed, by the person as well; the duty and its reminder go along."""
        third = self.talks[2]
        self.press("councillor", third, "action_bring_forward", due_at="2026-03-14 10:00:00")
        duty = third._duties()
        self.assertEqual(str(third.due_at), "2026-03-14 10:00:00")
        self.assertFalse(third.from_at)
        self.assertEqual((duty.due_at, duty.from_at), (third.due_at, False))
        self.assertEqual(str(duty.sweep_at), "2026-03-12 10:00:00")
        with freeze_time("2026-03-14 11:00:00"):
            duty._sweep()
        self.assertTrue(duty.escalated_at)
        for due_at in ("2026-03-20 10:00:00", "2026-03-07 09:00:00", False):
            self.refused(
                lambda due=due_at: self.press("mayor", third, "action_bring_forward", due_at=due),
                UserError,
            )
        self.as_user("mayor", third).action_hold()
        self.refused(
            lambda: self.press(
                "mayor", third, "action_bring_forward", due_at="2026-03-12 10:00:00"
            ),
            UserError,
            "does not fit",
        )
        self.refused(lambda: self.as_user("clerk", third).action_bring_forward())

    def test_an_extra_talk(self):
        """Z8: with a term of its own, due like the others, and declined like the others."""
        for by, number in (("councillor", 4), ("mayor", 5)):
            self.press(by, self.care, "action_plan_talk", due_at="2026-03-20 10:00:00")
            talk = self.care.talk_ids[-1]
            self.assertEqual((talk.number, talk.is_extra, talk.state), (number, True, "planned"))
            duty = talk._duties()
            self.assertEqual(duty.type_id.code, "extra_talk")
            self.assertEqual(duty.user_id, self.users["mayor"])
            self.assertEqual(str(duty.due_at), "2026-03-20 10:00:00")
        self.as_user("councillor", talk).action_decline()
        self.assertEqual((talk.state, duty.state), ("declined", "lapsed"))
        self.refused(
            lambda: self.press("mayor", self.care, "action_plan_talk", due_at=NOW), UserError
        )
        self.refused(lambda: self.as_user("clerk", self.care).action_plan_talk())

    def test_an_extra_talk_stays_after_an_emotion(self):
        """U3, Z8: what was wished for does not lapse."""
        self.press("councillor", self.care, "action_plan_talk", due_at="2026-03-20 10:00:00")
        self.classify(
            self.case,
            "raised_voice_policy",
            directed="no",
            aim="none",
            closing_reason="About the permit.",
        )
        self.assertEqual(
            self.care.talk_ids.mapped("state"), ["planned", "lapsed", "lapsed", "planned"]
        )

    def test_without_a_term_in_the_protocol(self):
        """U1: an extra talk needs a term, which is data."""
        self.env.ref("aggression_protocol.duty_extra_talk").unlink()
        self.refused(
            lambda: self.press(
                "mayor", self.care, "action_plan_talk", due_at="2026-03-20 10:00:00"
            ),
            UserError,
            "no term",
        )


@freeze_time(NOW)
class TestPracticalMatters(CareCase):
    """Z10: the home front, the declaration, the damage."""

    def matter(self, code):
        return self.care.arrangement_ids.filtered(
            lambda line: line.matter_id == self.env.ref(f"aggression_protocol.matter_{code}")
        )

    def test_each_is_asked_about(self):
        """Z10: for every person hit, as data of the protocol."""
        self.assertEqual(
            self.care.arrangement_ids.mapped("matter_id"), self.protocol.practical_matter_ids
        )
        self.assertEqual(set(self.care.arrangement_ids.mapped("state")), {"open"})
        declaration = self.matter("declaration")
        self.as_user("councillor", declaration).action_wished()
        self.as_user("mayor", declaration).action_arranged()
        self.assertEqual(declaration.state, "arranged")
        self.as_user("mayor", self.matter("damage")).action_not_needed()
        self.refused(lambda: self.as_user("mayor", declaration).action_arranged(), UserError)
        for login in ("clerk", "other_councillor", "administrator"):
            for step in ("action_wished", "action_arranged", "action_not_needed", "action_open"):
                self.refused(lambda who=login, s=step: getattr(self.as_user(who, declaration), s)())

    def test_the_right_thing_opens(self):
        """Z10: the declaration, and a referral for the home front."""
        action = self.as_user("councillor", self.matter("declaration")).action_open()
        self.assertEqual(action["res_model"], "aggression.declaration.wizard")
        action = self.as_user("mayor", self.matter("home_front")).action_open()
        screen = self.env[action["res_model"]].with_user(self.users["mayor"])
        screen.with_context(**action["context"]).create({"text": "The children."}).action_save()
        referral = self.care.referral_ids
        self.assertEqual((referral.for_whom, referral.reason), ("home_front", "The children."))
        self.assertTrue(referral.provider_id.for_home_front)

    def test_what_a_carer_cannot_open(self):
        """D3: who does nothing but care is told who makes the declaration."""
        self.as_user("councillor", self.care)._choose_carer(self.users["uninvolved"])
        mine = self.as_user("uninvolved", self.matter("declaration"))
        self.refused(mine.action_open, UserError, "arranges this themselves")

    def test_arranged_elsewhere(self):
        """Z10: a matter of the municipality's own opens nothing here."""
        matter = self.env["aggression.practical.matter"].create(
            {"protocol_id": self.protocol.id, "name": "A taxi home"}
        )
        later = self.report().affected_ids.aftercare_ids
        line = later.arrangement_ids.filtered(lambda line: line.matter_id == matter)
        self.refused(self.as_user("mayor", line).action_open, UserError, "outside")
