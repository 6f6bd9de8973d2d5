from odoo.exceptions import AccessError
from odoo.tests import freeze_time

from .common import ProtocolCase

NIGHT = "2026-03-06 22:10:00"


@freeze_time(NIGHT)
class TestContactLines(ProtocolCase):
    """Whom to call, day and night, and whether the numbers are right."""

    def lines(self, record):
        return record.contact_line_ids.mapped("name")

    def test_shown_to_everybody_on_the_case(self):
        """Z4, Z5: the psychotrauma institute, the confidential line, the support team and 112."""
        incident = self.report()
        for login in ("councillor", "clerk", "mayor"):
            with self.subTest(login=login):
                shown = " ".join(self.lines(self.as_user(login, incident)))
                for name in ("Psychotrauma", "Vertrouwenslijn", "Weerbaar Bestuur", "Emergency"):
                    self.assertIn(name, shown)

    def test_shown_with_the_care(self):
        """Z4, Z5: to the person hit and to the carer."""
        care = self.report().affected_ids.aftercare_ids
        for login in ("councillor", "mayor"):
            with self.subTest(login=login):
                self.assertIn("112", self.as_user(login, care).contact_line_ids.mapped("phone"))

    def test_of_the_own_version(self):
        """Z4: a case shows the numbers of the protocol under which it was reported."""
        incident = self.report()
        other = self.protocol.copy({"name": "Of next year"})
        other.contact_line_ids[0].name = "Something else"
        self.assertNotIn("Something else", self.lines(self.as_user("clerk", incident)))
        self.assertEqual(incident.contact_line_ids, self.protocol.contact_line_ids)

    def test_not_checked_for_a_year(self):
        """Z4, Z5: never checked or a year ago: the functional manager is warned, and checks."""
        lines = self.as_user("manager", self.protocol).contact_line_ids
        first, second, third = lines[:3]
        self.assertEqual(self.as_user("manager", self.protocol).lines_to_check, len(lines))
        first.checked_on = "2025-03-05"
        second.checked_on = "2025-03-07"
        third.action_checked_today()
        self.assertEqual(str(third.checked_on), "2026-03-06")
        self.assertEqual(lines[:3].mapped("to_check"), [True, False, False])
        found = lines.search([("to_check", "=", True)])
        self.assertEqual(lines - found, second | third)
        self.assertEqual(lines.search([("to_check", "=", False)]) & lines, second | third)
        self.assertEqual(self.as_user("manager", self.protocol).lines_to_check, len(lines) - 2)
        found.action_checked_today()
        self.assertEqual(self.as_user("manager", self.protocol).lines_to_check, 0)

    def test_who_checks(self):
        """Z4: nobody but who keeps the protocol records that a number is right."""
        for login in ("clerk", "mayor", "councillor", "administrator"):
            with self.subTest(login=login), self.assertRaises(AccessError):
                self.as_user(login, self.protocol.contact_line_ids).action_checked_today()
