from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from ..models.decision.decision import HEARINGS
from ..models.privacy.access import DECIDER
from ..models.privacy.sealing import SealedChar, SealedText


class DecisionWizard(models.TransientModel):
    """The mayor decides: the protocol's proposal, changed or not, or no measure.

    The screen shows what the ladder proposes at this level and this repeat (A12), and asks for
    what the protocol asks: hearing the citizen (U5), an end to every ban, a reason for leaving
    the proposal (A1).
    """

    _name = "aggression.decision.wizard"
    _description = "Decide"
    _inherit = "aggression.case.wizard"
    _parts = (DECIDER,)

    protocol_id = fields.Many2one("aggression.protocol", compute="_compute_summary")
    person = fields.Char(related="incident_id.person", related_sudo=False)
    story = fields.Text(related="incident_id.story", related_sudo=False)
    summary = fields.Char("Classification", compute="_compute_summary")
    repeat_sentence = fields.Char("First or repeated", compute="_compute_repeat_sentence")
    causer_choice_ids = fields.Many2many("aggression.causer", compute="_compute_summary")
    causer_id = fields.Many2one(
        "aggression.causer",
        "Against",
        compute="_compute_causer_id",
        compute_sudo=False,
        store=True,
        readonly=False,
    )
    causer_name = fields.Char("Name", compute="_compute_causer_name")
    line_ids = fields.One2many(
        "aggression.decision.line",
        "wizard_id",
        "Measures",
        compute="_compute_line_ids",
        compute_sudo=False,
        store=True,
        readonly=False,
        precompute=True,
    )
    hearing_needed = fields.Boolean(compute="_compute_hearing_needed")
    hearing = fields.Selection(HEARINGS[:2], "Was the citizen heard?")
    heard_on = fields.Date()
    view = SealedText("What the citizen said")
    waiver_reason = SealedText("Why the citizen was not heard")
    grounds = SealedText("What was done, and why this measure fits")
    deviates = fields.Boolean(compute="_compute_deviates")
    deviation_reason = SealedText("Why other than proposed")

    @api.depends("incident_id")
    def _compute_summary(self):
        for wizard in self:
            wizard.summary = wizard.incident_id.assessment_ids[:1].sentence
            wizard.causer_choice_ids = wizard.incident_id.causer_ids
            wizard.protocol_id = wizard.incident_id.protocol_id

    @api.depends("incident_id")
    def _compute_repeat_sentence(self):
        for wizard in self:
            incident = wizard.incident_id
            wizard.repeat_sentence = incident and incident._repeat_sentence(incident._repeat())

    @api.depends("incident_id")
    def _compute_causer_id(self):
        for wizard in self:
            causers = wizard.incident_id.causer_ids
            wizard.causer_id = causers if len(causers) == 1 else False

    @api.depends("causer_id")
    def _compute_causer_name(self):
        for wizard in self:
            wizard.causer_name = wizard.causer_id.name

    @api.depends("incident_id")
    def _compute_line_ids(self):
        for wizard in self:
            wizard.line_ids = [
                Command.clear(),
                *(Command.create(values) for values in wizard._proposed_lines()),
            ]

    def _proposed_lines(self):
        incident = self.incident_id
        if not incident:
            return []
        return [
            {"type_id": kind.id, "date_from": incident.protocol_id._today(), "date_to": end}
            for kind, end in incident._proposed_measures(incident._repeat()).items()
        ]

    @api.depends("line_ids.type_id")
    def _compute_hearing_needed(self):
        for wizard in self:
            wizard.hearing_needed = any(wizard.line_ids.type_id.mapped("burdensome"))

    @api.depends("line_ids.type_id", "line_ids.date_to")
    def _compute_deviates(self):
        for wizard in self:
            proposed = {(line["type_id"], line["date_to"]) for line in wizard._proposed_lines()}
            chosen = {(line.type_id.id, line.date_to) for line in wizard.line_ids}
            wizard.deviates = proposed != chosen

    def action_decide(self):
        """Decide on the measures as they stand on the screen.

        :raises UserError, ValidationError: in one sentence; the screen keeps what was typed
        """
        return self._decide(self.line_ids)

    def action_reject(self):
        """Decide that no measure is taken; the reason is required."""
        return self._decide(self.line_ids.browse())

    def _decide(self, lines):
        self._require_case()
        incident = self.incident_id
        if lines.type_id.filtered("letter") and not self.causer_id:
            raise UserError(self.env._("Choose the causer against whom this is decided."))
        if self.causer_id - self.sudo().incident_id.causer_ids:
            raise UserError(self.env._("Choose a causer of this case."))
        incident._decide(
            {
                "measures": [line._as_measure() for line in lines],
                "causer_id": self.causer_id.id,
                "hearing": self.hearing or "not_needed",
                **{
                    name: self[name]
                    for name in (
                        "heard_on",
                        "view",
                        "waiver_reason",
                        "grounds",
                        "deviation_reason",
                    )
                },
            }
        )
        return self._finish(self.sudo().incident_id)


class DecisionLine(models.TransientModel):
    """One measure on the mayor's screen."""

    _name = "aggression.decision.line"
    _description = "Measure, on the decision"
    _inherit = "aggression.own.line"

    wizard_id = fields.Many2one(
        "aggression.decision.wizard", required=True, index=True, ondelete="cascade"
    )
    type_id = fields.Many2one("aggression.measure.type", "Measure", required=True)
    needs_period = fields.Boolean(related="type_id.needs_period", related_sudo=False)
    date_from = fields.Date("From", required=True, default=fields.Date.context_today)
    date_to = fields.Date("Until")
    scope = SealedChar("Which buildings, services or contacts")

    def _as_measure(self):
        return {
            "type_id": self.type_id.id,
            "date_from": self.date_from,
            "date_to": self.date_to,
            "scope": self.scope,
            "causer_id": self.wizard_id.causer_id.id,
        }


class Incident(models.Model):
    _inherit = "aggression.incident"

    def action_decide(self):
        """Open the decision of this case, for who decides in it."""
        self._require_decider()
        if reason := self.sudo()._blocker("decided"):
            raise UserError(reason)
        return self._action_wizard("aggression.decision.wizard", self.env._("Decide"))
