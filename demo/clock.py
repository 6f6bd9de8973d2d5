"""The time of the stories, moved by whole weeks so that the day of the week and the hour stay."""

from contextlib import contextmanager
from datetime import datetime, timedelta
from unittest.mock import patch
from zoneinfo import ZoneInfo

from odoo import fields

from ..rules.terms import to_utc

ZONE = "Europe/Amsterdam"
WEEK = timedelta(weeks=1)


def naive(text):
    return datetime.strptime(text, "%Y-%m-%d %H:%M")


def moment(text, weeks=0):
    """Return a local time of the stories, moved by whole weeks, as naive UTC."""
    return to_utc((naive(text) + weeks * WEEK).replace(tzinfo=ZoneInfo(ZONE)))


@contextmanager
def clock(at):
    """Let it be ``at`` for everything that asks Odoo for the time."""
    with patch.object(fields.Datetime, "now", staticmethod(lambda *_: at)):
        yield
