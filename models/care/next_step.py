from odoo import api, fields, models

from .aftercare import CLOSED
from .talk import HELD, PLANNED


class Aftercare(models.Model):
    """What the screen of the care says first: what to do now."""

    _inherit = "aggression.aftercare"

    next_step = fields.Char("What to do now", compute="_compute_next_step")
    needs_referral = fields.Boolean(compute="_compute_next_step")
    has_earlier = fields.Boolean(
        "Earlier talks are closed to the carer", compute="_compute_next_step"
    )
    has_planned = fields.Boolean(compute="_compute_next_step")
    offers_again = fields.Boolean(compute="_compute_next_step")

    @api.depends("state", "stagnant_since", "talk_ids.state", "referral_ids.state")
    @api.depends_context("uid", "lang")
    def _compute_next_step(self):
        for care in self:
            states = care.talk_ids.mapped("state")
            care.needs_referral = care._needs_referral()
            care.has_planned = PLANNED in states
            earlier = care.talk_ids.mapped("kept_private") + care.referral_ids.mapped(
                "kept_private"
            )
            care.has_earlier = any(earlier)
            care.offers_again = bool(care.is_mine and care._duties_of("care_declined"))
            care.next_step = care._next_step(states)

    def _next_step(self, states):
        if self.state == CLOSED:
            return self.env._("This care is rounded off. An extra talk can always be planned.")
        if self.is_mine:
            return self._next_for_carer(states)
        return self._next_for_person(states)

    def _next_for_carer(self, states):
        if self.needs_referral:
            return self.env._("Propose professional help, and record the answer.")
        if self.has_planned:
            talk = self.talk_ids.filtered(lambda talk: talk.state == PLANNED)[0]
            return self.env._("Make an appointment for talk %(number)s.", number=talk.number)
        if HELD not in states:
            return self.env._("Everything was declined. Offer the care again later.")
        return self.env._("Ask how the care was, and round it off.")

    def _next_for_person(self, states):
        if self.has_planned:
            return self.env._(
                "%(name)s will talk with you. Each talk is your own choice.",
                name=self.carer_id.name or self.env._("Somebody"),
            )
        return self.env._("No talk is planned. You can ask for one, or say how the care was.")
