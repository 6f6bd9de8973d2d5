import time

from odoo.tests import freeze_time

from .crowded import CrowdedCase


@freeze_time("2026-03-02 10:00:00")
class TestSweepScale(CrowdedCase):
    """Ten thousand duties, of which a thousand are due."""

    def due(self):
        duties = self.env["aggression.duty"]
        return duties.search(duties._due_domain(), order="sweep_at, id")

    def sweep(self):
        with self.enter_registry_test_mode():
            self.env.ref("aggression_protocol.cron_sweep_duties").method_direct_trigger()
        self.env.invalidate_all()

    def measured(self, work):
        """Return the queries and the seconds of our own processor time that ``work`` takes.

        Not the time on the clock: other processes share the machine.
        """
        self.env.flush_all()
        self.env.invalidate_all()
        queries, start = (
            self.env.cr.sql_log_count,
            time.clock_gettime(time.CLOCK_PROCESS_CPUTIME_ID),
        )
        work()
        self.env.flush_all()
        return self.env.cr.sql_log_count - queries, time.clock_gettime(
            time.CLOCK_PROCESS_CPUTIME_ID
        ) - start

    def test_all_but_the_poisonous(self):
        """Z6 to Z8: one that cannot be handled holds up none of the thousand."""
        self.crowd(10_000, 1_000)
        due = self.due()
        self.assertEqual(len(due), 1_000)
        bad = due[137]
        self.poison({bad.id})
        self.sweep()
        handled = due.filtered(lambda duty: duty.escalated_at)
        self.assertEqual(due - handled, bad)
        self.assertEqual(set(handled.mapped("rung")), {1})
        self.assertEqual(str(bad.sweep_at), "2026-03-02 11:00:00")
        self.assertFalse(self.due())
        entries = self.env["aggression.entry"].search([("kind", "=", "overdue")])
        self.assertEqual(entries.incident_id, handled.incident_id)
        self.assertEqual(len(entries), 999)

    def test_cost(self):
        """A batch takes a constant number of queries; a record next to nothing (G9)."""
        self.crowd(10_000, 1_500)
        due = self.due()
        self.measured(due[:250]._sweep_safely)  # a worker keeps rights and playbooks: warm them
        few, _seconds = self.measured(due[250:500]._sweep_safely)
        many, seconds = self.measured(due[500:]._sweep_safely)
        self.assertLessEqual(many / 1_000, 0.05)
        self.assertLessEqual(many - few, 30, "queries grow with the batch")
        self.assertLess(seconds / 1_000, 0.002)

    def test_reminders(self):
        """Z6 to Z8: those that are due soon are told of in a batch too."""
        self.crowd(10_000, 1_000)
        self.env.cr.execute(
            "UPDATE aggression_duty SET due_at = '2026-03-02 12:00' WHERE sweep_at < '2027-01-01'"
        )
        due = self.due()
        queries, _seconds = self.measured(due._sweep_safely)
        self.assertLessEqual(queries / 1_000, 0.05)
        self.assertEqual(due.mapped("sweep_at"), due.mapped("due_at"))
        told = self.env["aggression.notice"].search_count([("kind", "=", "reminder")])
        self.assertEqual(told, 1_000)
