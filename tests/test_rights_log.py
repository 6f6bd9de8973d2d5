import psycopg2

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.service.model import call_kw
from odoo.tests import HttpCase
from odoo.tools import mute_logger

from ..models.admin.sealing_changes import seal_new
from .common_rights import RightsCase


class TestRightsLog(RightsCase):
    """C5: who reads the log of changes of rights, and that nobody changes it."""

    def test_readers(self):
        self.report()
        self.assertTrue(self.model_as("officer", "aggression.rights.change").search([]))
        for login in set(self.users) - {"officer"}:
            with self.subTest(login=login), self.assertRaises(AccessError):
                self.model_as(login, "aggression.rights.change").search([])

    def test_nobody_changes_it(self):
        self.report()
        row = self.rows()[0]
        for rows in (row, *(row.with_user(user) for user in self.users.values())):
            for change in (
                lambda rows=rows: rows.write({"what": "x"}),
                lambda rows=rows: rows.unlink(),
                lambda rows=rows: rows.create({"kind": "group", "step": "added"}),
                lambda rows=rows: rows.copy(),
            ):
                with self.assertRaises(AccessError):
                    change()
        for table in ("aggression_rights_change", "aggression_rights_seal"):
            for statement in ("UPDATE %s SET id = id", "DELETE FROM %s", "TRUNCATE %s"):
                if table.endswith("seal"):
                    seal_new(self.env.cr)
                with (
                    self.assertRaises(psycopg2.errors.InsufficientPrivilege),
                    mute_logger("odoo.sql_db"),
                    self.env.cr.savepoint(flush=False),
                ):
                    self.env.cr.execute(statement % table)

    def test_who_is_in_it_is_not_deleted(self):
        with self.assertRaisesRegex(UserError, "Archive the account"):
            self.users["uninvolved"].unlink()


class TestSealedChanges(RightsCase):
    """C5: who rewrites the log in the database itself is found, and where."""

    def setUp(self):
        super().setUp()
        seal_new(self.env.cr)
        for login in ("desk", "employee", "stranger"):
            self.users[login].sudo().group_ids = [Command.link(self.group("office_holder").id)]
            self.env.flush_all()
            seal_new(self.env.cr)
        self.first, self.second, self.third = self.rows().sorted("id")

    def verdict(self):
        """Return what the privacy officer is told."""
        self.env.invalidate_all()
        log = self.model_as("officer", "aggression.rights.change")
        return call_kw(log, "action_verify", [[]], {})["params"]  # as the button does

    def without_triggers(self, *statements):
        """Do as whoever owns the database can."""
        tables = ("aggression_rights_change", "aggression_rights_seal")
        for table in tables:
            self.env.cr.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        for statement, *values in statements:
            self.env.cr.execute(statement, values)
        for table in tables:
            self.env.cr.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")

    def test_untouched(self):
        verdict = self.verdict()
        self.assertEqual((verdict["type"], verdict["sticky"]), ("success", False))

    def test_a_row_changed(self):
        other = self.users["mayor"].id
        for column, value in (("by_id", other), ("user_id", other), ("what", "x"), ("kind", "x")):
            with self.subTest(column=column), self.env.cr.savepoint() as savepoint:
                self.without_triggers(
                    (
                        f"UPDATE aggression_rights_change SET {column} = %s WHERE id = %s",
                        *(value, self.second.id),
                    )
                )
                message = self.verdict()["message"]
                self.assertIn(f"row {self.second.id} was changed", message)
                self.assertNotIn(f"row {self.first.id} ", message)
                savepoint.rollback()

    def test_a_row_taken_out(self):
        self.without_triggers(
            ("DELETE FROM aggression_rights_change WHERE id = %s", self.second.id)
        )
        self.assertIn(f"row {self.second.id} was taken out", self.verdict()["message"])

    def test_a_row_taken_out_with_its_seal(self):
        self.without_triggers(
            ("DELETE FROM aggression_rights_change WHERE id = %s", self.second.id),
            ("DELETE FROM aggression_rights_seal WHERE change_id = %s", self.second.id),
        )
        message = self.verdict()["message"]
        self.assertIn(f"something before row {self.third.id} was taken out", message)

    def test_a_row_taken_out_and_the_chain_closed_over_it(self):
        self.without_triggers(
            ("DELETE FROM aggression_rights_change WHERE id = %s", self.second.id),
            (
                "UPDATE aggression_rights_seal s SET previous = gone.previous "
                "FROM aggression_rights_seal gone "
                "WHERE gone.change_id = %s AND s.change_id = %s",
                *(self.second.id, self.third.id),
            ),
            ("DELETE FROM aggression_rights_seal WHERE change_id = %s", self.second.id),
        )
        self.assertIn(f"row {self.third.id} was changed", self.verdict()["message"])

    def test_a_seal_made_without_the_key(self):
        self.without_triggers(
            ("UPDATE aggression_rights_change SET what = 'x' WHERE id = %s", self.third.id),
            (
                "UPDATE aggression_rights_seal SET seal = md5(previous) WHERE change_id = %s",
                self.third.id,
            ),
        )
        self.assertIn(f"row {self.third.id} was changed", self.verdict()["message"])

    def test_a_seal_taken_off(self):
        self.without_triggers(
            ("DELETE FROM aggression_rights_seal WHERE change_id = %s", self.third.id)
        )
        self.assertIn(f"row {self.third.id} is not sealed", self.verdict()["message"])

    def test_sealing_again_adds_nothing(self):
        seals = self.env["aggression.rights.seal"].sudo()
        number = seals.search_count([])
        seal_new(self.env.cr)
        self.assertEqual(seals.search_count([]), number)

    def test_after_the_transaction(self):
        """The rows of a transaction are sealed when it has ended, without anybody's doing."""
        self.users["manager"].group_ids = [Command.link(self.group("insight").id)]
        self.assertIn("not sealed", self.verdict()["message"])
        with self.enter_registry_test_mode():
            self.env.cr.postcommit.run()
        self.assertEqual(self.verdict()["type"], "success")

    def test_who_checks(self):
        for login in ("administrator", "manager", "clerk"):
            with self.subTest(login=login), self.assertRaises(AccessError):
                self.model_as(login, "aggression.rights.change").action_verify()

    def test_the_retention(self):
        """What the term has passed for goes with its seals, and the rest still fits."""
        at = "UPDATE %s SET at = '2020-01-01' WHERE %s <= %s"
        self.without_triggers(
            (at % ("aggression_rights_seal", "change_id", self.first.id),),
            (at % ("aggression_rights_change", "id", self.first.id),),
        )
        self.assertTrue(self.env["aggression.rights.change"]._forget_before("2021-01-01"))
        self.assertEqual(self.verdict()["type"], "success")


class TestRightsChangesOverTheWire(RightsCase, HttpCase):
    """C66: the administrator at a keyboard, or with a program of their own."""

    def json2(self, model, method, **arguments):
        admin = self.env(user=self.users["administrator"])
        key = admin["res.users.apikeys"].sudo()._generate("rpc", "rights", None)
        return self.url_open(
            f"/json/2/{model}/{method}",
            json=arguments,
            headers={"Authorization": f"Bearer {key}"},
        )

    @mute_logger("odoo.http")
    def test_a_self_grant(self):
        admin = self.users["administrator"]
        officers = self.group("privacy_officer")
        values = {"group_ids": [[4, officers.id]]}
        answer = self.json2("res.users", "write", ids=admin.ids, vals=values)
        self.assertEqual(answer.status_code, 200)
        self.env.invalidate_all()
        row = self.rows(kind="group")
        self.assertEqual((row.by_id, row.user_id), (admin, admin))
        for method, arguments in (
            ("write", {"ids": row.ids, "vals": {"what": "x"}}),
            ("unlink", {"ids": row.ids}),
            ("create", {"vals_list": [{"kind": "group"}]}),
        ):
            refused = self.json2("aggression.rights.change", method, **arguments)
            self.assertIn(refused.status_code, (403, 422), method)
        self.assertEqual(self.rows(kind="group"), row)
