from odoo import api, fields, models
from odoo.exceptions import UserError

from ..models.police.declaration import NOTIFICATION
from ..models.privacy.access import DECIDER, HANDLER
from ..models.privacy.sealing import SealedChar, SealedText


class FilingWizard(models.TransientModel):
    """File a declaration as the authorised representative, with what is still missing in sight."""

    _name = "aggression.filing.wizard"
    _description = "File the declaration"
    _inherit = "aggression.case.wizard"
    _parts = (HANDLER, DECIDER)
    _about = ("declaration_id",)

    declaration_id = fields.Many2one("aggression.declaration", required=True, readonly=True)
    missing = fields.Text("Still missing", compute="_compute_missing")
    filed_at = fields.Datetime("Filed at", required=True, default=lambda s: fields.Datetime.now())
    mandate = SealedChar("By which mandate")

    @api.depends("declaration_id")
    def _compute_missing(self):
        for wizard in self:
            wizard.missing = wizard._readable("declaration_id").missing

    def action_file(self):
        """Record that it was filed, and keep the form as it was handed over.

        :raises UserError: in one sentence; the screen keeps what was typed
        """
        self._require_case()
        if not (self.mandate or "").strip():
            raise UserError(self.env._("Say by which mandate you file for the municipality."))
        if not self.declaration_id.has_access("read"):
            raise UserError(self.env._("The person hit took back their consent. Do not file it."))
        self.declaration_id._file(self.filed_at, self.mandate)
        return self._finish(self.sudo().incident_id)


class NotificationWizard(models.TransientModel):
    """Notify the police, in words of the municipality (A8)."""

    _name = "aggression.notification.wizard"
    _description = "Notify the police"
    _inherit = "aggression.person.wizard"
    _parts = (HANDLER, DECIDER)

    told_at = fields.Datetime("Told at", required=True, default=lambda s: fields.Datetime.now())
    text = SealedText("What the police are told", required=True)

    def action_notify(self):
        """Record that the police were notified.

        :raises UserError: in one sentence; the screen keeps what was typed
        """
        self._require_case()
        if not self.affected_id:
            raise UserError(self.env._("Say who was hit."))
        self.env["aggression.declaration"]._notify(self.affected_id, self.text, self.told_at)
        return self._finish(self.sudo().incident_id)


class Declaration(models.Model):
    _inherit = "aggression.declaration"

    def action_file(self):
        """Open the screen for filing it. By the authorised representative.

        :raises UserError: with what is missing, in one sentence
        """
        self.ensure_one()
        self.check_access("read")
        self._require_filer()
        if self.sudo().kind == NOTIFICATION:
            raise UserError(self._overtaken())
        if reason := self.sudo()._blocker("filed"):
            raise UserError(reason)
        return self.incident_id._action_wizard(
            "aggression.filing.wizard", self.env._("File it"), declaration_id=self.id
        )


class Incident(models.Model):
    _inherit = "aggression.incident"

    def action_notify_police(self):
        """Open the screen for notifying the police. By who handles or decides (A8)."""
        self.ensure_one()
        self._require(HANDLER, DECIDER)
        return self._action_wizard(
            "aggression.notification.wizard", self.env._("Notify the police")
        )
