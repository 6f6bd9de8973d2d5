from odoo import models

from ..common.choices import choices
from ..police.consent import PURPOSES
from ..police.declaration import DECLARATION


class AffectedPerson(models.Model):
    """What somebody who was hit finds on the portal of their own part in a case.

    Promise: looked up as that person, by the ordinary rules; of another person hit nothing (C5).
    """

    _inherit = "aggression.affected.person"

    def _consents(self):
        """Return [(purpose, label, the standing answer)] of what this person can agree to."""
        labels = choices(self.env["aggression.consent"], "purpose")
        return [
            (purpose, labels[purpose], self._standing_answer(purpose)) for purpose, _ in PURPOSES
        ]

    def _own_declaration(self):
        own = [("affected_id", "=", self.id), ("kind", "=", DECLARATION)]
        return self.env["aggression.declaration"].search(own)

    def _own_briefing(self):
        return self.env["aggression.briefing"].search([("affected_id", "=", self.id)])

    def _own_statements(self):
        """Return what was told to others about this person, once it was told."""
        return self.env["aggression.statement"].search([("affected_id", "=", self.id)])

    def _own_damage(self):
        """Return what this person lost, in the order in which it was written down."""
        return self.env["aggression.damage"].search([("affected_id", "=", self.id)], order="id")

    def _note_damage(self, values, receipts, asks):
        """Write down what this person lost, with its receipts. By them alone (D12).

        :param dict values: what, amount (in euros)
        :param receipts: dicts of filename and content (base64), checked
        :param bool asks: ask at once that it is reimbursed
        :raises UserError: in one sentence; nothing is kept then
        """
        self._require_own()
        damage = self.env["aggression.damage"]._note(self.incident_id, self, values)
        for receipt in receipts:
            damage._add_receipt(receipt)
        if asks:
            damage.action_ask()
