from odoo.tests import freeze_time

from .test_risk_talk import NOW, RiskTalkCase


@freeze_time(NOW)
class TestRiskTalkRoles(RiskTalkCase):
    """V2, C5: talks that carry risk follow the roles of who assigns and who helps."""

    def coordinates(self, login):
        """Appoint another coordinator, an hour later, or nobody."""
        with freeze_time("2026-06-01 10:00:00"):
            lines = self.role("aggression_coordinator").assignment_ids
            if login:
                lines.user_id = self.users[login]
            else:
                lines.unlink()

    def sees(self, login, talk):
        return bool(self.as_user(login, talk).search([("id", "=", talk.id)]))

    def test_the_role_passes(self):
        """V2: a talk to come goes along to who assigns from now on; the past is closed to both."""
        talk = self.ask()
        over = self.ask(talk_at="2026-06-01 09:10:00")
        self.coordinates("uninvolved")
        self.assertEqual(talk.assigner_id.login, "uninvolved")
        self.assertFalse(over.assigner_id)
        for one in (talk, over):
            self.assertFalse(self.sees("coordinator", one))
        self.assertTrue(self.sees("councillor", over))

    def test_the_role_falls_vacant(self):
        """V2, C5: who left reads nothing, also when nobody came; who comes later takes it up."""
        self.role("aggression_coordinator").substitute_id = False
        talk = self.ask()
        self.coordinates(None)
        self.assertFalse(talk.assigner_id)
        self.assertFalse(self.sees("coordinator", talk))
        with freeze_time("2026-06-01 11:00:00"):
            self.env["aggression.role.assignment"].create(
                {
                    "role_id": self.role("aggression_coordinator").id,
                    "user_id": self.users["clerk"].id,
                    "date_from": "2026-06-01",
                }
            )
        self.assertEqual(talk.assigner_id.login, "clerk")

    def test_the_helper_leaves(self):
        """V2, C5: who no longer helps reads no talk, old or new; help is asked for again."""
        talk, over = self.ask(), self.ask(talk_at="2026-06-01 09:10:00")
        for one in (talk, over):
            self.assign(one)
        before = len(self.told())
        with freeze_time("2026-06-01 10:00:00"):
            self.as_user("councillor", over).action_held()
            designated = self.role("designated_staff").assignment_ids
            designated.filtered(lambda line: line.user_id.login == "desk").unlink()
        self.env.invalidate_all()
        self.assertEqual((talk.state, talk.helper_id.login), ("asked", False))
        self.assertEqual((over.state, over.helper_id.login), ("held", False))
        self.assertFalse(self.sees("desk", talk) or self.sees("desk", over))
        self.assertEqual(sorted(self.told()[before:]), ["coordinator", "councillor"])
        self.assign(talk, "uninvolved")
        self.assertEqual(talk.state, "arranged")

    def test_absent_for_a_while(self):
        """C3, V2: who is away keeps what was theirs; who stands in arranges what is to come."""
        over = self.ask(talk_at="2026-06-01 09:10:00")
        talk = self.ask()
        self.assign(talk)
        with freeze_time("2026-06-01 10:00:00"):
            self.env["aggression.role.assignment"].create(
                [
                    {
                        "role_id": line.role_id.id,
                        "user_id": self.users["employee"].id,
                        "replaces_id": line.user_id.id,
                        "date_from": "2026-06-01",
                        "date_to": "2026-06-20",
                    }
                    for line in (
                        self.role("aggression_coordinator").assignment_ids,
                        self.role("designated_staff").assignment_ids[0],
                    )
                ]
            )
        self.env.invalidate_all()
        self.assertEqual(talk.assigner_id.login, "employee")
        self.assertEqual((talk.state, talk.helper_id.login), ("arranged", "desk"))
        self.assertEqual(over.assigner_id.login, "coordinator")
