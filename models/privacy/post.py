"""The way out for mail that no ``mail.mail`` keeps a copy of."""

import smtplib
from contextlib import suppress
from email.utils import make_msgid

from odoo.tools import email_normalize, formataddr
from odoo.tools.mail import email_domain_extract

# What a mail of the machine says of itself, so that no absence message comes back.
HEADERS = {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"}


class Post:
    """One municipality's connection to the mail server that Odoo would use for it.

    Promise: what leaves here is what is given, to one address: nothing that Odoo adds to link a
    mail with its records, no address to answer to but the sender's, and no trace that stays.
    """

    def __init__(self, company):
        servers = company.env["ir.mail_server"].sudo().with_company(company)
        address = servers._get_default_from_address() or company.email
        self.sender = formataddr((company.name, email_normalize(address, strict=False)))
        # given here once, or Odoo looks them up for each mail
        self._servers = servers.with_context(
            domain_notifications_email=servers._get_default_from_address(),
            domain_bounce_address=servers._get_default_bounce_address(),
        )
        self._session = None
        self._is_open = False

    def open(self):
        """Connect to the mail server, unless that was done. Fails with whatever goes wrong."""
        if not self._is_open:
            self._session = self._servers._connect__(smtp_from=self.sender)
            self._is_open = True

    def close(self):
        """End the connection; whoever comes next gets a new one."""
        with suppress(Exception):
            self._session.quit()
        self._session, self._is_open = None, False

    def send(self, address, subject, text):
        """Hand a letter to the mail server. Fails with what the mail server or its wire says.

        Not by ``send_email``, which writes the address of a letter that is refused in the log.
        """
        letter = self._servers._build_email__(
            self.sender,
            address,
            subject,
            text,
            headers=HEADERS,
            message_id=make_msgid(domain=email_domain_extract(self.sender)),
        )
        del letter["Reply-To"]
        sender, receivers, letter = self._servers._prepare_email_message__(letter, self._session)
        if not self._servers._disable_send():
            self._session.send_message(letter, sender, receivers)


def may_have_left(error):
    """Tell whether a letter may have left in spite of this error.

    A mail server that says no has not taken it; of one that falls silent nobody knows.
    """
    if isinstance(error, smtplib.SMTPException):
        return isinstance(error, smtplib.SMTPServerDisconnected)
    return isinstance(error, OSError)
