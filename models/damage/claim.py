from odoo import api, fields, models

from ...rules import money
from ..privacy.access import DECIDER, HANDLER
from ..privacy.sealing import SealedChar, SealedText
from .damage import IMMATERIAL, MATERIAL, WITHDRAWN

TO_CLAIM, CLAIMED = "to_claim", "claimed"
RECOVERED, WRITTEN_OFF, JOINED = "recovered", "written_off", "joined"
STATES = [
    (TO_CLAIM, "To be sent"),
    (CLAIMED, "Claimed"),
    (JOINED, "Joined to the criminal case"),
    (RECOVERED, "Recovered"),
    (WRITTEN_OFF, "Written off"),
]


class Claim(models.Model):
    """What the municipality recovers from one causer (D2).

    Promise: it is there as soon as a causer is known and there is something to recover, and it
    stays until it is recovered, written off with a reason, or joined to the criminal case. What is
    claimed of several causers is together the damage, to the cent.
    """

    _name = "aggression.damage.claim"
    _description = "Claim on a causer"
    _inherit = [
        "aggression.letter",
        "aggression.confidential",
        "aggression.stateful",
        "aggression.in.euros",
    ]
    _order = "id"

    _guarded = frozenset(
        {
            "incident_id",
            "causer_id",
            "state",
            "material",
            "immaterial",
            "account",
            "pay_to",
            "sent_on",
            "sender_id",
            "pay_by",
            "reminded_on",
            "closed_on",
            "reason",
        }
    )
    _letter_kind = "damage_claim"
    _letter_report = "aggression_protocol.report_claim_letter"
    _transitions = {
        (TO_CLAIM, CLAIMED): "_not_claimable",
        (TO_CLAIM, JOINED): "_nothing_to_claim",
        (TO_CLAIM, WRITTEN_OFF): None,
        (CLAIMED, RECOVERED): None,
        (CLAIMED, JOINED): None,
        (CLAIMED, WRITTEN_OFF): None,
        (JOINED, RECOVERED): None,
        (JOINED, WRITTEN_OFF): None,
    }

    # without a name when the file of the causer is gone: see Incident._close_as_emotion
    causer_id = fields.Many2one(
        "aggression.causer", readonly=True, index="btree_not_null", ondelete="set null"
    )
    state = fields.Selection(STATES, required=True, default=TO_CLAIM, readonly=True)
    material = fields.Monetary("Things and costs, as claimed", readonly=True, aggregator=None)
    immaterial = fields.Monetary("Immaterial, as claimed", readonly=True, aggregator=None)
    amount = fields.Monetary(compute="_compute_amounts")
    received = fields.Monetary(compute="_compute_amounts")
    outstanding = fields.Monetary("Still to be paid", compute="_compute_amounts")
    account = SealedText("What is claimed, as the letter says it", readonly=True)
    pay_to = SealedChar("To be paid into", readonly=True)
    sent_on = fields.Date("Sent on", readonly=True)
    sender_id = fields.Many2one("res.users", "Sent by", readonly=True, ondelete="restrict")
    pay_by = fields.Date("To be paid by", readonly=True)
    reminded_on = fields.Date("Reminded on", readonly=True)
    closed_on = fields.Date("Settled on", readonly=True)
    reason = SealedText("Why", readonly=True)
    payment_ids = fields.One2many("aggression.damage.payment", "claim_id", "Payments")
    letter_ids = fields.One2many("aggression.sent.letter", "damage_claim_id", "Letters")

    _settled_on_a_day = models.Constraint(
        "CHECK ((state IN ('recovered', 'written_off', 'joined')) = (closed_on IS NOT NULL))",
        "A claim is settled on a day.",
    )
    _written_off_with_a_reason = models.Constraint(
        "CHECK (state <> 'written_off' OR reason IS NOT NULL)",
        "A claim is written off with a reason.",
    )
    _claimed_something = models.Constraint(
        "CHECK (state NOT IN ('claimed', 'joined', 'recovered') OR material + immaterial > 0)",
        "A claim is about an amount.",
    )
    _running = models.Index("(pay_by, id) WHERE state IN ('to_claim', 'claimed')")

    @api.depends(
        "state",
        "material",
        "immaterial",
        "payment_ids.amount",
        "incident_id.damage_ids.amount",
        "incident_id.damage_ids.state",
        "incident_id.claim_ids.state",
    )
    def _compute_amounts(self):
        """Work out what is claimed, paid and owed; before the letter it follows the damage."""
        for claim in self:
            material, immaterial = claim._claimed()
            paid = claim.payment_ids._cents("amount")
            claim.amount = money.euros(material + immaterial)
            claim.received = money.euros(paid)
            claim.outstanding = money.euros(material + immaterial - paid)

    def _claimed(self):
        """Return the cents of (things and costs, immaterial damage) that this claim is about."""
        self.ensure_one()
        if self.state == TO_CLAIM:
            return self._share()
        return self._cents("material"), self._cents("immaterial")

    def _share(self):
        """Return this claim's part of what is not claimed yet, by kind of damage, in cents.

        Causers who are known at the same time each owe an equal part.
        """
        case = self.sudo().incident_id
        waiting = case.claim_ids.filtered(lambda claim: claim.state == TO_CLAIM)
        if self._origin.id not in waiting.ids:
            return 0, 0
        mine = waiting.ids.index(self._origin.id)
        return tuple(money.split(left, [1] * len(waiting))[mine] for left in case._unclaimed())

    def _nothing_to_claim(self):
        if not sum(self._claimed()):
            return self.env._("There is no damage to claim. Write down the damage first.")
        return False

    def _not_claimable(self):
        if not self.causer_id.name:
            return self.env._("The causer is not known by name, so nobody can be written to.")
        return self._nothing_to_claim()

    # -- the letter -----------------------------------------------------------------------

    def _letter_day(self):
        return self.reminded_on or self.sent_on

    def _letter_amounts(self):
        """Return (label, amount) of what is claimed, paid and owed, as the letter shows it."""
        rows = [
            (self.env._("Things and costs"), self._cents("material")),
            (self.env._("Immaterial damage"), self._cents("immaterial")),
            (self.env._("Paid by you"), -self._cents("received")),
        ]
        return [(label, self._in_words(cents)) for label, cents in rows if cents]

    def _letter_total(self):
        return self._in_words(self._cents("outstanding"))

    def _signatory(self):
        """Return the role in which it was sent, and who sent it."""
        claim = self.sudo()
        rows = claim.incident_id.access_ids.filtered(
            lambda row: row.user_id == claim.sender_id and row.role in (HANDLER, DECIDER)
        )
        return rows.role_id[:1].name or "", claim.sender_id.name

    # -- what the user opens ---------------------------------------------------------------

    def action_open(self):
        """Show this claim."""
        self.ensure_one()
        self._require(HANDLER, DECIDER)
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Claim on the causer"),
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
        }

    def action_open_case(self):
        """Show the case of this claim."""
        self.ensure_one()
        self.check_access("read")
        return self.incident_id._action_show()


class Incident(models.Model):
    _inherit = "aggression.incident"

    claim_ids = fields.One2many("aggression.damage.claim", "incident_id", "Claims on causers")

    def _unclaimed(self):
        """Return the cents of (things and costs, immaterial damage) that no letter claimed yet.

        In superuser mode. What was reimbursed is claimed like what was not; what a claim that was
        written off was about is not claimed a second time.
        """
        self.ensure_one()
        damage = self.damage_ids.filtered(lambda one: one.state != WITHDRAWN)
        made = self.claim_ids.filtered(lambda claim: claim.state != TO_CLAIM)
        by_kind, nothing = damage.grouped("kind"), damage.browse()
        return tuple(
            max(0, by_kind.get(kind, nothing)._cents("amount") - made._cents(kind))
            for kind in (MATERIAL, IMMATERIAL)
        )
