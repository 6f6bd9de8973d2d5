from odoo import api, fields, models
from odoo.fields import Domain


class ContactLine(models.Model):
    """A number to call, and when somebody last checked that it is right (Z4, Z5).

    Promise: a number that nobody checked for a year says so to who keeps the protocol.
    """

    _name = "aggression.contact.line"
    _description = "Contact line"
    _inherit = "aggression.protocol.part"
    _order = "protocol_id, sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    phone = fields.Char(required=True)
    available = fields.Char(translate=True, help="For example: day and night.")
    purpose = fields.Char(translate=True)
    checked_on = fields.Date("Last checked on")
    to_check = fields.Boolean(
        "Not checked for a year", compute="_compute_to_check", search="_search_to_check"
    )

    @api.depends("checked_on")
    def _compute_to_check(self):
        before = self._year_ago()
        for line in self:
            line.to_check = not line.checked_on or line.checked_on < before

    @api.model
    def _search_to_check(self, operator, value):
        if operator != "in" or False in value:
            return NotImplemented
        return Domain("checked_on", "=", False) | Domain("checked_on", "<", self._year_ago())

    @api.model
    def _year_ago(self):
        return fields.Date.subtract(fields.Date.context_today(self), years=1)

    @api.model
    def _shown_lines(self, protocol):
        """Return the lines to show to who is on a case of this version of the protocol."""
        shown = ["protocol_id", "name", "phone", "available", "purpose", "checked_on"]
        return self.search_fetch([("protocol_id", "=", protocol.id)], shown)

    def action_checked_today(self):
        """Record that these numbers were called today and are right. By the functional manager.

        :raises AccessError: for anybody else
        """
        self.check_access("write")
        self.checked_on = fields.Date.context_today(self)


class Protocol(models.Model):
    _inherit = "aggression.protocol"

    lines_to_check = fields.Integer(compute="_compute_lines_to_check")

    @api.depends("contact_line_ids.checked_on")
    def _compute_lines_to_check(self):
        for protocol in self:
            protocol.lines_to_check = len(protocol.contact_line_ids.filtered("to_check"))
