import io
from datetime import date
from unittest.mock import patch

import openpyxl
import psycopg2

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import HttpCase, freeze_time
from odoo.tools import mute_logger

from ..controllers.figures import _sheet
from .common import ProtocolCase
from .printed import words_of
from .tagged import faults_of

FEEDBACK = "aggression_protocol.council_feedback"


@freeze_time("2027-01-05 10:00:00")
class TestCouncilReport(ProtocolCase):
    """What was counted for the council once, and is kept."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls()._quarter_of_reports("2026-03-06 21:50:00", "2026-03-06 22:10:00")

    def _quarter_of_reports(self, occurred_at, reported_at, social_media=7):
        """Report so many that some figures can be printed: small ones hide each other."""
        for channel, number in {"social_media": social_media, "phone": 3, "letter": 4}.items():
            for _case in range(number):
                self.report(channel=channel, occurred_at=occurred_at, reported_at=reported_at)

    def make(self, first="1", last="4", year=2026):
        screen = self.model_as("clerk", "aggression.council.feedback").create(
            {"year": year, "first_quarter": first, "last_quarter": last}
        )
        action = screen.action_make()
        return self.model_as("clerk", action["res_model"]).browse(action["res_id"])

    def paper(self, report, login="clerk"):
        reports = self.model_as(login, "ir.actions.report")
        printed = reports.with_context(force_report_rendering=True)._render_qweb_pdf
        return printed(FEEDBACK, report.ids)[0]

    def test_it_is_counted_once(self):
        """M7: a case that comes later changes nothing of what was printed."""
        report = self.make()
        before = words_of(self.paper(report))
        self.assertIn("14 incidents were reported", before)
        self.classify(self.report(), "threat")
        self.assertEqual(words_of(self.paper(report)), before)

    def test_no_quarter_twice(self):
        """M7, C5: two that overlap could be subtracted; the second is refused in one sentence."""
        self.make("1", "2")
        for first, last in (("2", "3"), ("1", "1"), ("1", "4")):
            with self.assertRaisesRegex(ValidationError, "already"):
                self.make(first, last)
        self.assertTrue(self.make("3", "4"))

    @mute_logger("odoo.sql_db")
    def test_no_quarter_twice_in_the_database(self):
        """C5: two clerks at the same moment."""
        self.make()
        reports = self.model_as("clerk", "aggression.council.report")
        with self.assertRaises(psycopg2.IntegrityError), self.env.cr.savepoint():
            reports._make(self.env.company, date(2026, 4, 1), date(2026, 6, 30))

    def test_only_what_is_over(self):
        with self.assertRaisesRegex(ValidationError, "not over yet"):
            self.make("1", "1", 2027)
        with self.assertRaisesRegex(ValidationError, "ends before it begins"):
            self.make("3", "2")

    def test_the_mayor_approves(self):
        """M7, C1: by who holds that role today, and then it is closed for good."""
        report = self.make()
        report.introduction = "A quiet year."
        self.assertIn("Draft", words_of(self.paper(report)))
        for login in ("clerk", "coordinator", "deputy"):
            self.assertFalse(self.as_user(login, report).can_approve)
            with self.assertRaises(AccessError):
                self.as_user(login, report).action_approve()
        mayor = self.as_user("mayor", report)
        self.assertTrue(mayor.can_approve)
        mayor.action_approve()
        self.assertEqual((mayor.state, mayor.approved_by_id), ("approved", self.users["mayor"]))
        text = words_of(self.paper(report))
        self.assertIn("A quiet year.", text)
        self.assertIn("Approved by the mayor", text)
        with self.assertRaisesRegex(UserError, "does not change"):
            self.as_user("clerk", report).introduction = "A loud year."
        with self.assertRaises(UserError):
            mayor.action_approve()

    def test_what_was_counted_stays(self):
        report = self.make()
        with self.assertRaises(AccessError):
            report.write({"total": 99})
        with self.assertRaises(UserError):
            report.sudo().unlink()

    def test_beside_the_period_before(self):
        """M7: the trend is shown with what was printed then."""
        first = self.make("1", "2")
        self._quarter_of_reports("2026-08-01 10:00:00", "2026-08-01 10:30:00", social_media=9)
        second = self.make("3", "4")
        self.assertFalse(second._previous(), "a draft was printed nowhere")
        self.assertNotIn("Period before", words_of(self.paper(second)))
        self.as_user("mayor", first).action_approve()
        tables = {table["subject"]: table["rows"] for table in second._tables()}
        channel = {label: rest for label, *rest in tables["channel"]}
        self.assertEqual(channel["On social media"], [9, 7])
        self.assertEqual(second._previous(), first)
        self.assertIn("Period before", words_of(self.paper(second)))

    def test_the_picture_is_told_in_words(self):
        """M7: who does not see the chart hears the same figures; a blank one is called blank."""
        for month, number in {"05": 12, "08": 2, "11": 3}.items():
            for _case in range(number):
                day = f"2026-{month}-04"
                self.report(occurred_at=f"{day} 10:00:00", reported_at=f"{day} 10:10:00")
        report = self.make()
        page = self.env["ir.actions.report"]._render_qweb_html(FEEDBACK, report.ids)[0].decode()
        alternative = (
            "Reports in each quarter. Quarter 1 of 2026: 14, Quarter 2 of 2026: 12, "
            "Quarter 3 of 2026: left blank, Quarter 4 of 2026: left blank."
        )
        self.assertIn(f'alt="{alternative}"', page)

    def test_care_in_time_is_drawn_too(self):
        """M7, Z11: the talks of care, in time or not, with the same figures in words."""
        with freeze_time("2026-03-07 10:00:00"):
            for number in range(10):
                case = self.classify(self.report(reported_at="2026-03-06 22:10:00"), "threat")
                talk = case.affected_ids.aftercare_ids.talk_ids[0]
                if number % 2:
                    self.as_user("mayor", talk).action_hold()
                else:
                    self.as_user("councillor", talk).action_decline()
        report = self.make()
        page = self.env["ir.actions.report"]._render_qweb_html(FEEDBACK, report.ids)[0].decode()
        told = "Care after aggression: talk 1. Held in time: 5, Held later: left blank, "
        self.assertIn(f'alt="{told}', page)
        self.assertEqual(faults_of(self.paper(report)), [])

    def test_in_the_readers_language(self):
        """M7: kept by its key, read in Dutch."""
        self.env["res.lang"]._activate_lang("nl_NL")
        figure = self.make().figure_ids.filtered(lambda f: (f.subject, f.key) == ("level", "0"))
        self.assertNotEqual(figure.with_context(lang="nl_NL").label, "level")
        self.assertEqual(figure.with_context(lang="en_US").label, "0 · Emotion")


@freeze_time("2027-01-05 10:00:00")
class TestSpreadsheet(HttpCase, ProtocolCase):
    def test_words_stay_words(self):
        """C23: what somebody called a behaviour is calculated by nobody's spreadsheet."""
        tables = [{"title": "=1+1", "rows": [("=cmd()", 5), ("http://x", None)]}]
        report = self.env["aggression.council.report"]
        with patch.object(type(report), "_tables", lambda _self: tables):
            content = _sheet(report)
        sheet = openpyxl.load_workbook(io.BytesIO(content)).active
        cells = [cell for row in sheet.iter_rows(min_row=2) for cell in row[:2]]
        self.assertEqual({cell.data_type for cell in cells}, {"s"})
        self.assertFalse([cell for cell in cells if cell.hyperlink])

    def test_spreadsheet(self):
        """M7, C5: the published figures and no others; for who may read them."""
        for channel, number in {"social_media": 7, "phone": 3, "letter": 4}.items():
            for _case in range(number):
                self.report(channel=channel)
        report = self.model_as("clerk", "aggression.council.report")._make(
            self.env.company, *map(fields.Date.to_date, ("2026-01-01", "2026-12-31"))
        )
        address = f"/aggression/figures/{report.id}"
        self.authenticate("clerk", "clerk")
        answer = self.url_open(address)
        sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
        numbers = [row[2].value for row in sheet.iter_rows(min_row=2)]
        self.assertEqual(len(numbers), len(report.figure_ids))
        self.assertEqual(numbers.count(None), report.blanks)
        self.assertTrue(any(numbers))
        self.assertTrue(all(number >= 5 for number in numbers if number is not None))
        for login in ("employee", "councillor"):
            self.authenticate(login, login)
            self.assertEqual(self.url_open(address).status_code, 404)
        self.assertEqual(self.url_open(f"/aggression/figures/{report.id + 99}").status_code, 404)
