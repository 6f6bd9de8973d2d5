from datetime import UTC

import vobject

from odoo.tests import HttpCase, freeze_time, tagged
from odoo.tools import mute_logger

from .common_read_log import ReadLogMixin, commits_with_hooks
from .test_appointments import NEXT_DAY, AppointmentCase


@tagged("post_install", "-at_install")
class TestAgendaFile(ReadLogMixin, HttpCase, AppointmentCase):
    """C5, Z6: an appointment in somebody's own agenda: when, and the case's reference."""

    def setUp(self):
        super().setUp()
        with freeze_time(NEXT_DAY):
            self.appointment = self.agreed(place="Canary street 1")

    def get(self, login, reference=None):
        self.authenticate(login, login and login + "x" * (8 - len(login)))
        path = f"/aggression/appointment/{reference or self.appointment.reference}"
        return self.url_open(path, allow_redirects=False)

    def test_who_gets_it(self):
        """The two of them; for all others it is not there, and without logging in nothing is."""
        for login in ("councillor", "mayor"):
            with self.subTest(login=login):
                answer = self.get(login)
                self.assertEqual(answer.status_code, 200)
                self.assertEqual(answer.headers["Cache-Control"], "no-store")
                self.assertIn(f"{self.appointment.reference}.ics", str(answer.headers))
        missing = self.get("stranger", "A-22222222")
        self.assertEqual(missing.status_code, 404)
        for login in ("clerk", "coordinator", "other_councillor", "administrator", "stranger"):
            with self.subTest(login=login), mute_logger("odoo.http"):
                answer = self.get(login)
                self.assertEqual((answer.status_code, answer.content), (404, missing.content))
        self.assertIn("/web/login", self.get(None).headers["Location"])

    def test_in_the_read_log(self):
        """M5: who fetched it, and who tried to."""
        self.enterContext(commits_with_hooks())
        for login, kind in (("councillor", "downloaded"), ("clerk", "refused")):
            self.get(login)
            self.env.invalidate_all()
            row = self.log(model="aggression.appointment", user_id=self.users[login])
            self.assertEqual((row.incident_id, row.kind, row.way), (self.incident, kind, "file"))

    def event(self, **values):
        """Return the event in the file, as an agenda reads it."""
        self.appointment._unlocked().write(values)
        content = self.get("councillor").content
        return vobject.readOne(content.decode()).vevent

    def test_nothing_but_the_time_and_the_reference(self):
        """C5: no name, place, talk, address or link stands in the bytes."""
        content = self.get("councillor").content.decode()
        lines = content.replace("\r\n ", "").splitlines()
        event = dict(
            line.partition(":")[::2]
            for line in lines[lines.index("BEGIN:VEVENT") + 1 : lines.index("END:VEVENT")]
        )
        self.assertEqual(
            {name.partition(";")[0] for name in event},
            {"UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "STATUS", "CLASS"},
        )
        self.assertEqual(event["SUMMARY"], f"Appointment {self.incident.reference}")
        for word in ("canary", "name of", "talk", "care", "aggress", "http", "@", "waterveen"):
            self.assertNotIn(word, content.lower())

    def test_on_the_clock_of_the_municipality(self):
        """Z6: at the same moment for who reads it, on both sides of a change of the clock."""
        for start, end, shown in (
            ("2026-03-28 09:00:00", "2026-03-28 10:00:00", "20260328T100000"),
            ("2026-03-30 08:00:00", "2026-03-30 09:00:00", "20260330T100000"),
            # over the change itself: from 01:30 until 03:30, an hour
            ("2026-03-29 00:30:00", "2026-03-29 01:30:00", "20260329T013000"),
            ("2026-10-24 08:00:00", "2026-10-24 09:00:00", "20261024T100000"),
            ("2026-10-26 09:00:00", "2026-10-26 10:00:00", "20261026T100000"),
        ):
            with self.subTest(start=start):
                event = self.event(start_at=start, end_at=end)
                self.assertEqual(f"{event.dtstart.value:%Y%m%dT%H%M%S}", shown)
                for line, moment in ((event.dtstart, start), (event.dtend, end)):
                    read = line.value.astimezone(UTC).replace(tzinfo=None)
                    self.assertEqual(read.isoformat(" "), moment)
        content = self.get("mayor").content.decode()
        self.assertIn("DTSTART;TZID=Europe/Amsterdam:20261026T100000", content)

    def test_fetched_again(self):
        """The agenda knows it for the same appointment, and sees that it was cancelled."""
        first = self.event()
        self.assertEqual(first.status.value, "CONFIRMED")
        self.as_user("mayor", self.appointment).action_cancel()
        again = self.event()
        self.assertEqual((again.uid.value, again.status.value), (first.uid.value, "CANCELLED"))

    def test_by_its_button(self):
        action = self.as_user("mayor", self.appointment).action_download()
        self.assertEqual(action["url"], f"/aggression/appointment/{self.appointment.reference}")
