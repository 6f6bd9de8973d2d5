import random
import threading
from collections import Counter
from datetime import timedelta
from unittest.mock import patch

from odoo import SUPERUSER_ID, api, fields
from odoo.service.model import retrying

from ..models.duty import duty_sweep
from .own_database import OwnDatabase

TIMES = 6
CASES = 20


class TestSweepTogether(OwnDatabase):
    """Two workers look at what is due at the same moment, in two threads with a connection each."""

    @classmethod
    def tell(cls):
        then = fields.Datetime.now() - timedelta(days=5)
        for number in range(CASES):
            cls().report(
                "desk",
                ("councillor", "alderman")[number % 2],
                **dict.fromkeys(("occurred_at", "reported_at"), then),
            )

    def setUp(self):
        super().setUp()
        self.enterContext(patch.object(duty_sweep, "BATCH", 10))
        self.enterContext(patch.object(random, "uniform", lambda *_bounds: 0))

    def sweep(self, start, errors):
        start.wait()
        try:
            with self.registry.cursor() as cr:
                env = api.Environment(cr, SUPERUSER_ID, {})
                # who meets what the other has just kept is rolled back, and comes again
                retrying(env["aggression.duty"]._cron_sweep, env)
        except Exception as error:
            errors.append(error)

    def both(self):
        start, errors = threading.Barrier(2), []
        workers = [threading.Thread(target=self.sweep, args=(start, errors)) for _n in range(2)]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
        return errors

    def sql(self, query):
        def ask(env):
            env.cr.execute(query)
            return env.cr.fetchall() if env.cr.description else []

        return self.in_transaction(ask)

    def told(self):
        tables = {
            "duties": "SELECT id, rung, escalated_to_id FROM aggression_duty WHERE rung > 0",
            "told": "SELECT duty_id, user_id FROM aggression_duty_told_rel",
            "entries": "SELECT incident_id, kind FROM aggression_entry WHERE kind = 'overdue'",
            "access": "SELECT incident_id, user_id FROM aggression_access WHERE reason = 'overdue'",
            "notices": "SELECT key FROM aggression_notice WHERE kind = 'overdue'",
        }
        return {name: Counter(self.sql(query)) for name, query in tables.items()}

    def forget(self):
        """Go back to before anybody was told."""
        self.sql("DELETE FROM aggression_notice WHERE kind = 'overdue'")
        self.sql("DELETE FROM aggression_access WHERE reason = 'overdue'")
        self.sql("DELETE FROM aggression_entry WHERE kind = 'overdue'")
        self.sql("DELETE FROM aggression_duty_told_rel")
        self.sql(
            "UPDATE aggression_duty SET sweep_at = due_at, rung = 0, escalated_at = NULL, "
            "escalated_to_id = NULL WHERE due_at < now()"
        )

    def test_two_workers(self):
        """Z6 to Z8: each of them takes what the other has not, and everybody is told once."""
        self.forget()
        self.in_transaction(lambda env: env["aggression.duty"]._cron_sweep())
        wanted = self.told()
        self.assertGreaterEqual(wanted["entries"].total(), 4 * CASES)
        self.assertEqual(set(wanted["told"].values()), {1})
        for _time in range(TIMES):
            self.forget()
            self.assertEqual(self.both(), [])
            self.assertEqual(self.told(), wanted)
