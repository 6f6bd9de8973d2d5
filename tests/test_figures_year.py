import csv
import io

import openpyxl

from odoo import fields
from odoo.tests import HttpCase, freeze_time

from .common import ProtocolCase


@freeze_time("2027-01-05 10:00:00")
class TestFiguresOfAYear(HttpCase, ProtocolCase):
    """M7: what municipalities lay side by side is what was approved, and no more."""

    def setUp(self):
        super().setUp()
        for channel, number in {"social_media": 7, "phone": 6, "letter": 2}.items():
            for _case in range(number):
                self.report(channel=channel)
        days = map(fields.Date.to_date, ("2026-01-01", "2026-12-31"))
        reports = self.model_as("clerk", "aggression.council.report")
        self.feedback = reports._make(self.env.company, *days)

    def fetch(self, form="csv", year=2026, login="clerk"):
        self.authenticate(login, login)
        return self.url_open(f"/aggression/figures/year/{year}.{form}")

    def test_only_what_was_approved(self):
        self.assertEqual(self.fetch().status_code, 404)
        self.as_user("mayor", self.feedback).action_approve()
        rows = list(csv.DictReader(io.StringIO(self.fetch().text)))
        self.assertEqual(len(rows), len(self.feedback.figure_ids))
        shown = {(row["subject"], row["key"]): row["number"] for row in rows}
        for figure in self.feedback.figure_ids:
            wanted = "" if figure.blank else str(figure.number)
            self.assertEqual(shown[figure.subject, figure.key], wanted)
        sheet = openpyxl.load_workbook(io.BytesIO(self.fetch("xlsx").content)).active
        self.assertEqual(sheet.max_row, len(rows) + 1)

    def test_it_identifies_nobody(self):
        """M7, C5: keys of the protocol and numbers; no reference, no office, no name."""
        self.as_user("mayor", self.feedback).action_approve()
        text = self.fetch().text
        cases = self.env["aggression.incident"].search([])
        hidden = [*cases.mapped("reference"), *(user.name for user in self.users.values())]
        offices = self.env["aggression.office"].search([])
        hidden += [f",{code}," for code in offices.mapped("code")]
        for words in hidden:
            self.assertNotIn(words, text)

    def test_not_for_others(self):
        self.as_user("mayor", self.feedback).action_approve()
        for login in ("employee", "councillor", "administrator"):
            self.assertEqual(self.fetch(login=login).status_code, 404)
        for form, year in (("pdf", 2026), ("csv", 2019), ("csv", 99)):
            self.assertEqual(self.fetch(form, year).status_code, 404)

    def test_a_recount(self):
        """M7: what is printed is what a recount in Python over the records says."""
        told = (("02-03", "02-03", "email", 7), ("05-03", "05-05", "letter", 6))
        for happened, reported, channel, number in (*told, ("08-03", "08-09", "phone", 8)):
            for _case in range(number):
                self.report(
                    *("desk", "employee", "civil_servant"),
                    channel=channel,
                    occurred_at=f"2025-{happened} 10:00:00",
                    reported_at=f"2025-{reported} 11:00:00",
                )
        for _case in range(9):
            self.report(occurred_at="2025-11-03 10:00:00", reported_at="2025-11-03 10:10:00")
        days = map(fields.Date.to_date, ("2025-01-01", "2025-12-31"))
        reports = self.model_as("clerk", "aggression.council.report")
        feedback = reports._make(self.env.company, *days)
        cases = self.env["aggression.incident"].search([("reported_at", "<", "2026-01-01")])
        shown = {
            (figure.subject, figure.key): figure.number
            for figure in feedback.figure_ids
            if not figure.blank
        }
        self.assertEqual(feedback.total, len(cases))
        self.assertTrue({"channel", "delay", "world", "quarter"} <= {s for s, _key in shown})
        for (subject, key), number in shown.items():
            with self.subTest(subject=subject, key=key):
                self.assertEqual(number, [_key_of(case, subject) for case in cases].count(key))


def _key_of(case, subject):
    """Return the key under which a case that was only reported is counted."""
    days = (case.reported_at - case.occurred_at).total_seconds() / 86400
    reported = case.reported_at
    return {
        "channel": case.channel,
        "world": case.affected_ids.office_id.world,
        "quarter": f"{reported.year}-{(reported.month + 2) // 3}",
        "level": "unclassified",
        "delay": "day" if days <= 1 else "three_days" if days <= 3 else "week",
    }.get(subject)
