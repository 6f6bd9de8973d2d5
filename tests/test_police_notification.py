from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time

from .declaring import DeclarationCase


@freeze_time("2026-03-10 09:00:00")
class TestNotification(DeclarationCase):
    """A8: the municipality notifies, also where it is no offence."""

    def notify(self, by="mayor", text="Threatened online.", **values):
        self.take(by, self.incident, "action_notify_police", "action_notify", text=text, **values)
        return self.env["aggression.declaration"].search([("kind", "=", "notification")])

    def test_without_consent(self):
        """A8: in the words of the municipality; the measure that asked for it is carried out."""
        measure = self.decide_on(self.line("police_notification")).measure_ids
        notification = self.notify()
        self.assertEqual((notification.state, notification.filed_by_id.login), ("filed", "mayor"))
        self.assertFalse(notification.literal_words or notification.who_did_it)
        self.assertEqual(measure.end_reason, "done")
        self.assertEqual(self.duties(self.incident, "declaration").state, "open")
        for login in ("clerk", "councillor"):
            self.assertTrue(self.as_user(login, notification).read(["text"]))

    def test_it_names_nobody(self):
        """A8, D3: the name of the person hit stays out, until they agree."""
        with self.assertRaisesRegex(UserError, "have not agreed"):
            self.notify(text="Threatened: name of COUNCILLOR.")
        self.declare(agrees=True)
        self.assertTrue(self.notify(text="Threatened: Name of councillor."))

    def test_who_notifies(self):
        for login in ("councillor", "uninvolved", "employee"):
            with self.subTest(login=login), self.assertRaises(AccessError):
                self.as_user(login, self.incident).action_notify_police()

    def test_beside_a_declaration(self):
        """A8, A9: each is its own."""
        self.notify()
        declaration = self.declare(agrees=True)
        self.file(declaration)
        self.assertEqual(self.person()._declaration(), declaration)
