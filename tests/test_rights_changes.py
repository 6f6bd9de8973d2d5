import psycopg2

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import HttpCase, new_test_user
from odoo.tools import mute_logger

from ..models.admin.sealing_changes import seal_new
from .common import TEAM, ProtocolCase

ADDON = "aggression_protocol"


class RightsCase(ProtocolCase):
    def setUp(self):
        super().setUp()
        self.forget()

    def forget(self):
        self.known = self.env["aggression.rights.change"].search([]).ids

    def rows(self, **values):
        """Return the rows written since ``forget`` that have these values."""
        self.env.flush_all()
        rows = self.env["aggression.rights.change"].search([("id", "not in", self.known)])
        return rows.filtered(lambda row: all(row[name] == value for name, value in values.items()))

    def told(self, **values):
        """Return {(by, kind, did, whom, what)} of the new rows."""
        return {
            (row.by_id.login, row.kind, row.step, row.user_id.login, row.what)
            for row in self.rows(**values)
        }

    def group(self, name):
        return self.env.ref(name if "." in name else f"{ADDON}.group_{name}")


class TestRightsChanges(RightsCase):
    """C5, M5: every change of what somebody may see or do leaves a row."""

    def as_admin(self, records):
        return self.as_user("administrator", records)

    def test_into_a_group_by_the_user(self):
        user = self.users["employee"]
        self.as_admin(user).write({"group_ids": [Command.link(self.group("case_team").id)]})
        team, holder = self.group("case_team").full_name, self.group("office_holder").full_name
        self.assertEqual(
            self.told(),
            {("administrator", "group", "added", "employee", name) for name in (team, holder)},
        )
        self.forget()
        self.as_admin(user).write({"group_ids": [Command.unlink(self.group("case_team").id)]})
        self.assertEqual({row[2] for row in self.told(kind="group")}, {"removed"})

    def test_into_a_group_by_the_group(self):
        team = self.group("case_team")
        self.as_admin(team).write({"user_ids": [Command.link(self.users["employee"].id)]})
        self.assertEqual(len(self.rows(kind="group", user_id=self.users["employee"])), 2)

    def test_into_a_group_by_a_chain(self):
        """A group of another kind that comes to imply ours, from either side, or is made so."""
        team = self.group("case_team")
        other = self.env["res.groups"].create(
            {"name": "Other", "user_ids": [Command.link(self.users["employee"].id)]}
        )
        self.assertFalse(self.rows())
        for change in (
            lambda: self.as_admin(other).write({"implied_ids": [Command.link(team.id)]}),
            lambda: self.as_admin(other).write({"implied_ids": [Command.unlink(team.id)]}),
            lambda: self.as_admin(team).write({"implied_by_ids": [Command.link(other.id)]}),
            lambda: self.as_admin(other).unlink(),
            lambda: self.as_admin(other.browse()).create(
                {
                    "name": "Third",
                    "user_ids": [Command.link(self.users["employee"].id)],
                    "implied_ids": [Command.link(team.id)],
                }
            ),
        ):
            self.forget()
            change()
            self.assertEqual(len(self.rows(kind="group", user_id=self.users["employee"])), 2)

    def test_a_new_user_in_a_group(self):
        new_test_user(self.env, "newcomer", TEAM)
        self.assertEqual({row.user_id.login for row in self.rows(kind="group")}, {"newcomer"})

    def test_a_new_administrator(self):
        self.users["employee"].group_ids = [Command.link(self.group("base.group_system").id)]
        self.assertIn(self.group("base.group_system").full_name, self.rows().mapped("what"))

    def test_an_ordinary_user(self):
        """Nothing is kept of who has nothing to do with it."""
        plain = new_test_user(self.env, "plain", "base.group_user")
        plain.write({"password": "another-password", "email": "plain@example.com"})
        plain.unlink()
        self.assertFalse(self.rows())

    def test_accounts(self):
        """Password, login and address are ways into an account; 2FA keeps others out of it."""
        clerk = self.users["clerk"]
        self.as_admin(clerk).write({"password": "taken-over"})
        self.as_admin(clerk).write({"login": "clerk2", "email": "x@example.com"})
        self.as_admin(clerk).write({"name": "Another name"})
        self.assertEqual(
            sorted(self.rows(kind="account").mapped("what")), ["email, login", "password"]
        )
        self.assertEqual(self.rows().by_id, self.users["administrator"])
        self.assertNotIn("taken-over", str(self.rows().read()))

    def test_two_factor(self):
        if "totp_secret" not in self.env["res.users"]._fields:
            self.skipTest("auth_totp is not installed")
        self.users["clerk"].sudo().totp_secret = "JBSWY3DPEHPK3PXP"
        self.as_admin(self.users["clerk"]).action_totp_disable()
        self.assertEqual(self.rows(kind="account").mapped("what"), ["totp_secret"] * 2)

    def test_rules_and_rights(self):
        rule, right = self.env.ref(f"{ADDON}.rule_facts"), self.env["ir.model.access"]
        self.as_admin(rule).write({"domain_force": "[(1, '=', 1)]"})
        self.as_admin(rule).write({"active": False})
        values = {
            "name": "hostile",
            "model_id": self.env["ir.model"]._get_id("aggression.facts"),
            "group_id": self.group("base.group_system").id,
        }
        line = self.as_admin(right).create({**values, "perm_read": True})
        line.unlink()
        self.as_admin(rule).unlink()
        kinds = self.rows().sorted("id").mapped(lambda row: (row.kind, row.step))
        self.assertEqual(
            kinds,
            [
                *[("rule", "changed")] * 2,
                *[("right", "added"), ("right", "removed"), ("rule", "removed")],
            ],
        )
        self.assertIn("domain_force", self.rows(kind="rule", step="changed")[-1].what)

    def test_a_rule_made_weaker_from_the_group(self):
        """A global rule that is given a group does not hold for others any more."""
        rule = self.env.ref(f"{ADDON}.rule_facts")
        group = self.group("base.group_system")
        self.as_admin(group).write({"rule_groups": [Command.link(rule.id)]})
        self.assertIn("aggression.facts", self.rows(kind="rule").what)

    def test_rules_of_others(self):
        self.env["ir.rule"].create(
            {"name": "x", "model_id": self.env["ir.model"]._get_id("res.partner")}
        )
        self.assertFalse(self.rows())

    def test_cases(self):
        """Who came onto a case and who went, by whom and why; who is kept out; by reference."""
        incident = self.report()
        rows = self.rows(kind="access")
        self.assertEqual(len(rows), len(incident.access_ids))
        self.assertEqual(set(rows.mapped("reference")), {incident.reference})
        self.assertEqual(rows.by_id, self.users["clerk"])
        self.forget()
        self.model_as("coordinator", "aggression.sharing.wizard").create(
            {"incident_id": incident.id, "user_id": self.users["uninvolved"].id, "reason": "Knows."}
        ).action_share()
        added = ("coordinator", "access", "added", "uninvolved")
        self.assertEqual({row[:4] for row in self.told()}, {added})
        self.assertNotIn("Knows", str(self.rows().read()))
        self.forget()
        self.as_user("coordinator", incident)._exclude(self.users["uninvolved"], "His brother.")
        kinds = {(row.kind, row.step) for row in self.rows()}
        self.assertEqual(kinds, {("exclusion", "added"), ("access", "removed")})
        self.assertNotIn("brother", str(self.rows().read()))

    def test_roles(self):
        line = self.role("mayor").assignment_ids[0]
        self.as_user("manager", line).write({"date_to": "2030-01-01"})
        row = self.rows(kind="role")
        self.assertEqual((row.by_id.login, row.user_id.login), ("manager", "mayor"))
        self.assertIn("date_to", row.what)

    def test_what_else_an_administrator_can_do(self):
        """Settings, screens, scheduled actions, code and modules."""
        self.env["ir.config_parameter"].set_param(f"{ADDON}.x", "1")
        self.env["ir.config_parameter"].set_param("other.x", "1")
        self.env.ref(f"{ADDON}.incident_view_form").write({"name": "x"})
        self.env.ref(f"{ADDON}.cron_sweep_duties").write({"active": False})
        self.env["ir.actions.server"].create(
            {
                "name": "x",
                "state": "code",
                "code": "pass",
                "model_id": self.env["ir.model"]._get_id("res.partner"),
            }
        )
        module = self.env["ir.module.module"].search([("name", "=", ADDON)])
        module.with_user(self.users["administrator"]).button_uninstall()
        kinds = self.rows().sorted("id").mapped("kind")
        self.assertEqual(kinds, ["setting", "screen", "schedule", "code", "module"])
        self.assertEqual(self.rows(kind="module").what, f"{ADDON}: to remove")

    def test_undone_is_not_kept(self):
        """It is written in the same transaction: what is rolled back leaves nothing."""
        with self.assertRaises(ValidationError), self.env.cr.savepoint():
            self.users["employee"].group_ids = [Command.link(self.group("case_team").id)]
            raise ValidationError("no")
        self.assertFalse(self.rows())

    # -- administrators, reviewers -------------------------------------------------------------

    def test_an_administrator_on_the_team(self):
        """C58: whoever does it, also for themself: kept, and mailed to the privacy officers."""
        officer = self.users["officer"]
        officer.email = "officer@waterveen.example"
        admin = self.users["administrator"]
        known = self.env["mail.mail"].search([])
        self.as_admin(self.users["employee"]).write(
            {"group_ids": [Command.link(self.group("case_team").id)]}
        )
        self.assertFalse(self.env["mail.mail"].search([]) - known, "no administrator")
        self.as_admin(admin).write({"group_ids": [Command.link(self.group("case_team").id)]})
        mail = self.env["mail.mail"].search([]) - known
        self.assertEqual(mail.email_to, officer.email)
        self.assertNotIn(admin.name, f"{mail.subject} {mail.body_html}")
        self.assertEqual(len(self.rows(user_id=admin, by_id=admin, kind="group")), 2)

    def test_who_reviews_does_not_read(self):
        """A privacy officer on the case team is refused, from each side."""
        team, officers = self.group("case_team"), self.group("privacy_officer")
        officer, clerk = self.users["officer"], self.users["clerk"]
        for change in (
            lambda: officer.write({"group_ids": [Command.link(team.id)]}),
            lambda: officers.write({"user_ids": [Command.link(clerk.id)]}),
            lambda: officers.write({"implied_ids": [Command.link(team.id)]}),
        ):
            with self.assertRaises(ValidationError), self.env.cr.savepoint():
                change()
                self.env.flush_all()

    # -- who reads it, and nobody changes it ---------------------------------------------------

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
        return self.model_as("officer", "aggression.rights.change").action_verify()["params"]

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
