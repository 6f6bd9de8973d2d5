from datetime import datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from odoo import api, fields, models
from odoo.fields import Domain

from ...rules.quiet import time_of_day
from ...rules.terms import local, to_utc
from ..privacy.notice import DIGEST, DONE
from ..protocol.protocol import IN_FORCE
from .duty import OPEN

KEPT_FOR = timedelta(days=31)
BY_PROTOCOL, OWN_HOUR, NEVER = "protocol", "own", "never"


class Hour(NamedTuple):
    """Today's moment for somebody's summary: naive UTC, and the day on their clock."""

    at: datetime
    day: str


class ResUsers(models.Model):
    _inherit = "res.users"

    aggression_digest = fields.Selection(
        [
            (BY_PROTOCOL, "At the hour of the municipality"),
            (OWN_HOUR, "At an hour of my own"),
            (NEVER, "No daily message"),
        ],
        "Daily message about my tasks",
        default=BY_PROTOCOL,
        required=True,
        help="It says how many tasks are overdue or due today, and nothing else.",
    )
    aggression_digest_at = fields.Float("Hour of the message", default=8.0)

    _aggression_digest_on_the_clock = models.Constraint(
        "CHECK (aggression_digest_at >= 0 AND aggression_digest_at < 23.99)",
        "Give the hour of the message as a time of the day, from 00:00 to 23:59.",
    )

    @property
    def SELF_READABLE_FIELDS(self):
        return [*super().SELF_READABLE_FIELDS, "aggression_digest", "aggression_digest_at"]

    @property
    def SELF_WRITEABLE_FIELDS(self):
        return [*super().SELF_WRITEABLE_FIELDS, "aggression_digest", "aggression_digest_at"]

    def _digest_hour(self, protocol, now):
        """Return today's :class:`Hour` for this user's summary, or None for none.

        On a night that the clock changes a time that does not exist is the time an hour later,
        and of a time that exists twice the first counts.
        """
        own = self.aggression_digest == OWN_HOUR
        if self.aggression_digest == NEVER or not (own or protocol.digest):
            return None
        zone = protocol.timezone
        day = local(now, zone).date()
        at = time_of_day(self.aggression_digest_at if own else protocol.digest_at)
        moment = to_utc(datetime.combine(day, at, tzinfo=ZoneInfo(zone)))
        return Hour(moment, f"{day:%Y%m%d}")


class Duty(models.Model):
    """Once a day somebody hears how much is waiting.

    Promise: one message for each person and day at the hour they chose, that says a number and
    nothing else (C5); none when nothing is due, and none about what came after that hour.
    """

    _inherit = "aggression.duty"

    @api.model
    def _cron_digest(self):
        """Put today's summaries in the outbox of everybody whose hour has come."""
        now = fields.Datetime.now()
        for protocol in self.env["aggression.protocol"].search([("state", "=", IN_FORCE)]):
            hours = {
                user: (user._digest_hour(protocol, now), since)
                for user, since in self._oldest_waiting(protocol).items()
            }
            self._queue_digests(
                {
                    user: hour.day
                    for user, (hour, since) in hours.items()
                    if hour and since <= hour.at <= now
                }
            )

    @api.model
    def _queue_digests(self, days):
        """Put a summary in the outbox for each of these users.

        :param dict days: {user: the day that it is about}
        """
        self.env["aggression.notice"]._queue(
            {
                "key": f"{DIGEST}/{user.id}/{day}",
                "user_id": user.id,
                "about": None,
                "kind": DIGEST,
                "urgent": True,
            }
            for user, day in days.items()
        )

    @api.model
    def _oldest_waiting(self, protocol):
        """Return {employee: since when something waits for them that is due by tonight}."""
        tonight = protocol._midnight(fields.Date.add(protocol._today(), days=1))
        waiting = Domain("state", "=", OPEN) & Domain("due_at", "<=", tonight)
        staff = Domain("share", "=", False) & Domain("company_id", "=", protocol.company_id.id)
        oldest = {}
        for name in ("user_id", "told_ids"):
            whose = waiting & Domain(name, "any", staff)
            for user, since in self._read_group(whose, [name], ["create_date:min"]):
                oldest[user] = min(since, oldest.get(user, since))
        # of those who were told together some may be no staff
        return {user: since for user, since in oldest.items() if user.filtered_domain(staff)}

    @api.model
    def _number_for(self, user):
        """Return how many tasks this person finds when they log in now."""
        tasks = self.with_user(user).with_context(tz=user.tz)
        return sum(tasks.count_mine().values())


class Notice(models.Model):
    _inherit = "aggression.notice"

    def _obstacle(self, visible):
        if self.kind == DIGEST and not self.env["aggression.duty"]._number_for(self.user_id):
            return DONE
        return super()._obstacle(visible)

    def _letter(self):
        """A summary says how many tasks there are; whatever else is ready goes with it."""
        address, subject, text = super()._letter()
        if DIGEST not in self.mapped("kind"):
            return address, subject, text
        number = self.env["aggression.duty"]._number_for(self.user_id)
        env = self.with_context(lang=self.user_id.lang).env
        subject = (
            env._("1 task is ready for you")
            if number == 1
            else env._("%(number)s tasks are ready for you", number=number)
        )
        text = env._(
            "%(tasks)s. Log in to see what must be done today:\n\n%(link)s\n\n"
            "This message was sent automatically. Nobody reads the answers to it.\n",
            tasks=subject,
            link=self._inbox_link(),
        )
        return address, subject, text

    @api.autovacuum
    def _gc_summaries(self):
        """Forget summaries of a month ago: they are about no case that would take them along."""
        old = Domain("create_date", "<", fields.Datetime.now() - KEPT_FOR)
        self.search(Domain("kind", "=", DIGEST) & old).unlink()
