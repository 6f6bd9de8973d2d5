from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, HttpCase, freeze_time, tagged

from .common import ProtocolCase

NOW = "2026-03-06 22:10:00"


@freeze_time(NOW)
class TestStepCards(ProtocolCase):
    """H1, H2: what to do at once, and what was done."""

    def test_the_steps(self):
        """H1, H2: in the words and the order of the protocol, and along in a new version."""
        inside, outside = self.protocol.step_card_ids
        self.assertEqual(
            inside.line_ids.mapped("name"),
            [
                "End the talk.",
                "Ask or order the citizen to leave.",
                "They refuse? Call designated staff.",
            ],
        )
        self.assertEqual(outside.line_ids[0].name, "Call 112 at once.")
        self.assertEqual(outside.call_id.phone, "112")
        copied = self.protocol.copy().step_card_ids
        self.assertEqual(copied.line_ids.mapped("name"), (inside | outside).line_ids.mapped("name"))
        self.assertEqual(copied[1].call_id.protocol_id, copied.protocol_id)

    def screen(self, case, by="clerk", **values):
        action = self.as_user(by, case).action_steps_taken()
        model = self.model_as(by, action["res_model"]).with_context(**action["context"])
        return model.create({**values})

    def test_what_was_done(self):
        """H1: each step with its time and who took it; in the timeline as well."""
        case = self.report(place="town_hall")
        screen = self.screen(case, at="2026-03-06 21:55:00", by_name="Guard")
        self.assertEqual(screen.card_id, self.protocol.step_card_ids[0])
        screen.step_ids = screen.card_id.line_ids[:2]
        screen.action_save()
        case.invalidate_recordset()
        taken = case.step_taken_ids
        self.assertEqual(
            taken.mapped("step"), ["End the talk.", "Ask or order the citizen to leave."]
        )
        self.assertEqual(set(taken.mapped("by_name")), {"Guard"})
        self.assertEqual({str(one.at) for one in taken}, {"2026-03-06 21:55:00"})
        self.assertIn("steps", case.entry_ids.mapped("kind"))
        self.protocol.step_card_ids.line_ids[0].name = "Something else."
        self.assertEqual(taken[0].step, "End the talk.", "as it stood on the card that day")

    def test_elsewhere(self):
        """H2: the card fits where it happened, to begin with."""
        case = self.report(place="home")
        action = self.as_user("clerk", case).action_steps_taken()
        model = self.model_as("clerk", action["res_model"])
        form = Form(model.with_context(**action["context"]))
        self.assertEqual(form.card_id, self.protocol.step_card_ids[1])
        self.assertEqual((str(form.at), form.by_name), (NOW, "Name of clerk"))

    def test_what_is_refused(self):
        """H1, H2: nothing ticked, nobody named, the future, a closed case."""
        case = self.report(place="home")
        steps = self.protocol.step_card_ids[1].line_ids
        wrong = [
            ({}, "Choose the steps"),
            ({"step_ids": steps.ids, "by_name": " "}, "say who took them"),
            ({"step_ids": steps.ids, "at": "2026-03-06 22:11:00"}, "not in the future"),
        ]
        for values, words in wrong:
            with self.subTest(words=words), self.assertRaisesRegex(UserError, words):
                self.screen(case, **values).action_save()
        for login in ("councillor", "uninvolved", "employee"):
            with self.assertRaises(AccessError):
                self.screen(case, by=login)
        self.classify(case, "raised_voice_policy", directed="no", aim="none", closing_reason="x")
        with self.assertRaisesRegex(UserError, "case is closed"):
            self.screen(case, step_ids=steps.ids).action_save()


@tagged("post_install", "-at_install")
class TestCardPage(HttpCase, ProtocolCase):
    """H1, H2: the cards on a phone."""

    def test_on_a_phone(self):
        """H2: everything on one page, for who works here and for an office-holder; no others."""
        for login in ("councillor", "employee", "clerk"):
            self.authenticate(login, login)
            answer = self.url_open("/aggression/card")
            self.assertEqual(answer.status_code, 200, login)
            for words in ("Give in until the police come.", "tel:112", "tel:0703738314"):
                self.assertIn(words, answer.text)
            for outside in ("<link", "src=", "url(", "@import"):
                self.assertNotIn(outside, answer.text, "nothing is fetched from elsewhere")
        self.authenticate("stranger", "stranger")
        self.assertEqual(self.url_open("/aggression/card").status_code, 404)
        self.logout()
        answer = self.url_open("/aggression/card", allow_redirects=False)
        self.assertEqual(answer.status_code, 303)

    def test_what_comes_first(self):
        """H1, H2: 112 on top, once; whom else a card says to call stands on that card."""
        self.authenticate("councillor", "councillor")
        page = self.url_open("/aggression/card").text
        self.assertEqual(page.count('href="tel:112"'), 1)
        self.assertLess(page.index("tel:112"), page.index("End the talk."))
        self.protocol.step_card_ids[0].call_id = self.protocol.contact_line_ids[1]
        page = self.url_open("/aggression/card").text
        card = page.partition("In the town hall")[2].partition("</section>")[0]
        self.assertIn('href="tel:09008844"', card)

    def test_its_worker(self):
        """H2: the worker may keep the card, and nothing else of the site."""
        answer = self.url_open("/aggression/card/worker.js")
        self.assertEqual(answer.headers["Service-Worker-Allowed"], "/aggression/card")
        self.assertIn("javascript", answer.headers["Content-Type"])

    def test_nothing_of_a_case(self):
        """H2, C5: it stays on the device, so it holds nothing of any case or person."""
        case = self.report(story="Canary in a coal mine.", causer_kind="person", causer_name="Kees")
        self.authenticate("clerk", "clerk")
        page = self.url_open("/aggression/card").text
        for hidden in (case.reference, "Canary", "Kees", "Name of clerk"):
            self.assertNotIn(hidden, page)
