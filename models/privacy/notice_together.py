from contextlib import contextmanager
from contextvars import ContextVar

from odoo import api, models

# The rows of the outbox that wait for each other; None: nothing waits.
_waiting = ContextVar("aggression_protocol.notices", default=None)


class Notice(models.Model):
    """A step that tells people several things puts all of that in the outbox in one query."""

    _inherit = "aggression.notice"

    @api.model
    @contextmanager
    def _together(self):
        """Let the notices of what is done within wait for each other, in the order they come.

        Not for what can be undone halfway and gone on from: a notice would be about nothing.
        When it fails as a whole, nobody is told anything.
        """
        rows = []
        token = _waiting.set(rows)
        try:
            yield
        finally:
            _waiting.reset(token)
        self._put_in_outbox(rows)

    @api.model
    def _put_in_outbox(self, rows):
        waiting = _waiting.get()
        if waiting is None:
            return super()._put_in_outbox(rows)
        waiting += rows
        return None
