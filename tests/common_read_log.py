from contextlib import contextmanager
from unittest.mock import patch

from odoo.tests.test_cursor import TestCursor
from odoo.tools.misc import Callbacks

from ..models.privacy.readings import WAITING


class ReadLogMixin:
    """Words to speak of the read log in; beside ``ProtocolCase`` or one of its kind."""

    def setUp(self):
        super().setUp()
        self.forget()

    def forget(self):
        """Let what was read so far be no part of the test."""
        for queue in (self.env.cr.postcommit, self.env.cr.postrollback):
            queue.data.pop(WAITING, None)
        self.known = self.env["aggression.read.log"].search([]).ids

    def end_of_request(self):
        """Write what waits, as the end of a transaction does."""
        with self.enter_registry_test_mode():
            self.env.cr.postcommit.run()

    def log(self, **values):
        """Return the rows written since ``forget`` that have these values."""
        rows = self.env["aggression.read.log"].search([("id", "not in", self.known)])
        return rows.filtered(lambda row: all(row[name] == value for name, value in values.items()))

    def readings(self, **values):
        """End the request and return its rows."""
        self.end_of_request()
        return self.log(**values)

    def told(self, rows):
        """Return what rows tell in short: {(login, kind, model)}."""
        return {(row.user_id.login, row.kind, row.model) for row in rows}


@contextmanager
def commits_with_hooks():
    """Let the cursors of requests in tests run their post-commit hooks, as real ones do."""
    plain = TestCursor.commit

    def commit(cursor):
        cursor.flush()
        hooks, cursor.postcommit = cursor.postcommit, Callbacks()
        plain(cursor)
        hooks.run()

    with patch.object(TestCursor, "commit", commit):
        yield
