"""Damage and claims in a case, for the tests of what becomes of them."""

from odoo.fields import Command

from .measured import MeasureCase

FILE = b"QQ=="


class DamageCase(MeasureCase):
    """Every step goes through the screen that it opens, with all that the screen hands on."""

    def damage(self, amount=389.0, by="councillor", incident=None, **values):
        """Write damage down through its own screen; returns it as superuser."""
        incident = incident or self.incident
        known = incident.damage_ids
        values = {"what": "Glasses", "amount": amount, **values}
        self.take(by, incident, "action_note_damage", "action_save", **values)
        incident.invalidate_recordset()
        return incident.damage_ids - known

    def decide_on_damage(self, damage, granted, by="secretary", **values):
        values = {"granted": granted, **values}
        self.take(by, damage, "action_decide_reimbursement", "action_save", **values)

    def pay(self, damage, day="2026-03-09", by="coordinator", reference="2026-0042"):
        values = {"paid_on": day, "payment_reference": reference}
        self.take(by, damage, "action_pay", "action_save", **values)

    def claim(self, claim=None, day="2026-03-09", pay_by="2026-04-08", by="coordinator", **values):
        """Send the claim; returns it."""
        claim = claim or self.incident.claim_ids
        values = {"day": day, "pay_by": pay_by, "pay_to": "NL00BANK0123456789", **values}
        self.take(by, claim, "action_send", "action_save", **values)
        return claim

    def receive(self, claim, amount, day, by="coordinator", **values):
        values = {"amount": amount, "day": day, "pay_by": "2026-12-31", **values}
        self.take(by, claim, "action_receive", "action_save", **values)

    def two_people_hit(self):
        """Return a classified case in which the councillor and the alderman were hit."""
        persons = [Command.create({"user_id": self.users[one].id}) for one in TWO]
        case = self.report(
            person_ids=[Command.clear(), *persons], causer_kind="person", causer_name="J. Jansen"
        )
        return self.classify(case, "threat")


TWO = ("councillor", "alderman")
