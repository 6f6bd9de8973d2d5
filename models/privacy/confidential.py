from odoo import fields, models
from odoo.exceptions import AccessError


class Confidential(models.AbstractModel):
    """A record of a case.

    Promise: its name is the case's reference and nothing more; it enters by the protocol's own
    steps; it is deleted by nobody (C5).
    """

    _name = "aggression.confidential"
    _description = "Record of a case"
    _inherit = "aggression.guarded"
    _rec_name = "incident_id"

    incident_id = fields.Many2one(
        "aggression.incident",
        "Case",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )

    def _require(self, *roles):
        """Raise AccessError unless the user has one of these roles in every case of ``self``.

        Superuser mode is no excuse: it is the person behind the call who is looked at.
        """
        if not self.incident_id._has_role(*roles):
            raise AccessError(self._no_role_sentence())

    def _no_role_sentence(self):
        return self.env._("You have no task in this case that allows this.")
