from odoo import api, fields, models
from odoo.exceptions import AccessError

from ..privacy.access import CARER, PERSON_HIT
from ..privacy.asker import REFUSED
from ..privacy.sealing import SealedChar, SealedText

OPEN, CLOSED = "open", "closed"
HIT, WITNESS, FAMILY = "hit", "witness", "family"
FOR_WHOM = [(HIT, "The person hit"), (WITNESS, "A witness"), (FAMILY, "The home front")]
VERDICTS = [
    ("good", "It helped me"),
    ("partly", "It helped me in part"),
    ("not_enough", "It was not enough"),
    ("not_wanted", "I did not need it"),
    ("no_answer", "No answer"),
]


class Aftercare(models.Model):
    """The care that is offered to one person hit, or to somebody beside them.

    Promise: it is offered to everyone who was hit, from the moment of the report (Z1); the carer
    is never the person themself (Z2); what is said stays between these two, not even the mayor
    who handles the case can read it.
    """

    _name = "aggression.aftercare"
    _description = "Aftercare"
    _inherit = ["aggression.personal", "aggression.stateful"]
    _order = "incident_id, id"

    _guarded = frozenset(
        {
            "incident_id",
            "affected_id",
            "for_whom",
            "name",
            "carer_id",
            "state",
            "wish",
            "declined_at",
            "declined_by_id",
            "stagnant_since",
            "closed_at",
            "verdict",
            "verdict_text",
        }
    )
    _transitions = {(OPEN, CLOSED): "_not_closable", (CLOSED, OPEN): None}

    for_whom = fields.Selection(FOR_WHOM, "Care for", required=True, default=HIT, readonly=True)
    name = SealedChar("Name, beside the person hit", readonly=True)
    carer_id = fields.Many2one("res.users", readonly=True)
    state = fields.Selection(
        [(OPEN, "Goes on"), (CLOSED, "Rounded off")], required=True, default=OPEN, readonly=True
    )
    wish = SealedText("What this person wishes", readonly=True)
    declined_at = fields.Datetime("Declined on", readonly=True)
    declined_by_id = fields.Many2one("res.users", "Recorded by", readonly=True, ondelete="restrict")
    stagnant_since = fields.Datetime("Not getting better since", readonly=True)
    closed_at = fields.Datetime("Rounded off on", readonly=True)
    verdict = fields.Selection(VERDICTS, "How it was", readonly=True)
    verdict_text = SealedText("In their own words", readonly=True)
    is_mine = fields.Boolean("I give this care", compute="_compute_my_part")
    is_for_me = fields.Boolean("This care is for me", compute="_compute_my_part")
    talk_ids = fields.One2many("aggression.talk", "aftercare_id", "Talks")
    referral_ids = fields.One2many("aggression.referral", "aftercare_id", "Referrals")
    arrangement_ids = fields.One2many("aggression.arrangement", "aftercare_id", "To arrange")

    _once_per_person = models.UniqueIndex("(affected_id) WHERE for_whom = 'hit'")

    @api.model
    def _offer(self, persons, carers):
        """Offer care to each person hit.

        :param aggression.affected.person persons: of new cases
        :param carers: the id of the carer for each of them, False when nobody can be found
        """
        cares = (
            self.sudo()
            ._unlocked()
            .create(
                [
                    {
                        "incident_id": person.incident_id.id,
                        "affected_id": person.id,
                        "carer_id": carer,
                    }
                    for person, carer in zip(persons, carers, strict=True)
                    if person.user_id or person.name
                ]
            )
        )
        self.env["aggression.arrangement"]._list_for(cares)
        cares._propose_home_front()
        return cares

    @api.depends_context("uid")
    def _compute_my_part(self):
        for care in self:
            care.is_mine = care._is_part(CARER)
            care.is_for_me = care._is_part(PERSON_HIT)

    @api.depends("for_whom", "name")
    def _compute_person(self):
        beside = self.filtered(lambda care: care.for_whom != HIT)
        for care in beside:
            care.person = care.name
        return super(Aftercare, self - beside)._compute_person()

    def _concerning(self):
        """Return the person hit whom access to this care is about; empty for somebody beside."""
        return self.affected_id if self.for_whom == HIT else self.affected_id.browse()

    def _is_part(self, *roles):
        """Tell whether the user has one of these parts in this care.

        Care for a witness or the home front is between them and their carer: the person hit has
        no part in it.
        """
        care = self.sudo()
        if care.for_whom == HIT:
            return care.affected_id._has_part(*roles)
        mine = care.carer_id.id == self.env.uid
        return CARER in roles and mine and care.incident_id._has_role(CARER)

    def _require_part(self, *roles):
        """Raise AccessError unless the user has one of these parts in each of these cares."""
        if not self or not all(care._is_part(*roles) for care in self):
            self._note_reading(REFUSED)
            raise AccessError(self._no_role_sentence())

    def _go_on(self):
        """Open care that was rounded off again: somebody takes a step in it."""
        self.sudo().filtered(lambda care: care.state == CLOSED)._move(OPEN, closed_at=False)


class AffectedPerson(models.Model):
    _inherit = "aggression.affected.person"

    def _own_care(self):
        """Return the care of these people themselves, without that of who stands beside them."""
        return self.aftercare_ids.filtered(lambda care: care.for_whom == HIT)
