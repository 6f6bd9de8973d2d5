import logging
from contextlib import closing
from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import email_normalize

from .groups import TEAM
from .notice import DONE, DROPPED, FAILED, INACTIVE, NO_ADDRESS, NO_PART, QUEUED, SENDING, SENT
from .post import Post, may_have_left

_logger = logging.getLogger(__name__)

# How long to wait after each failure; after the last of these a notice is tried once a day.
RETRIES = [timedelta(minutes=minutes) for minutes in (5, 15, 60, 240)]
DAILY = timedelta(days=1)

# Where the case team, other employees and portal users see what waits for them.
TASKS, CASES, PORTAL = "/odoo/agressie-taken", "/odoo/agressie-zaken", "/my"


class Notice(models.Model):
    """The outbox is emptied: one mail for each person, however much waits for them.

    Promise: at most once. Before a mail goes to the mail server its notices are kept as handed
    over; when the server is killed after that moment they stay so, and nobody sends them again.
    Only what the mail server refused, or could not be reached for, is tried later. So a mail can
    be lost, the last one before a crash, but never doubled; what it was about waits in the inbox
    all the same, and is told of again when it is due.

    Whether somebody may still hear it is looked up when it leaves (C5). Nothing stays that links
    a mail to a case for who reads the server's mails or logs: errors are told by their kind.
    """

    _inherit = "aggression.notice"

    @api.model
    def _cron_send(self):
        """Send what is due to one person after the other, each kept before the next."""
        due = Domain("next_try_at", "<=", fields.Datetime.now())
        people = self._read_group(due, ["user_id"], order="next_try_at:min")
        self.env["ir.cron"]._commit_progress(remaining=len(people))
        users = self.env["res.users"].union(*(user for [user] in people))
        for company, staff in users.grouped("company_id").items():
            if not self._send_for(company, staff.ids, due):
                break

    @api.model
    def _send_for(self, company, user_ids, due):
        """Send to people of one municipality; returns False when the time is up."""
        with closing(Post(company)) as post:
            for done, user_id in enumerate(user_ids, 1):
                if notices := self._take(user_id, due):
                    try:
                        letter = notices._letter()
                        post.open()
                    except Exception as error:
                        # not the next one either: nobody waits for the same silence twice
                        left = Domain("user_id", "in", user_ids[done:])
                        (notices | self.search(due & left).try_lock_for_update())._try_later(error)
                        return self.env["ir.cron"]._commit_progress(len(user_ids) - done + 1)
                    notices._hand_over(post, letter)
                if not self.env["ir.cron"]._commit_progress(1):
                    return False
        return True

    @api.model
    def _take(self, user_id, due):
        """Return what somebody is to hear now, locked.

        What is not due yet goes along: the page that the mail leads to shows it anyway.
        """
        waiting = Domain("user_id", "=", user_id) & Domain("next_try_at", "!=", False)
        notices = self.search(waiting).try_lock_for_update().filtered_domain(waiting)
        return notices._without_what_is_over() if notices.filtered_domain(due) else self

    def _without_what_is_over(self):
        """Drop what this person may not, or need not, hear any more; return the rest."""
        visible = self.incident_id.with_user(self.user_id)._filtered_access("read")
        for reason, over in self.grouped(lambda notice: notice._obstacle(visible)).items():
            if reason:
                over._set(state=DROPPED, drop_reason=reason, next_try_at=False)
        return self.filtered("next_try_at")

    def _obstacle(self, visible):
        """Return why this need not be sent, or None.

        :param aggression.incident visible: the cases that the person can open
        """
        user, duty = self.user_id, self.duty_id
        if not user.active:
            return INACTIVE
        if not _address(user):
            return NO_ADDRESS
        if not self._can_be_seen(visible):
            return NO_PART
        if duty and (duty.state != "open" or user not in duty.user_id | duty.told_ids):
            return DONE
        return None

    def _can_be_seen(self, visible):
        about = self._about()
        if about is None or self.incident_id:
            return about is None or self.incident_id in visible
        return about.with_user(self.user_id).has_access("read")

    def _letter(self):
        """Return receiver, subject and text: the same for everybody, whatever it is about."""
        user = self.user_id
        person = self.with_context(lang=user.lang)
        return (
            _address(user),
            person.env._("Something is ready for you"),
            person.env._(
                "Something is ready for you. Log in to read it:\n\n%(link)s\n\n"
                "This message was sent automatically. Nobody reads the answers to it.\n",
                link=self._inbox_link(),
            ),
        )

    def _inbox_link(self):
        """Return the address at which this person sees what waits for them."""
        return self.user_id.get_base_url() + _inbox(self.user_id)

    def _hand_over(self, post, letter):
        """Send one letter for all of these notices, which are one person's."""
        self._set(state=SENDING, next_try_at=False)
        self.env["ir.cron"]._commit_progress()
        try:
            post.send(*letter)
        except Exception as error:
            post.close()
            if may_have_left(error):
                _logger.warning("%s notices: no answer, not sent again", len(self))
            else:
                self._try_later(error)
        else:
            self._set(state=SENT, sent_at=fields.Datetime.now())

    def _try_later(self, error):
        """Try again after a wait that grows with each failure, and never give up."""
        now = fields.Datetime.now()
        for notice in self:
            again = notice.attempts < len(RETRIES)
            retry_at = now + (RETRIES[notice.attempts] if again else DAILY)
            notice._set(
                state=QUEUED if again else FAILED,
                attempts=notice.attempts + 1,
                next_try_at=self._leaves_at(retry_at, notice._about(), notice.urgent),
            )
        _logger.warning("%s notices: not sent, tried later (%s)", len(self), type(error).__name__)

    def _set(self, **values):
        self._unlocked().write(values)


def _address(user):
    return email_normalize(user.email, strict=False)


def _inbox(user):
    if user.share:
        return PORTAL
    return TASKS if user.has_group(TEAM) else CASES
