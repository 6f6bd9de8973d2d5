from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..common.choices import choice_in_words
from ..police.consent import COMMUNICATION
from ..privacy.access import DECIDER, HANDLER
from ..privacy.access_through import AccessThrough
from ..privacy.sealing import SealedChar, SealedText

DRAFT, APPROVED, SENT, WITHDRAWN = "draft", "approved", "sent", "withdrawn"
STATES = [
    (DRAFT, "Draft"),
    (APPROVED, "Approved"),
    (SENT, "Told"),
    (WITHDRAWN, "Not told"),
]
CONFIDENTIALLY, PUBLICLY, PRESS, STAFF, PERSON = (
    "council_confidential",
    "council_public",
    "press",
    "staff",
    "person_hit",
)
AUDIENCES = [
    (CONFIDENTIALLY, "The council, confidentially"),
    (PUBLICLY, "The council, in public"),
    (PRESS, "The press"),
    (STAFF, "Colleagues in the organisation"),
    (PERSON, "The person hit"),
]
TYPED = (
    "audience",
    "affected_id",
    "speaker_id",
    "about_declaration",
    "about_police_measures",
    "assisted_by",
    "text",
)


class Statement(models.Model):
    """What is told about a case, to whom and by whom (C1, C2, C4 to C8, D3).

    Promise: nothing is told before it may be told: every gate of ``statement_gates.py`` is asked
    when it is approved and once more when it is told. Its words stay as they were told.
    """

    _name = "aggression.statement"
    _description = "Statement"
    _inherit = ["aggression.confidential", "aggression.stateful", "aggression.worded"]
    _order = "id desc"

    _guarded = frozenset(
        {
            "incident_id",
            "state",
            "agreed_by_id",
            "agreed_at",
            "approved_at",
            "sent_at",
            "sent_by_id",
            "version",
            *TYPED,
        }
    )
    _transitions = {
        (DRAFT, APPROVED): "_not_speakable",
        (APPROVED, SENT): "_not_speakable",
        (APPROVED, DRAFT): None,
        (DRAFT, WITHDRAWN): None,
        (APPROVED, WITHDRAWN): None,
    }

    state = fields.Selection(STATES, required=True, default=DRAFT, readonly=True)
    audience = fields.Selection(AUDIENCES, "Told to", required=True, readonly=True)
    affected_id = AccessThrough(
        "aggression.affected.person",
        "Person hit",
        index="btree_not_null",
        readonly=True,
        ondelete="cascade",
    )
    speaker_id = fields.Many2one(
        "res.users", "Who speaks", required=True, readonly=True, ondelete="restrict"
    )
    about_declaration = fields.Boolean("Says something of the declaration", readonly=True)
    about_police_measures = fields.Boolean(
        "Says something of police measures in public space", readonly=True
    )
    assisted_by = SealedChar(
        "Assisted by the area prosecutor", readonly=True, help="Name and agreement, if so (C2)."
    )
    text = SealedText("What is told", required=True, readonly=True)
    agreed_by_id = fields.Many2one(
        "res.users", "Spokesperson who agreed", readonly=True, ondelete="restrict"
    )
    agreed_at = fields.Datetime(readonly=True)
    approved_at = fields.Datetime(readonly=True)
    sent_at = fields.Datetime("Told at", readonly=True)
    sent_by_id = fields.Many2one("res.users", "Told by", readonly=True, ondelete="restrict")
    person = fields.Char("For", compute="_compute_person")
    not_yet_reason = fields.Char("Why not yet", compute="_compute_my_steps")
    can_write = fields.Boolean(compute="_compute_my_steps")
    can_agree = fields.Boolean(compute="_compute_my_steps")
    can_approve = fields.Boolean(compute="_compute_my_steps")

    _police_measures_never_in_public = models.Constraint(
        "CHECK (NOT (about_police_measures AND audience IN ('press', 'council_public')))",
        "Police measures in public space are never told to the press or in public.",
    )
    _person_hit_is_named = models.Constraint(
        "CHECK ((audience = 'person_hit') = (affected_id IS NOT NULL))",
        "Say which person hit this is told to.",
    )

    @api.depends("affected_id")
    def _compute_person(self):
        for statement in self:
            statement.person = statement.affected_id._person_names()

    @api.depends("state", "speaker_id", "agreed_by_id")
    @api.depends_context("uid", "lang")
    def _compute_my_steps(self):
        for statement in self:
            mine = statement.incident_id._has_role(HANDLER, DECIDER)
            waits = statement.state in (DRAFT, APPROVED)
            statement.can_write = mine and waits
            statement.not_yet_reason = mine and waits and statement.sudo()._not_speakable()
            speaks = statement.incident_id._spokesperson() == self.env.user
            other = statement.speaker_id != self.env.user and not statement.agreed_by_id
            statement.can_agree = mine and waits and speaks and other
            statement.can_approve = mine and statement.speaker_id == self.env.user

    @api.model
    def _draft(self, incident, values, earlier=None):
        """Write down what is to be told. By who handles or decides.

        :param dict values: of all fields in TYPED
        :param aggression.statement earlier: what it takes the place of; approved or not, it
            becomes a draft again, without the agreement there was to other words
        :raises UserError: in one sentence, when something is missing or may never be told
        """
        incident.ensure_one()
        incident._require(HANDLER, DECIDER)
        case = incident.sudo()
        told = {name: values.get(name) for name in TYPED}
        if told["audience"] != PERSON:
            told["affected_id"] = False
        self._check_draft(case, told)
        if not earlier:
            return self.sudo()._unlocked().create({**told, "incident_id": case.id})
        statement = earlier._require_part()
        if statement.state == APPROVED:
            statement._move(DRAFT)
        if statement.state != DRAFT:
            raise UserError(self._overtaken())
        again = {"agreed_by_id": False, "agreed_at": False, "approved_at": False}
        statement._unlocked().write({**told, **again, "version": statement.version + 1})
        return statement

    @api.model
    def _check_draft(self, case, told):
        if not (told["text"] or "").strip() or not told["audience"]:
            raise UserError(self.env._("Write down what is told, and to whom."))
        if told["speaker_id"] not in case._working_on_it().ids:
            raise UserError(self.env._("Choose somebody who handles this case or decides in it."))
        if told["audience"] == PERSON and told["affected_id"] not in case.affected_ids.ids:
            raise UserError(self.env._("Say which person hit this is told to."))
        measures = self.new({**told, "incident_id": case.id})._police_measures_in_public()
        if measures:
            raise UserError(measures)

    def _require_part(self):
        """Return this one in superuser mode, for who handles the case or decides in it."""
        self.ensure_one()
        self._require(HANDLER, DECIDER)
        return self.sudo()

    def _hold_consents(self):
        """Keep consents as they are until the transaction ends: nobody takes one back meanwhile."""
        consents = self.incident_id.affected_ids.consent_ids
        consents = consents.filtered(lambda one: one.purpose == COMMUNICATION)
        consents.lock_for_update()
        consents.invalidate_recordset(["withdrawn_at"])

    def action_agree(self):
        """Agree, as the spokesperson, that somebody else tells this (C8).

        :raises AccessError: for anybody but the spokesperson of this case
        """
        statement = self._require_part()
        if statement.incident_id._spokesperson() != self.env.user:
            raise AccessError(self.env._("Only the spokesperson of this case can agree to this."))
        self._check_read()
        if statement.state not in (DRAFT, APPROVED):
            raise UserError(self._overtaken())
        agreed = {"agreed_by_id": self.env.uid, "agreed_at": fields.Datetime.now()}
        statement._unlocked().write(agreed)

    def action_approve(self):
        """Approve these words, as who speaks them.

        :raises AccessError: for anybody but who speaks
        :raises UserError: with the reason why it may not be told yet
        """
        statement = self._require_part()
        if statement.speaker_id != self.env.user:
            raise AccessError(self.env._("Only who speaks these words can approve them."))
        self._check_read()
        statement._hold_consents()
        statement._move(APPROVED, approved_at=fields.Datetime.now())

    def action_tell(self):
        """Record that this was told, word for word.

        :raises UserError: with the reason why it may not be told any more
        """
        statement = self._require_part()
        statement._hold_consents()
        statement._move(SENT, sent_at=fields.Datetime.now(), sent_by_id=self.env.uid)
        statement.incident_id._log("told", choice_in_words(statement, "audience"))

    def action_withdraw(self):
        """Record that this will not be told."""
        self._require_part()._move(WITHDRAWN)
