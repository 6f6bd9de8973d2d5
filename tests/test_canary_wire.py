from datetime import timedelta

from odoo import fields
from odoo.fields import Command
from odoo.tests import HttpCase, freeze_time
from odoo.tools import mute_logger

from odoo.addons.mail.tests.common import MockEmail

from .canary import words_in
from .complete_case import MORNING, SCREENS
from .test_canary import INVOLVED, UNINVOLVED, CanaryCase


class TestWire(CanaryCase, MockEmail, HttpCase):
    """The same as over the network: what comes out of Odoo is what counts."""

    def key_of(self, login):
        """Return an API key of this person."""
        keys = self.env(user=self.users[login])["res.users.apikeys"].sudo()
        return keys._generate("rpc", "canary", None)

    def call(self, key, model, method, **arguments):
        """Return what JSON-2 answers; a refusal is an answer as well, and may not tell either."""
        return self.url_open(
            f"/json/2/{model}/{method}",
            json=arguments,
            headers={"Authorization": f"Bearer {key}"},
        )

    @mute_logger("odoo.http")
    def test_json(self):
        """C66: through the API everybody reads what they read in the web client, no more."""
        for login in (*INVOLVED, *UNINVOLVED):
            key, heard = self.key_of(login), {}
            env = self.env(user=self.users[login])
            for name in (*self.case_models(), *SCREENS):
                asked = self._fields(env[name])
                answer = self.call(key, name, "search_read", domain=[], fields=asked)
                heard.update(dict.fromkeys(words_in(answer.text), name))
                self.assertIn(answer.status_code, (200, 403), f"{login}, {name}: {answer.text}")
            with self.subTest(login=login):
                self.assertHears(login, heard, "through JSON-2")

    def _fields(self, model):
        return [
            field.name
            for field in model._fields.values()
            if model._has_field_access(field, "read")
            if not field.comodel_name or model.env[field.comodel_name].has_access("read")
        ]

    @mute_logger("odoo.http")
    def test_records_by_number(self):
        """C03, C13: who guesses a number gets a refusal without a word, also in debug mode."""
        for login in UNINVOLVED:
            self.authenticate(login, login)
            for name in (*self.case_models(), *SCREENS):
                record = self.env[name].search([("create_uid.login", "!=", login)], limit=1)
                if not record:
                    continue  # a screen that only this person filled in
                call = {"model": name, "method": "read", "args": [record.ids], "kwargs": {}}
                answer = self.url_open(
                    "/web/dataset/call_kw?debug=1", json={"jsonrpc": "2.0", "params": call}
                )
                self.assertIn("error", answer.json(), f"{login}, {name}")
                self.assertFalse(words_in(answer.text), f"{login}, {name}")

    @mute_logger("odoo.http")
    def test_files(self):
        """C45: a file comes by its own door to who has a part in the case, and to nobody else."""
        file = self.cases[0].evidence_ids
        for login in ("clerk", "councillor", *UNINVOLVED, None):
            self.authenticate(login, login)
            answer = self.url_open(f"/aggression/file/{file.reference}")
            self.assertEqual(bool(words_in(answer.content)), login in INVOLVED, login)
            for address in (
                f"/web/content/aggression.evidence/{file.id}/content",
                f"/web/content/aggression.evidence/{file.id}/content/x.png?download=1",
                f"/web/image/aggression.evidence/{file.id}/content",
            ):
                self.assertFalse(words_in(self.url_open(address).content), f"{login}, {address}")

    @mute_logger("odoo.http")
    def test_reports(self):
        """C47, C48: what is printed tells nobody more than the screen does."""
        records = {
            "aggression.decision": self.cases[0].decision_ids,
            "aggression.hearing": self.cases[0].hearing_ids,
            "aggression.incident.talk": self.cases[0].incident_talk_ids,
            **{name: screen.sudo() for name, screen in self.screens.items()},
        }
        heard = {}
        for report in self.env["ir.actions.report"].search([("model", "=like", "aggression.%")]):
            for login in ("clerk", "councillor", *UNINVOLVED, None):
                self.authenticate(login, login)
                for form in ("html", "text"):
                    record = records.get(report.model) or self._printed(report.model)
                    address = f"/report/{form}/{report.report_name}/{record.id}"
                    words = words_in(self.url_open(address).content)
                    self.assertLessEqual(words, self.entitled(login) if login else set(), address)
                    heard.setdefault(login, set()).update(words)
        self.assertTrue(heard["clerk"], "the letter itself")

    def _printed(self, name):
        return self.records.get((name, 0), self.env[name].search([], limit=1))[:1]

    def test_mail(self):
        """C33: through all steps of a case not one byte of it is mailed to anybody."""
        with freeze_time(MORNING), self.mock_mail_gateway():
            case = self._told_in_canaries()
            with freeze_time(fields.Datetime.now() + timedelta(days=400)):
                duties = self.env["aggression.duty"]
                duties.search(duties._due_domain())._sweep_safely()
            self.env["mail.mail"].search([("state", "=", "outgoing")]).send()
            self.assertIn("overdue", case.entry_ids.mapped("kind"))
            self.assertTrue(words_in(case.entry_ids.mapped("text")), "there was something to tell")
            self.assertFalse(words_in(self._post()))
            word = next(iter(self.planted))
            control = {"subject": "x", "body_html": f"<p>{word}</p>", "email_to": "a@example.com"}
            self.env["mail.mail"].create(control).send()
            self.assertEqual(words_in(self._post()), {word}, "so that this test is not deaf")

    def _told_in_canaries(self):
        """Take one more case through its steps, with canaries in all that is typed."""
        words = iter(self.planted)
        person = {"user_id": self.users["councillor"].id, "impact": next(words)}
        case = self.report(
            "desk",
            person_ids=[Command.clear(), Command.create(person)],
            story=next(words),
            where=next(words),
            causer_kind="person",
            causer_name=next(words),
            causer_description=next(words),
        )
        colleague = {"user_id": self.users["uninvolved"].id, "reason": next(words)}
        self.model_as("clerk", "aggression.sharing.wizard").create(
            {"incident_id": case.id, **colleague}
        ).action_share()
        self.classify(case, "threat", cause_note=next(words))
        self.decide(case, grounds=next(words), view=next(words))
        self.model_as("clerk", "aggression.step.note").create(
            {"incident_id": case.id, "step": "reaction", "text": next(words)}
        ).action_save()
        return case

    def _post(self):
        """Return everything that was mailed, opened and unfolded, and what waits to be."""
        parts = []
        for mail in self._mails:
            parts.append(mail["EmailMessage"].as_bytes())
            parts += [part.get_payload(decode=True) or b"" for part in mail["EmailMessage"].walk()]
        for mail in self._new_mails.exists():
            parts.append(str(mail.read(["subject", "body_html", "email_to"])).encode())
        return b"\n".join(parts)
