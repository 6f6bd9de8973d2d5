import io

import openpyxl

from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, freeze_time

from .common import ProtocolCase
from .common_read_log import ReadLogMixin, commits_with_hooks


@freeze_time("2026-03-09 10:00:00")
class TestGir(ProtocolCase):
    """M6: a case is registered in GIR, and keeps its number there."""

    def register(self, case, by="coordinator", **values):
        action = self.as_user(by, case).action_register_gir()
        screens = self.model_as(by, action["res_model"]).with_context(**action["context"])
        screens.create({"reference": "GIR 2026-17", **values}).action_save()

    def test_the_number(self):
        """M6: kept on the case with its day, and in the timeline."""
        case = self.report()
        self.register(case)
        self.assertEqual((case.gir_reference, str(case.gir_on)), ("GIR 2026-17", "2026-03-09"))
        self.assertIn("gir", case.entry_ids.mapped("kind"))

    def test_what_is_refused(self):
        case = self.report()
        with self.assertRaisesRegex(UserError, "number in GIR"):
            self.register(case, reference="  ")
        with self.assertRaisesRegex(UserError, "not in the future"):
            self.register(case, day="2026-03-10")
        for login in ("mayor", "uninvolved", "councillor"):
            with self.subTest(login=login), self.assertRaises(AccessError):
                self.register(case, login)
        with self.assertRaises(AccessError):
            self.as_user("coordinator", case).write({"gir_reference": "Mine"})

    def test_at_most_one_sheet(self):
        """M6: more lines than fit are refused in one sentence."""
        case = self.report()
        many = self.as_user("coordinator", case).browse([case.id])
        self.patch(type(many), "_require", lambda *_args: None)
        with self.assertRaisesRegex(UserError, "at most 500"):
            many.browse(range(1, 502)).action_gir_sheet()


@freeze_time("2026-03-09 10:00:00")
class TestGirSheet(ReadLogMixin, HttpCase, ProtocolCase):
    def rows(self, case, login="coordinator"):
        self.authenticate(login, login)
        answer = self.url_open(f"/aggression/gir?cases={case.id}")
        self.assertEqual(answer.status_code, 200)
        self.assertEqual(answer.headers["Cache-Control"], "no-store")
        sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
        return [[cell.value for cell in row] for row in sheet.iter_rows()]

    def test_a_line_of_the_register(self):
        """M6: what happened and what came of it, of whom by office, and nobody's name."""
        case = self.report(causer_kind="person", causer_name="Canary Causer", injury="mental")
        self.decide(self.classify(case, "threat"))
        heads, line = self.rows(case)
        told = dict(zip(heads, line, strict=True))
        self.assertEqual(told["Case"], case.reference)
        self.assertEqual((told["Happened on"], told["Level"]), ("2026-03-06", 3))
        self.assertIn("ban", told["Measures"].lower())
        for words in ("Canary", "Name of", "in the words of who was there"):
            self.assertNotIn(words, str(line))

    def test_it_leaves_a_trace(self):
        """C5, M5: each line is in the read log as exported."""
        case = self.report()
        self.forget()
        self.enterContext(commits_with_hooks())
        self.rows(case)
        self.env.invalidate_all()
        rows = self.log(incident_id=case, kind="exported")
        self.assertEqual(set(rows.mapped("way")), {"export"})
        self.assertEqual(rows.user_id, self.users["coordinator"])

    def test_not_for_others(self):
        """C5: a case that is not yours and one that is not there answer the same."""
        case = self.report()
        addresses = [f"cases={case.id}", f"cases={case.id + 999}", "cases=", "cases=x", ""]
        for login in ("uninvolved", "councillor", "mayor", "employee"):
            self.authenticate(login, login)
            for address in addresses:
                with self.subTest(login=login, address=address):
                    answer = self.url_open(f"/aggression/gir?{address}")
                    self.assertEqual(answer.status_code, 404)
                    self.assertNotIn(case.reference, answer.text)
