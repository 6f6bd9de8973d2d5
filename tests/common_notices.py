import email
from contextlib import contextmanager
from email import policy
from unittest.mock import patch

from .common import ProtocolCase

SENDING = "odoo.addons.aggression_protocol.models.privacy.notice_sending"


class MailServer:
    """Stands in for a mail server: takes letters as bytes, or fails as it is told."""

    from_filter = smtp_from = False

    def __init__(self):
        self.letters = []  # (receivers, bytes)
        self.down = None
        self.failures = []  # what goes wrong with the next letters, in this order
        self.connections = 0

    def connect(self, *_args, **_kwargs):
        self.connections += 1
        if self.down:
            raise self.down
        return self

    def send_message(self, letter, _sender, receivers):
        if self.failures:
            raise self.failures.pop(0)
        self.letters.append((tuple(receivers), letter.as_bytes(policy=policy.SMTP)))

    def set_debuglevel(self, _level):
        """A real connection has it."""

    def ehlo_or_helo_if_needed(self):
        """A real connection has it."""

    def quit(self):
        """A real connection has it."""

    def receivers(self):
        """Return the logins of those to whom letters went."""
        return [address.partition("@")[0] for [address], _letter in self.letters]


class NoticeCase(ProtocolCase):
    """Notices, with a mail server that keeps what it is given."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for login, user in cls.users.items():
            user.email = f"{login}@waterveen.example"
        cls.env.company.write({"name": "Gemeente Waterveen", "email": "post@waterveen.example"})

    def setUp(self):
        super().setUp()
        self.server = MailServer()

    @contextmanager
    def post(self):
        """Let mail leave, to the mail server of this test."""
        with (
            patch("smtplib.SMTP", self.server.connect),
            patch.object(type(self.env["ir.mail_server"]), "_disable_send", lambda *_args: False),
            self.enter_registry_test_mode(),
        ):
            yield

    def send(self):
        """Run the scheduled action the way the server does; return who got a letter by it."""
        before = len(self.server.letters)
        with self.post():
            self.env.ref("aggression_protocol.cron_send_notices").method_direct_trigger()
        return sorted(self.server.receivers()[before:])

    def sweep(self):
        """Run the scheduled action that looks at duties."""
        with self.enter_registry_test_mode():
            self.env.ref("aggression_protocol.cron_sweep_duties").method_direct_trigger()

    def notices(self, *kinds, **values):
        self.env.invalidate_all()
        wanted = [("kind", "in", kinds)] if kinds else []
        wanted += [(name, "=", value) for name, value in values.items()]
        return self.env["aggression.notice"].search(wanted)

    def told(self, *kinds):
        """Return {login: kinds of notices} of the whole outbox, or of some kinds."""
        people = self.notices(*kinds).grouped(lambda notice: notice.user_id.login)
        return {login: sorted(set(notices.mapped("kind"))) for login, notices in people.items()}

    def revoke(self, login):
        """Take somebody off every case, as no step of the protocol does yet."""
        self.env.cr.execute(
            "DELETE FROM aggression_access WHERE user_id = %s", [self.users[login].id]
        )
        self.env.invalidate_all()

    def as_read(self, letter):
        """Return a letter as the receiver's program reads it."""
        return email.message_from_bytes(letter, policy=policy.default)
