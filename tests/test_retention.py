from datetime import date

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import freeze_time

from .common_retention import CLOSED, DUE, WARNED, RetentionCase


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


class TestStillRuns(RetentionCase):
    """What still runs beside the case keeps the case."""

    def declared(self, case):
        person = case.affected_ids
        self.as_user("councillor", person)._agree("declaration")
        declaration = self.env["aggression.declaration"]._begin(person, {"text": "He knows me."})
        filed = {"state": "filed", "filed_at": CLOSED, "filed_by_id": self.env.uid}
        declaration._unlocked().write(filed)
        about = {"incident_id": case.id, "affected_id": person.id}
        followed = {**about, "declaration_id": declaration.id, "filed_on": CLOSED[:10]}
        return self.env["aggression.prosecution"]._unlocked().create(followed)

    def test_a_prosecution(self):
        """D11: no clock runs until it is final; or until nobody may follow it any more (D3)."""
        for ends in ("final", "taken back"):
            case = self.old_aggression()
            prosecution = self.declared(case)
            clocks = self.env["aggression.retention"]
            self.assertFalse(clocks._refresh(case).destroy_due_on)
            if ends == "final":
                prosecution._unlocked().write({"state": "final", "outcome": "convicted"})
            else:
                self.as_user("councillor", case.affected_ids)._withdraw("declaration")
            self.assertTrue(clocks._refresh(case).destroy_due_on, ends)

    def test_protection(self):
        """D7: a case is not destroyed under somebody who is protected; no clock tells of it."""
        self.checked()
        case = self.old_emotion()
        about = {"incident_id": case.id, "affected_id": case.affected_ids.id}
        protection = (
            self.env["aggression.protection"]
            ._unlocked()
            .create(
                {
                    **about,
                    "authority_id": self.protocol.authority_ids[:1].id,
                    "decided_on": CLOSED[:10],
                    "text": "A camera.",
                }
            )
        )
        self.watch(WARNED)
        self.watch(DUE)
        self.assertTrue(self.clock(case).destroy_due_on)
        self.assertFalse(self.clock(case).run_id)
        protection._unlocked().ended_on = "2021-03-21"
        self.watch(DUE)
        run = self.sign(DUE)
        protection._unlocked().write({"ended_on": False, "until": "2021-03-22"})
        self.destroy(DUE)
        self.assertTrue(case.exists())
        self.assertEqual(run.left_out, 1)
