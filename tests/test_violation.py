from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time

from .measured import NOON, MeasureCase


@freeze_time(NOON)
class TestViolation(MeasureCase):
    """A ban that is ignored: told by the desk, or seen in another case."""

    def setUp(self):
        super().setUp()
        self.ban_on = self.running_ban()

    def ignored(self, by="clerk", text="He stood at the desk.", **values):
        self.take(by, self.ban_on, "action_ignored", "action_save", text=text, **values)
        return self.ban_on.violation_ids[:1]

    def seen_again(self, hit="mayor", by="secretary", at="2026-04-01 09:00:00", **values):
        """Report and classify that the causer was seen where he may not be; another's case."""
        self.at(at)
        moments = {"occurred_at": at, "reported_at": at}
        case = self.report(by, hit, causer_kind="person", causer_name="J. Jansen", **moments)
        if values.pop("known", True):
            case.causer_ids._take_over(case, self.incident.causer_ids)
        return self.classify(case, "ban_ignored", by="secretary", **values)

    def test_noted_on_the_measure(self):
        """A6: the police are told within the hour, a declaration follows within two days."""
        self.at("2026-04-01 09:00:00")
        violation = self.ignored()
        self.assertEqual(violation.ban, "Building ban until 9 September 2026")
        police, declaration = (
            self.duties(self.incident, code)
            for code in ("ban_ignored_police", "ban_ignored_declaration")
        )
        self.assertEqual(str(police.due_at), "2026-04-01 10:00:00")
        self.assertEqual(police.user_id.login, "order_officer")
        self.assertEqual(str(declaration.due_at), "2026-04-07 09:00:00")
        self.assertFalse((police | declaration).measure_id, "they do not end with the ban")
        self.assertEqual(self.ban_on.times_ignored, 1)

    def test_what_is_none(self):
        """A6: not without words, not in future, not before the citizen was told, not twice."""
        with self.assertRaisesRegex(UserError, "Write down what happened"):
            self.ignored(text=" ")
        with self.assertRaisesRegex(UserError, "That cannot be in the future"):
            self.ignored(occurred_at="2026-03-09 11:01:00")
        with self.assertRaisesRegex(UserError, "did not apply at that moment"):
            self.ignored(occurred_at="2026-03-08 11:00:00")
        self.assertFalse(self.ban_on.violation_ids)
        with self.assertRaises(AccessError):
            self.ignored(by="uninvolved")

    def test_before_the_letter(self):
        """A6: a ban that was decided and not told yet cannot be ignored."""
        self.ban_on = self.ban("2026-12-09")
        self.at("2026-03-12")
        self.send(self.ban_on.decision_id)
        with self.assertRaisesRegex(UserError, "did not apply at that moment"):
            self.ignored(occurred_at="2026-03-11 11:00:00")
        self.assertTrue(self.ignored())

    def test_on_its_last_day(self):
        """A6: what happened on the last day is written down the day after; what happened the
        day after is none."""
        self.at("2026-09-10 08:00:00")
        self.night_run()
        self.assertEqual(self.ban_on.state, "ended")
        with self.assertRaisesRegex(UserError, "did not apply at that moment"):
            self.ignored(occurred_at="2026-09-09 22:30:00")  # half past midnight
        self.assertTrue(self.ignored(occurred_at="2026-09-09 21:30:00"))

    def test_after_it_was_lifted(self):
        """A6: whom the decider let in again ignores nothing; what was before, was."""
        self.at("2026-04-01 09:00:00")
        self.take("mayor", self.ban_on, "action_lift", "action_save", text="He apologised.")
        with self.assertRaisesRegex(UserError, "did not apply at that moment"):
            self.ignored()
        self.assertTrue(self.ignored(occurred_at="2026-03-31 09:00:00"))

    def test_seen_in_another_case(self):
        """A6, A12: classified as ignoring a ban, it is noted, counted, and the police told."""
        case = self.seen_again()
        self.assertEqual(case.violation_ids.sudo().measure_id, self.ban_on)
        police = self.duties(case, "police_at_once")
        self.assertEqual(str(police.due_at), "2026-04-01 10:00:00")
        self.assertEqual(self.as_user("deputy", case)._repeat().number, 2)
        self.assertEqual(self.ban_on.times_ignored, 1)
        self.assertIn("ignored", self.incident.entry_ids.mapped("kind"))

    def test_nothing_of_the_other_case(self):
        """A6, C5: who handles the new case learns which measure it was, and nothing else."""
        case = self.seen_again()
        violation = self.as_user("secretary", case).violation_ids
        self.assertEqual(violation.ban, "Building ban until 9 September 2026")
        self.assertFalse(self.as_user("secretary", self.incident).has_access("read"))
        told = violation.read() + self.as_user("secretary", case.entry_ids).read()
        self.assertNotIn("measure_id", told[0])
        self.assertNotIn(self.incident.reference, str(told))
        for door in (
            lambda: violation.measure_id.id,
            lambda: violation.search([("measure_id", "=", self.ban_on.id)]),
            lambda: self.as_user("secretary", self.ban_on).read(["scope"]),
        ):
            with self.assertRaises(AccessError):
                door()

    def test_classified_after_the_last_day(self):
        """A6: seen on the last day and classified when the ban is over, it is still noted."""
        at = "2026-09-09 09:00:00"
        self.at("2026-09-11")
        self.night_run()
        moments = {"occurred_at": at, "reported_at": at}
        case = self.classified("ban_ignored", earlier=self.incident, **moments)
        self.assertEqual(case.violation_ids.sudo().measure_id, self.ban_on)

    def test_recognised_later(self):
        """A6, M6: who turns out to be the one with the ban afterwards ignored it as well."""
        case = self.seen_again(known=False)
        self.assertFalse(case.violation_ids)
        case.causer_ids._take_over(case, self.incident.causer_ids)
        self.assertEqual(case.violation_ids.sudo().measure_id, self.ban_on)

    def test_once_for_each_case(self):
        """A6: a case that is classified again notes it once."""
        case = self.seen_again()
        case._note_ignored_measures()
        self.assertEqual(len(case.violation_ids), 1)

    def test_another_behaviour(self):
        """A6: an insult by telephone ignores no ban."""
        case = self.classified("insult", earlier=self.incident)
        self.assertFalse(case.violation_ids)
