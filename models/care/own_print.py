from odoo import models

from ..common.choices import choice_in_words


class DataSubject(models.AbstractModel):
    """What was written down of somebody's care, on their own print alone (Z2)."""

    _inherit = "aggression.data.subject"

    def _talks(self, person):
        rows = super()._talks(person)
        for care in person._own_care():
            rows += [
                (self.env._("What you wish"), self._own_words(person, care.wish)),
                (self.env._("How the care was"), self._own_words(person, care.verdict_text)),
            ]
            rows += self._referrals(person, care)
        return [(label, words) for label, words in rows if words]

    def _referrals(self, person, care):
        return [
            (
                referral.provider_id.name,
                ". ".join(
                    filter(
                        None,
                        (
                            choice_in_words(referral, "state"),
                            self._own_words(person, referral.reason),
                            self._own_words(person, referral.answer),
                        ),
                    )
                ),
            )
            for referral in care.referral_ids
            if person.user_id == self.env.user
        ]
