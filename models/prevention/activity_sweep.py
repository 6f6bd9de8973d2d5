from odoo import api, fields, models

from ...rules.prevention import ON_REQUEST, due_on, round_of
from ..privacy.notice import PREVENTION
from .activity import DUE, PLANNED


class PreventionActivity(models.Model):
    """What comes back is put on the list, and who organises hears what is overdue (V4, V5)."""

    _inherit = "aggression.prevention.activity"

    @api.model
    def _cron_come_round(self):
        """Put on the list what the present period and year ask for, and tell what is overdue.

        Looks at what is there, not at when it ran last: it can be missed, and run twice.
        """
        for protocol in self.env["aggression.protocol"].search([("state", "=", "in_force")]):
            self._come_round(protocol)
            self._tell_overdue(protocol)

    @api.model
    def _come_round(self, protocol):
        today = protocol._today()
        for kind in protocol.prevention_kind_ids.filtered(lambda one: one.cadence != ON_REQUEST):
            begun = round_of(kind.cadence, today, protocol.council_period_from or None)
            if begun and not self._of_round(protocol.company_id, kind, begun):
                self._unlocked().create(
                    {
                        "company_id": protocol.company_id.id,
                        "kind_id": kind.id,
                        "round_from": begun,
                        "due_on": due_on(kind.cadence, begun, kind.weeks),
                    }
                )

    @api.model
    def _of_round(self, company, kind, begun):
        """Return what is on the list for this round, also by an earlier version of the protocol."""
        return self.search(
            [
                ("company_id", "=", company.id),
                ("kind_id.cadence", "=", kind.cadence),
                ("kind_id.clause", "=", kind.clause),
                ("round_from", "=", begun),
            ]
        )

    @api.model
    def _tell_overdue(self, protocol):
        today, organisers = protocol._today(), self._organisers(protocol)
        late = self.search(
            [
                ("company_id", "=", protocol.company_id.id),
                ("state", "in", (DUE, PLANNED)),
                ("due_on", "<", fields.Date.to_string(today)),
            ]
        )
        tell = self.env["aggression.notice"]._about_prevention
        for activity in late:
            tell(activity, PREVENTION, organisers, late=True)
