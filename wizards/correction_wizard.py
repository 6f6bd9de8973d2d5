from odoo import api, fields, models

from ..models.privacy.access import HANDLER
from ..models.privacy.sealing import SealedText


class CorrectionWizard(models.TransientModel):
    """Correct when something happened or was reported.

    Promise: the terms that count from it move along at once, the timeline says which, and what a
    person hit was promised comes no later unless they agree (Z6 to Z8).
    """

    _name = "aggression.correction.wizard"
    _description = "Correct a fact"
    _inherit = "aggression.case.wizard"
    _parts = (HANDLER,)

    occurred_at = fields.Datetime(
        "When did it happen",
        required=True,
        compute="_compute_facts",
        compute_sudo=False,
        store=True,
        readonly=False,
        precompute=True,
    )
    reported_at = fields.Datetime(
        "When was it reported",
        required=True,
        compute="_compute_facts",
        compute_sudo=False,
        store=True,
        readonly=False,
        precompute=True,
    )
    agreed = fields.Boolean(
        "Whoever was promised a talk agrees that it comes later",
        help="Without this a talk is never later than was promised.",
    )
    reason = SealedText("How you know", required=True)

    @api.depends("incident_id")
    def _compute_facts(self):
        for wizard in self:
            wizard.occurred_at = wizard.incident_id.occurred_at
            wizard.reported_at = wizard.incident_id.reported_at

    def action_correct(self):
        """Correct the facts and show the case, with its terms as they are now."""
        self._require_case()
        facts = {name: self[name] for name in ("occurred_at", "reported_at")}
        self.incident_id._correct(facts, self.reason, self.agreed)
        return self._finish(self.sudo().incident_id)


class Incident(models.Model):
    _inherit = "aggression.incident"

    def action_correct(self):
        """Open the screen for correcting when it happened or was reported."""
        self.ensure_one()
        self._require(HANDLER)
        return self._action_wizard("aggression.correction.wizard", self.env._("Correct a fact"))
