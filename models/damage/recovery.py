from odoo import models

from .claim import CLAIMED, TO_CLAIM, WRITTEN_OFF


class Incident(models.Model):
    """Claims are opened by themselves, as soon as a causer is known (D2).

    Promise: whichever comes last opens the claim: the damage, the classification, or the name of
    the causer. While the causer is unknown there is none, and for emotion there is none.
    """

    _inherit = "aggression.incident"

    def _open_claims(self):
        """Open a claim on each known causer of these cases, where there is something to recover.

        Doing it twice changes nothing.
        """
        for case in self.sudo():
            waiting = case.claim_ids.filtered(lambda claim: claim.state == TO_CLAIM)
            causers = case.causer_ids._known() - waiting.causer_id
            if case.outcome == "aggression" and causers and case._has_to_recover():
                case._stand_in_line()
                claims = (
                    self.env["aggression.damage.claim"]
                    .sudo()
                    ._unlocked()
                    .create([{"incident_id": case.id, "causer_id": one.id} for one in causers])
                )
                case._log("claim_opened")
                case._raise_claiming(claims)

    def _has_to_recover(self):
        """Tell whether damage waits to be claimed, or has to be looked for by the protocol."""
        if any(self._unclaimed()):
            return True
        return not self.claim_ids and bool(self._duties_to_claim())

    def _duties_to_claim(self):
        return self.duty_ids.filtered(
            lambda duty: (
                duty.state == "open" and duty.type_id.fulfilment == "claim" and not duty.claim_id
            )
        )

    def _raise_claiming(self, claims):
        """Give each of these claims the duty that there is already, or raise one."""
        duties, book = self.env["aggression.duty"].sudo(), self.protocol_id._playbook()
        rules = [rule for rule in book.duty_by_id.values() if rule.fulfilment == "claim"]
        there = list(self._duties_to_claim())
        for claim in claims:
            if there:
                there.pop(0)._unlocked().claim_id = claim
            else:
                duties._raise_rules_about(claim, rules[:1])

    def _register_assessment(self, assessment, reason):
        result = super()._register_assessment(assessment, reason)
        self._open_claims()
        return result

    def _causer_became_known(self):
        result = super()._causer_became_known()
        self._open_claims()
        return result

    def _close_as_emotion(self, reason):
        """Give up the claims too: for emotion no file of a causer is kept, so nobody is asked."""
        running = self.claim_ids.filtered(lambda claim: claim.state in (TO_CLAIM, CLAIMED))
        day = self.protocol_id._today()
        running._move(WRITTEN_OFF, closed_on=day, reason=reason)
        return super()._close_as_emotion(reason)


class Causer(models.Model):
    _inherit = "aggression.causer"

    def _take_over(self, incident, earlier):
        """Let what is claimed from the one be claimed from the other, who are the same."""
        claims = incident.sudo().claim_ids.filtered(lambda claim: claim.causer_id == self)
        claims._unlocked().causer_id = earlier
        return super()._take_over(incident, earlier)
