from odoo import api, models
from odoo.fields import Domain

from ..privacy.access import PROTECTOR


class Protection(models.Model):
    """Protection is looked at again on its day, by who keeps it and nobody else (D7).

    Promise: no duty in the case tells of it, as everybody who handles the case reads those. Who
    keeps it gets a notice without content, once for each day it was to be looked at.
    """

    _inherit = "aggression.protection"

    @api.model
    def _to_review(self, day):
        """Return what runs and was to be looked at on or before ``day``, in superuser mode."""
        return self.sudo().search(
            Domain("ended_on", "=", False) & Domain("review_on", "<=", day), order="review_on, id"
        )

    @api.model
    def _cron_review(self):
        """Tell who keeps protection that it is to be looked at; found by state, told once."""
        today = self.env["aggression.role"]._today(self.env.company)
        self.env["aggression.notice"]._about_protection(self._to_review(today))


class Notice(models.Model):
    _inherit = "aggression.notice"

    @api.model
    def _about_protection(self, protections):
        """Tell who keeps these, and nobody else, that something is to be looked at.

        :param aggression.protection protections: in superuser mode
        """
        self._queue(
            {
                "key": f"{PROTECTOR}/{one.id}/{one.keeper_id.id}/{one.review_on:%Y%m%d}",
                "user_id": one.keeper_id.id,
                "about": one.incident_id,
                "kind": "reminder",
            }
            for one in protections
            if one._keeper()
        )
