from odoo import api, fields, models
from odoo.exceptions import AccessError

from ..privacy.asker import REFUSED
from ..privacy.reference import random_reference

REPORTED, ASSESSED, DECIDED, CLOSED = "reported", "assessed", "decided", "closed"
STATES = [
    (REPORTED, "Reported"),
    (ASSESSED, "Classified"),
    (DECIDED, "Decided"),
    (CLOSED, "Closed"),
]
CHANNELS = [
    ("face_to_face", "Face to face"),
    ("phone", "By telephone"),
    ("letter", "By letter"),
    ("email", "By e-mail"),
    ("social_media", "On social media"),
    ("other", "In another way"),
]
PLACES = [
    ("town_hall", "Town hall"),
    ("council_meeting", "Council or committee meeting"),
    ("home", "At home"),
    ("public", "Street or public space"),
    ("elsewhere", "Somewhere else"),
    ("online", "Online or by post"),
]
OUTCOMES = [("emotion", "Emotion, not aggression"), ("aggression", "Aggression")]


class Incident(models.Model):
    """The head of a case: when, by which way, how far it is. What happened, to whom and by whom
    stands in records of their own, each with its own rule.

    Promise: its name is an opaque, random reference, and whoever has no row in the access table
    cannot find out that it exists (M1, M5, C5).
    """

    _name = "aggression.incident"
    _description = "Incident"
    _inherit = ["aggression.stateful", "aggression.logged"]
    _rec_name = "reference"
    _order = "reported_at desc, id desc"
    _along = ("company_id", "protocol_id")

    _guarded = frozenset(
        {
            "reference",
            "state",
            "company_id",
            "protocol_id",
            "receiver_role_id",
            "level",
            "outcome",
            "occurred_at",
            "reported_at",
            "assessed_at",
            "decided_at",
            "closed_at",
            "access_ids",
            "team_ids",
            "exclusion_ids",
            "declaration_ids",
            "protection_ids",
            "causer_ids",
            "gir_reference",
            "gir_on",
        }
    )

    reference = fields.Char(
        required=True,
        readonly=True,
        copy=False,
        index="trigram",
        default=lambda self: random_reference("M"),
    )
    company_id = fields.Many2one("res.company", "Municipality", required=True, readonly=True)
    protocol_id = fields.Many2one(
        "aggression.protocol", required=True, readonly=True, ondelete="restrict"
    )
    receiver_role_id = fields.Many2one(
        "aggression.role", "Received as", readonly=True, ondelete="restrict"
    )
    state = fields.Selection(STATES, required=True, default=REPORTED, readonly=True)
    outcome = fields.Selection(OUTCOMES, readonly=True)
    level = fields.Integer(readonly=True, aggregator=None)

    occurred_at = fields.Datetime("Happened at", required=True)
    reported_at = fields.Datetime(required=True, readonly=True)
    assessed_at = fields.Datetime("Classified at", readonly=True)
    decided_at = fields.Datetime(readonly=True)
    closed_at = fields.Datetime(readonly=True)
    channel = fields.Selection(CHANNELS, required=True)
    place = fields.Selection(PLACES, required=True)
    next_due_at = fields.Datetime("Next term", compute="_compute_next_due_at", store=True)
    next_due_on = fields.Date("Next term by", compute="_compute_next_due_at", store=True)

    facts_ids = fields.One2many("aggression.facts", "incident_id")
    affected_ids = fields.One2many("aggression.affected.person", "incident_id", "Persons hit")
    causer_ids = fields.Many2many(
        "aggression.causer", "aggression_causer_incident_rel", "incident_id", "causer_id", "Causers"
    )
    evidence_ids = fields.One2many("aggression.evidence", "incident_id", "Files")
    assessment_ids = fields.One2many("aggression.assessment", "incident_id", "Classification")
    decision_ids = fields.One2many("aggression.decision", "incident_id")
    declaration_ids = fields.One2many("aggression.declaration", "incident_id", "Declarations")
    protection_ids = fields.One2many("aggression.protection", "incident_id")
    duty_ids = fields.One2many("aggression.duty", "incident_id", "Duties")
    entry_ids = fields.One2many("aggression.entry", "incident_id", "Timeline")
    team_ids = fields.One2many(
        "aggression.access", "incident_id", "Who is on it", domain=[("role", "!=", "protector")]
    )
    # Read by code alone. A record rule that walks a list leaves all of it in the cache, where
    # whoever reads it next finds the numbers of what they may not see.
    access_ids = fields.One2many("aggression.access", "incident_id", groups=".")
    # And what a user may not read would stay there as if it did not exist.
    exclusion_ids = fields.One2many("aggression.exclusion", "incident_id", groups=".")

    _reference_once = models.UniqueIndex("(reference)")
    # With the state beside them, cases are counted by state and month without being read.
    _list_order = models.Index("(reported_at DESC, id DESC) INCLUDE (state)")
    # The filters of the list, in its order and in the words in which they reach the database.
    _open_order = models.Index(
        "(reported_at DESC, id DESC) INCLUDE (state) "
        "WHERE state IN ('reported', 'assessed', 'decided')"
    )
    _due_order = models.Index(
        "(reported_at DESC, id DESC, next_due_at) WHERE next_due_at IS NOT NULL"
    )

    _happened_before_reported = models.Constraint(
        "CHECK (occurred_at <= reported_at)",
        "An incident cannot have happened after it was reported. Correct the date and time.",
    )

    @api.depends("duty_ids.state", "duty_ids.due_at")
    def _compute_next_due_at(self):
        for incident in self:
            open_duties = incident.duty_ids.filtered(lambda duty: duty.state == "open")
            incident.next_due_at = min(open_duties.mapped("due_at"), default=False)
            incident.next_due_on = min(open_duties.mapped("due_on"), default=False)

    def _has_role(self, *roles):
        """Tell whether the user has one of these roles in every one of these cases."""
        rows = (
            self.env["aggression.access"]
            .sudo()
            ._read_group(
                [
                    ("user_id", "=", self.env.uid),
                    ("incident_id", "in", self.ids),
                    ("role", "in", roles),
                ],
                ["incident_id"],
            )
        )
        return len(rows) == len(self)

    def _require(self, *roles):
        """Raise AccessError unless the user has one of these roles in every one of these cases."""
        if not self or not self._has_role(*roles):
            self._note_reading(REFUSED)
            raise AccessError(self.env["aggression.confidential"]._no_role_sentence())

    def _cases_read(self):
        return {id_: (id_, None) for id_ in self._ids}
