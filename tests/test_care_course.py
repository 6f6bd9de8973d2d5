from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time

from .caring import NOW, CareCase


@freeze_time(NOW)
class TestDeclining(CareCase):
    """Z1, Z11: care is a choice, and is offered once more."""

    def test_declined_and_offered_again(self):
        """Z1, Z11: two weeks after everything was declined; the carer's list says so."""
        self.as_user("councillor", self.talks[0]).action_decline()
        self.assertFalse(self.care_duties(), "not while a talk is still to come")
        self.as_user("councillor", self.care).action_decline()
        duty = self.care_duties()
        self.assertEqual((duty.type_id.code, duty.user_id.login), ("offer_care_again", "mayor"))
        self.assertEqual(str(duty.due_at), "2026-03-21 10:00:00")
        self.assertEqual(self.care.declined_by_id, self.users["councillor"])
        self.assertEqual(str(self.care.declined_at), NOW)
        mine = self.as_user("mayor", duty)
        self.assertEqual(mine.action_open_step()["res_id"], self.care.id)
        self.assertTrue(mine.can_do)
        self.assertFalse(self.as_user("coordinator", duty).can_do)
        self.refused(lambda: self.as_user("councillor", self.care).action_still_declined())
        self.as_user("mayor", self.care).action_still_declined()
        self.assertEqual((duty.state, duty.done_by_id.login), ("done", "mayor"))
        self.refused(
            lambda: self.as_user("mayor", self.care).action_still_declined(), UserError, "fit"
        )

    def test_wanted_after_all(self):
        """Z1: a talk that is planned settles it."""
        self.as_user("mayor", self.care).action_decline()
        self.press("councillor", self.care, "action_plan_talk", due_at="2026-03-20 10:00:00")
        self.assertEqual(self.care_duties().state, "done")
        self.as_user("councillor", self.care).action_decline()
        self.assertEqual(self.care_duties().mapped("state"), ["done", "open"], "asked once more")

    def test_not_after_a_talk(self):
        """Z11: who has talked and wants no more, has had care."""
        self.as_user("mayor", self.talks[0]).action_hold()
        self.as_user("councillor", self.care).action_decline()
        self.assertFalse(self.care_duties())

    def test_it_keeps_no_case_open(self):
        """U5: the case is closed; the care is offered again all the same."""
        self.classify(self.case, "threat")
        self.as_user("councillor", self.care).action_decline()
        self.decide(self.case)
        for duty in self.case.duty_ids.filtered(lambda duty: duty.state == "open"):
            if duty.fulfilment != "care":
                duty._move("lapsed")
        self.as_user("clerk", self.case).action_close()
        self.assertEqual(self.care_duties().state, "open")

    def test_it_stays_after_an_emotion(self):
        """U3, Z11: closing as emotion takes the offer away from nobody."""
        self.as_user("councillor", self.care).action_decline()
        self.classify(
            self.case,
            "raised_voice_policy",
            directed="no",
            aim="none",
            closing_reason="About the permit.",
        )
        self.assertEqual((self.case.state, self.care_duties().state), ("closed", "open"))

    def test_a_wish(self):
        """Z1: what somebody wishes is written down, for these two alone."""
        self.press("councillor", self.care, "action_record_wish", text="Call me in the evening.")
        self.assertEqual(self.as_user("mayor", self.care).wish, "Call me in the evening.")
        self.press("mayor", self.care, "action_record_wish", text="Nothing for now.")
        self.assertEqual(self.as_user("councillor", self.care).wish, "Nothing for now.")
        self.refused(
            lambda: self.press("mayor", self.care, "action_record_wish", text=" "), UserError
        )
        self.refused(lambda: self.as_user("clerk", self.care).action_record_wish())
        with self.assertRaises(AccessError):
            self.as_user("mayor", self.care).wish = "Changed."


@freeze_time(NOW)
class TestReferral(CareCase):
    """Z3, Z4, Z9: external help, proposed and answered."""

    def provider(self, code="professional"):
        return self.env.ref(f"aggression_protocol.provider_{code}")

    def propose(self, by="mayor", **values):
        values = {"provider_id": self.provider().id, "text": "Does not sleep.", **values}
        self.press(by, self.care, "action_refer", **values)
        return self.care.referral_ids[-1]

    def test_the_home_front(self):
        """Z3: where the family was hit, external help is proposed from the report on, once."""
        case = self.report(family_hit=True)
        referral = case.affected_ids.aftercare_ids.referral_ids
        self.assertEqual((referral.for_whom, referral.state), ("home_front", "proposed"))
        self.assertEqual(referral.provider_id, self.provider("occupational_health"))
        case.affected_ids.write({"family_hit": True})
        self.assertEqual(len(case.affected_ids.aftercare_ids.referral_ids), 1)
        self.assertFalse(self.care.referral_ids)
        self.case.affected_ids.write({"family_hit": True})
        self.assertEqual(self.care.referral_ids.for_whom, "home_front", "found out later")

    def test_accepted_or_refused(self):
        """Z9: by the person or the carer; a refusal is written down."""
        referral = self.propose(by="councillor")
        self.as_user("mayor", referral).action_accept()
        self.assertEqual(referral.state, "accepted")
        other = self.propose()
        self.refused(lambda: self.press("councillor", other, "action_refuse", text=" "), UserError)
        self.press("councillor", other, "action_refuse", text="I have one already.")
        self.assertEqual((other.state, other.answer), ("refused", "I have one already."))
        self.assertEqual(str(other.answered_at), NOW)
        self.refused(lambda: self.as_user("mayor", other).action_accept(), UserError)
        for login in ("clerk", "other_councillor", "administrator"):
            self.refused(lambda who=login: self.as_user(who, referral).read(["state"]))
            self.refused(lambda who=login: self.as_user(who, referral).action_accept())

    def test_a_provider_of_this_protocol(self):
        """U1: of the version under which the case was reported."""
        draft = self.protocol.browse(self.protocol.action_new_version()["res_id"])
        for provider in (draft.care_provider_ids[0].id, False):
            self.refused(lambda p=provider: self.propose(provider_id=p), UserError, "Choose who")

    def test_lines_to_call(self):
        """Z4, Z5: the trauma institute and De Vertrouwenslijn, with the protocol's numbers."""
        for code, line in (("trauma", "ivp"), ("confidential_line", "confidential")):
            contact = self.env.ref(f"aggression_protocol.line_{line}")
            self.assertEqual(self.provider(code).phone, contact.phone)

    def test_stagnation_asks_for_a_referral(self):
        """Z9: the care is not rounded off before one was accepted or refused in words."""
        self.propose().with_user(self.users["mayor"]).action_accept()
        with freeze_time("2026-04-10 10:00:00"):
            self.refused(lambda: self.as_user("councillor", self.care).action_stagnates())
            self.as_user("mayor", self.care).action_stagnates()
            self.as_user("mayor", self.care).action_stagnates()
            duty = self.care_duties()
            self.assertEqual((duty.type_id.code, duty.state), ("continue_care", "open"))
            self.as_user("mayor", self.talks).action_hold()
            close = {"verdict": "partly"}
            self.refused(
                lambda: self.press("councillor", self.care, "action_round_off", **close),
                UserError,
                "not getting better",
            )
            referral = self.propose()
            self.assertTrue(self.as_user("mayor", self.care).needs_referral, "not answered yet")
            self.press("mayor", referral, "action_refuse", text="Wants to wait.")
            self.assertEqual(duty.state, "done")
            self.press("councillor", self.care, "action_round_off", **close)
        self.assertEqual(self.care.state, "closed")


@freeze_time(NOW)
class TestRoundingOff(CareCase):
    """Z1: care ends with what the person found of it."""

    def done(self):
        self.as_user("mayor", self.talks).action_hold()

    def test_the_person_has_the_last_word(self):
        """Z1: one answer and words of their own, read by the carer and nobody else."""
        self.refused(
            lambda: self.press("councillor", self.care, "action_round_off", verdict="good"),
            UserError,
            "still on offer",
        )
        self.done()
        self.refused(lambda: self.press("councillor", self.care, "action_round_off"), UserError)
        self.press("councillor", self.care, "action_round_off", verdict="good", text="Thanks.")
        mine = self.as_user("mayor", self.care)
        self.assertEqual(
            (mine.state, mine.verdict, mine.verdict_text), ("closed", "good", "Thanks.")
        )
        self.refused(lambda: self.as_user("clerk", self.care).read(["verdict"]))

    def test_a_carer_does_not_answer_for_the_person(self):
        """Z1: a carer can say that there was no answer, and no more."""
        self.done()
        for values in ({"verdict": "good"}, {"verdict": "good", "text": "Great."}):
            self.refused(
                lambda v=values: self.press("mayor", self.care, "action_round_off", **v),
                UserError,
                "Only the person",
            )
        self.refused(
            lambda: self.as_user("mayor", self.care)._round_off("no_answer", "Great."), UserError
        )
        action = self.as_user("mayor", self.care).action_round_off()
        screen = self.env[action["res_model"]].with_user(self.users["mayor"])
        screen.with_context(**action["context"]).create({}).action_no_answer()
        self.assertEqual((self.care.state, self.care.verdict), ("closed", "no_answer"))

    def test_it_goes_on(self):
        """Z8: an extra talk opens it again."""
        self.done()
        self.press("councillor", self.care, "action_round_off", verdict="partly")
        self.press("councillor", self.care, "action_plan_talk", due_at="2026-03-20 10:00:00")
        self.assertEqual((self.care.state, self.care.closed_at), ("open", False))

    def test_the_screen_says_what_to_do_now(self):
        """Z6 to Z9: in one sentence, to the carer and to the person."""

        def says(login):
            return self.as_user(login, self.care).next_step

        self.assertIn("appointment for talk 1", says("mayor"))
        self.assertIn("Name of mayor will talk with you", says("councillor"))
        self.as_user("councillor", self.care).action_decline()
        self.assertIn("Offer the care again", says("mayor"))
        self.assertIn("You can ask for one", says("councillor"))
        self.as_user("mayor", self.care).action_stagnates()
        self.assertIn("professional help", says("mayor"))
