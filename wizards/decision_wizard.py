from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from ..models.decision.decision import HEARINGS
from ..models.privacy.access import DECIDER
from ..models.privacy.identity import in_person
from ..models.privacy.sealing import SealedChar, SealedText

IN_WORDS = (
    "heard_on",
    "view",
    "waiver_reason",
    "grounds",
    "proportionality",
    "deviation_reason",
)


class DecisionWizard(models.TransientModel):
    """The mayor decides: the protocol's proposal, changed or not, or no measure.

    The screen shows what the ladder proposes at this level and this repeat (A12), and asks for
    what the protocol asks: hearing the citizen (U5), an end to every ban, a reason for leaving
    the proposal (A1). The letter can be looked at first; deciding asks who is there once more.
    """

    _name = "aggression.decision.wizard"
    _description = "Decide"
    _inherit = ["aggression.against.wizard", "aggression.decision.letter"]
    _parts = (DECIDER,)

    replaces_id = fields.Many2one(
        "aggression.decision",
        compute="_compute_replaces_id",
        compute_sudo=False,
        store=True,
        precompute=True,
        help="The decision that counted when this screen was opened.",
    )
    protocol_id = fields.Many2one("aggression.protocol", compute="_compute_summary")
    person = fields.Char(related="incident_id.person", related_sudo=False)
    story = fields.Text(related="incident_id.story", related_sudo=False)
    summary = fields.Char("Classification", compute="_compute_summary")
    repeat_sentence = fields.Char("First or repeated", compute="_compute_repeat_sentence")
    causer_id = fields.Many2one(string="Against")
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
    hearing = fields.Selection(
        HEARINGS[:3],
        "Was the citizen heard?",
        compute="_compute_hearing",
        compute_sudo=False,
        store=True,
        readonly=False,
        precompute=True,
    )
    heard_on = fields.Date(
        compute="_compute_hearing",
        compute_sudo=False,
        store=True,
        readonly=False,
        precompute=True,
    )
    view = SealedText(
        "What the citizen said",
        compute="_compute_hearing",
        compute_sudo=False,
        store=True,
        readonly=False,
        precompute=True,
    )
    waiver_reason = SealedText("Why the citizen was not heard")
    grounds = SealedText("What was done")
    proportionality = SealedText("Why this is in proportion")
    evidence_choice_ids = fields.Many2many("aggression.evidence", compute="_compute_summary")
    evidence_ids = fields.Many2many("aggression.evidence", string="Evidence that was used")
    deviates = fields.Boolean(compute="_compute_deviates")
    deviation_reason = SealedText("Why other than proposed")

    @api.depends("incident_id")
    def _compute_summary(self):
        for wizard in self:
            wizard.summary = wizard.incident_id.assessment_ids[:1].sentence
            wizard.evidence_choice_ids = wizard.incident_id.evidence_ids
            wizard.protocol_id = wizard.incident_id.protocol_id

    @api.depends("incident_id")
    def _compute_replaces_id(self):
        for wizard in self:
            incident = wizard.incident_id._origin if wizard._may_open() else wizard.incident_id[:0]
            incident = incident.sudo()
            wizard.replaces_id = incident._counting_decision() if incident else False

    @api.depends("incident_id")
    def _compute_hearing(self):
        """Take over what came of asking the citizen, as far as it was written down."""
        for wizard in self:
            asked = wizard.incident_id.hearing_ids._for_what_comes()
            answered = asked.filtered(lambda hearing: hearing.state == "received")[:1]
            unanswered = not answered and asked._went_unanswered()
            wizard.hearing = "heard" if answered else "silent" if unanswered else False
            wizard.heard_on = answered.received_on
            wizard.view = answered.view

    @api.depends("incident_id")
    def _compute_repeat_sentence(self):
        for wizard in self:
            incident = wizard.incident_id
            wizard.repeat_sentence = incident and incident._repeat_sentence(incident._repeat())

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

        :return: the action that shows the case, or the one that asks who is there
        :raises UserError, ValidationError: in one sentence; the screen keeps what was typed
        """
        self._require_case()
        return self._decide_in_person()

    def action_reject(self):
        """Decide that no measure is taken; the reason is required."""
        self._require_case()
        return self._reject_in_person()

    @in_person
    def _decide_in_person(self):
        return self._decide(self.line_ids)

    @in_person
    def _reject_in_person(self):
        return self._decide(self.line_ids.browse())

    def action_preview(self):
        """Print the letter as it would be, marked as a draft."""
        self._require_case()
        if not self._letter_lines():
            raise UserError(self.env._("No measure here goes by letter."))
        self._check_causer(self.line_ids)
        report = self.env.ref("aggression_protocol.report_decision_draft")
        return report.report_action(self, config=False)

    def _decide(self, lines):
        self._require_case()
        self._check_causer(lines)
        incident = self.incident_id
        incident._decide(
            {
                "measures": [line._as_measure() for line in lines],
                "replaces": self.replaces_id.id,
                "causer_id": self.causer_id.id,
                "hearing": self.hearing or "not_needed",
                "evidence_ids": [Command.set(self.evidence_ids.ids)],
                **{name: self[name] for name in IN_WORDS},
            }
        )
        return self._finish(self.sudo().incident_id)

    def _check_causer(self, lines):
        if lines.type_id.filtered("letter") and not self.causer_id:
            raise UserError(self.env._("Choose the causer against whom this is decided."))
        if self.causer_id - self.sudo().incident_id.causer_ids:
            raise UserError(self.env._("Choose a causer of this case."))

    @api.constrains("evidence_ids", "incident_id")
    def _check_evidence(self):
        for wizard in self.sudo():
            if wizard.evidence_ids - wizard.incident_id.evidence_ids:
                raise UserError(self.env._("Choose files of this case as evidence."))

    # -- as a letter ---------------------------------------------------------------------

    def _letter_lines(self):
        return self.line_ids.filtered("type_id.letter")

    def _letter_day(self):
        return self.incident_id.protocol_id._today()

    def _signatory(self):
        incident = self.sudo().incident_id
        role = incident._acting_role_id(incident._decider_role_id(), self.env.uid)
        return self.env["aggression.role"].sudo().browse(role).name, self.env.user.name

    def _earlier(self):
        return self.incident_id._repeat().earlier


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
    needs_scope = fields.Boolean(related="type_id.needs_scope", related_sudo=False)
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
        """Open the decision of this case, for who decides in it.

        What the decider has filled in and not decided yet is still there.
        """
        self._require_decider()
        if reason := self.sudo()._blocker("decided"):
            raise UserError(reason)
        action = self._action_wizard("aggression.decision.wizard", self.env._("Decide"))
        if begun := self._begun_decision():
            action["res_id"] = begun.id
        return action

    def _begun_decision(self):
        """Return the screen that the user has open on what still stands; empty when none."""
        begun = self.env["aggression.decision.wizard"].search(
            [("incident_id", "=", self.id)], order="id desc", limit=1
        )
        current = self.sudo()._counting_decision()
        return begun.filtered(lambda screen: screen.replaces_id.id == current.id)
