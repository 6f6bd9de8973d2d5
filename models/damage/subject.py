from odoo import models
from odoo.tools import format_date

from ..common.choices import choice_in_words
from .damage import WITHDRAWN

# Of what the inspectorate asks, what is about the person hurt.
OF_THE_PERSON = ("victim", "birth_date", "victim_role", "injury", "hospital")


class DataSubject(models.AbstractModel):
    """Damage among what is kept about a person: one's own, and what is claimed from one (C5)."""

    _inherit = "aggression.data.subject"

    def _hit(self, persons):
        rows = super()._hit(persons)
        items = self.env["aggression.damage"].sudo()
        for one in items.search([("affected_id", "in", persons.ids), ("state", "!=", WITHDRAWN)]):
            told = (one._in_words(one._cents("amount")), choice_in_words(one, "state"))
            words = self._own_words(one.affected_id, one.what)
            rows.append((self.env._("Your damage"), ". ".join(filter(None, (*told, words)))))
        return rows + self._told_to_the_inspectorate(persons)

    def _told_to_the_inspectorate(self, persons):
        """Return what the Labour Inspectorate is told; in words on a person's own print alone."""
        notices = self.env["aggression.inspectorate.notice"].sudo()
        rows = []
        for one in notices.search([("affected_id", "in", persons.ids)]):
            own = one.affected_id.user_id == self.env.user
            told = [
                choice_in_words(one, "decision"),
                *(own and one[name] for name in OF_THE_PERSON),
            ]
            label = self.env._("Notice to the Labour Inspectorate")
            rows.append((label, ". ".join(filter(None, told))))
        return rows

    def _sent_and_said(self, case, causers):
        rows = super()._sent_and_said(case, causers)
        for claim in case.claim_ids.filtered(lambda claim: claim.causer_id in causers):
            told = [claim._in_words(claim._cents("amount")), choice_in_words(claim, "state")]
            rows.append((self.env._("Damage that we claim from you"), ". ".join(told)))
            rows += [
                (
                    self.env._("Received from you on %(day)s", day=self._day(payment)),
                    claim._in_words(payment._cents("amount")),
                )
                for payment in claim.payment_ids
            ]
        return rows

    def _day(self, payment):
        return format_date(self.env, payment.received_on)
