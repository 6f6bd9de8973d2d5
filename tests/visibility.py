from odoo import fields
from odoo.exceptions import AccessError

from .common import ProtocolCase


class VisibilityCase(ProtocolCase):
    """Says in one word whether a case exists for somebody."""

    def assertUnknown(self, login, incident):
        """For this person the case does not exist: in no list, number, search or other record."""
        cases = self.model_as(login, "aggression.incident")
        mine = [("id", "=", incident.id)]
        with self.subTest(unknown_to=login):
            self.assertNotIn(login, self.who(incident))
            self.assertFalse(cases.search(mine))
            self.assertEqual(cases.search_count(mine), 0)
            self.assertEqual(cases.web_search_read(mine, {"reference": {}})["length"], 0)
            self.assertFalse(cases.formatted_read_group(mine, ["state"], ["__count"]))
            self.assertFalse(cases.name_search(incident.reference))
            with self.assertRaises(AccessError):
                self.as_user(login, incident).read(["state"])
            for name in self.confidential_models():
                self.assertFalse(self.records_of(login, name, incident), name)

    def assertSeen(self, login, incident):
        with self.subTest(seen_by=login):
            self.assertTrue(self.as_user(login, incident).has_access("read"))

    def confidential_models(self):
        return [
            name
            for name in self.env.registry.descendants(["aggression.confidential"], "_inherit")
            if not self.env[name]._abstract
        ]

    def records_of(self, login, name, incident):
        records = self.model_as(login, name)
        if not records.has_access("read"):
            return records
        return records.search([("incident_id", "=", incident.id)])

    def assertNoRowOfAnybodyKeptOut(self):
        """M5, C5: whatever happened, nobody has access to a case that they are kept out of."""
        for exclusion in self.env["aggression.exclusion"].search([("lifted_at", "=", False)]):
            rows = exclusion.incident_id.access_ids
            self.assertNotIn(exclusion.user_id, rows.user_id)

    def keep_out(self, incident, login, by="coordinator", reason="Brother of who did it."):
        """Keep somebody out of a case through its own screen."""
        action = self.as_user(by, incident).action_keep_out()
        self.screen_of(action, by, user_id=self.users[login].id, reason=reason).action_save()
        incident.invalidate_recordset()

    def step_back(self, incident, by, reason="I know who did it."):
        """Step back through the case's own screen; returns what the person sees next."""
        action = self.as_user(by, incident).action_step_back()
        result = self.screen_of(action, by, reason=reason).action_save()
        incident.invalidate_recordset()
        return result

    def screen_of(self, action, by, **values):
        screens = self.model_as(by, action["res_model"]).with_context(**action["context"])
        return screens.create(values)

    def sweep(self, name="sweep_duties"):
        """Run a scheduled action the way the server does."""
        with self.enter_registry_test_mode():
            self.env.ref(f"aggression_protocol.cron_{name}").method_direct_trigger()
        self.env.invalidate_all()

    def line(self, code, login=None):
        """Return the assignments of a role, of one person or of all."""
        lines = self.role(code).assignment_ids
        return lines.filtered(lambda line: login in (None, line.user_id.login))

    def appoint(self, login, code, date_from=None, **values):
        """Appoint somebody as the functional manager does."""
        return self.model_as("manager", "aggression.role.assignment").create(
            {
                "role_id": self.role(code).id,
                "user_id": self.users[login].id,
                "date_from": date_from or fields.Date.today(),
                **values,
            }
        )
