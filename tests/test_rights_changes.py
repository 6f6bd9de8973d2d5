from odoo.exceptions import ValidationError
from odoo.fields import Command
from odoo.tests import new_test_user

from .common import TEAM
from .common_rights import ADDON, RightsCase


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

    def test_a_link_to_a_new_password(self):
        clerk = self.users["clerk"]
        clerk.email = "clerk@waterveen.example"
        self.forget()
        self.as_admin(clerk).action_reset_password()
        self.assertIn("reset by mail", self.rows(kind="account").mapped("what"))

    def test_two_factor(self):
        if "totp_secret" not in self.env["res.users"]._fields:
            self.skipTest("auth_totp is not installed")
        self.users["clerk"].sudo().totp_secret = "JBSWY3DPEHPK3PXP"
        self.users["clerk"].sudo().write({"totp_secret": False})  # as "disable" does
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
        savepoint = self.env.cr.savepoint()
        self.users["employee"].group_ids = [Command.link(self.group("case_team").id)]
        self.assertTrue(self.rows())
        savepoint.close(rollback=True)
        self.env.invalidate_all()
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
