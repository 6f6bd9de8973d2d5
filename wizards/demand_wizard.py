from odoo import fields, models

from ..models.privacy.access import DECIDER, HANDLER
from ..models.privacy.sealing import SealedChar


class DemandWizard(models.TransientModel):
    """Record that somebody was told to leave, and whether they did (A5).

    Who said it need not have an account; the name of whoever fills this in stands there to begin
    with.
    """

    _name = "aggression.demand.wizard"
    _description = "Told to leave"
    _inherit = "aggression.case.wizard"
    _parts = (HANDLER, DECIDER)

    at = fields.Datetime("When", required=True, default=lambda self: fields.Datetime.now())
    by_name = SealedChar("By whom", required=True, default=lambda self: self.env.user.name)
    where = SealedChar()

    def action_refused(self):
        """Record that they refused."""
        return self._record(refused=True)

    def action_left(self):
        """Record that they left."""
        return self._record(refused=False)

    def _record(self, refused):
        self._require_case()
        said = {name: self[name] for name in ("at", "by_name", "where")}
        self.env["aggression.demand"]._record(self.incident_id, {**said, "refused": refused})
        return self._finish(self.sudo().incident_id)


class Incident(models.Model):
    _inherit = "aggression.incident"

    def action_told_to_leave(self):
        """Open the screen for a demand to leave."""
        self.ensure_one()
        self._require(HANDLER, DECIDER)
        return self._action_wizard("aggression.demand.wizard", self.env._("Told to leave"))
