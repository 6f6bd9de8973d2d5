from datetime import date
from unittest.mock import patch

from odoo import SUPERUSER_ID
from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time

from .common_retention import CLOSED, DUE, WARNED, RetentionCase


class TestRun(RetentionCase):
    def proposed(self, cases=3):
        self.checked()
        found = [self.old_emotion() for _number in range(cases)]
        self.watch(WARNED)
        self.watch(DUE)
        return found

    def test_numbers_alone(self):
        """C5: the officer signs for numbers by outcome, clock and year, and reads no case."""
        cases = self.proposed()
        run = self.as_user("officer", self.lists())
        said = run.count_ids.read(["clock", "outcome", "year", "number"])
        del said[0]["id"]
        self.assertEqual(
            said, [{"clock": "case", "outcome": "emotion", "year": "2020", "number": 3}]
        )
        for record in (run, run.count_ids):
            told = str(record.read())
            for case in cases:
                self.assertNotIn(case.reference, told)

    def test_not_before_the_archivist(self):
        cases = self.proposed()
        for term in self.protocol.retention_term_ids:
            term.case_months += 0  # touched: to be checked again
        run = self.as_user("officer", self.lists())
        self.assertIn("checked", run.blocker)
        with self.assertRaises(UserError):
            self.sign(DUE)
        self.destroy(DUE)
        self.assertTrue(all(case.exists() for case in cases))

    def test_who_signs(self):
        cases = self.proposed()
        for login in ("clerk", "coordinator", "manager", "administrator", "mayor"):
            with self.subTest(login=login), self.assertRaises(AccessError):
                self.sign(DUE, login)
        self.users["clerk"].group_ids = self.env.ref("aggression_protocol.group_privacy_officer")
        with self.assertRaisesRegex(UserError, "part in a case"):
            self.sign(DUE, "clerk")
        self.destroy(DUE)
        self.assertTrue(all(case.exists() for case in cases))

    def test_signed_and_gone(self):
        cases = self.proposed()
        run = self.sign(DUE)
        self.assertEqual(run.signed_by_id.login, "officer")
        self.assertTrue(all(case.exists() for case in cases), "not within the signature")
        self.destroy(DUE)
        self.assertFalse(any(case.exists() for case in cases))
        self.assertEqual((run.state, run.left_out), ("done", 0))
        self.watch("2021-03-23 03:00:00")
        self.assertEqual(self.lists(), run, "once")

    def test_something_changed_before_the_signature(self):
        """What is signed is what the list says: else a new list takes its place."""
        cases = self.proposed()
        with freeze_time(DUE):
            self.as_user("coordinator", cases[0])._reopen("More came in.")
        self.sign(DUE)
        withdrawn, fresh = self.lists(state="withdrawn"), self.lists(state="proposed")
        self.assertEqual((withdrawn.count_ids.number, fresh.count_ids.number), (3, 2))
        self.destroy(DUE)
        self.assertTrue(all(case.exists() for case in cases), "nothing was signed")
        self.sign(DUE)
        self.destroy(DUE)
        self.assertEqual([bool(case.exists()) for case in cases], [True, False, False])

    def test_opened_again_after_the_signature(self):
        cases = self.proposed()
        run = self.sign(DUE)
        with freeze_time(DUE):
            self.as_user("coordinator", cases[1])._reopen("More came in.")
        self.destroy(DUE)
        self.assertEqual([bool(case.exists()) for case in cases], [False, True, False])
        self.assertEqual(run.left_out, 1)

    def destroy_and_be_killed(self):
        """Not within ``assertRaises``, which takes back what was kept."""
        try:
            with (
                freeze_time(DUE),
                self.enter_registry_test_mode(),
                self.registry.cursor() as cursor,
            ):
                self.env(cr=cursor, user=SUPERUSER_ID)["aggression.retention"]._cron_destroy()
        except KeyboardInterrupt:
            return
        self.fail("nobody was killed")

    def test_killed_in_the_middle(self):
        """Batches are whole: what was kept is kept, the rest is there and goes the next time."""
        cases = self.proposed(5)
        run = self.sign(DUE)
        incidents = type(self.env["aggression.incident"])
        destroy, calls = incidents._destroy, []

        def killed(records):
            calls.append(records)
            destroy(records)
            if len(calls) == 2:
                raise KeyboardInterrupt

        path = "odoo.addons.aggression_protocol.models.retention.destroying.BATCH"
        with patch(path, 2), patch.object(incidents, "_destroy", killed):
            self.destroy_and_be_killed()
        self.env.invalidate_all()
        there = [case for case in cases if case.exists()]
        self.assertEqual(len(there), 3, "the first batch is gone, the second is whole")
        for case in there:
            self.assertTrue(case.facts_ids and case.entry_ids and case.affected_ids)
        self.assertEqual(run.state, "signed")
        self.destroy(DUE)
        self.assertFalse(any(case.exists() for case in cases))
        self.assertEqual(run.state, "done")

    def test_one_that_fails_holds_up_no_other(self):
        cases = self.proposed()
        run = self.sign(DUE)
        incidents = type(self.env["aggression.incident"])
        destroy = incidents._destroy

        def failing(records):
            destroy(records)
            if cases[1] in records:
                raise ValueError("words of a case")

        with (
            patch.object(incidents, "_destroy", failing),
            self.assertLogs("odoo.addons.aggression_protocol", "ERROR") as logs,
        ):
            self.destroy(DUE)
        self.assertNotIn("words of a case", str(logs.output))
        self.assertEqual([bool(case.exists()) for case in cases], [False, True, False])
        self.assertTrue(cases[1].facts_ids, "nothing half destroyed")
        self.assertEqual(run.state, "signed")

    def test_as_many_queries_for_many(self):
        costs = []
        for size in (2, 2, 8):  # the first warms the caches of a worker
            self.proposed(size)
            self.sign(DUE)
            rows = self.env["aggression.retention"].search([("run_id.state", "=", "signed")])
            self.assertEqual(len(rows), size)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            with freeze_time(DUE):
                rows._carry_out_safely()
                self.env["aggression.retention.run"]._finish()
            costs.append(self.env.cr.sql_log_count - before)
        self.assertEqual(*costs[1:])


class TestClosedBefore(RetentionCase):
    def test_a_case_from_before_this_was_there(self):
        """A closed case without a row is found by its state."""
        case = self.old_emotion()
        self.env.cr.execute("DELETE FROM aggression_retention")
        self.watch(CLOSED)
        self.assertEqual(self.clock(case).destroy_due_on, date(2021, 3, 20))


class TestFigures(RetentionCase):
    def paper(self):
        days = date(2020, 1, 1), date(2020, 12, 31)
        made = self.model_as("clerk", "aggression.council.report")
        reports = self.model_as("clerk", "ir.actions.report")
        name = "aggression_protocol.council_feedback"
        # made twice in this test, as it could be but for the one that is there
        savepoint = self.env.cr.savepoint()
        try:
            report = made._make(self.env.company, *days)
            return reports._render_qweb_html(name, report.ids)[0].decode()
        finally:
            savepoint.close(rollback=True)
            self.env.invalidate_all(flush=False)

    def test_they_never_change_in_silence(self):
        """M7: a count over years of which cases were destroyed says that it is too low."""
        self.checked()
        self.old_emotion()
        self.watch(WARNED)
        self.watch(DUE)
        self.assertNotIn("destroyed", self.paper())
        self.sign(DUE)
        self.destroy(DUE)
        self.assertIn("Cases of this period were destroyed", self.paper())
