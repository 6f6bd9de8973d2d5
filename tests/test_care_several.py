import psycopg2
from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests import freeze_time
from odoo.tools import mute_logger

from .common import ProtocolCase

DAY = "2026-03-07 10:00:00"


@freeze_time(DAY)
class TestSeveralReports(ProtocolCase):
    """Z1: report after report, each of them light, and nobody asks how it goes."""

    def emotion(self, hit="councillor", reported="2026-03-06 22:10:00", **values):
        case = self.report(hit=hit, reported_at=reported, occurred_at=reported, **values)
        return self.classify(
            case,
            "raised_voice_policy",
            directed="no",
            aim="none",
            closing_reason="About the permit.",
        )

    def states(self, case):
        return case.affected_ids.aftercare_ids.talk_ids.mapped("state")

    def test_the_third_report(self):
        """Z1, U3: the talks stay on offer and an extra one is planned, though it was emotion."""
        for _turn in range(2):
            self.assertEqual(self.states(self.emotion()), ["planned", "lapsed", "lapsed"])
        third = self.emotion()
        self.assertEqual(self.states(third), ["planned"] * 4)
        extra = third.affected_ids.aftercare_ids.talk_ids[-1]
        self.assertTrue(extra.is_extra)
        duty = extra._duties()
        self.assertEqual((duty.type_id.code, duty.user_id.login), ("extra_talk", "mayor"))
        self.assertEqual(str(duty.due_at), "2026-03-14 10:00:00")

    def test_counted_by_person(self):
        """Z1, C5: what others had done to them does not count, and two months ago is recent."""
        self.emotion(reported="2026-01-10 10:00:00")
        self.emotion(hit="other_councillor")
        self.emotion(hit="Somebody", office="civil_servant", by="desk")
        self.assertEqual(len(self.states(self.emotion())), 3)
        self.assertEqual(len(self.states(self.emotion())), 4)

    def test_a_long_time_ago(self):
        """Z1: beyond the period of the protocol it does not count."""
        for day in ("2025-11-01", "2025-11-02"):
            self.emotion(reported=f"{day} 10:00:00")
        self.assertEqual(len(self.states(self.emotion())), 3)

    def test_nothing_of_the_other_cases_shows(self):
        """C5: in the case an extra talk stands, as anybody could have planned it."""
        for _turn in range(2):
            self.emotion()
        case = self.report()
        duty = case.duty_ids.filtered(lambda duty: duty.type_id.code == "extra_talk")
        self.assertEqual(self.as_user("clerk", duty).person, "Name of councillor")
        said = " ".join(self.as_user("clerk", case).entry_ids.mapped(lambda e: e.text or ""))
        self.assertNotIn("M-", said)
        self.assertFalse(duty.note)

    @settings(max_examples=8)
    @given(number=st.integers(2, 5), reports=st.integers(1, 6))
    def test_as_the_protocol_has_it(self, number, reports):
        """Z1, U1: the number is data, and the very first case to reach it is the first."""
        with self.env.cr.savepoint() as savepoint:
            self.protocol.light_reports_number = number
            cases = [self.report(hit="alderman") for _turn in range(reports)]
            extra = [len(self.states(case)) == 4 for case in cases]
            self.assertEqual(extra, [turn >= number for turn in range(1, reports + 1)])
            savepoint.rollback()
        self.env.invalidate_all()
        self.env.registry.clear_cache()

    def test_without_a_term_in_the_protocol(self):
        """U1, M1: a protocol without extra talks takes in every report."""
        self.env.ref("aggression_protocol.duty_extra_talk").unlink()
        for _turn in range(3):
            case = self.emotion()
        self.assertEqual(self.states(case), ["planned"] * 3)

    def test_what_the_protocol_may_say(self):
        """U1: one report is not several."""
        with self.assertRaises(psycopg2.IntegrityError), mute_logger("odoo.sql_db"):
            self.protocol.light_reports_number = 1
            self.protocol.flush_recordset()
