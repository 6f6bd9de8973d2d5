from datetime import date

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, freeze_time

from .common import ProtocolCase

HANDLERS = ("clerk", "coordinator", "mayor")


@freeze_time("2026-03-06 22:10:00")
class TestDeclaration(ProtocolCase):
    """D3: a declaration belongs to who makes it, until they say otherwise."""

    def setUp(self):
        super().setUp()
        self.incident = self.report()
        self.person = self.incident.affected_ids

    def declare(self, agrees, text="He said that he knows my door."):
        """Let the councillor write the declaration through its own screen."""
        screen = self.model_as("councillor", "aggression.declaration.wizard")
        screen.create(
            {"incident_id": self.incident.id, "text": text, "agrees": agrees}
        ).action_save()
        return self.env["aggression.declaration"].search([])

    def read_by(self, login, declaration):
        return self.as_user(login, declaration).search([]).text

    def test_before_consent(self):
        """D3: who handles the case does not read it and does not find out that it is there."""
        declaration = self.declare(agrees=False)
        for login in HANDLERS:
            with self.subTest(login=login):
                self.assertFalse(self.as_user(login, declaration).search_count([]))
                with self.assertRaises(AccessError):
                    self.as_user(login, declaration).read(["text"])
        self.assertIn("door", self.read_by("councillor", declaration))
        self.assertNotIn("consent", self.incident.entry_ids.mapped("kind"))

    def test_with_consent_and_after(self):
        """D3: consent opens it to the case team at once, taking it back closes it at once."""
        declaration = self.declare(agrees=True)
        for login in HANDLERS:
            self.assertIn("door", self.read_by(login, declaration))
        self.assertFalse(self.as_user("other_councillor", declaration).search([]))
        self.declare(agrees=False)
        for login in HANDLERS:
            self.assertFalse(self.read_by(login, declaration))
        self.assertIn("door", self.read_by("councillor", declaration))
        consent = self.person.consent_ids
        self.assertEqual((len(consent), bool(consent.withdrawn_at)), (1, True), "on record")
        self.assertLess({"consent", "withdrawn"}, set(self.incident.entry_ids.mapped("kind")))

    def test_nobody_agrees_for_another(self):
        """D3: not by a step, not on a screen, not by writing the record."""
        self.declare(agrees=False)
        for login in HANDLERS:
            with self.subTest(login=login):
                with self.assertRaises(AccessError):
                    self.as_user(login, self.person)._agree("declaration")
                with self.assertRaises(AccessError):
                    self.model_as(login, "aggression.consent").create(
                        {"affected_id": self.person.id, "purpose": "declaration"}
                    )
        self.declare(agrees=True)
        for login in HANDLERS:
            with self.assertRaises(AccessError):
                self.as_user(login, self.person)._withdraw("declaration")

    def test_the_clerk_writes_it_down(self):
        """D3: on somebody's behalf only while they agree, checked when it is saved."""
        self.declare(agrees=True)
        screen = Form(self.wizard_of("clerk"))
        self.assertEqual((screen.person, screen.is_own), ("Name of councillor", False))
        screen.text = "In better words."
        wizard = screen.save()
        self.declare(agrees=False)
        with self.assertRaisesRegex(UserError, "consent of the person hit"):
            wizard.action_save()
        self.declare(agrees=True)
        wizard.action_save()
        self.assertEqual(self.env["aggression.declaration"].search([]).text, "In better words.")

    def wizard_of(self, login):
        model = self.model_as(login, "aggression.declaration.wizard")
        return model.with_context(default_incident_id=self.incident.id)

    def test_an_empty_declaration(self):
        with self.assertRaisesRegex(UserError, "Write down what is declared"):
            self.declare(agrees=True, text="  ")
        self.assertFalse(self.person.consent_ids, "nothing is half saved")

    def test_of_two_people_hit(self):
        """C5: neither reads the other's declaration, nor drafts it."""
        other = self.report(hit="alderman").affected_ids
        with self.assertRaises(AccessError):
            self.env["aggression.declaration"].with_user(self.users["councillor"])._draft(
                other, "Words."
            )


@freeze_time("2026-03-06 22:10:00")
class TestProtection(ProtocolCase):
    """D7: what protects somebody is kept apart from everything else."""

    def setUp(self):
        super().setUp()
        self.incident = self.report()

    def protect(self, by="coordinator", **values):
        model = self.model_as(by, "aggression.protection.wizard")
        screen = Form(model.with_context(default_incident_id=self.incident.id))
        screen.authority_id = self.protocol.authority_ids[:1]
        screen.text = "A camera at the door."
        for name, value in values.items():
            screen[name] = value
        screen.save().action_save()
        return self.env["aggression.protection"].search([])

    def test_most_restricted_of_all(self):
        """D7: the person and who recorded it; for the clerk and the mayor it is not there."""
        protection = self.protect()
        for login in ("councillor", "coordinator"):
            self.assertEqual(self.as_user(login, protection).text, "A camera at the door.")
        for login in ("clerk", "mayor", "other_councillor", "administrator"):
            with self.subTest(login=login), self.assertRaises(AccessError):
                self.as_user(login, protection).read(["authority_id"])
        for login in ("clerk", "mayor"):
            seen = self.as_user(login, self.incident)
            self.assertFalse(seen.protection_ids)
            self.assertNotIn("protector", seen.team_ids.mapped("role"))
            self.assertFalse(seen.entry_ids.filtered(lambda entry: "camera" in (entry.text or "")))

    def test_who_records_it(self):
        """D7: who does not handle the case cannot, the mayor who decides on measures neither."""
        for login in ("mayor", "councillor", "other_councillor"):
            with self.subTest(login=login), self.assertRaises(AccessError):
                self.as_user(login, self.incident).action_protect()

    def test_with_the_role_it_ends(self):
        """C5: whoever leaves the role in which they recorded it reads it no more."""
        protection = self.protect()
        self.role("aggression_coordinator").assignment_ids.date_to = "2026-03-05"
        with self.assertRaises(AccessError):
            self.as_user("coordinator", protection).read(["text"])

    def test_dates(self):
        with self.assertRaisesRegex(Exception, "aggression_protection_ends_after"):
            self.protect(decided_on=date(2026, 3, 6), until=date(2026, 3, 5))
