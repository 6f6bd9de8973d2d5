from odoo import api, fields, models


class Incident(models.Model):
    """Whoever is on a case sees whom they can call, day and night (Z4, Z5)."""

    _inherit = "aggression.incident"

    contact_line_ids = fields.Many2many(
        "aggression.contact.line", string="Whom to call", compute="_compute_contact_line_ids"
    )

    @api.depends("protocol_id")
    def _compute_contact_line_ids(self):
        for incident in self:
            lines = self.env["aggression.contact.line"]._shown_lines(incident.protocol_id)
            incident.contact_line_ids = lines


class Aftercare(models.Model):
    _inherit = "aggression.aftercare"

    contact_line_ids = fields.Many2many(
        "aggression.contact.line", string="Whom to call", compute="_compute_contact_line_ids"
    )

    @api.depends("incident_id")
    def _compute_contact_line_ids(self):
        for care in self:
            care.contact_line_ids = care.incident_id.contact_line_ids
