from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ..models.case.affected_person import INJURIES
from ..models.case.assessment import AIMS
from ..models.case.incident import OUTCOMES
from ..models.privacy.access import HANDLER
from ..models.privacy.sealing import SealedText
from ..rules import norm


class ClassificationWizard(models.TransientModel):
    """Classify a case: facts first, the norm beside it, then what the protocol derives.

    Nobody chooses the outcome. What it did to the person and who or what caused it can be
    written down and changes nothing (U3, U4, N1 to N4).
    """

    _name = "aggression.classification.wizard"
    _description = "Classify"
    _inherit = "aggression.case.wizard"
    _parts = (HANDLER,)

    protocol_id = fields.Many2one("aggression.protocol", compute="_compute_protocol_id")
    norm = fields.Html(compute="_compute_protocol_id")
    story = fields.Text("What was reported", compute="_compute_story")
    behaviour_ids = fields.Many2many(
        "aggression.behaviour",
        "aggression_classification_behaviour_rel",
        string="What was seen or heard",
    )
    directed = fields.Selection(
        [("yes", "Yes"), ("no", "No")],
        "Was it directed at the person?",
        help="At the person, not at a rule, a decision or the municipality as a whole.",
    )
    aim = fields.Selection(AIMS, "What was it meant to do?")
    cause_note = SealedText(
        "Cause, or own share in it", help="Kept to learn from. It does not change the outcome."
    )
    outcome = fields.Selection(OUTCOMES, compute="_compute_outcome")
    level = fields.Integer(compute="_compute_outcome")
    sentence = fields.Char("Reason", compute="_compute_outcome")
    closing_reason = SealedText("Why it is closed, and what was done with the emotion")
    person_ids = fields.One2many(
        "aggression.classification.person",
        "wizard_id",
        "Injuries",
        compute="_compute_person_ids",
        compute_sudo=False,
        store=True,
        readonly=False,
        precompute=True,
    )
    match_ids = fields.One2many(
        "aggression.classification.match",
        "wizard_id",
        "Perhaps known already",
        compute="_compute_match_ids",
        compute_sudo=False,
        store=True,
        readonly=False,
        precompute=True,
    )

    @api.depends("incident_id")
    def _compute_protocol_id(self):
        for wizard in self:
            wizard.protocol_id = wizard.incident_id.protocol_id
            wizard.norm = wizard.protocol_id.norm

    @api.depends("incident_id")
    def _compute_story(self):
        for wizard in self:
            wizard.story = wizard.incident_id.facts_ids[:1].story

    @api.depends("incident_id")
    def _compute_person_ids(self):
        for wizard in self:
            wizard.person_ids = [
                fields.Command.clear(),
                *(
                    fields.Command.create(person._harm())
                    for person in wizard.incident_id.affected_ids
                ),
            ]

    @api.depends("incident_id")
    def _compute_match_ids(self):
        """Suggest earlier causers who are like this one; a person confirms."""
        for wizard in self:
            wizard.match_ids = self.env["aggression.classification.match"]._suggested(
                wizard.incident_id
            )

    @api.depends("behaviour_ids", "directed", "aim")
    def _compute_outcome(self):
        for wizard in self:
            if not (wizard.behaviour_ids and wizard.directed and wizard.aim):
                wizard.outcome, wizard.level, wizard.sentence = False, 0, False
                continue
            found = wizard._judgement()
            wizard.outcome, wizard.level = found.outcome, found.level
            wizard.sentence = wizard._reason(found)

    def _judgement(self):
        seen = [
            norm.Behaviour(
                row._origin.id or row.id,
                int(row.level),
                row.directed_by_nature,
                row.harmful_by_nature,
            )
            for row in self.behaviour_ids
        ]
        return norm.judge(seen, self.directed == "yes", self.aim)

    def _reason(self, found):
        """Return the reason of a judgement in one sentence."""
        if found.ground == "crossed":
            top = [row.key for row in found.crossing if row.level == found.level]
            names = self.env["aggression.behaviour"].browse(top).mapped("name")
            return self.env._(
                "Aggression, level %(level)s: %(behaviour)s.",
                level=found.level,
                behaviour=", ".join(names),
            )
        grounds = {
            "accepted": self.env._("Emotion, not aggression: nothing over the norm was seen."),
            "undirected": self.env._("Emotion, not aggression: it was not directed at the person."),
            "aimless": self.env._(
                "Emotion, not aggression: it was not meant to harm or to reach a goal."
            ),
        }
        return grounds[found.ground]

    def action_classify(self):
        """Write the classification down and take the case to its next state.

        :raises UserError: in one sentence, when a fact is missing
        """
        self._require_case()
        self._check_facts()
        incident = self.sudo().incident_id
        self._confirm_matches(incident)
        self._keep_injuries(incident)
        assessment = (
            self.env["aggression.assessment"].sudo()._unlocked().create(self._assessment_values())
        )
        incident._register_assessment(assessment, self.closing_reason)
        return self._finish(incident)

    def _check_facts(self):
        if reason := self.sudo().incident_id._not_classifiable():
            raise UserError(reason)
        if not (self.behaviour_ids and self.directed and self.aim):
            raise ValidationError(
                self.env._(
                    "Fill in what was seen, whether it was directed at the person and what it "
                    "was meant to do. The outcome follows from these facts."
                )
            )
        if self.behaviour_ids.protocol_id != self.sudo().incident_id.protocol_id:
            raise ValidationError(self.env._("Choose behaviours from this case's own protocol."))
        if self.outcome == "emotion" and not (self.closing_reason or "").strip():
            raise ValidationError(
                self.env._("An emotion closes the case. Write down why, and what was done with it.")
            )

    def _assessment_values(self):
        return {
            "incident_id": self.incident_id.id,
            "behaviour_ids": [fields.Command.set(self.behaviour_ids.ids)],
            "directed": self.directed == "yes",
            "aim": self.aim,
            "cause_note": self.cause_note,
            "outcome": self.outcome,
            "level": self.level,
            "sentence": self.sentence,
            "assessed_by_id": self.env.uid,
            "assessed_at": fields.Datetime.now(),
        }

    def _keep_injuries(self, incident):
        for line in self.sudo().person_ids:
            if line.affected_id in incident.affected_ids:
                line.affected_id.write(line._harm())

    def _confirm_matches(self, incident):
        confirmed = [
            (match.causer_id, match.earlier_id, match.reason)
            for match in self.sudo().match_ids.filtered("confirmed")
        ]
        if len(confirmed) > len(incident.causer_ids):
            raise ValidationError(self.env._("Tick one earlier file for each causer, not more."))
        for causer, earlier, reason in confirmed:
            incident._recognise(causer, earlier, reason)


class ClassificationPerson(models.TransientModel):
    """How somebody was hurt: a fact, that raises duties and leaves the level as it is (D10)."""

    _name = "aggression.classification.person"
    _description = "Injuries, on the classification"
    _inherit = "aggression.own.line"

    wizard_id = fields.Many2one(
        "aggression.classification.wizard", required=True, index=True, ondelete="cascade"
    )
    affected_id = fields.Many2one("aggression.affected.person", required=True)
    person_name = fields.Char("Person", compute="_compute_person_name")
    injury = fields.Selection(INJURIES, required=True, default="none")
    hospital = fields.Boolean("Admitted to hospital")
    lasting_harm = fields.Boolean("Lasting harm to health")

    @api.depends("affected_id")
    def _compute_person_name(self):
        for line in self:
            line.person_name = line.affected_id._person_name()

    def _harm(self):
        return {name: self[name] for name in ("injury", "hospital", "lasting_harm")}


class ClassificationMatch(models.TransientModel):
    """An earlier causer who may be the same: the file's reference and nothing that is in it."""

    _name = "aggression.classification.match"
    _description = "Perhaps known already"
    _inherit = "aggression.suggested.causer"

    wizard_id = fields.Many2one(
        "aggression.classification.wizard", required=True, index=True, ondelete="cascade"
    )
    confirmed = fields.Boolean("The same one")


class Incident(models.Model):
    _inherit = "aggression.incident"

    def action_classify(self):
        """Open the classification of this case."""
        self.ensure_one()
        self._require(HANDLER)
        if reason := self._not_classifiable():
            raise UserError(reason)
        return self._action_wizard("aggression.classification.wizard", self.env._("Classify"))

    def _not_classifiable(self):
        if self.state != "reported":
            return self.env._("This case has been classified already.")
        return False
