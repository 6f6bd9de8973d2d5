from odoo.tests import freeze_time

from .caring import NOW, CareCase

EMOTION = {"directed": "no", "aim": "none", "closing_reason": "About the permit."}
INFORMING = ("inform_mayor", "inform_secretary", "involve_public_order_officer")


@freeze_time(NOW)
class TestReopened(CareCase):
    """A case that was closed as emotion and turns out to be aggression after all."""

    def close(self, case=None):
        self.classify(case or self.case, "raised_voice_policy", **EMOTION)

    def reopen(self, case=None):
        self.as_user("clerk", case or self.case)._reopen("A second message came in.")
        self.env.invalidate_all()

    def waiting(self, *codes, case=None):
        duties = self.duties(case or self.case, *codes)
        return duties.filtered(lambda duty: duty.state == "open")

    def terms(self, duties):
        """Return what there is to compare of these duties, in order."""
        rows = [
            (duty.type_id.code, duty.user_id.login, duty.due_at, duty.from_at, duty.talk_id.id)
            for duty in duties
        ]
        return sorted(rows, key=str)

    def test_what_the_report_asked_comes_back(self):
        """M2 to M4, Z6 to Z8: to whom it was, by when it was, watched as it was, once."""
        before = self.terms(self.waiting(*INFORMING, "talk_1", "talk_2", "talk_3"))
        self.assertGreater(len(before), 3)
        for _again in range(2):
            self.close()
            self.assertEqual(self.waiting("talk_1", *INFORMING).type_id.mapped("code"), ["talk_1"])
            self.reopen()
            back = self.waiting(*INFORMING, "talk_1", "talk_2", "talk_3")
            self.assertEqual(self.terms(back), before)
            self.assertNotIn(False, back.mapped("sweep_at"))
            self.assertEqual(set(self.talks.mapped("state")), {"planned"})
        self.assertEqual(len(self.waiting("assess")), 1)
        self.classify(self.case, "threat")
        self.assertEqual(self.terms(self.waiting(*INFORMING, "talk_1", "talk_2", "talk_3")), before)
        self.assertEqual(len(self.waiting("decide")), 1)

    def test_the_first_talk_is_watched_again(self):
        """Z6: while it was emotion nobody was told that it is overdue; now the ladder begins."""
        self.close()
        with freeze_time("2026-03-09 10:00:00"):
            self.sweep()
            duty = self.waiting("talk_1")
            self.assertFalse(duty.escalated_at)
            self.reopen()
            self.sweep()
            self.assertTrue(duty.escalated_at)

    def sweep(self):
        with self.enter_registry_test_mode():
            self.env.ref("aggression_protocol.cron_sweep_duties").method_direct_trigger()
        self.env.invalidate_all()

    def test_what_was_declined_stays_declined(self):
        """Z11: only what the closing took away comes back."""
        self.as_user("councillor", self.talks[1]).action_decline()
        self.close()
        self.reopen()
        self.assertEqual(self.talks.mapped("state"), ["planned", "declined", "planned"])
        self.assertFalse(self.waiting("talk_2"))

    def test_care_that_was_rounded_off_goes_on(self):
        """Z1: the talks are on offer in care that is open."""
        self.close()
        self.as_user("mayor", self.talks[0]).action_hold()
        self.press("councillor", self.care, "action_round_off", verdict="good")
        self.assertEqual(self.care.state, "closed")
        self.reopen()
        self.assertEqual(self.care.state, "open")
        self.assertEqual(self.talks.mapped("state"), ["held", "planned", "planned"])

    def test_who_does_it_now(self):
        """C3: what comes back goes to who answers for it today; who has left gets no access."""
        self.as_user("mayor", self.talks[0]).action_hold()
        with freeze_time("2026-03-07 11:00:00"):
            self.close()
        self.role("mayor").assignment_ids = [(5,)]
        self.role("public_order_officer").assignment_ids.user_id = self.users["uninvolved"]
        self.reopen()
        talks = self.waiting("talk_2", "talk_3")
        self.assertEqual(set(talks.mapped("user_id.login")), {"deputy"})
        self.assertEqual(self.care.carer_id, self.users["deputy"])
        self.assertNotIn("mayor", self.who(self.case))

    def test_a_new_carer_begins_with_a_clean_sheet(self):
        """Z2, C5: notes in a talk that lapsed are for the carer who wrote them."""
        self.as_user("mayor", self.talks[1]).notes = "Does not sleep."
        self.close()
        self.care.with_user(self.users["councillor"])._choose_carer(self.users["uninvolved"])
        self.reopen()
        talk = self.waiting("talk_2").talk_id
        self.assertNotEqual(talk, self.talks[1])
        self.assertEqual((talk.state, self.talks[1].state), ("planned", "lapsed"))
        self.assertFalse(self.as_user("uninvolved", talk).notes)

    def test_the_inspectorate_is_told_of_an_injury_all_the_same(self):
        """D10: emotion or not, somebody was hurt."""
        case = self.report(injury="physical")
        self.close(case)
        duty = self.duties(case, "inspectorate")
        self.assertEqual(duty.state, "open")
        self.reopen(case)
        self.assertEqual(self.duties(case, "inspectorate"), duty)

    def test_what_was_lost_is_reimbursed_all_the_same(self):
        """D12: what was asked is decided, and what was granted is paid."""
        person = self.case.affected_ids
        damage = self.model_as("councillor", "aggression.damage")._note(
            self.as_user("councillor", self.case),
            self.as_user("councillor", person),
            {"what": "Glasses", "amount": 389.0},
        )
        damage._ask()
        self.close()
        self.assertEqual(self.waiting("decide_reimbursement").damage_id, damage.sudo())
        self.as_user("secretary", damage)._decide(389.0, "")
        self.assertTrue(self.waiting("pay_reimbursement"))
