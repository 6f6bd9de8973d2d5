"""Uses the pages of the portal as a browser does: opens them, fills in forms, sends them."""

import re
from datetime import timedelta

from lxml import html

from odoo import fields, http

from ..rules.terms import local

ROOT = "/my/agressie"
BESIDE = ("hulp", "bijeenkomsten", "ingelicht")  # beside one's own cases


class PortalPages:
    """To be mixed into an HttpCase of the invented municipality."""

    def log_in(self, login):
        """Log in, in a new session."""
        self.authenticate(login, login and self.password(login))

    def password(self, login):
        """Return the password that Odoo's tests give to a new user."""
        return login + "x" * (8 - len(login))

    def text_of(self, path):
        answer = self.url_open(path)
        self.assertEqual(answer.status_code, 200, path)
        return answer.text

    def send(self, path, follow=True, files=None, **values):
        """Send a form by POST, with the token that its page holds."""
        values["csrf_token"] = http.Request.csrf_token(self)
        return self.url_open(f"{ROOT}/{path}", data=values, files=files, allow_redirects=follow)

    def filled_forms(self, page, action):
        """Return what each form of a page that leads there sends, as it was served."""
        forms = html.fromstring(page).xpath(f"//form[contains(@action, '{action}')]")
        return [dict(form.form_values()) for form in forms]

    def step(self, number, **values):
        """Fill in a step of the report; returns the page that follows."""
        filled = {**self.filled_step(number), **values}
        files = filled.pop("files", None)
        return self.send(f"melden/{number}", files=files, **filled)

    def filled_step(self, number):
        then = local(fields.Datetime.now() - timedelta(hours=1), "Europe/Amsterdam")
        return {
            1: {"go": "next", "story": "He shouted at the door.", "channel": "phone"},
            2: {
                "go": "next",
                "occurred_at_on": then.date().isoformat(),
                "occurred_at_time": then.strftime("%H:%M"),
                "place": "home",
                "where": "The back door",
            },
            3: {"go": "next", "hit": "me", "injury": "none", "causer_kind": "unknown"},
        }[number]

    def report_on_the_portal(self, **last):
        """Take the three steps; returns the case, as superuser, and the page that follows."""
        known = self.env["aggression.incident"].search([]).ids
        self.step(1)
        self.step(2)
        self.answer = self.step(3, **last)
        self.assertEqual(self.answer.status_code, 200)
        self.env.invalidate_all()
        self.case = self.env["aggression.incident"].search([("id", "not in", known)])
        return self.case

    def pages(self):
        """Return the addresses of all pages of the user, with the case that they reported."""
        case = f"{ROOT}/zaken/{self.case.reference}"
        own = ["protocol", "melden", "melden/1", "zaken", "twijfel", *BESIDE]
        parts = [f"{case}/{part}" for part in ("gemeld", "zorg", "aangifte", "schade")]
        return ["/my", *(f"{ROOT}/{path}" for path in own), case, *parts]

    def fuzz(self, dice, names, texts, paths, number):
        """Send what no page sends: texts under any name, and a file now and then."""
        upload = ("x.txt", b"Words.", "text/plain")
        for _number in range(number):
            sent = {name: dice.choice(texts) for name in dice.sample(names, 6)}
            path, files = dice.choice(paths), None
            if dice.random() < 0.3:
                files = [(name, upload) for name in dice.sample(names, 2)]
            answer = self.send(path, files=files, **sent)
            self.assertIn(answer.status_code, (200, 404), f"{path}: {sent} {files}")
            self.assertNotIn("Traceback", answer.text)

    def problems_on(self, answer):
        """Return {field: sentence} as the page ties them to its fields."""
        page = html.fromstring(answer.text)
        found = {}
        for field in page.xpath("//*[@aria-invalid='true']"):
            for told in (field.get("aria-describedby") or "").split():
                [told_by] = page.xpath(f"//*[@id='{told}']")
                if told.startswith("e_"):
                    found[told[2:]] = re.sub(r"^\s*Error:\s*", "", told_by.text_content()).strip()
        return found
