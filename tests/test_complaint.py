from datetime import date

from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time

from .declaring import PAPER, DeclarationCase


@freeze_time("2026-09-14 09:00:00")
class TestComplaint(DeclarationCase):
    """D1: stalking is prosecuted only when the person hit asks for it themself."""

    def setUp(self):
        super().setUp()
        when = {"occurred_at": "2026-09-11 17:00:00", "reported_at": "2026-09-12 06:00:00"}
        self.stalked = self.classify(self.report(**when), "stalking")

    def test_the_term(self):
        """D1: three months by law, and the duty no later than that, whatever the protocol says."""
        declaration = self.declare(incident=self.stalked, agrees=True)
        self.assertEqual(declaration.complaint_last_day, date(2026, 12, 11))
        duty = self.duties(self.stalked, "complaint")
        self.assertEqual(str(duty.due_at), "2026-12-04 18:00:00")
        stalking = self.protocol.offence_ids.filtered(lambda one: one.code == "stalking")
        stalking.complaint_months = 1
        when = {"occurred_at": "2026-09-11 17:00:00", "reported_at": "2026-09-12 06:00:00"}
        later = self.classify(self.report(**when), "stalking")
        self.assertEqual(str(self.duties(later, "complaint").due_at), "2026-10-11 22:00:00")

    def test_no_filing_without(self):
        declaration = self.declare(incident=self.stalked, agrees=True)
        with self.assertRaisesRegex(UserError, "Stalking is prosecuted only when"):
            self.file(declaration)
        self.declare(incident=self.stalked, agrees=True, complaint_given_on="2026-09-14")
        self.assertEqual(declaration.complaint_given_on, date(2026, 9, 14))
        self.assertEqual(self.duties(self.stalked, "complaint").state, "done")
        self.file(declaration)
        self.assertEqual(declaration.state, "filed")

    def test_nobody_complains_for_another(self):
        declaration = self.declare(incident=self.stalked, agrees=True)
        for login in ("clerk", "order_officer", "other_councillor"):
            with self.subTest(login=login), self.assertRaises(AccessError):
                self.as_user(login, declaration)._complain(date(2026, 9, 14))

    def test_too_late(self):
        declaration = self.declare(incident=self.stalked, agrees=True)
        self.at("2026-12-12")
        with self.assertRaisesRegex(UserError, "last day to complain was 11-12-2026"):
            self.as_user("councillor", declaration)._complain(date(2026, 12, 12))

    def test_kept_to_oneself(self):
        """D3: without consent the case team learns nothing of it, not by the duty either."""
        self.declare(incident=self.stalked, agrees=False, complaint_given_on="2026-09-14")
        self.assertEqual(self.duties(self.stalked, "complaint").state, "open")
        self.assertNotIn("complained", self.stalked.entry_ids.mapped("kind"))
        self.declare(incident=self.stalked, agrees=True)
        self.assertEqual(self.duties(self.stalked, "complaint").state, "done")

    def test_somebody_without_account(self):
        """D1: the team writes it down, with a signed paper."""
        when = {"occurred_at": "2026-09-11 17:00:00", "reported_at": "2026-09-12 06:00:00"}
        case = self.report(hit="Somebody", office="civil_servant", **when)
        self.classify(case, "stalking")
        with self.assertRaisesRegex(UserError, "Nobody who was hit"):
            self.declare("coordinator", incident=case)
        self.answer(case, by="coordinator", filename="x.pdf", content=PAPER)
        declaration = self.declare("coordinator", incident=case, complaint_given_on="2026-09-14")
        self.assertTrue(declaration.complaint_given_on)
