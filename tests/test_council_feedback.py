import io

from pypdf import PdfReader

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import freeze_time

from .common import ProtocolCase

FEEDBACK = "aggression_protocol.council_feedback"


@freeze_time("2027-01-05 10:00:00")
class TestCouncilFeedback(ProtocolCase):
    def screen(self, login="clerk", **values):
        return self.model_as(login, "aggression.council.feedback").create(
            {"year": 2026, "first_quarter": "1", "last_quarter": "4", **values}
        )

    def made(self, **values):
        """Make a feedback through its own screen; returns it as the clerk."""
        action = self.screen(**values).action_make()
        return self.model_as("clerk", action["res_model"]).browse(action["res_id"])

    def figures(self, login="clerk", company=None, date_from="2026-01-01", date_to="2026-12-31"):
        days = map(fields.Date.to_date, (date_from, date_to))
        figures = self.model_as(login, "aggression.figures")._publish(
            company or self.env.company, *days
        )
        return figures, {table.subject: dict(table.rows) for table in figures.tables}

    def html(self, report=None, login="clerk"):
        report = report or self.made()
        reports = self.model_as(login, "ir.actions.report")
        return reports._render_qweb_html(FEEDBACK, report.ids)[0].decode()

    def fill(self, **numbers):
        """Report and classify as many cases of each behaviour."""
        for code, number in numbers.items():
            for _case in range(number):
                self.classify(self.report(causer_kind="person", causer_name="Canary Causer"), code)

    def test_counted_over_everything_also_what_the_clerk_may_not_open(self):
        """M7, U2: the clerk counts cases of both worlds without opening any."""
        self.fill(insult=7, threat=6)
        for _case in range(6):
            self.report("desk", "employee", office="civil_servant", channel="phone")
        figures, tables = self.figures()
        self.assertEqual(figures.total, 19)
        recount = {"level": {"2": 7}, "world": {"political": 13}}
        for subject, rows in recount.items():
            for key, number in rows.items():
                with self.subTest(subject=subject, key=key):
                    self.assertEqual(tables[subject][key], number)

    def test_small_figures_are_left_blank(self):
        """M7, C5: fewer than five stay blank, and nothing else gives them away."""
        self.fill(insult=7, threat=6, hitting=2)
        figures, tables = self.figures()
        printed = [v for rows in tables.values() for v in rows.values() if v is not None]
        self.assertTrue(all(value >= 5 for value in printed))
        self.assertIsNone(tables["level"]["4"])
        self.assertIsNone(tables["kind"]["violence"])
        numbers = [number for rows in tables.values() for number in rows.values()]
        self.assertEqual(self.made().blanks, numbers.count(None))

    def test_too_few_to_say_anything(self):
        self.fill(insult=3)
        figures, tables = self.figures()
        self.assertIsNone(figures.total)
        self.assertFalse([v for rows in tables.values() for v in rows.values() if v is not None])
        self.assertIn("too few", self.html())

    def test_it_identifies_nobody(self):
        """C5, M7: no name, reference, story or office of a single person, on screen or on paper."""
        self.fill(insult=6)
        report = self.made()
        page = self.html(report)
        reports = self.model_as("clerk", "ir.actions.report")
        pdf, _kind = reports.with_context(force_report_rendering=True)._render_qweb_pdf(
            FEEDBACK, report.ids
        )
        text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
        cases = self.env["aggression.incident"].search([])
        hidden = [*cases.mapped("reference"), "Canary Causer", "in the words of who was there"]
        hidden += [user.name for user in self.users.values()]
        for words in hidden:
            self.assertNotIn(words, page)
            self.assertNotIn(words, text)

    def test_who_may_make_and_read_it(self):
        """C5: made by who reports to the council, read by who works on cases, and nobody else."""
        report = self.made()
        for login in ("mayor", "councillor", "employee", "administrator"):
            with self.subTest(login=login):
                with self.assertRaises(AccessError):
                    self.screen(login)
                with self.assertRaises(AccessError):
                    self.figures(login)
        self.assertIn("Aggression", self.html(report, "mayor"))
        for login in ("councillor", "employee", "administrator"):
            with self.subTest(login=login), self.assertRaises(AccessError):
                self.html(report, login)

    def test_the_period_is_local(self):
        """M7: what was reported half an hour into the new year counts for the new year."""
        for _case in range(5):
            self.report(occurred_at="2025-12-31 22:00:00", reported_at="2025-12-31 23:30:00")
        self.assertEqual(self.figures()[0].total, 5)
        before = self.figures(date_from="2025-01-01", date_to="2025-12-31")
        self.assertIsNone(before[0].total)

    def test_reaction_and_measures(self):
        """N1, U5: how many were decided in time, and with which measures.

        As long as it does not tell that nearly nothing else was reported (M7).
        """
        for _case in range(6):
            incident = self.report(causer_kind="person", causer_name="J. Jansen")
            self.decide(self.classify(incident, "threat"))
        self.assertIsNone(self.figures()[1]["measure"]["building_ban"])
        for _case in range(5):
            self.report()
        tables = self.figures()[1]
        self.assertEqual(tables["measure"]["building_ban"], 6)
        self.assertIsNone(tables["measure"]["oral_warning"])

    def test_the_level_is_that_of_the_classification(self):
        """N2, M7: behaviour that did not cross the norm does not count as such."""
        for _case in range(6):
            # swearing without an aim is noted, and only the insult crosses the norm
            self.classify(self.report(), "swearing_general", "insult", aim="none")
        tables = self.figures()[1]
        printed = {key for key, value in tables["level"].items() if value}
        self.assertLessEqual(printed, {"2"})
        self.assertEqual(self.env["aggression.incident"].search([]).mapped("level"), [2] * 6)

    def test_queries_do_not_grow(self):
        """M7: as many questions for many cases as for few."""
        counts = []
        for year in (2024, 2025, 2026):
            self.fill(insult=5)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.figures(date_from=f"{year}-01-01", date_to=f"{year}-12-31")
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(counts[1], counts[2])
        self.assertLessEqual(counts[1], 20)
