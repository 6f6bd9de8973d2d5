import random
from datetime import timedelta

from lxml import html

from odoo import fields
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from ..rules.terms import local
from .common import ProtocolCase
from .fuzzing import TEXTS
from .portal_pages import ROOT, PortalPages

INPUTS = 40


@tagged("post_install", "-at_install")
class TestPortalCare(PortalPages, HttpCase, ProtocolCase):
    """One's own care on the portal: when, by whom, and whether at all."""

    def setUp(self):
        super().setUp()
        now = fields.Datetime.now().replace(microsecond=0)
        self.case = self.report(occurred_at=now - timedelta(hours=2), reported_at=now)
        self.care = self.case.affected_ids.aftercare_ids
        self.talks = self.care.talk_ids
        self.log_in("councillor")

    def post(self, part="", **values):
        answer = self.send(f"zaken/{self.case.reference}/zorg{part and '/' + part}", **values)
        self.env.invalidate_all()
        return answer

    def page(self, part=""):
        return self.text_of(f"{ROOT}/zaken/{self.case.reference}/zorg{part}")

    def in_days(self, name, number):
        then = local(fields.Datetime.now() + timedelta(days=number), "Europe/Amsterdam")
        return {f"{name}_on": then.date().isoformat(), f"{name}_time": "10:30"}

    def propose(self, **values):
        values = {**self.in_days("start_at", 1), "minutes": "45", "place": "At home", **values}
        return self.post("tijd/1", **values)

    def test_propose_and_cancel_a_time(self):
        """Z6, Z11: a time that suits oneself; it is in the agenda once the other agrees."""
        self.assertIn("At home", self.propose().text)
        one = self.care.appointment_ids
        minutes = (one.end_at - one.start_at).total_seconds() / 60
        self.assertEqual((one.state, one.proposed_as, minutes), ("proposed", "person_hit", 45))
        self.as_user("mayor", one).action_accept()
        page = self.page()
        self.assertIn(f"/aggression/appointment/{one.reference}", page)
        agenda = self.url_open(f"/aggression/appointment/{one.reference}")
        self.assertEqual(agenda.status_code, 200)
        self.post("gesprek", number="1", answer="cancel", time=one.reference)
        self.assertEqual(one.state, "cancelled")
        self.assertEqual(self.talks[0].state, "planned")

    def test_accept_a_time(self):
        """Z6: what the carer proposes is accepted by the person, or answered by another time."""
        start = fields.Datetime.now() + timedelta(days=1)
        appointments = self.model_as("mayor", "aggression.appointment")
        one = appointments._propose(self.as_user("mayor", self.talks[0]), start, 60, "Room 2")
        self.assertIn("Proposed to you:", self.page())
        self.answer_time("accept")
        self.assertEqual(one.state, "agreed")
        self.assertIn("Agreed:", self.page())
        self.propose()
        states = self.care.appointment_ids.mapped("state")
        self.assertEqual(sorted(states), ["cancelled", "proposed"])

    def answer_time(self, answer, page=None):
        """Press a button about a time as it stands on a page."""
        [time] = html.fromstring(page or self.page()).xpath("//input[@name='time']/@value")
        return self.post("gesprek", number="1", answer=answer, time=time)

    def test_no_time_unseen(self):
        """Z6: a time that came after the page was opened is shown first, not accepted."""
        start = fields.Datetime.now() + timedelta(days=1)
        appointments = self.model_as("mayor", "aggression.appointment")
        talk = self.as_user("mayor", self.talks[0])
        appointments._propose(talk, start, 60, "Room 2")
        page = self.page()
        one = appointments._propose(talk, start + timedelta(hours=2), 60, "Room 3")
        for answer in ("accept", "cancel"):
            shown = self.answer_time(answer, page)
            self.assertIn("changed in the meantime", shown.text)
            self.assertIn("Room 3", shown.text)
        for time in ("", "x", self.case.reference):
            shown = self.post("gesprek", number="1", answer="accept", time=time)
            self.assertIn("changed in the meantime", shown.text)
        self.assertEqual(one.sudo().state, "proposed")
        one.action_cancel()
        shown = self.answer_time("accept", page)
        self.assertEqual(shown.status_code, 200)
        self.assertIn("changed in the meantime", shown.text)
        self.assertFalse(self.care.appointment_ids.filtered(lambda a: a.state == "agreed"))

    def test_what_cannot_be_a_time(self):
        """Z6: said in one sentence at its field; nothing is made of it."""
        wrong = self.in_days("start_at", -3)
        self.assertIn("still to come", self.problems_on(self.propose(**wrong))["start_at"])
        self.assertIn("whole number", self.problems_on(self.propose(minutes="x"))["minutes"])
        for on, sentence in (("9999-12-31", "a day and a time"), ("2199-12-31", "two years")):
            problems = self.problems_on(self.propose(start_at_on=on, start_at_time="23:59"))
            self.assertIn(sentence, problems["start_at"])
        empty = self.propose(start_at_on="", start_at_time="")
        self.assertIn("still to come", self.problems_on(empty)["start_at"])
        self.assertFalse(self.care.appointment_ids)

    def test_decline(self):
        """Z11: one talk, or all that is still on offer; it is then no longer due."""
        page = self.post("gesprek", number="2", answer="decline")
        self.assertEqual(self.talks.mapped("state"), ["planned", "declined", "planned"])
        self.assertIn("You declined this talk", page.text)
        duty = self.case.duty_ids.filtered(lambda duty: duty.talk_id == self.talks[1])
        self.assertEqual(duty.state, "lapsed")
        for number in ("2", "99", "", "x"):
            again = self.post("gesprek", number=number, answer="decline")
            self.assertEqual(again.status_code, 404, number)
        self.post("alles", answer="decline")
        self.assertEqual(set(self.talks.mapped("state")), {"declined"})
        self.assertTrue(self.care.declined_at)

    def test_another_carer(self):
        """Z2: somebody of the case team, never oneself; earlier talks stay shut until shared."""
        self.talks[0].with_user(self.users["mayor"]).notes = "What was said."
        page = self.page("/verzorger")
        self.assertIn("Name of clerk", page)
        for login in ("councillor", "mayor", "stranger"):
            self.assertNotIn(f"Name of {login}</option>", page)
        problems = self.problems_on(self.post("verzorger", user_id=""))
        self.assertIn("cannot give the care", problems["user_id"])
        mine = str(self.users["councillor"].id)
        self.assertIn(
            "in the list", self.problems_on(self.post("verzorger", user_id=mine))["user_id"]
        )
        answer = self.post("verzorger", user_id=str(self.users["clerk"].id))
        self.assertEqual((answer.status_code, self.problems_on(answer)), (200, {}))
        page = answer.text
        self.assertEqual(self.care.carer_id, self.users["clerk"])
        self.assertIn("Name of clerk offers you talks", page)
        self.assertIn("cannot read your earlier talks", page)
        self.assertTrue(any(self.care.talk_ids.mapped("kept_private")))
        self.assertNotIn("cannot read your earlier", self.post("alles", answer="share").text)
        self.assertFalse(any(self.care.talk_ids.mapped("kept_private")))

    def test_wish(self):
        """Z2: what somebody wishes is read by the two of them."""
        self.assertIn("Rather at home.", self.post("wens", text="Rather at home.").text)
        self.assertEqual(self.care.wish, "Rather at home.")
        self.assertIn("Rather at home.", self.page("/wens"))
        self.assertIn("Write down", self.problems_on(self.post("wens", text=" "))["text"])

    def test_practical_matters(self):
        """Z10: wished, arranged or not needed; the declaration and the damage are opened here."""
        page = self.page()
        for part in ("aangifte", "schade"):
            self.assertIn(f"/zaken/{self.case.reference}/{part}", page)
        forms = self.filled_forms(page, "/regelen")
        answers = [*(["wished"] * (len(forms) - 1)), "not_needed"]
        for form, answer in zip(forms, answers, strict=True):
            for _twice in range(2):
                self.post("regelen", **form | {"answer": answer})
        self.assertEqual(self.care.arrangement_ids.mapped("state"), answers)
        for number, answer in (("9", "wished"), ("0", "open"), ("x", "wished")):
            answered = self.post("regelen", number=number, answer=answer)
            self.assertEqual(answered.status_code, 404)

    def test_extra_talk(self):
        """Z8: somebody can ask for more talks than the protocol has."""
        self.post("extra", **self.in_days("due_at", 3))
        extra = self.care.talk_ids - self.talks
        self.assertEqual((extra.is_extra, extra.state), (True, "planned"))
        self.assertIn("still to come", self.problems_on(self.post("extra"))["due_at"])
        far = self.post("extra", due_at_on="2199-12-31", due_at_time="23:59")
        self.assertIn("two years", self.problems_on(far)["due_at"])

    def test_how_the_care_was(self):
        """Z9: the person alone says so, once nothing is on offer any more."""
        sent = {"verdict": "good", "text": "It helped to talk."}
        self.assertIn("A talk is still on offer.", self.post("afronden", **sent).text)
        self.assertEqual(self.care.state, "open")
        self.post("alles", answer="decline")
        self.assertIn("Say how the care was.", self.post("afronden").text)
        self.assertIn("rounded this care off", self.post("afronden", **sent).text)
        found = (self.care.state, self.care.verdict, self.care.verdict_text)
        self.assertEqual(found, ("closed", "good", "It helped to talk."))

    @mute_logger("odoo.http", "odoo.sql_db", "werkzeug")
    def test_whatever_is_sent(self):
        """Z11, D1, D12: nasty input gets a page or a 404, never an error."""
        dice = random.Random(11)
        names = ["number", "answer", "text", "user_id", "share_earlier", "verdict", "place", "what"]
        names += ["start_at_on", "start_at_time", "due_at_on", "due_at_time", "minutes", "amount"]
        names += ["asks", "go", "known_on", "complaint_given_on", "talk_at_on", "talk_at_time"]
        names += ["help_kind", "second_id", "who_did_it", "incident_id", "x"]
        case = f"zaken/{self.case.reference}"
        steps = ("gesprek", "alles", "regelen", "tijd/1", "tijd/9", "wens", "verzorger", "extra")
        paths = [f"{case}/zorg/{step}" for step in (*steps, "afronden", "x")]
        paths += [f"{case}/{part}" for part in ("aangifte", "schade", "schade/1", "samenvatting")]
        texts = [text for text in TEXTS if len(text) < 5000]
        texts += ["1", "-1", "9" * 30, "keep", "2026-02-30", "0001-01-01", "9999-12-31", "23:59"]
        names += ["time", "version", "purpose", "talk_at", "question", "reason"]
        names += ["kind_id", "due_on"]
        paths += [f"{case}/toestemming", "hulp", "hulp/G-22222222", "bijeenkomsten"]
        self.fuzz(dice, names, texts, paths, INPUTS)

    @mute_logger("odoo.http")
    def test_files_under_the_names_of_text(self):
        """M1, Z11: what was uploaded is taken where files are asked, and is no text."""
        upload = ("x.txt", b"Words.", "text/plain")
        case = f"zaken/{self.case.reference}"
        asked = {
            "melden/1": ("go", "story"),
            "melden/2": ("occurred_at_on", "occurred_at_time"),
            "twijfel": ("question", "role"),
            "hulp": ("talk_at_on", "second_id"),
            f"{case}/toestemming": ("purpose", "answer"),
            f"{case}/samenvatting": ("version",),
            f"{case}/aangifte": ("go", "known_on"),
            f"{case}/schade": ("what", "amount"),
            f"{case}/zorg/tijd/1": ("start_at_on", "minutes"),
            f"{case}/zorg/gesprek": ("number", "answer"),
        }
        for path, names in asked.items():
            answer = self.send(path, files=[(name, upload) for name in names])
            self.assertIn(answer.status_code, (200, 404), path)
