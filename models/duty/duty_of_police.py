from odoo import api, models

from ..decision.measure import NOT_WANTED
from ..police.complaint import COMPLAIN
from .duty import DONE, WAIVED


class Duty(models.Model):
    """Duties that a step towards the police fulfils: declaring, notifying, complaining (D1, H8).

    Promise: they are done by that step, or not needed because everybody who was hit said so.
    """

    _inherit = "aggression.duty"

    @api.model
    def _settle_police(self, incident, fulfilment, done):
        """Settle the open duties of a case that this step answers, and the measures they carry.

        :param bool done: else they are not needed: nobody who was hit wants it
        """
        duties = self._waiting_for(incident, fulfilment)
        measures = duties.filtered(lambda duty: duty._carries_out()).measure_id
        if done:
            duties._settle(DONE)
            measures._carry_out()
        else:
            duties._settle(WAIVED, note=self.env._("No declaration is wanted."))
            measures._end_what_stands(NOT_WANTED)

    def _open_declare(self):
        return self.incident_id.action_declare()

    def _open_notify(self):
        return self.incident_id.action_notify_police()

    def _open_complain(self):
        return self.incident_id.action_declare()

    def _open_joint(self):
        return self.incident_id.action_decide_together()


class Incident(models.Model):
    _inherit = "aggression.incident"

    def _window(self, rule, at, measure=None):
        """Let help with a complaint be due no later than the last day for it by law."""
        opens, ends = super()._window(rule, at, measure)
        if rule.fulfilment == COMPLAIN and (over := self._complaints_over()):
            ends = min(ends, over)
        return opens, ends
