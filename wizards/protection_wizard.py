from odoo import api, fields, models
from odoo.exceptions import UserError

from ..models.police.protection import DECIDERS
from ..models.privacy.access import HANDLER
from ..models.privacy.sealing import SealedText


class ProtectionWizard(models.TransientModel):
    """Record how somebody is protected, as decided outside the municipality (D7)."""

    _name = "aggression.protection.wizard"
    _description = "Record protection"
    _inherit = "aggression.case.wizard"
    _parts = (HANDLER,)

    affected_id = fields.Many2one(
        "aggression.affected.person",
        "Person hit",
        compute="_compute_affected_id",
        compute_sudo=False,
        store=True,
        readonly=False,
        precompute=True,
    )
    person = fields.Char("Who is protected", compute="_compute_person")
    decided_by = fields.Selection(DECIDERS, required=True)
    decided_on = fields.Date(required=True, default=fields.Date.context_today)
    until = fields.Date()
    text = SealedText("What was decided", required=True)

    @api.depends("incident_id")
    def _compute_affected_id(self):
        for wizard in self:
            persons = self.env["aggression.affected.person"]._of(wizard.incident_id)
            wizard.affected_id = persons[:1]

    @api.depends("affected_id")
    def _compute_person(self):
        for wizard in self:
            wizard.person = wizard.affected_id._person_names()

    @api.constrains("affected_id", "incident_id")
    def _check_person(self):
        for wizard in self:
            wizard.affected_id.sudo(False).check_access("read")  # constraints run as superuser

    def action_save(self):
        """Record it; from now on the person and the user behind the call can read it."""
        self._require_case()
        if not self.affected_id:
            raise UserError(self.env._("Say who is protected."))
        self.env["aggression.protection"]._record(
            self.affected_id,
            {name: self[name] for name in ("decided_by", "decided_on", "until", "text")},
        )
        return self._finish(self.sudo().incident_id)


class Incident(models.Model):
    _inherit = "aggression.incident"

    def action_protect(self):
        """Open the screen for protection that was decided."""
        self.ensure_one()
        self._require(HANDLER)
        return self._action_wizard("aggression.protection.wizard", self.env._("Record protection"))
