import random
from datetime import timedelta

from odoo import fields
from odoo.tests import HttpCase, freeze_time, tagged
from odoo.tools import mute_logger

from ..models.case import evidence
from .common import ProtocolCase
from .fuzzing import TEXTS
from .portal_pages import ROOT, PortalPages
from .test_files import HTML, PNG

INPUTS = 60


@tagged("post_install", "-at_install")
class TestPortalReport(PortalPages, HttpCase, ProtocolCase):
    """M1: an office-holder reports at night, on a telephone, in three short steps."""

    def setUp(self):
        super().setUp()
        self.log_in("councillor")

    def draft(self, login="councillor"):
        self.env.invalidate_all()
        return self.env["aggression.report.draft"].search(
            [("create_uid", "=", self.users[login].id)]
        )

    def cases(self):
        self.env.invalidate_all()
        return self.env["aggression.incident"].search([])

    def test_three_steps(self):
        """M1, M2: what was filled in is the case; nothing of it stays behind."""
        picture = [("files", ("Threat.PNG", PNG, "image/png"))]
        made = {"taken_at_on": "2026-03-06", "taken_at_time": "21:55"}
        self.step(1, files=picture, **made)
        self.step(2)
        answer = self.step(
            3, hit="both", colleague_id=str(self.users["other_councillor"].id), impact="Awake."
        )
        [case] = self.cases()
        self.assertTrue(answer.url.endswith(f"{ROOT}/zaken/{case.reference}/gemeld"), answer.url)
        both = self.users["councillor"] | self.users["other_councillor"]
        self.assertEqual(case.affected_ids.user_id, both)
        self.assertEqual(case.affected_ids.office_id, self.office("councillor"))
        self.assertEqual(case.affected_ids.mapped("impact"), ["Awake.", False])
        self.assertEqual((case.channel, case.place, case.where), ("phone", "home", "The back door"))
        self.assertEqual(case.story, "He shouted at the door.")
        ago = fields.Datetime.now() - case.occurred_at
        self.assertTrue(timedelta(minutes=55) < ago < timedelta(minutes=125), ago)
        self.assertEqual(case.evidence_ids.filename, "Threat.PNG")
        self.assertEqual(str(case.evidence_ids.taken_at), "2026-03-06 20:55:00")
        self.assertFalse(self.draft())
        self.assertFalse(self.env["aggression.report.wizard"].search([]))

    def test_the_confirmation(self):
        """M1, M2, C5: who will see it, as what, and what happens by when."""
        case = self.report_on_the_portal()
        for login, role in (("clerk", "Council clerk"), ("mayor", "Mayor")):
            self.assertIn(f"Name of {login}", self.answer.text)
            self.assertIn(role, self.answer.text)
        self.assertNotIn("Name of secretary", self.answer.text)
        for words in ("Inform the mayor", "Classify the case", case.reference):
            self.assertIn(words, self.answer.text)
        self.assertNotIn("Inspectorate", self.answer.text.partition("Help now")[0])

    def test_on_behalf_of_somebody(self):
        """M2: for a colleague, or for somebody without an account."""
        colleague = str(self.users["alderman"].id)
        case = self.report_on_the_portal(hit="other", colleague_id=colleague)
        self.assertEqual(case.affected_ids.user_id, self.users["alderman"])
        self.assertIn("reporter", self.who(case)["councillor"])
        clerk = str(self.office("civil_servant").id)
        case = self.report_on_the_portal(hit="other", colleague_name="K. Karels", office_id=clerk)
        self.assertEqual(case.affected_ids.name, "K. Karels")

    def test_somebody_who_must_not_see_it(self):
        """C5: a conflict of interest is told with the report."""
        out = str(self.users["coordinator"].id)
        case = self.report_on_the_portal(excluded_id=out, exclusion_reason="His brother.")
        self.assertNotIn("coordinator", self.who(case))
        self.assertNotIn("Name of coordinator", self.answer.text)

    def test_resumed_in_a_new_session(self):
        """M1: the telephone fell silent; on another device everything is still there."""
        self.step(1, files=[("files", ("x.txt", b"Words.", "text/plain"))])
        self.step(2, go="stop", place="")
        self.log_in("other_councillor")
        self.assertNotIn("He shouted", self.text_of(f"{ROOT}/melden"))
        self.log_in("councillor")
        self.assertIn("Go on with your report", self.text_of("/my"))
        page = self.text_of(f"{ROOT}/melden")
        self.assertIn("He shouted at the door.", page)
        self.assertIn("x.txt", page)
        self.assertIn("The back door", self.text_of(f"{ROOT}/melden/2"))
        self.step(2)
        self.step(3)
        self.assertEqual(len(self.cases().evidence_ids), 1)

    def test_thrown_away(self):
        self.step(1, files=[("files", ("x.txt", b"Words.", "text/plain"))])
        self.send("melden/weg")
        self.assertFalse(self.draft())
        self.assertFalse(self.env["aggression.report.draft.file"].search([]))

    def test_deleted_after_two_weeks(self):
        """C5: what nobody sends does not stay, and not a day shorter than was said."""
        self.step(1)
        draft = self.draft()
        for days, left in ((13, draft), (15, draft.browse())):
            self.env.cr.execute(
                "UPDATE aggression_report_draft SET create_date = now() - %s * interval '1 day', "
                "write_date = now() - %s * interval '1 day'",
                [days, days],
            )
            self.env["aggression.report.draft"]._transient_vacuum()
            self.assertEqual(self.draft(), left)

    def test_pressing_twice(self):
        """M1: an impatient finger makes one case."""
        self.report_on_the_portal()
        again = self.step(3)
        self.assertEqual(len(self.cases()), 1)
        self.assertEqual(again.status_code, 200)

    def test_what_is_missing(self):
        """M1: each step says at its fields what is missing, and keeps the rest."""
        empty = {"story": "", "channel": ""}
        self.assertIn("story", self.problems_on(self.step(1, **empty)))
        self.assertIn("Choose how it reached you.", self.step(1, channel="").text)
        self.assertEqual(self.draft().story, "He shouted at the door.")
        tomorrow = (self.protocol._today() + timedelta(days=1)).isoformat()
        wrong = [(tomorrow, "future"), ("1930-03-06", "of more than 50 years ago")]
        wrong += [(on, "Fill in a day and a time") for on in ("31-31-31", "0026-03-06")]
        for on, sentence in wrong:
            problems = self.problems_on(self.step(2, occurred_at_on=on))
            self.assertIn(sentence, problems["occurred_at"])
        problems = self.problems_on(self.step(3, hit="other"))
        self.assertIn("Choose your colleague", problems["colleague_id"])
        problems = self.problems_on(self.step(3, causer_kind="person"))
        self.assertIn("give a name or a description", problems["causer_name"])
        self.assertFalse(self.cases())

    def test_files_that_are_not_taken(self):
        """M1: too large, empty, or of a kind that nobody needs: in one sentence, at the field."""
        self.patch(evidence, "LARGEST_FILE_MB", 0.001)
        cases = [
            ("x.png", PNG + b"x" * 2000, "at most"),
            ("x.exe", b"MZ", "cannot be added"),
            ("x.svg", b"<svg/>", "cannot be added"),
            ("x.png", HTML, "not a picture"),
            ("x", b"Words.", "cannot be added"),
            ("x.txt", b"", "is empty"),
        ]
        for name, content, sentence in cases:
            with self.subTest(name=name):
                files = [("files", (name, content, "image/png"))]
                self.assertIn(sentence, self.problems_on(self.step(1, files=files))["files"])
        self.assertFalse(self.draft().file_ids)
        many = [("files", (f"{number}.txt", b"Words.", "text/plain")) for number in range(11)]
        self.assertIn("at most 10", self.problems_on(self.step(1, files=many))["files"])

    def test_only_by_post_with_a_token(self):
        """C5: a link in a mail, or a form on another site, does nothing."""
        self.step(1)
        for path in ("melden/weg", "zaken/M-22222222/toestemming", "zaken/M-22222222/zorg/gesprek"):
            self.assertIn(self.url_open(f"{ROOT}/{path}").status_code, (404, 405), path)
        with mute_logger("odoo.http"):
            answer = self.url_open(f"{ROOT}/melden/weg", data={"x": "1"})
        self.assertEqual(answer.status_code, 400)
        self.assertTrue(self.draft())

    @freeze_time("2026-03-06 23:30:00")
    def test_the_clock_of_the_municipality(self):
        """M1: half past midnight in the Netherlands is what somebody there means by 00:30."""
        self.users["councillor"].tz = "America/New_York"
        draft = self.model_as("councillor", "aggression.report.draft")._begin()
        problems = draft._take(2, {"occurred_at_on": "2026-03-07", "occurred_at_time": "00:15"})
        self.assertEqual(problems, {})
        self.assertEqual(str(draft.occurred_at), "2026-03-06 23:15:00")
        filled = draft._filled_in("occurred_at")
        self.assertEqual(filled["occurred_at_time"], "00:15")
        # the year is said when it is another one there
        told = {"2026-12-31 22:30:00": "31 December, 23:30", "2026-12-31 23:30:00": "2027, 00:30"}
        for moment, words in told.items():
            self.assertIn(words, self.protocol._clock(fields.Datetime.to_datetime(moment)))

    @mute_logger("odoo.http", "odoo.sql_db", "werkzeug")
    def test_whatever_is_sent(self):
        """M1: nasty input gets a page, never an error, and makes no case by itself."""
        dice = random.Random(7)
        names = ["story", "channel", "occurred_at_on", "occurred_at_time", "place", "where", "hit"]
        names += ["colleague_id", "colleague_name", "office_id", "causer_kind", "causer_name"]
        names += ["receiver_role_id", "excluded_id", "taken_at_on", "go", "x", "create_uid", "id"]
        texts = [text for text in TEXTS if len(text) < 5000] + ["1", "-1", "9" * 30, "remove-99"]
        paths = ("melden/1", "melden/2", "melden/3", "twijfel", "melden/9")
        self.fuzz(dice, [*names, "question", "role"], texts, paths, INPUTS)
        self.assertLessEqual(len(self.draft()), 1)
