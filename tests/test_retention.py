from datetime import date
from unittest.mock import patch

from odoo import SUPERUSER_ID
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import freeze_time

from .common_retention import CLOSED, RetentionCase

# an emotion that was closed on 20 March 2020 is destroyed from 20 March 2021 on
WARNED, DUE = "2021-02-21 03:00:00", "2021-03-22 03:00:00"


class TestTerms(RetentionCase):
    def test_shipped_terms_wait_for_the_archivist(self):
        """Domain 5.3: every outcome has its terms, and none of them counts as checked."""
        terms = self.protocol.retention_term_ids
        self.assertEqual(set(terms.mapped("outcome")), {"emotion", "aggression"})
        self.assertTrue(all(terms.mapped("to_check")))
        shortest = min(terms, key=lambda term: term.case_months)
        self.assertEqual(shortest.outcome, "emotion")
        covered = terms.measure_type_ids
        self.assertEqual(covered, self.protocol.measure_type_ids & covered)
        self.assertEqual(len(covered), len(self.protocol.measure_type_ids))

    def test_a_check_is_by_somebody_and_of_what_it_says(self):
        term = self.protocol.retention_term_ids[0]
        with self.assertRaises(ValidationError):
            term.checked_on = "2026-01-01"
        self.checked()
        self.assertFalse(term.to_check)
        self.as_user("manager", term).case_months += 12
        self.assertTrue(term.to_check, "other words ask for another check")
        self.assertFalse(term.checked_by)

    def test_a_new_version_has_terms_of_its_own(self):
        draft = self.protocol.copy()
        self.assertEqual(len(draft.retention_term_ids), len(self.protocol.retention_term_ids))
        self.assertLessEqual(draft.retention_term_ids.measure_type_ids, draft.measure_type_ids)


class TestClocks(RetentionCase):
    def test_they_start_at_closing(self):
        """U3: an emotion has the shortest term; the causer of aggression is named for two years
        after the last day of the measure."""
        emotion = self.clock(self.old_emotion())
        self.assertEqual(emotion.causer_due_on, date(2020, 3, 20))
        self.assertEqual(emotion.destroy_due_on, date(2021, 3, 20))
        case = self.old_aggression()
        ends = max(day for day in case.decision_ids.measure_ids.mapped("date_to") if day)
        row = self.clock(case)
        self.assertGreater(ends, date(2020, 3, 20))
        self.assertEqual(row.causer_due_on, ends.replace(year=ends.year + 5), "with a declaration")
        self.assertEqual(row.destroy_due_on.replace(year=ends.year), ends)

    def test_the_day_is_that_of_the_municipality(self):
        row = self.clock(self.old_emotion(closed="2020-03-20 23:30:00"))
        self.assertEqual(row.destroy_due_on, date(2021, 3, 21))

    def test_an_open_case_has_none(self):
        case = self.old_emotion()
        with freeze_time(WARNED):
            self.as_user("coordinator", case)._reopen("More came in.")
        row = self.clock(case)
        self.assertFalse(row.destroy_due_on or row.causer_due_on)

    def test_an_open_duty_stops_them(self):
        case = self.old_aggression()
        self.duties(case, "assess")._unlocked().write({"state": "open"})
        self.assertFalse(self.env["aggression.retention"]._refresh(case).destroy_due_on)

    def test_who_sees_them(self):
        row = self.clock(self.old_emotion())
        self.assertEqual(self.model_as("clerk", row._name).search([]), row)
        for login in ("councillor", "officer", "uninvolved", "employee", "administrator"):
            rows = self.model_as(login, row._name)
            self.assertFalse(rows.has_access("read") and rows.search([]), login)

    def test_as_many_queries_for_many(self):
        """A batch costs the same, however large."""
        cases = self.env["aggression.incident"]
        costs = []
        for size in (2, 10):
            while len(cases) < size:
                cases |= self.old_emotion()
            for _warm in range(2):
                self.env.flush_all()
                self.env.invalidate_all()
                before = self.env.cr.sql_log_count
                with freeze_time(WARNED):
                    self.env["aggression.retention"]._refresh(cases)._warn()
                self.env.flush_all()
                cost = self.env.cr.sql_log_count - before
                self.env["aggression.retention"].search([])._unlocked().warned_for = False
            costs.append(cost)
        self.assertEqual(*costs)


class TestHold(RetentionCase):
    def hold(self, case, login="coordinator", until="2023-05-01", at=WARNED, **values):
        with freeze_time(at):
            screen = self.model_as(login, "aggression.hold.wizard").create(
                {"incident_id": case.id, "until": until, "reason": "A lawsuit runs.", **values}
            )
            screen.action_save()
        self.env.invalidate_all()

    def test_it_puts_off_both_and_ends_by_itself(self):
        """M8: kept until the day; after it the term goes again, and there is a warning first."""
        self.checked()
        case = self.old_emotion()
        self.watch(WARNED)
        self.hold(case)
        row = self.clock(case)
        self.assertEqual((row.causer_due_on, row.destroy_due_on), (date(2023, 5, 2),) * 2)
        self.assertEqual(case.hold_ids.reason, "A lawsuit runs.")
        self.assertEqual(case.entry_ids[0].kind, "held")
        self.watch(DUE)
        self.assertFalse(self.lists())
        self.watch("2023-05-03 03:00:00")
        self.assertFalse(self.lists(), "warned again first")
        self.watch("2023-06-03 03:00:00")
        self.assertEqual(self.lists().state, "proposed")

    def test_lifted(self):
        case = self.old_emotion()
        self.hold(case)
        self.hold(case, step="lift", until=False)
        self.assertEqual(self.clock(case).destroy_due_on, date(2021, 3, 20))
        self.assertEqual(case.entry_ids[0].kind, "released")
        self.assertTrue(case.hold_ids.lifted_at)

    def test_who_may(self):
        case = self.old_aggression()
        for login in ("mayor", "uninvolved", "councillor"):
            with self.subTest(login=login), self.assertRaises(AccessError):
                self.hold(case, login)
            with self.assertRaises(AccessError):
                self.as_user(login, case)._hold(date(2030, 1, 1), "x")
        for values in ({"until": "2020-01-01"}, {"until": False}, {"reason": " "}):
            with self.subTest(values=values), self.assertRaises(UserError):
                self.hold(case, **values)
        self.assertFalse(case.hold_ids)

    def test_after_the_signature(self):
        """What is held between signing and destroying stays, and the list says how many did."""
        self.checked()
        case, other = self.old_emotion(), self.old_emotion()
        self.watch(WARNED)
        self.watch(DUE)
        run = self.sign(DUE)
        self.hold(case, at=DUE)
        self.destroy(DUE)
        self.assertTrue(case.exists())
        self.assertFalse(other.exists())
        self.assertEqual((run.state, run.left_out), ("done", 1))


class TestWarning(RetentionCase):
    def told(self):
        self.env.invalidate_all()
        notices = self.env["aggression.notice"].search([("kind", "=", "destruction")])
        return sorted(notices.mapped("user_id.login"))

    def test_two_roles_are_told_once(self):
        """C5: who holds the role and has a part; the mail says nothing, as every notice."""
        case = self.old_emotion()
        self.watch("2021-02-19 03:00:00")
        self.assertFalse(self.told())
        self.watch(WARNED)
        self.assertEqual(self.told(), ["clerk", "coordinator"])
        self.watch("2021-02-22 03:00:00")
        self.watch(DUE)
        self.assertEqual(self.told(), ["clerk", "coordinator"])
        self.assertEqual(self.clock(case).warned_on, date(2021, 2, 21))

    def test_nobody_gets_to_know_a_case_by_its_end(self):
        case = self.old_emotion()
        roles = case.access_ids.filtered(lambda row: row.user_id.login in ("clerk", "coordinator"))
        roles._end()
        self.watch(WARNED)
        handling = case.access_ids.filtered(lambda row: row.role in ("handler", "decider"))
        self.assertEqual(self.told(), sorted(set(handling.user_id.mapped("login"))))
        self.assertNotIn("clerk", self.told())

    def test_a_late_warning_puts_off_the_destruction(self):
        self.old_emotion()
        self.watch("2024-01-01 03:00:00")
        self.watch("2024-01-10 03:00:00")
        self.assertFalse(self.lists())
        self.watch("2024-01-30 03:00:00")
        self.assertEqual(len(self.lists()), 1)


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
        self.users["clerk"].group_ids += self.env.ref("aggression_protocol.group_privacy_officer")
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
        screen = self.model_as("clerk", "aggression.council.feedback").create(
            {"date_from": "2020-01-01", "date_to": "2020-12-31"}
        )
        reports = self.model_as("clerk", "ir.actions.report")
        name = "aggression_protocol.council_feedback"
        return reports._render_qweb_html(name, screen.ids)[0].decode()

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
