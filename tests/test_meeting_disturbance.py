from datetime import datetime

import psycopg2

from odoo.exceptions import UserError
from odoo.tests import freeze_time
from odoo.tools import mute_logger

from .meeting import AFTERWARDS, START, MeetingCase, at


class TestMeetingDisturbance(MeetingCase):
    """H3 to H7: what the chair and the clerk press while a meeting is disturbed."""

    def test_shouting_in_the_gallery(self):
        """H3, H4, H5, H7: the evening of the story, from the suspension to the resumption."""
        with freeze_time(START):
            meeting = self.suspend()
        case = meeting.incident_id
        self.assertEqual((case.place, case.state), ("council_meeting", "reported"))
        self.assertEqual(case.affected_ids.office_id, self.office("council_meeting"))
        self.assertEqual(self.who(case)["mayor"] & {"decider"}, {"decider"})
        self.assertTrue(self.duties(case, "assess"), "the duties of a report are there at once")
        self.press(meeting, "action_livestream_off", 13, by="mayor")
        for number, minute in enumerate((14, 17, 21), 1):
            self.assertFalse(meeting.trespass_at)
            self.demand(meeting, number, minute)
        self.assertEqual(str(meeting.trespass_at), at(21), "the third demand makes it trespass")
        police = self.duties(case, "trespass")
        self.assertEqual(police.state, "open")
        self.press(meeting, "action_police", 22)
        self.assertEqual((police.state, police.done_by_id.login), ("done", "clerk"))
        self.press(meeting, "action_resume", 48)
        self.press(meeting, "action_livestream_on", 49)
        times = [str(demand.at) for demand in meeting.demand_ids]
        self.assertEqual(times, [at(14), at(17), at(21)])
        self.assertEqual(meeting.demand_ids.mapped("by_name"), ["Name of mayor"] * 3)
        self.assertEqual(
            self.told(meeting, "meeting"),
            [
                "Meeting suspended: 20:12",
                "Livestream stopped: 20:13",
                "Police called: 20:22",
                "Meeting resumed: 20:48",
                "Livestream on again: 20:49",
            ],
        )
        self.assertEqual(len(self.told(meeting, "trespass")), 1)

    def test_pressed_twice(self):
        """H3, H4: two windows, a double click, two people: one case, one event, one demand."""
        with freeze_time(START):
            meeting = self.suspend()
        with freeze_time(at(13)):
            self.assertEqual(self.suspend("mayor"), meeting)
            self.assertEqual(self.suspend(), meeting)
        self.assertEqual(len(self.env["aggression.incident"].search([])), 1)
        self.demand(meeting, 1, 14)
        self.demand(meeting, 1, 15, by="mayor")
        self.assertEqual(meeting.demand_ids.mapped("number"), [1])
        for step, field in (
            ("action_police", "police_called_at"),
            ("action_livestream_off", "livestream_off_at"),
            ("action_left", "left_at"),
            ("action_resume", "resumed_at"),
        ):
            self.press(meeting, step, 16)
            self.press(meeting, step, 17, by="mayor")
            self.assertEqual(str(meeting[field]), at(16), step)
        self.assertEqual(len(self.told(meeting, "meeting")), 5)

    def test_two_at_once_in_the_database(self):
        """H3: what passes the screens by is stopped by the database: one running, one a case."""
        with freeze_time(START):
            meeting = self.suspend()
        other = self.report(by="clerk")
        for case, live in ((other, True), (meeting.incident_id, False)):
            with (
                mute_logger("odoo.sql_db"),
                self.assertRaises(psycopg2.errors.UniqueViolation),
                self.cr.savepoint(),
            ):
                meeting._open_record(case, datetime(2026, 5, 19, 18, 12), live=live)

    def test_no_demand_out_of_order(self):
        """H4: the second demand comes after the first, and after the last come the police."""
        with freeze_time(START):
            meeting = self.suspend()
        with self.assertRaisesRegex(UserError, "next demand is number 1"):
            self.demand(meeting, 2, 14)
        for number in (1, 2, 3):
            self.demand(meeting, number, 14 + number)
        with self.assertRaisesRegex(UserError, "Call the police"):
            self.demand(meeting, 4, 20)
        self.assertEqual(meeting.demand_ids.mapped("number"), [1, 2, 3])

    def test_as_many_demands_as_the_protocol_says(self):
        """H4: how many demands make it trespass is data."""
        self.protocol.refusals_to_police = 2
        with freeze_time(START):
            meeting = self.suspend()
        self.demand(meeting, 1, 14)
        self.assertFalse(meeting.trespass_at)
        self.demand(meeting, 2, 15)
        self.assertEqual(str(meeting.trespass_at), at(15))

    def test_who_leaves_in_time(self):
        """H4: who leaves after the second demand has not refused it: no trespass."""
        with freeze_time(START):
            meeting = self.suspend()
        self.demand(meeting, 1, 14)
        self.demand(meeting, 2, 15)
        self.press(meeting, "action_left", 16)
        self.assertEqual(meeting.demand_ids.mapped("refused"), [True, False])
        with self.assertRaisesRegex(UserError, "left"):
            self.demand(meeting, 3, 17)
        self.assertFalse(self.duties(meeting.incident_id, "trespass"))

    def test_who_leaves_after_the_third(self):
        """H4: leaving after the last demand takes the trespass back for nobody."""
        with freeze_time(START):
            meeting = self.suspend()
        for number in (1, 2, 3):
            self.demand(meeting, number, 14 + number)
        self.press(meeting, "action_left", 20)
        self.assertEqual(meeting.demand_ids.mapped("refused"), [True] * 3)
        self.assertTrue(meeting.trespass_at)

    def test_force_needs_its_reason(self):
        """H6: force is recorded with whom it freed or protected, or not at all."""
        with freeze_time(START):
            meeting = self.suspend()
        with freeze_time(at(15)):
            for values in ({"text": "He was hit."}, {"purpose": "free", "text": " "}):
                with self.assertRaisesRegex(UserError, "force has no other aim"):
                    self.note(meeting, step="force", **values)
            self.assertFalse(meeting.force_used_at)
            self.note(meeting, step="force", purpose="protect", text="A councillor was hit.")
        self.assertEqual(str(meeting.force_used_at), at(15))
        self.assertEqual(meeting.force_reason, "A councillor was hit.")
        with mute_logger("odoo.sql_db"), self.assertRaises(psycopg2.errors.CheckViolation):
            meeting._unlocked().force_purpose = False
            meeting.flush_recordset()

    def test_the_livestream_comes_back_on(self):
        """H7: only what was stopped is put on again."""
        with freeze_time(START):
            meeting = self.suspend()
        with self.assertRaisesRegex(UserError, "was not stopped"):
            self.press(meeting, "action_livestream_on", 14)

    def test_a_time_is_put_right(self):
        """H3, H7: with the reason; what stood there stays in the timeline."""
        with freeze_time(START):
            meeting = self.suspend()
        self.press(meeting, "action_livestream_off", 20)
        self.demand(meeting, 1, 21)
        self.demand(meeting, 2, 24)
        with freeze_time(AFTERWARDS):
            self.note(meeting, moment="livestream_off_at", at=at(13), text="Pressed late.")
            self.note(meeting, moment="police_called_at", at=at(22), text="Nobody pressed.")
            self.note(meeting, moment="demand", demand_number=1, at=at(14), text="Pressed late.")
        self.assertEqual(str(meeting.livestream_off_at), at(13))
        self.assertEqual(str(meeting.demand_ids[0].at), at(14))
        self.assertEqual(
            self.told(meeting, "corrected"),
            [
                "Livestream stopped: 20:13. was 20:20. Pressed late.",
                "Police called: 20:22. Nobody pressed.",
                "Demand 1: 20:14. was 20:21. Pressed late.",
            ],
        )

    def test_what_cannot_be_put_right(self):
        """H3, H4: no reason, the future, another order, force without its reason."""
        with freeze_time(START):
            meeting = self.suspend()
        self.demand(meeting, 1, 14)
        self.demand(meeting, 2, 17)
        told = {"moment": "livestream_off_at", "at": at(13), "text": "Late."}
        wrong = [
            ({"text": " "}, "Say why"),
            ({"at": "2026-05-20 08:00:00"}, "not in the future"),
            ({"at": at(10)}, "before the meeting was suspended"),
            ({"moment": "demand", "demand_number": 1, "at": at(18)}, "in their order"),
            ({"moment": "demand", "demand_number": 3}, "Choose a demand"),
            ({"moment": "force_used_at"}, "needs its reason"),
            ({"moment": False}, "Choose which time"),
        ]
        for values, words in wrong:
            with (
                freeze_time(AFTERWARDS),
                self.subTest(words=words),
                self.assertRaisesRegex(UserError, words),
            ):
                self.note(meeting, **{**told, **values})
        self.press(meeting, "action_livestream_off", 20)
        with freeze_time(AFTERWARDS), self.assertRaisesRegex(UserError, "Nothing of this came"):
            self.note(meeting, moment="suspended_at", at=at(30), text="Late.")

    def test_written_down_afterwards(self):
        """H3: a meeting that nobody wrote down while it lasted is filled in on its case."""
        with freeze_time(AFTERWARDS):
            case = self.report(
                hit="",
                office="council_meeting",
                place="council_meeting",
                occurred_at=START,
                reported_at=AFTERWARDS,
            )
            action = self.as_user("clerk", case).action_meeting_disturbance()
            again = self.as_user("mayor", case).action_meeting_disturbance()
            self.assertEqual(again["res_id"], action["res_id"])
            meeting = self.env[action["res_model"]].browse(action["res_id"])
            self.assertEqual(str(meeting.suspended_at), START)
            self.assertFalse(meeting.live, "it keeps no other meeting from being suspended")
            self.note(meeting, moment="resumed_at", at=at(48), text="From the minutes.")
        self.assertEqual(str(meeting.resumed_at), at(48))

    def test_one_that_nobody_ended(self):
        """H3: a disturbance that was never ended does not stand in the way of the next."""
        with freeze_time(START):
            first = self.suspend()
        with freeze_time(AFTERWARDS):
            self.assertNotEqual(self.suspend(), first)

    def test_a_closed_case(self):
        """H3: nothing is added to a case that is closed."""
        with freeze_time(START):
            meeting = self.suspend()
            self.classify(
                meeting.incident_id,
                "raised_voice_policy",
                by="clerk",
                directed="no",
                aim="none",
                closing_reason="Sorry.",
            )
        with self.assertRaisesRegex(UserError, "case is closed"):
            self.press(meeting, "action_police", 15)
