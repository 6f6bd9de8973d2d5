import psycopg2

from odoo.exceptions import AccessError, UserError
from odoo.fields import Date
from odoo.tests import freeze_time
from odoo.tools import mute_logger

from .common import ProtocolCase
from .printed import words_of
from .tagged import faults_of

PAPER = "aggression_protocol.protocol_evaluation"


@freeze_time("2027-01-05 10:00:00")
class TestProtocolEvaluation(ProtocolCase):
    """U6: once a year the protocol itself is looked at, with figures that identify nobody."""

    def evaluation(self, year=2026, **values):
        evaluations = self.model_as("clerk", "aggression.protocol.evaluation")
        return evaluations.create({"year": year, **values})

    def publish(self, year, **numbers):
        for channel, number in numbers.items():
            for _case in range(number):
                at = f"{year}-03-06"
                self.report(
                    channel=channel,
                    occurred_at=f"{at} 20:00:00",
                    reported_at=f"{at} 20:30:00",
                )
        days = map(Date.to_date, (f"{year}-01-01", f"{year}-12-31"))
        reports = self.model_as("clerk", "aggression.council.report")
        feedback = reports._make(self.env.company, *days)
        self.as_user("mayor", feedback).action_approve()
        return feedback

    def paper(self, evaluation):
        reports = self.model_as("clerk", "ir.actions.report")
        printed = reports.with_context(force_report_rendering=True)._render_qweb_pdf
        return printed(PAPER, evaluation.ids)[0]

    def test_figures_and_lessons_of_the_year(self):
        """U6, M7: what was published and what was learned, of that year alone."""
        feedback = self.publish(2026, phone=6, letter=7)
        lessons = self.env["aggression.lesson"]
        for year, text in ((2026, "Test the alarm."), (2025, "Lock the door.")):
            lessons._learn(self.env.company, text, year, True)
        evaluation = self.evaluation(conclusions="It works.")
        self.assertEqual(evaluation.figure_ids, feedback.figure_ids)
        self.assertEqual(evaluation.lesson_ids.mapped("text"), ["Test the alarm."])
        text = words_of(self.paper(evaluation))
        for words in ("It works.", "Test the alarm.", "By telephone"):
            self.assertIn(words, text)
        self.assertNotIn("Lock the door.", text)

    def test_beside_the_version_before(self):
        """U6: a new version of the protocol is laid beside the last year of the old one."""
        self.publish(2025, phone=6, letter=7)
        earlier = self.evaluation(2025)
        draft = self.protocol.browse(self.protocol.action_new_version()["res_id"])
        draft.valid_from = "2026-01-01"
        draft.action_put_in_force()
        self.publish(2026, phone=8, letter=9)
        evaluation = self.evaluation(2026)
        self.assertEqual(evaluation.protocol_id, draft.with_env(evaluation.env))
        self.assertEqual(evaluation.earlier_id, earlier)
        _reports, tables = evaluation._comparison()
        rows = {label: numbers for table in tables for label, numbers in table["rows"]}
        self.assertEqual(rows["By telephone"], [6, 8])
        self.assertFalse(self.evaluation(2024).earlier_id)

    def test_the_version_of_that_year(self):
        """U6: a version that came after the year is not the one that is evaluated."""
        draft = self.protocol.browse(self.protocol.action_new_version()["res_id"])
        draft.action_put_in_force()
        self.assertEqual(str(draft.valid_from), "2027-01-05")
        evaluation = self.evaluation(2026)
        self.assertEqual(evaluation.protocol_id, self.protocol.with_env(evaluation.env))
        evaluation.year = 2027
        self.assertEqual(evaluation.protocol_id, draft.with_env(evaluation.env))
        evaluation.year = 2019
        self.assertEqual(evaluation.protocol_id, self.protocol.with_env(evaluation.env))

    def test_what_was_not_approved_stays_inside(self):
        """M7: the figures of a draft are in no evaluation, not on screen and not on paper."""
        for _case in range(6):
            self.report(channel="phone", occurred_at="2026-03-06", reported_at="2026-03-06")
        days = map(Date.to_date, ("2026-01-01", "2026-12-31"))
        feedback = self.model_as("clerk", "aggression.council.report")._make(
            self.env.company, *days
        )
        evaluation = self.evaluation()
        self.assertFalse(evaluation.figure_ids)
        self.assertFalse(evaluation._comparison()[0])
        self.as_user("mayor", feedback).action_approve()
        evaluation.invalidate_recordset()
        self.assertEqual(evaluation._comparison()[0], feedback)

    def test_adopted_for_good(self):
        """U6: by who approves the feedback; nothing changes after that."""
        evaluation = self.evaluation()
        mayor = self.as_user("mayor", evaluation)
        with self.assertRaisesRegex(UserError, "conclusions first"):
            mayor.action_adopt()
        evaluation.conclusions = "It works."
        for login in ("clerk", "deputy", "uninvolved"):
            with self.assertRaises(AccessError):
                self.as_user(login, evaluation).action_adopt()
        mayor.action_adopt()
        self.assertEqual((mayor.state, mayor.adopted_by_id), ("adopted", self.users["mayor"]))
        again = self.as_user("clerk", evaluation)
        for values in ({"conclusions": "It does not."}, {"changes": "All."}, {"year": 2024}):
            with self.assertRaisesRegex(UserError, "does not change"):
                again.write(values)
        with self.assertRaisesRegex(UserError, "kept"):
            again.unlink()
        with self.assertRaises(UserError):
            mayor.action_adopt()

    @mute_logger("odoo.sql_db")
    def test_a_year_once(self):
        self.evaluation()
        with self.assertRaises(psycopg2.IntegrityError), self.env.cr.savepoint():
            self.evaluation()

    def test_it_leads_to_no_case(self):
        """C5, U6: no field of it points at a case, also by the way of another record."""
        seen, todo = set(), ["aggression.protocol.evaluation"]
        while todo:
            name = todo.pop()
            seen.add(name)
            todo += [
                field.comodel_name
                for field in self.env[name]._fields.values()
                if (field.comodel_name or "").startswith("aggression.")
                and field.comodel_name not in seen
                and field.type == "many2one"
            ]
        self.assertNotIn("aggression.incident", seen)
        self.assertGreater(len(seen), 1)

    def test_accessible(self):
        """M7: the printed evaluation can be heard."""
        self.publish(2026, phone=6, letter=7)
        self.assertEqual(faults_of(self.paper(self.evaluation(conclusions="It works."))), [])
