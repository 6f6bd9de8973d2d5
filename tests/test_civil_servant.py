from odoo.tests import freeze_time, new_test_user

from .common import ProtocolCase


@freeze_time("2026-03-06 22:10:00")
class TestCivilServant(ProtocolCase):
    """U2, M6: somebody of the desk who was hit, with an ordinary account and no group of ours."""

    def setUp(self):
        super().setUp()
        self.case = self.classify(self.report("secretary", "desk", "civil_servant"), "threat")

    def seen(self, name):
        return self.model_as("desk", f"aggression.{name}").search([])

    def test_everything_that_is_their_own(self):
        """C5, Z1, D3, D7: their own line, care, consent, declaration and protection."""
        values = {"incident_id": self.case.id, "text": "Words.", "agrees": True}
        self.model_as("desk", "aggression.declaration.wizard").create(values).action_save()
        protection = {"incident_id": self.case.id, "text": "A camera."}
        protection["authority_id"] = self.protocol.authority_ids[:1].id
        screen = self.model_as("secretary", "aggression.protection.wizard").create(protection)
        screen.action_save()
        for name in (
            *("incident", "facts", "affected.person", "assessment", "aftercare", "talk"),
            *("consent", "declaration", "protection", "access"),
        ):
            with self.subTest(model=name):
                self.assertTrue(self.seen(name).read(["create_date"]))

    def test_who_was_let_in(self):
        """C5: they read who got into their case in an emergency."""
        self.users["asking"] = new_test_user(
            self.env, "asking", "aggression_protocol.group_privacy_officer"
        )
        screen = self.model_as("asking", "aggression.emergency.wizard").create(
            {
                "reference": self.case.reference,
                "user_id": self.users["uninvolved"].id,
                "approver_id": self.users["mayor"].id,
                "reason": "Nobody else can be reached.",
            }
        )
        screen.action_ask()
        self.assertTrue(self.seen("emergency").read(["create_date"]))

    def test_their_care_is_written_by_the_carer(self):
        """Z2: by nobody else, though a mayor who was hit is on the case team."""
        own = self.report("secretary", "mayor").affected_ids.aftercare_ids
        self.assertTrue(self.as_user("deputy", own).has_access("write"))
        self.assertFalse(self.as_user("mayor", own).has_access("write"))


class TestOtherMunicipality(ProtocolCase):
    def test_its_protocol_is_its_own(self):
        """M5: whoever works for another municipality reads nothing of this one's protocol."""
        company = self.env["res.company"].create({"name": "Elsewhere"})
        elsewhere = new_test_user(
            self.env,
            "elsewhere",
            "aggression_protocol.group_protocol_manager",
            company_id=company.id,
            company_ids=company.ids,
        )
        for name in self.env.registry.descendants(["aggression.policy"], "_inherit"):
            model = self.env[name]
            if model._abstract or not model.search([], limit=1):
                continue
            with self.subTest(model=name):
                self.assertFalse(model.with_user(elsewhere).search([]))
