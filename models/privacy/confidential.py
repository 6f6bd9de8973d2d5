from odoo import models
from odoo.exceptions import AccessError

from .access_through import AccessThrough
from .asker import REFUSED


class Confidential(models.AbstractModel):
    """A record of a case.

    Promise: its name is the case's reference and nothing more; it enters by the protocol's own
    steps; it is deleted by nobody; reading it leaves a trace (C5).
    """

    _name = "aggression.confidential"
    _description = "Record of a case"
    _inherit = "aggression.logged"
    _rec_name = "incident_id"

    incident_id = AccessThrough(
        "aggression.incident",
        "Case",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )

    _traced = ("incident_id",)

    def _cases_read(self):
        return {
            record.id: (record.incident_id.id, record._about_one().id or None)
            for record in self.sudo()
        }

    def _about_one(self):
        """Return the one person hit whom this is about; empty when it is about the whole case."""
        return self.env["aggression.affected.person"]

    def _require(self, *roles):
        """Raise AccessError unless the user has one of these roles in every case of ``self``.

        Superuser mode is no excuse: it is the person behind the call who is looked at.
        """
        if not self.incident_id._has_role(*roles):
            self._note_reading(REFUSED)
            raise AccessError(self._no_role_sentence())

    def _no_role_sentence(self):
        return self.env._("You have no task in this case that allows this.")
