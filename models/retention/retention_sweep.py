from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

from ..case.incident import CLOSED
from ..privacy.access import DECIDER, HANDLER

BATCH = 200


class Retention(models.Model):
    """Every day each closed case is looked at: a measure or a hold may have ended by itself.

    Promise: found by its state and kept batch by batch, so that a run that is killed goes on where
    it was; who must hear of a destruction hears it once, and in time to stop it.
    """

    _inherit = "aggression.retention"

    @api.model
    def _cron_watch(self):
        """Look at what is closed, warn, and put what is due on a list to be signed."""
        progress = self.env["ir.cron"]._commit_progress
        incidents = self.env["aggression.incident"]
        unseen = self._unseen_domain()
        progress(remaining=incidents.search_count(unseen))
        while batch := incidents.search(unseen, limit=BATCH, order="id"):
            locked = batch.try_lock_for_update().filtered_domain(unseen)
            self._refresh(locked)._warn()
            if not progress(len(locked)):
                return
            if not locked:
                break  # somebody is writing in all that is left: tomorrow again
        closed = Domain("state", "=", CLOSED)
        for [company] in incidents._read_group(closed, ["company_id"]):
            self.env["aggression.retention.run"]._propose(company)

    @api.model
    def _unseen_domain(self):
        seen = Domain("looked_on", ">=", fields.Date.today())
        return Domain("state", "=", CLOSED) & ~Domain("retention_ids", "any", seen)

    def _warn(self):
        """Tell those whom the protocol names that these cases will be destroyed, if it is time."""
        warned = self.filtered(lambda row: row._is_to_be_told())
        for protocol, rows in warned.grouped(lambda row: row.incident_id.protocol_id).items():
            for row in rows:
                row._unlocked().write(
                    {"warned_on": protocol._today(), "warned_for": row.destroy_due_on}
                )
        self.env["aggression.notice"]._about_destruction(
            [(row.incident_id, row._who_is_told(), row.destroy_due_on) for row in warned]
        )

    def _is_to_be_told(self):
        protocol = self.incident_id.protocol_id
        ahead = timedelta(days=protocol.destruction_notice_days)
        day = self.destroy_due_on
        return bool(day) and day != self.warned_for and day - ahead <= protocol._today()

    def _who_is_told(self):
        """Return the ids of the users to tell: nobody gets to know a case by its end."""
        incident = self.incident_id
        parts = incident.access_ids.filtered(lambda row: row.role in (HANDLER, DECIDER))
        named = {
            user_id
            for role in incident.protocol_id.destruction_role_ids
            for user_id in incident._answering_ids(role.id)
        }
        return sorted(named.intersection(parts.user_id.ids) or parts.user_id.ids)


class Incident(models.Model):
    _inherit = "aggression.incident"

    retention_ids = fields.One2many("aggression.retention", "incident_id", groups=".")
