from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time

from ..demo import stories
from .common import ProtocolCase

# who plays whom: {key in the stories: login in these tests}
PLAYERS = {
    "mayor": "mayor",
    "deputy_mayor": "deputy",
    "council_clerk": "clerk",
    "municipal_secretary": "secretary",
    "aggression_coordinator": "coordinator",
    "public_order_officer": "order_officer",
    "alderman": "alderman",
    "councillor": "councillor",
    "second_councillor": "other_councillor",
    "committee_member": "committee_member",
    "secretariat": "employee",
    "desk": "desk",
}


class TestStories(ProtocolCase):
    """U2, U3, U4, U5, N1, N2, M1 to M5, A1, A4, A12, Z1, Z2, Z3, Z6, Z7, Z8, Z10, C3, D2, D10, D12.

    The eight stories and the four incidents before them, played by the people whose steps they
    are, with what the shipped protocol must make of each.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.people = {key: cls.users[login] for key, login in PLAYERS.items()}
        cls.stories = {story["id"]: story for story in stories.read()}
        cls.cases = {}

    def play_all(self):
        """Play every scene of every story in the order of time; check each at its turn."""
        scenes = sorted(
            (stories.moment(scene["at"]), name, number, scene)
            for name, story in self.stories.items()
            for number, scene in enumerate(stories.scenes_of(story))
        )
        for at, name, _number, scene in scenes:
            with freeze_time(at):
                story = self.stories[name]
                self.cases[name] = stories.play(
                    self.env, story, scene, self.cases.get(name), people=self.people
                )
                self.env.flush_all()
                self.env.invalidate_all()
                with self.subTest(story=name, scene=scene["do"]):
                    self.check(story["expect"], self.cases[name], scene["do"])

    def check(self, expected, case, scene):
        """Check each thing that is expected of a story at this scene."""
        for topic, value in expected.items():
            checker = getattr(self, f"check_{scene}_{topic}", None)
            if checker:
                checker(case, value)

    def test_all(self):
        self.play_all()
        self.assertEqual(len(self.cases), 12)
        self.check_violation_counts()

    # after the report

    def check_report_receives(self, case, role):
        holder = self.role(role).assignment_ids.user_id
        self.assertIn("handler", self.who(case)[holder.login])

    def check_report_decides(self, case, role):
        self.assertEqual(case._decider(), self.role(role).assignment_ids.user_id)
        for login in ("mayor", "deputy", "clerk"):
            if self.users[login] != case._decider():
                with self.assertRaises(AccessError):
                    self.as_user(login, case)._require_decider()

    def check_report_sees(self, case, keys):
        seeing = {
            login for login, user in self.users.items() if case.with_user(user).has_access("read")
        }
        self.assertEqual(seeing, {PLAYERS[key] for key in keys})

    def check_report_home_front(self, case, kind):
        """Z3: external help for the home front is proposed."""
        referral = case.affected_ids.aftercare_ids.referral_ids
        self.assertEqual((referral.for_whom, referral.state), ("home_front", "proposed"))
        self.assertEqual(referral.provider_id.kind, kind)

    # after the classification

    def check_classify_outcome(self, case, outcome):
        self.assertEqual(case.outcome, outcome)

    def check_classify_level(self, case, level):
        self.assertEqual(case.level, level)

    def check_classify_state(self, case, state):
        self.assertEqual(case.state, state)

    def check_classify_causer_file(self, case, kept):
        self.assertEqual(bool(case.causer_ids), kept)

    def check_classify_talks_on_offer(self, case, number):
        talks = case.affected_ids.aftercare_ids.talk_ids
        self.assertEqual(len(talks.filtered(lambda talk: talk.state == "planned")), number)

    def check_classify_measure_possible(self, case, _possible):
        with self.assertRaises(UserError):
            self.as_user("mayor", case).action_decide()

    def check_classify_offence(self, case, possible):
        self.assertEqual(any(case.assessment_ids[:1].behaviour_ids.mapped("offence")), possible)

    def check_classify_complaint_required(self, case, required):
        behaviours = case.assessment_ids[:1].behaviour_ids
        self.assertEqual(any(behaviours.mapped("complaint_required")), required)

    def check_classify_repeat(self, case, expected):
        repeat = case.with_user(case._decider())._repeat()
        self.assertEqual(
            (repeat.earlier, repeat.against_staff), (expected["earlier"], expected["against_staff"])
        )
        if "running" in expected:
            name = self.measure_type(expected["running"]).name
            until = dict(repeat.running)[name]
            if "running_until" in expected:
                self.assertEqual(until, fields.Date.to_date(expected["running_until"]))

    def check_classify_proposed(self, case, expected):
        repeat = case.with_user(case._decider())._repeat()
        proposed = case._proposed_measures(repeat)
        for code, months in expected.items():
            kind = self.measure_type(code)
            self.assertIn(kind, proposed)
            end = fields.Date.add(self.protocol._today(), months=months) if months else False
            self.assertEqual(proposed[kind], end)

    def check_classify_duties(self, case, expected):
        for line in expected:
            duties = self.duties(case, line["code"])
            self.assertTrue(duties, line["code"])
            self.check_duty(duties[0], line)

    def check_duty(self, duty, line):
        if "who" in line:
            self.assertEqual(duty.user_id, self.role(line["who"]).assignment_ids.user_id)
        for name, field in (("due", "due_at"), ("from", "from_at")):
            if name in line:
                self.assertEqual(duty[field], stories.moment(line[name]))
        if "optional" in line:
            self.assertTrue(duty.type_id.optional)
        if line.get("overdue_from_the_start"):
            self.assertLess(duty.due_at, duty.incident_id.reported_at)

    def check_classify_no_duties(self, case, codes):
        self.assertFalse(self.duties(case, *codes))

    def check_classify_violation(self, case, code):
        """A6: it stands on the ban; who handles this case learns its name and its end alone."""
        self.assertEqual(case.violation_ids.measure_id.type_id, self.measure_type(code))
        self.assertNotEqual(case.violation_ids.measure_id.incident_id, case)
        ban = self.as_user("coordinator", case).violation_ids.ban
        self.assertEqual(ban, "Building ban until 1 October 2026")

    def check_meeting_disturbance(self, case, told):
        """H3, H4, H5, H7: what the chair did, at the time at which it was done."""
        meeting = case.disturbance_ids
        names = {
            "suspended": "suspended_at",
            "livestream_stopped": "livestream_off_at",
            "police_called": "police_called_at",
            "resumed": "resumed_at",
        }
        for name, field in names.items():
            self.assertEqual(meeting[field], stories.moment(told[name]), name)
        demands = [stories.moment(at) for at in told["demands"]]
        self.assertEqual(meeting.demand_ids.mapped("at"), demands)
        self.assertEqual(meeting.trespass_at, demands[-1])

    # after the request for a view, and the decision

    def check_hear_deciding_due(self, case, due):
        self.assertEqual(self.duties(case, "decide").due_at, stories.moment(due))
        self.assertEqual(self.duties(case, "react").state, "done")

    def check_decide_unheard_answer(self, case, hearing):
        self.assertEqual(case.decision_ids.hearing, hearing)

    def check_decide_ends(self, case, expected):
        ends = {m.type_id.code: str(m.date_to) for m in case.decision_ids.measure_ids}
        self.assertEqual({code: ends[code] for code in expected}, expected)

    # damage

    def check_inspectorate_inspectorate_decision(self, case, decision):
        """D10: decided, with a reason, and so the duty is done."""
        self.assertEqual(case.inspectorate_ids.decision, decision)
        self.assertEqual(self.duties(case, "inspectorate").state, "done")

    def check_pay_reimbursed(self, case, amount):
        """D12: on request, decided on, with the reference of the payment."""
        damage = case.damage_ids
        self.assertEqual((damage.state, damage.granted), ("paid", amount))
        self.assertTrue(damage.payment_reference)

    def check_claim_claimed(self, case, amount):
        """D2: by a letter that is kept; what was decided on is carried out."""
        claim = case.claim_ids
        self.assertEqual((claim.state, claim.amount, len(claim.letter_ids)), ("claimed", amount, 1))
        recovery = case.measure_ids.filtered(lambda one: one.type_id.code == "damage_claim")
        self.assertEqual((recovery.state, recovery.end_reason), ("ended", "done"))

    def check_close_recovered(self, case, amount):
        """D2: paid in parts, to the cent."""
        claim = case.claim_ids
        self.assertEqual((claim.state, claim.received), ("recovered", amount))
        self.assertEqual((len(claim.payment_ids), claim.outstanding), (3, 0))

    def check_damage_claims_while_unknown(self, case, number):
        """D2: as long as nobody knows who did it nobody is asked to pay."""
        self.assertEqual(len(case.claim_ids), number)

    def check_name_causer_claimed_once_known(self, case, amount):
        """D2: opened by itself, with the duty to send it."""
        self.assertEqual((case.claim_ids.state, case.claim_ids.amount), ("to_claim", amount))
        self.assertEqual(self.duties(case, "damage_claim").claim_id, case.claim_ids)

    # after the letter, and later

    def check_send_last_day_to_object(self, case, day):
        self.assertEqual(str(case._counting_decision().last_day_to_object), day)
        self.assertEqual(len(case.letter_ids.filtered("decision_id")), 1)

    def check_object_in_time(self, case, in_time):
        self.assertEqual(case.objection_ids.in_time, in_time)

    def check_close_running_after_closing(self, case, code):
        """A4: a ban goes on when its case is closed, and is still looked at again."""
        ban = case.measure_ids.filtered(lambda one: one.type_id.code == code)
        self.assertEqual((case.state, ban.state), ("closed", "applies"))

    def check_keep_next_review(self, case, day):
        ban = case.measure_ids.filtered("review_on")
        self.assertEqual(str(ban.review_on), day)

    def check_lift_ended(self, case, expected):
        ended = {one.type_id.code: one.end_reason for one in case.measure_ids}
        self.assertEqual({code: ended[code] for code in expected}, expected)

    check_night_ended = check_lift_ended

    # after the declaration was filed, and what is told of it

    def check_prosecution_step_reports_back(self, case, role):
        """D11: of each step the same one tells the person hit and the council."""
        world = "clerk" if role == "council_clerk" else "secretary"
        steps = self.env["aggression.prosecution.step"].search([("incident_id", "=", case.id)])
        for code in (f"feedback_person_{world}", f"feedback_council_{world}"):
            duties = self.duties(case, code)
            self.assertEqual(len(duties), len(steps))
            self.assertEqual(duties.user_id, self.role(role).assignment_ids.user_id)

    def check_tell_told_by(self, case, role):
        told = self.env["aggression.statement"].search([("incident_id", "=", case.id)])
        self.assertEqual((told.state, told.speaker_id.login), ("sent", role))

    def check_tell_press_blocked(self, case, _blocked):
        """C6: the investigation runs, so the press is left to the prosecutor."""
        press = self.env["aggression.statement"].new(
            {"incident_id": case.id, "audience": "press", "speaker_id": self.users["mayor"].id}
        )
        self.assertIn("A criminal investigation runs", press._not_speakable())

    def check_inform_informed_sees_only_the_briefing(self, case, key):
        """C4: the colleague reads the summary, and does not find the case."""
        colleague = self.users[PLAYERS[key]]
        briefing = self.env["aggression.briefing"].search([("incident_id", "=", case.id)])
        self.assertTrue(briefing.with_user(colleague).has_access("read"))
        self.assertFalse(case.with_user(colleague).has_access("read"))

    def check_settle_who_speaks_spokesperson(self, case, role):
        """C3: as was settled with the mayor and the King's Commissioner."""
        self.assertEqual(case._spokesperson(), self.role(role).assignment_ids.user_id)
        self.assertEqual(self.duties(case, "settle_handling").state, "done")

    def check_violation_counts(self):
        """U2, A12: the ban ignored at the desk counts for the next incident of that causer."""
        causer = self.cases["ban-ignored"].causer_ids
        self.assertEqual(len(causer.incident_ids), 2)
        self.assertEqual(causer.incident_ids.affected_ids.office_id.mapped("world"), ["civil"])
