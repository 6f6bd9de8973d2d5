from datetime import date
from typing import NamedTuple

from odoo import api, fields, models
from odoo.fields import Domain

from ...rules import money
from ..privacy.access import DECIDER, HANDLER, PERSON_HIT
from .damage import PAID, WITHDRAWN


class Totals(NamedTuple):
    """Amounts in cents: what was lost, what was paid to people, what came in from causers."""

    damage: int
    reimbursed: int
    recovered: int


class Incident(models.Model):
    """What the damage of a case comes to, for who may see it (D2, D12, Z10)."""

    _inherit = "aggression.incident"

    damage_in_words = fields.Char("Damage", compute="_compute_damage_in_words")

    @api.depends("damage_ids.amount", "damage_ids.state", "claim_ids.payment_ids.amount")
    @api.depends_context("uid", "lang")
    def _compute_damage_in_words(self):
        """Say what the damage comes to, as far as the user may see it."""
        damage = self.env["aggression.damage"]
        seen = damage._of(self)
        paid = self.env["aggression.damage.payment"]
        if seen and paid.has_access("read"):
            paid = paid.search([("incident_id", "in", self.ids)])
        by_case, paid_by_case = seen.grouped("incident_id"), paid.grouped("incident_id")
        for incident in self:
            mine = by_case.get(incident, damage)
            theirs = paid_by_case.get(incident, paid.browse())
            incident.damage_in_words = mine and mine._totals(theirs)

    def _damage_lines(self, person):
        """Return (what, amount in euros) of the damage of a person hit and of the municipality.

        As far as the user may see it; of others who were hit nothing.
        """
        self.ensure_one()
        damage = self.env["aggression.damage"]._of(self)
        own = damage.filtered(lambda one: not one.affected_id or one.affected_id == person)
        return [(one.what, one.amount) for one in own]

    @api.model
    def _damage_of_year(self, protocol, year):
        """Return the :class:`Totals` of the cases of a municipality that were reported in a year.

        For code that leaves out what is below the publication threshold: these are bare figures.
        """
        begin, end = (protocol._midnight(date(first, 1, 1)) for first in (year, year + 1))
        domain = (
            Domain("company_id", "=", protocol.company_id.id)
            & Domain("reported_at", ">=", begin)
            & Domain("reported_at", "<", end)
        )
        return self.sudo().search(domain)._damage_totals()

    def _damage_totals(self):
        """Return the :class:`Totals` of these cases, in superuser mode."""
        damage = self.damage_ids.filtered(lambda one: one.state != WITHDRAWN)
        return Totals(
            damage=damage._cents("amount"),
            reimbursed=damage.filtered(lambda one: one.state == PAID)._cents("granted"),
            recovered=self.claim_ids.payment_ids._cents("amount"),
        )

    def action_damage(self):
        """Show the damage of this case: one's own to who was hit, all of it to who handles it.

        Where nothing was written down yet, it opens the screen on which that is done.

        The door from a checklist, a page or a letter (Z10).

        :raises AccessError: for who has no such part in the case
        """
        self.ensure_one()
        self._require(PERSON_HIT, HANDLER, DECIDER)
        if not self.env["aggression.damage"]._of(self):
            return self.action_note_damage()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Damage"),
            "res_model": "aggression.damage",
            "views": [(False, "list"), (False, "form")],
            "domain": [("incident_id", "=", self.id)],
        }


class Damage(models.Model):
    _inherit = "aggression.damage"

    recovered = fields.Monetary(compute="_compute_recovered")

    @api.depends("amount", "state", "incident_id.claim_ids.payment_ids.amount")
    @api.depends_context("uid")
    def _compute_recovered(self):
        """Say what came in for each damage, the oldest first, to who may see the payments."""
        payments = self.env["aggression.damage.payment"]
        may_read = payments.has_access("read")
        for case, damage in self.grouped("incident_id").items():
            paid = payments.search([("incident_id", "=", case.id)]) if may_read else payments
            items = self._of(case)
            owed = [one._cents("amount") for one in items]
            parts = money.allocate(paid._cents("amount"), owed)
            by_item = dict(zip(items.ids, parts, strict=True))
            for one in damage:
                one.recovered = money.euros(by_item.get(one._origin.id, 0))

    def _totals(self, payments):
        """Say in one sentence what these come to and what of it was paid."""
        reimbursed = self.filtered(lambda one: one.state == PAID)._cents("granted")
        parts = [self.env._("Damage: %(amount)s", amount=self._in_words(self._cents("amount")))]
        if reimbursed:
            parts.append(self.env._("reimbursed: %(amount)s", amount=self._in_words(reimbursed)))
        if recovered := payments._cents("amount"):
            parts.append(self.env._("recovered: %(amount)s", amount=self._in_words(recovered)))
        return ", ".join(parts)
