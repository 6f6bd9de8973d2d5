import logging
import re
import smtplib
from datetime import timedelta
from email.utils import parseaddr

from odoo import SUPERUSER_ID
from odoo.tests import freeze_time
from odoo.tools import mute_logger

from ..models.privacy.notice_sending import CASES, PORTAL, TASKS
from .common_notices import SENDING, NoticeCase

STORY = "canary-story-6e2f"
HEADERS = {
    "Message-Id",
    "Subject",
    "From",
    "To",
    "Date",
    "Auto-Submitted",
    "X-Auto-Response-Suppress",
    "Content-Type",
    "Content-Transfer-Encoding",
    "MIME-Version",
}


@freeze_time("2026-03-06 22:10:00")
class TestNoticeMail(NoticeCase):
    """What is in a mail, and what stays of it: nothing of the case (C5)."""

    def case_with_large_numbers(self):
        """Play a case whose ids can be told from any other number."""
        for table in ("incident", "duty", "notice", "access", "affected_person", "talk"):
            self.env.cr.execute(f"ALTER SEQUENCE aggression_{table}_id_seq RESTART 987654321")
        incident = self.report(story=STORY, causer_kind="person", causer_name="J. Canary")
        self.classify(incident, "threat")
        return incident

    def test_bytes(self):
        """C33: fixed words, one receiver, no other address, name, number, model or reference."""
        incident = self.case_with_large_numbers()
        self.send()
        self.assertEqual(len(self.server.letters), 4)
        names = self.env["res.users"].search([]).mapped("name")
        forbidden = [
            incident.reference,
            incident.reference.removeprefix("M-"),
            STORY,
            "Canary",
            "9876543",
            "aggression",
            "res.users",
            "X-Odoo",
            "Reply-To",
            "In-Reply-To",
            *names,
        ]
        for [receiver], letter in self.server.letters:
            text = letter.decode("ascii")
            for word in forbidden:
                with self.subTest(receiver=receiver, word=word):
                    self.assertNotIn(word.lower(), text.lower())
            read = self.as_read(letter)
            addresses = {receiver, "post@waterveen.example", read["Message-Id"].strip("<>")}
            self.assertEqual(set(re.findall(r"[\w.+-]+@[\w.-]+", text)), addresses)
            self.assertEqual(set(read.keys()), HEADERS)
            self.assertEqual(len(read.keys()), len(HEADERS), "each of them once")
            self.assertEqual(read["To"], receiver)
            self.assertEqual(parseaddr(read["From"])[1], "post@waterveen.example")
            self.assertFalse(read.is_multipart())

    def test_the_same_for_everybody(self):
        """Nobody tells from a mail what somebody is in a case: only the page differs."""
        self.case_with_large_numbers()
        self.users["coordinator"].group_ids = self.env.ref("base.group_user")
        self.send()
        base = self.env["ir.config_parameter"].get_param("web.base.url")
        pages = {}
        for [receiver], letter in self.server.letters:
            read = self.as_read(letter)
            before, page, after = read.get_content().replace("\r", "").split("\n\n")
            self.assertEqual(read["Subject"], "Something is ready for you")
            self.assertEqual(before, "Something is ready for you. Log in to read it:")
            self.assertIn("sent automatically", after)
            pages[receiver.partition("@")[0]] = page.removeprefix(base)
        self.assertEqual(
            pages,
            {"councillor": PORTAL, "coordinator": CASES, "mayor": TASKS, "order_officer": TASKS},
        )

    def test_dutch(self):
        self.report("councillor", "councillor")
        self.users["mayor"].lang = "nl_NL"
        self.send()
        read = {to: self.as_read(letter) for [to], letter in self.server.letters}
        dutch = read.pop(self.users["mayor"].email)
        self.assertEqual(dutch["Subject"], "Er staat iets voor u klaar")
        self.assertIn("Er staat iets voor u klaar. Log in om het te lezen:", dutch.get_content())
        self.assertEqual(
            {other["Subject"] for other in read.values()}, {"Something is ready for you"}
        )

    def test_pages_exist(self):
        for page, action in ((TASKS, "duty_action"), (CASES, "incident_action")):
            self.assertEqual(page, f"/odoo/{self.env.ref(f'aggression_protocol.{action}').path}")

    def test_sender(self):
        """Odoo's own address for notifications comes first; its catchall is never named."""
        self.env.company.alias_domain_id = self.env["mail.alias.domain"].create(
            {"name": "mail.example", "default_from": "melding"}
        )
        self.report()
        self.send()
        for _receivers, letter in self.server.letters:
            self.assertEqual(parseaddr(self.as_read(letter)["From"])[1], "melding@mail.example")
            self.assertNotIn(b"catchall", letter)

    def test_nothing_stays(self):
        """C39, C64: no mail, message, notification or bus line is made of a notice."""
        tables = ("mail_mail", "mail_message", "mail_notification", "bus_bus", "ir_attachment")
        counts = {}
        for moment in ("before", "after"):
            self.env.flush_all()
            for table in tables:
                self.env.cr.execute(f"SELECT count(*), max(id) FROM {table}")
                counts.setdefault(table, {})[moment] = self.env.cr.fetchone()
            if moment == "before":
                self.report()
                self.sweep()
                self.send()
        for table, count in counts.items():
            self.assertEqual(count["before"], count["after"], table)

    def test_log(self):
        """C63: whatever goes wrong, the log names no person, address or case."""
        incident = self.case_with_large_numbers()
        mayor = self.users["mayor"].email
        self.server.failures = [
            smtplib.SMTPRecipientsRefused({mayor: (550, f"{mayor} unknown".encode())}),
            smtplib.SMTPDataError(554, mayor.encode()),
            smtplib.SMTPServerDisconnected(mayor),
        ]
        # by number: Odoo gives the name INFO to a level of its own as well
        with self.assertLogs("odoo", logging.INFO) as log:
            self.send()
        self.assertEqual(sum(line.name == SENDING for line in log.records), 3)
        text = "\n".join(f"{line.getMessage()} {line.exc_text or ''}" for line in log.records)
        for word in (incident.reference, "@", "Name of", STORY, "9876543"):
            self.assertNotIn(word, text)


class TestNoticeFailures(NoticeCase):
    """Never twice; what did not leave is tried again."""

    def setUp(self):
        super().setUp()
        with freeze_time("2026-03-06 22:10:00"):
            self.report()
        self.clock = freeze_time("2026-03-06 22:10:00")
        self.now = self.clock.start()
        self.addCleanup(self.clock.stop)

    @mute_logger(SENDING)
    def send_quietly(self):
        return self.send()

    def pass_time(self, **time):
        self.now.tick(timedelta(**time))

    def test_refused(self):
        """One that is refused is tried later, and once only; the others have theirs."""
        self.server.failures = [smtplib.SMTPDataError(451, b"Try later")]
        first = self.send_quietly()
        self.assertEqual(len(first), 2)
        late = self.notices(state="queued").user_id.mapped("login")
        self.assertEqual(sorted(first + late), ["coordinator", "councillor", "mayor"])
        self.pass_time(minutes=4)
        self.assertEqual(self.send(), [])
        self.pass_time(minutes=1)
        self.assertEqual(self.send(), late)
        self.assertEqual(self.send(), [])

    def test_growing_delay(self):
        """After 5, 15, 60 and 240 minutes; then it has failed, and is tried once a day."""
        self.server.down = ConnectionRefusedError()
        for minutes in (5, 15, 60, 240):
            self.send_quietly()
            self.assertEqual(self.server.connections, 1, "not one for each person")
            self.server.connections = 0
            self.assertEqual(set(self.notices().mapped("state")), {"queued"})
            self.pass_time(minutes=minutes, seconds=-1)
            self.send_quietly()
            self.assertEqual(self.server.connections, 0)
            self.pass_time(seconds=1)
        for _day in range(3):
            self.send_quietly()
            self.assertEqual(set(self.notices().mapped("state")), {"failed"})
            self.pass_time(days=1)
        self.server.down = None
        self.assertEqual(self.send(), ["coordinator", "councillor", "mayor"])

    def test_no_answer(self):
        """Of a mail server that falls silent nobody knows what it took: not sent again."""
        self.server.failures = [smtplib.SMTPServerDisconnected(), TimeoutError()]
        self.assertEqual(len(self.send_quietly()), 1)
        self.assertEqual(len(self.notices(state="sending").user_id), 2)
        self.pass_time(days=2)
        self.assertEqual(self.send(), [])

    def send_and_be_killed(self):
        """Send until the server is killed: what was not kept by then is lost.

        Not by the scheduled action, which tidies up after whatever it can catch, and not within
        ``assertRaises``, which takes back what was kept.
        """
        try:
            with self.post(), self.registry.cursor() as cursor:
                self.env(cr=cursor, user=SUPERUSER_ID)["aggression.notice"]._cron_send()
        except KeyboardInterrupt:
            return
        self.fail("nobody was killed")

    def test_killed_before_it_was_handed_over(self):
        """A server that is killed between keeping and handing over: at most once, so not."""
        self.server.failures = [KeyboardInterrupt()]
        self.send_and_be_killed()
        lost = self.notices(state="sending").user_id.login
        self.assertTrue(lost)
        self.assertEqual(self.send(), sorted({"coordinator", "councillor", "mayor"} - {lost}))
        self.pass_time(days=2)
        self.assertEqual(self.send(), [])
        self.assertEqual(self.notices(state="sending").user_id.login, lost)

    def test_killed_after_it_was_handed_over(self):
        """Nobody knows any more that it left: it does not leave again."""
        take = self.server.send_message

        def take_and_die(*letter):
            self.server.send_message = take
            take(*letter)
            raise KeyboardInterrupt

        self.server.send_message = take_and_die
        self.send_and_be_killed()
        self.assertEqual(len(self.server.letters), 1)
        self.send()
        self.assertEqual(sorted(self.server.receivers()), ["coordinator", "councillor", "mayor"])

    def test_killed_before_it_was_kept(self):
        """Then nothing has happened, and everybody hears."""
        self.server.down = KeyboardInterrupt()
        self.send_and_be_killed()
        self.assertEqual(set(self.notices().mapped("state")), {"queued"})
        self.server.down = None
        self.assertEqual(self.send(), ["coordinator", "councillor", "mayor"])
