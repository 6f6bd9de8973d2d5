from odoo import models

from ..common.choices import choice_in_words


class DataSubject(models.AbstractModel):
    """What somebody agreed to, and what police and prosecutor do, on their own print alone (D3)."""

    _inherit = "aggression.data.subject"

    def _on_own_print(self, person):
        followed = self.env["aggression.prosecution"].sudo()
        return [
            *super()._on_own_print(person),
            *(
                line
                for prosecution in followed.search([("affected_id", "=", person.id)])
                for line in prosecution._lines()
            ),
            *((choice_in_words(one, "purpose"), self._answer(one)) for one in person.consent_ids),
        ]

    def _answer(self, consent):
        answer, given = choice_in_words(consent, "answer"), self._moment(consent.given_at)
        if not consent.withdrawn_at:
            return f"{answer} ({given})"
        until = self._moment(consent.withdrawn_at)
        return self.env._(
            "%(answer)s (%(given)s), taken back on %(until)s",
            answer=answer,
            given=given,
            until=until,
        )
