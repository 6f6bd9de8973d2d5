from datetime import timedelta

from lxml import html

from odoo import fields
from odoo.tests import HttpCase, freeze_time, tagged

from ..rules.terms import local
from .common import ProtocolCase
from .portal_pages import ROOT, PortalPages


@tagged("post_install", "-at_install")
class TestPortalCareBeside(PortalPages, HttpCase, ProtocolCase):
    """What an office-holder does about their care without an account in the backoffice."""

    def setUp(self):
        super().setUp()
        now = fields.Datetime.now().replace(microsecond=0)
        values = {"occurred_at": now - timedelta(hours=2), "reported_at": now}
        self.case = self.report(family_hit=True, **values)
        self.care = self.case.affected_ids.aftercare_ids
        self.talks = self.care.talk_ids
        self.log_in("councillor")

    def post(self, part, **values):
        answer = self.send(f"zaken/{self.case.reference}/zorg/{part}", **values)
        self.env.invalidate_all()
        return answer

    def page(self, part=""):
        return self.text_of(f"{ROOT}/zaken/{self.case.reference}/zorg{part}")

    def before(self, moment):
        then = local(moment, "Europe/Amsterdam")
        return {"due_at_on": then.date().isoformat(), "due_at_time": then.strftime("%H:%M")}

    def test_accept_help(self):
        """Z3: help for the home front, proposed by itself, is seen and answered here."""
        help_ = self.care.referral_ids
        self.assertIn(help_.provider_id.name, self.page())
        self.assertIn("Help for the people at home", self.page())
        [form] = self.filled_forms(self.page(), "/zorg/hulp")
        self.assertIn("Accepted on", self.post("hulp", **form).text)
        self.assertEqual(help_.state, "accepted")
        for number in ("0", "1", "", "x", "-1"):
            self.assertEqual(self.post("hulp", number=number).status_code, 404, number)

    def test_refuse_help(self):
        """Z3, Z9: it is refused in words, that only the carer reads besides."""
        help_ = self.care.referral_ids
        self.assertIn(help_.provider_id.name, self.page("/hulp/0"))
        problems = self.problems_on(self.post("hulp/0", text=" "))
        self.assertIn("Write down why", problems["text"])
        self.assertIn("Not wanted.", self.post("hulp/0", text="We have a sister.").text)
        self.assertEqual((help_.state, help_.answer), ("refused", "We have a sister."))
        again = self.url_open(f"{ROOT}/zaken/{self.case.reference}/zorg/hulp/0")
        self.assertEqual(again.status_code, 404)

    def test_ask_for_help(self):
        """Z9: somebody asks for professional help themself, out of the protocol's list."""
        self.assertIn("I do</label>", self.page("/hulpverlener"))
        problems = self.problems_on(self.post("hulpverlener", help_for="person"))
        self.assertIn("Choose who can help", problems["provider_id"])
        provider = self.protocol.care_provider_ids[0]
        asked = {"provider_id": str(provider.id), "help_for": "person", "text": "I wake at night."}
        answer = self.post("hulpverlener", **asked)
        self.assertEqual(self.problems_on(answer), {})
        self.assertIn("I wake at night.", answer.text)
        help_ = self.care.referral_ids.filtered(lambda one: one.for_whom == "person")
        self.assertEqual((help_.provider_id, help_.state), (provider, "proposed"))

    def test_talk_earlier(self):
        """Z8: a talk is brought forward; what is no earlier is said at its field."""
        last = self.talks[2]
        late = self.before(last.due_at + timedelta(days=1))
        self.assertIn(
            "earlier than planned", self.problems_on(self.post("eerder/3", **late))["due_at"]
        )
        self.post("eerder/3", **self.before(fields.Datetime.now() + timedelta(days=5)))
        self.assertLess(last.due_at, fields.Datetime.now() + timedelta(days=6))
        self.assertEqual(self.post("eerder/9").status_code, 404)

    def test_for_somebody_else(self):
        """Z1, Z3: care for who stands beside them; the person hit does not read it back."""
        wrong = self.post("naasten", for_whom="family", name="")
        self.assertIn("Say who needs care", self.problems_on(wrong)["name"])
        answer = self.post("naasten", for_whom="family", name="My daughter")
        self.assertIn("Care was offered", answer.text)
        beside = self.case.affected_ids.aftercare_ids - self.care
        self.assertEqual((beside.for_whom, beside.name), ("family", "My daughter"))
        self.assertNotIn("My daughter", self.page())

    def test_a_talk_that_did_not_take_place(self):
        """Z6 to Z8: only once its time has come; the talk itself is still due."""
        for answer, side in (("i_missed", "person_hit"), ("other_missed", "carer")):
            with self.subTest(answer=answer):
                self.miss(answer, side)

    def miss(self, answer, side):
        start = fields.Datetime.now() + timedelta(hours=1)
        talk = self.as_user("mayor", self.talks[0])
        appointments = self.model_as("mayor", "aggression.appointment")
        one = appointments._propose(talk, start, 60, "Room 2")
        self.as_user("councillor", one).action_accept()
        self.assertNotIn("did not take place", self.page())
        early = self.post("gesprek", number="1", answer=answer, time=one.reference)
        self.assertIn("has not come yet", early.text)
        with freeze_time(start + timedelta(hours=2)):
            page = self.page()
            self.assertIn("did not take place", page)
            form = self.filled_forms(page, "/zorg/gesprek")[1]
            self.post("gesprek", **form | {"answer": answer})
        self.assertEqual((one.state, one.missed_as), ("missed", side))
        self.assertEqual(self.talks[0].state, "planned")

    def test_declining_is_said_twice(self):
        """Z11: what ends a whole talk is not mistaken for another time: it is folded away."""
        buttons = html.fromstring(self.page()).xpath("//button[@value='decline']")
        self.assertEqual(len(buttons), 4, "three talks, and all of them")
        for button in buttons:
            [fold] = button.xpath("ancestor::details")
            self.assertIsNone(fold.get("open"))
            self.assertIn("You can always ask for an extra talk.", fold.text_content())
        [words] = buttons[0].xpath("ancestor::details/summary")
        self.assertEqual(words.text_content().strip(), "I do not want this talk, talk 1")
