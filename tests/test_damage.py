from datetime import date

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, freeze_time

from .damaged import FILE, DamageCase
from .measured import NOON


@freeze_time(NOON)
class TestDamage(DamageCase):
    """What somebody lost, and having it reimbursed on request."""

    def test_reimbursed_on_request(self):
        """D12: asked by the person, decided on by the secretary, paid with a reference."""
        damage = self.damage(receipt=FILE, filename="receipt.png")
        self.assertEqual((damage.state, damage.amount, len(damage.receipt_ids)), ("asked", 389, 1))
        duty = self.duties(self.incident, "decide_reimbursement")
        self.assertEqual((duty.user_id.login, duty.damage_id), ("secretary", damage))
        self.decide_on_damage(damage, 389.0)
        self.assertEqual((damage.state, duty.state), ("granted", "done"))
        duty = self.duties(self.incident, "pay_reimbursement")
        self.assertEqual(duty.user_id.login, "coordinator")
        self.pay(damage)
        self.assertEqual((damage.state, damage.paid_on), ("paid", date(2026, 3, 9)))
        self.assertEqual((damage.payment_reference, duty.state), ("2026-0042", "done"))
        self.assertLessEqual(
            {"damage", "reimbursement_asked", "reimbursement_decided", "reimbursed"},
            set(self.incident.entry_ids.mapped("kind")),
        )

    def test_on_behalf_of_the_person(self):
        """D12: who handles the case writes it down for somebody; its duty is done by it."""
        case = self.classified("pushing")
        damage = self.damage(by="coordinator", incident=case)
        self.assertEqual((damage.state, damage.affected_id), ("asked", case.affected_ids))
        self.assertEqual(damage.asked_by_id.login, "coordinator")
        self.assertEqual(self.duties(case, "reimbursement").state, "done")

    def test_nobody_has_damage(self):
        """D12: the question was asked; that there is nothing stands in the timeline."""
        case = self.classified("pushing")
        self.take("coordinator", case, "action_note_damage", "action_none")
        self.assertEqual(self.duties(case, "reimbursement").state, "done")
        with self.assertRaises(AccessError):
            self.take("councillor", case, "action_note_damage", "action_none")

    def test_in_part_and_not_at_all(self):
        """D12: with a reason, that the person reads; who was refused can ask again."""
        damage = self.damage()
        for granted in (300.0, 0.0):
            with self.assertRaisesRegex(UserError, "Say why not all"):
                self.decide_on_damage(damage, granted)
        self.decide_on_damage(damage, 0.0, reason="There is no receipt.")
        self.assertEqual(self.as_user("councillor", damage).reason, "There is no receipt.")
        self.assertFalse(self.duties(self.incident, "pay_reimbursement"))
        self.as_user("councillor", damage).action_add_receipt()
        self.take("councillor", damage, "action_add_receipt", "action_save", receipt=FILE)
        self.as_user("councillor", damage).action_ask()
        self.assertEqual((damage.state, damage.reason, damage.granted), ("asked", False, 0))
        self.decide_on_damage(damage, 300.0, reason="The rest was old.")
        self.assertEqual((damage.state, damage.granted), ("granted", 300))

    def test_who_decides(self):
        """D12: who does by the protocol, never the person themself; it is data."""
        damage = self.damage()
        for login in ("coordinator", "mayor", "clerk"):
            with self.subTest(login), self.assertRaisesRegex(AccessError, "Somebody else decides"):
                self.decide_on_damage(damage, 389.0, by=login)
        for login in ("councillor", "other_councillor", "deputy", "administrator"):
            with self.subTest(login), self.assertRaises(AccessError):
                self.decide_on_damage(damage, 389.0, by=login)
        self.assertTrue(self.as_user("secretary", damage).can_decide)
        self.assertFalse(self.as_user("clerk", damage).can_decide)
        kind = self.protocol.duty_type_ids.filtered(lambda kind: kind.fulfilment == "reimburse")
        kind.role_id = self.role("council_clerk")
        self.decide_on_damage(damage, 389.0, by="clerk")
        self.assertEqual(damage.decided_by_id.login, "clerk")

    def test_the_secretary_was_hit(self):
        """D12: then the substitute decides, and the secretary cannot."""
        self.line("deputy_secretary", "uninvolved")
        case = self.classified("threat", hit="secretary", office="civil_servant")
        damage = self.damage(by="secretary", incident=case)
        duty = self.duties(case, "decide_reimbursement")
        self.assertEqual(duty.user_id.login, "uninvolved")
        with self.assertRaises(AccessError):
            self.decide_on_damage(damage, 389.0)
        self.decide_on_damage(damage, 389.0, by="uninvolved")

    def line(self, code, login):
        self.env["aggression.role.assignment"].create(
            {
                "role_id": self.role(code).id,
                "user_id": self.users[login].id,
                "date_from": "2020-01-01",
            }
        )

    def test_of_two_people_hit(self):
        """D12, C5: neither reads of the other's damage, receipt or what was decided on it."""
        case = self.two_people_hit()
        mine = self.damage(incident=case, receipt=FILE)
        theirs = self.damage(12.5, by="alderman", incident=case)
        for login, own, other in (("councillor", mine, theirs), ("alderman", theirs, mine)):
            seen = self.as_user(login, own)
            self.assertEqual(seen.search([]), own)
            self.assertEqual(seen.incident_id.damage_in_words, own._totals(own.browse()))
            for step in ("action_ask", "action_withdraw", "action_add_receipt"):
                with self.assertRaises(AccessError):
                    getattr(self.as_user(login, other), step)()
        self.assertFalse(self.model_as("alderman", "aggression.damage.receipt").search([]))
        with self.assertRaises(AccessError):
            self.damage(by="alderman", incident=case, affected_id=mine.affected_id.id)
        self.assertEqual(len(self.as_user("coordinator", case).damage_ids), 2)

    def test_of_the_municipality(self):
        """D2: written down by who handles the case; nothing to reimburse; not for who was hit."""
        damage = self.damage(80.0, by="coordinator", of_municipality=True)
        self.assertEqual((damage.state, damage.affected_id.id), ("noted", False))
        self.assertEqual(self.as_user("coordinator", damage).person, "The municipality")
        with self.assertRaisesRegex(UserError, "what a person lost"):
            self.as_user("coordinator", damage).action_ask()
        with self.assertRaises(AccessError):
            self.as_user("councillor", damage).read(["amount"])
        with self.assertRaises(AccessError):
            self.damage(80.0, of_municipality=True)

    def test_what_is_no_damage(self):
        """D12: an amount of at least a cent, and in words what it is."""
        for amount in (0.0, -5.0, 1e12):
            with self.subTest(amount), self.assertRaisesRegex(UserError, "at least one cent"):
                self.damage(amount)
        with self.assertRaisesRegex(UserError, "Say what was damaged"):
            self.damage(what=" ")
        self.assertFalse(self.incident.damage_ids, "nothing is half saved")

    def test_paid_after_it_was_decided(self):
        """D12: not before, not in future, not twice, not without a reference."""
        damage = self.damage()
        with self.assertRaisesRegex(UserError, "after it was decided"):
            self.pay(damage)
        self.decide_on_damage(damage, 389.0)
        for day in ("2026-03-08", "2026-03-10", False):
            with self.assertRaisesRegex(UserError, "not in future"):
                self.pay(damage, day)
        with self.assertRaisesRegex(UserError, "reference of the payment"):
            self.pay(damage, reference=" ")
        self.pay(damage)
        with self.assertRaisesRegex(UserError, "in the meantime"):
            self.pay(damage)

    def test_withdrawn(self):
        """D12: what is no longer asked counts no more; what was claimed from the causer stays."""
        damage = self.damage()
        self.as_user("councillor", damage).action_withdraw()
        self.assertEqual(self.duties(self.incident, "decide_reimbursement").state, "lapsed")
        seen = self.as_user("coordinator", self.incident)
        self.assertFalse(seen._damage_lines(seen.affected_ids))
        self.assertFalse(self.incident.claim_ids.amount)
        other = self.damage(20.0)
        self.claim()
        with self.assertRaisesRegex(UserError, "claimed from the causer already"):
            self.as_user("councillor", other).action_withdraw()

    def test_the_door_to_it(self):
        """Z10: from the checklist to the damage: first to the screen, then to what stands there."""
        for login in ("councillor", "coordinator", "mayor"):
            action = self.as_user(login, self.incident).action_damage()
            self.assertEqual(action["res_model"], "aggression.damage.wizard")
        damage = self.damage()
        for login in ("councillor", "coordinator", "mayor"):
            action = self.as_user(login, self.incident).action_damage()
            found = self.model_as(login, action["res_model"]).search(action["domain"])
            self.assertEqual(found, damage)
        for login in ("other_councillor", "uninvolved", "administrator"):
            with self.subTest(login), self.assertRaises(AccessError):
                self.as_user(login, self.incident).action_damage()
        seen = self.as_user("councillor", self.incident)
        self.assertEqual(seen._damage_lines(seen.affected_ids), [("Glasses", 389.0)])

    def test_the_screen(self):
        """D12: one's own without choosing whom; a handler chooses, and can say: ourselves."""
        screens = self.model_as("councillor", "aggression.damage.wizard")
        with Form(screens.with_context(default_incident_id=self.incident.id)) as screen:
            self.assertTrue(screen.is_own)
            screen.what, screen.amount = "A coat", 59.95
        screens = self.model_as("coordinator", "aggression.damage.wizard")
        with Form(screens.with_context(default_incident_id=self.incident.id)) as screen:
            self.assertEqual(screen.affected_id, self.incident.affected_ids)
            screen.of_municipality = True
            screen.what, screen.amount = "A door", 100.0

    def test_totals_of_a_year(self):
        """D2, D12: by the year of the report, in the municipality's own calendar."""
        damage = self.damage()
        self.decide_on_damage(damage, 300.0, reason="The rest was old.")
        self.pay(damage)
        cases = self.env["aggression.incident"]
        self.assertEqual(cases._damage_of_year(self.protocol, 2026), (38900, 30000, 0))
        self.assertEqual(cases._damage_of_year(self.protocol, 2025), (0, 0, 0))
        # half past midnight on New Year's Day
        self.incident._unlocked().write(
            {"occurred_at": "2025-12-31 23:00:00", "reported_at": "2025-12-31 23:30:00"}
        )
        self.assertEqual(cases._damage_of_year(self.protocol, 2026).damage, 38900)
