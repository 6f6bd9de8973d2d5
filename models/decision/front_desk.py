from odoo import api, fields, models
from odoo.exceptions import UserError

from ..privacy.access import DECIDER, HANDLER
from ..privacy.sealing import SealedBinary, SealedChar, SealedText
from .measure import APPLIES


class FrontDeskLine(models.Model):
    """What the front desk knows of a ban: who, where, until when (A4, A6).

    Promise: a name, buildings, a period, what stays open, and a picture only where somebody wrote
    down why that is lawful. Nothing of the case, the level or who was hit. The line is there
    while the ban applies and is gone the day after; who looks at it is logged.
    """

    _name = "aggression.front.desk.line"
    _description = "Ban, for the front desk"
    _inherit = "aggression.logged"
    _order = "date_to, id"

    _guarded = frozenset(
        {"measure_id", "company_id", "type_id", "who", "picture", "buildings", "lawful"}
        | {"date_from", "date_to"}
    )

    measure_id = fields.Many2one(
        "aggression.measure", required=True, index=True, groups=".", ondelete="cascade"
    )
    company_id = fields.Many2one("res.company", required=True, readonly=True)
    type_id = fields.Many2one("aggression.measure.type", "What", required=True, readonly=True)
    who = SealedChar(required=True, readonly=True)
    picture = SealedBinary(readonly=True)
    lawful = SealedText("Why the picture is lawful", readonly=True, groups=".")
    buildings = SealedChar(readonly=True)
    date_from = fields.Date("From", required=True, readonly=True)
    date_to = fields.Date("Until", required=True, readonly=True)
    exceptions = fields.Char("Let in for", compute="_compute_exceptions", compute_sudo=True)

    _once = models.UniqueIndex("(measure_id)")

    @api.depends("type_id")
    @api.depends_context("lang")
    def _compute_exceptions(self):
        for line in self:
            line.exceptions = ", ".join(line.type_id.exception_ids.sorted().mapped("name"))

    def _cases_read(self):
        return {line.id: (line.measure_id.incident_id.id, None) for line in self.sudo()}

    def _follow_name(self):
        """Let the desk read the name as it was corrected; where a name must go, the line goes."""
        for line in self:
            if name := line.measure_id.causer_id.name:
                line._unlocked().who = name
            else:
                line.unlink()


class Measure(models.Model):
    _inherit = "aggression.measure"

    front_desk_ids = fields.One2many("aggression.front.desk.line", "measure_id", groups=".")
    on_desk = fields.Boolean("On the list of the front desk", compute="_compute_on_desk")

    @api.depends("state", "type_id")
    def _compute_on_desk(self):
        for measure in self:
            measure.on_desk = measure.state == APPLIES and measure.type_id.front_desk

    def _take_effect(self, day):
        result = super()._take_effect(day)
        self.filtered(lambda one: one.state == APPLIES and one.type_id.front_desk)._tell_desk()
        return result

    def _tell_desk(self):
        lines = self.env["aggression.front.desk.line"].sudo()._unlocked()
        lines.create(
            [
                {
                    "measure_id": measure.id,
                    "company_id": measure.incident_id.company_id.id,
                    "type_id": measure.type_id.id,
                    "who": measure.causer_id.name,
                    "buildings": measure.scope,
                    "date_from": measure.date_from,
                    "date_to": measure.date_to,
                }
                for measure in self
                if measure.causer_id.name
            ]
        )

    def _end(self, reason, day=None, note=False):
        self.sudo().front_desk_ids.unlink()
        return super()._end(reason, day, note)

    def _show_picture(self, picture, lawful):
        """Let the front desk see a picture with the ban. By a handler or the decider.

        :param picture: the file, base64
        :param str lawful: why the picture is needed and may be shown; required (GDPR, article 6)
        :raises AccessError: for who neither handles nor decides the case
        :raises UserError: without a picture or a reason, or when the desk has no such ban
        """
        self.ensure_one()
        self._require(HANDLER, DECIDER)
        line = self.sudo().front_desk_ids
        if not line:
            raise UserError(self.env._("The front desk has no such measure on its list now."))
        if not picture or not (lawful or "").strip():
            raise UserError(self.env._("Choose a picture and write down why it may be shown."))
        line._unlocked().write({"picture": picture, "lawful": lawful})
        self.sudo().incident_id._log("desk_picture", lawful)


class Causer(models.Model):
    _inherit = "aggression.causer"

    def write(self, vals):
        result = super().write(vals)
        if "name" in vals:
            measures = self.env["aggression.measure"].sudo()
            measures.search([("causer_id", "in", self.ids)]).front_desk_ids._follow_name()
        return result

    def _take_over(self, incident, earlier):
        result = super()._take_over(incident, earlier)
        incident.sudo().measure_ids.front_desk_ids._follow_name()
        return result
