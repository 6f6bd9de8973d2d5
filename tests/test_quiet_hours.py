from datetime import datetime, time, timedelta

from hypothesis import given
from hypothesis import strategies as st
from psycopg2 import IntegrityError

from odoo.tests import BaseCase, freeze_time
from odoo.tools import mute_logger

from ..rules.quiet import QuietHours, time_of_day
from ..rules.terms import local
from .common_notices import NoticeCase
from .test_terms import MOMENTS, ZONE, utc

TIMES = st.integers(0, 24 * 60 - 1).map(lambda minutes: time(*divmod(minutes, 60)))


class TestQuietHours(BaseCase):
    def after(self, start, end, moment):
        quiet = QuietHours(time.fromisoformat(start), time.fromisoformat(end), ZONE)
        return local(quiet.after(utc(moment)), ZONE).replace(tzinfo=None).isoformat(" ", "minutes")

    def test_on_the_clock(self):
        table = [
            # over midnight
            ("22:00", "07:00", "2026-03-06 21:59", "2026-03-06 21:59"),
            ("22:00", "07:00", "2026-03-06 22:00", "2026-03-07 07:00"),
            ("22:00", "07:00", "2026-03-07 00:30", "2026-03-07 07:00"),
            ("22:00", "07:00", "2026-03-07 07:00", "2026-03-07 07:00"),
            # within a day
            ("00:00", "06:30", "2026-03-06 23:59", "2026-03-06 23:59"),
            ("00:00", "06:30", "2026-03-07 00:00", "2026-03-07 06:30"),
            ("12:00", "13:00", "2026-03-07 12:15", "2026-03-07 13:00"),
            # until midnight
            ("22:00", "00:00", "2026-03-07 23:00", "2026-03-08 00:00"),
            # none
            ("00:00", "00:00", "2026-03-07 03:00", "2026-03-07 03:00"),
            # the night that summer time begins, and the night that it ends
            ("22:00", "07:00", "2026-03-28 23:00", "2026-03-29 07:00"),
            ("22:00", "07:00", "2026-03-29 03:00", "2026-03-29 07:00"),
            ("22:00", "07:00", "2026-10-24 23:00", "2026-10-25 07:00"),
            # half past two does not exist in the first, and exists twice in the second
            ("22:00", "02:30", "2026-03-29 01:59", "2026-03-29 03:30"),
            ("22:00", "02:30", "2026-10-25 02:15", "2026-10-25 02:30"),
        ]
        for start, end, moment, expected in table:
            with self.subTest(start=start, end=end, moment=moment):
                self.assertEqual(self.after(start, end, moment), expected)

    def test_length_of_a_night(self):
        """From ten to seven is nine hours, but for the nights on which the clock changes."""
        quiet = QuietHours(time(22), time(7), ZONE)
        for evening, hours in (("2026-03-27", 9), ("2026-03-28", 8), ("2026-10-24", 10)):
            start = utc(f"{evening} 22:00")
            self.assertEqual(quiet.after(start) - start, timedelta(hours=hours), evening)

    @given(MOMENTS, TIMES, TIMES)
    def test_the_end_is_outside(self, moment, start, end):
        quiet = QuietHours(start, end, ZONE)
        leaves = quiet.after(moment)
        self.assertGreaterEqual(leaves, moment)
        self.assertLessEqual(leaves - moment, timedelta(hours=25))
        self.assertEqual(quiet.after(leaves), leaves)

    def test_hours_of_a_form(self):
        for hours, expected in ((0, "00:00"), (6.5, "06:30"), (22.75, "22:45"), (23.983, "23:59")):
            self.assertEqual(time_of_day(hours).isoformat("minutes"), expected)


class TestQuietNotices(NoticeCase):
    def setUp(self):
        super().setUp()
        self.protocol.write({"quiet_from": 22, "quiet_until": 7})

    def test_held_until_morning(self):
        """In the night leaves what is due within hours, and with it what waits for that person."""
        with freeze_time("2026-03-06 22:10:00"):  # ten past eleven in the evening
            self.report()
            self.assertEqual(self.send(), ["coordinator", "mayor"])
            held = self.notices(state="queued")
            self.assertEqual(held.user_id, self.users["councillor"])
            self.assertEqual(held.next_try_at, datetime(2026, 3, 7, 6))
        with freeze_time("2026-03-07 05:59:00"):
            self.assertEqual(self.send(), [])
        with freeze_time("2026-03-07 06:00:00"):
            self.assertEqual(self.send(), ["councillor"])

    def test_the_night_that_summer_time_begins(self):
        with freeze_time("2026-03-28 23:30:00"):
            self.report()
            self.assertEqual(self.send(), ["coordinator", "mayor"])
            held = self.notices(state="queued")
            self.assertEqual(held.next_try_at, datetime(2026, 3, 29, 5))

    def test_a_failure_in_the_night(self):
        """What failed is tried again when it may leave: at once if urgent, else in the morning."""
        with freeze_time("2026-03-07 20:59:00"):
            self.report()
            self.server.down = ConnectionRefusedError()
            with mute_logger("odoo.addons.aggression_protocol.models.privacy.notice_sending"):
                self.send()
        councillor = self.notices(user_id=self.users["councillor"].id)
        self.assertEqual(councillor.next_try_at, datetime(2026, 3, 8, 6))
        urgent = self.notices(urgent=True)
        self.assertEqual(set(urgent.mapped("next_try_at")), {datetime(2026, 3, 7, 21, 4)})

    def test_none_by_default(self):
        fresh = self.env["aggression.protocol"].create({"name": "Draft"})
        moment = datetime(2026, 3, 7, 2)
        self.assertEqual(fresh._playbook().quiet.after(moment), moment)

    def test_times_of_the_day(self):
        for wrong in ({"quiet_from": 24}, {"quiet_until": -1}):
            with (
                self.assertRaises(IntegrityError),
                mute_logger("odoo.sql_db"),
                self.cr.savepoint(),
            ):
                self.protocol.write(wrong)
                self.env.flush_all()
