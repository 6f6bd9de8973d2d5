from http import HTTPStatus
from unittest.mock import patch

from passlib.context import CryptContext

from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.service.model import call_kw
from odoo.sql_db import Savepoint
from odoo.tests import HttpCase
from odoo.tools import mute_logger

from odoo.addons.base.models import res_users

from .access_table import access_table
from .complete_case import SCREENS, CompleteCase
from .operations import OPERATIONS, attempts_to_write, calls, granted, sent

REFUSED = (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN)
# Past the door: done, or a sentence about what is wrong with what was sent.
PASSED = (HTTPStatus.OK, HTTPStatus.UNPROCESSABLE_ENTITY, HTTPStatus.CONFLICT)


class OperationsCase(CompleteCase):
    """Every cell of access.csv in its eight operations, with Odoo's own right to export given.

    That right is no part of this addon: with it, what may be exported is what may be seen.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        export = Command.link(cls.env.ref("base.group_allow_export").id)
        for login, user in cls.users.items():
            if login != "anonymous":
                user.group_ids = [export]
        cls.calls = {}
        for (row, number), records in cls.records.items():
            if records:
                changed = cls()._writable(records[:1])
                cls.calls[row, number] = calls(records, changed)

    def _writable(self, record):
        """Return values that somebody may write, or else some that nobody may."""
        attempts = attempts_to_write(record)
        for values in attempts:
            for user in self.users.values():
                if self.passes(lambda v=values, u=user: record.with_user(u).write(v)):
                    return values
        return attempts[0]

    def assertTable(self, attempt, operations=OPERATIONS):
        """Check each cell: ``attempt(login, model, call)`` gives what the call gets."""
        for row, columns in access_table().items():
            if row in SCREENS:
                continue
            wrong = {}
            for column, login, number, cell in self.cells(row, columns):
                records = self.records[row, number]
                allowed = granted(cell, records)
                for operation in operations:
                    wanted = allowed[operation]
                    found = attempt(login, records._name, self.calls[row, number][operation])
                    if found != wanted:
                        wrong[column, login, operation] = f"{found}, not {wanted}"
            with self.subTest(row=row):
                self.assertFalse(wrong)


class TestOperations(OperationsCase):
    """M5, C5: the rights table inside Odoo, in what ``test_access`` does not try."""

    @mute_logger("odoo.sql_db")
    def test_export_and_copy(self):
        """Each cell: taken along in an export, and copied."""
        self.assertTable(self._call, ("export", "copy"))

    def _call(self, login, name, call):
        answers = []
        model = self.env[name].with_user(self.users[login])
        ids = [call.ids] if call.ids else []
        passed = self.passes(
            lambda: answers.append(call_kw(model, call.method, ids, call.arguments))
        )
        if call.number is None:
            return passed
        return call.number(answers[0]) if answers else 0


class TestJson(OperationsCase, HttpCase):
    """M5, C5, C66: the rights table through JSON-2, with logins of people's own."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # or half of the time of this test goes to hashing random keys thousands of times
        with patch.object(
            res_users, "KEY_CRYPT_CONTEXT", CryptContext(["pbkdf2_sha512"], pbkdf2_sha512__rounds=1)
        ):
            cls.keys = {
                login: cls._key_of(user)
                for login, user in cls.users.items()
                if login != "anonymous"
            }

    @classmethod
    def _key_of(cls, user):
        return cls.env(user=user)["res.users.apikeys"].sudo()._generate("rpc", "rights", None)

    @mute_logger("odoo.http", "odoo.sql_db")
    def test_by_json(self):
        """Each cell over the network, in all its operations; who is nobody must log in first."""
        self.assertTable(self._call)

    def _call(self, login, name, call):
        answer = self._post(login, name, call.method, ids=call.ids, **call.arguments)
        if call.number is None:
            return answer.status_code not in REFUSED
        return call.number(answer.json()) if answer.ok else 0

    def _post(self, login, name, method, **body):
        """Return the answer to a call; what the call did is taken back."""
        if not body.get("ids"):
            body.pop("ids", None)
        headers = {"X-Odoo-Database": self.env.cr.dbname}
        if login in self.keys:
            headers["Authorization"] = f"Bearer {self.keys[login]}"
        self.env.flush_all()
        savepoint = Savepoint(self.env.cr)
        try:
            answer = self.url_open(f"/json/2/{name}/{method}", json=body, headers=headers)
        finally:
            self.env.cr.clear()
            savepoint.close(rollback=True)
        self.assertIn(
            answer.status_code, REFUSED + PASSED, f"{login}, {name}.{method}: {answer.text}"
        )
        return answer

    @mute_logger("odoo.http")
    def test_screens(self):
        """C02: who may open a screen on this case, over the network."""
        for name, columns in access_table().items():
            if name not in SCREENS:
                continue
            wanted, found = {}, {}
            for column, login, number, cell in self.cells(name, columns):
                values = self._values_of(login, name, self.cases[number])
                answer = self._post(login, name, "create", vals_list=[values])
                wanted[column, login] = cell == "c"
                found[column, login] = answer.status_code not in REFUSED
            with self.subTest(screen=name):
                self.assertEqual(found, wanted)

    def _values_of(self, login, name, incident):
        """Return what somebody sends who opens a screen; a line hangs under a screen of theirs.

        Who cannot have such a screen hangs the line under that of its owner.
        """
        values = self._screen_values(name, incident)
        if parent := SCREENS[name][1]:
            try:
                with self.env.cr.savepoint():
                    values["wizard_id"] = self.open_screen(login, parent, incident).id
            except AccessError:
                values["wizard_id"] = self._screen_of_another(login, parent).id
        return sent(values)

    def _screen_of_another(self, login, name):
        owner = SCREENS[name][0]
        if owner != login:
            return self.open_screen(owner, name, self.cases[0])
        return self.open_screen("deputy", name, self.cases[1])
