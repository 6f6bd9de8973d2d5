from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..privacy.access import DECIDER, HANDLER, PERSON_HIT
from ..privacy.access_through import AccessThrough
from ..privacy.asker import REFUSED as READ_REFUSED
from ..privacy.sealing import SealedChar, SealedText

MATERIAL, IMMATERIAL = "material", "immaterial"
KINDS = [(MATERIAL, "Things and costs"), (IMMATERIAL, "Immaterial damage")]
NOTED, ASKED, GRANTED, REFUSED, PAID, WITHDRAWN = (
    "noted",
    "asked",
    "granted",
    "refused",
    "paid",
    "withdrawn",
)
STATES = [
    (NOTED, "Written down"),
    (ASKED, "Reimbursement asked"),
    (GRANTED, "To be paid"),
    (REFUSED, "Not reimbursed"),
    (PAID, "Reimbursed"),
    (WITHDRAWN, "Withdrawn"),
]


class Damage(models.Model):
    """Something that somebody lost, or costs that came of it, to the cent (D2, D12).

    Promise: it is of one person hit, or of the municipality. What a person lost is read by that
    person and by who handles or decides, never by another who was hit; it is added to and taken
    back, never rewritten.
    """

    _name = "aggression.damage"
    _description = "Damage"
    _inherit = ["aggression.personal", "aggression.stateful", "aggression.in.euros"]
    _order = "id"

    _guarded = frozenset(
        {
            "incident_id",
            "affected_id",
            "kind",
            "what",
            "amount",
            "state",
            "asked_at",
            "asked_by_id",
            "granted",
            "decided_at",
            "decided_by_id",
            "reason",
            "paid_on",
            "payment_reference",
        }
    )
    _transitions = {
        (NOTED, ASKED): "_not_reimbursable",
        (REFUSED, ASKED): "_not_reimbursable",
        (ASKED, GRANTED): None,
        (ASKED, REFUSED): None,
        (GRANTED, PAID): None,
        (NOTED, WITHDRAWN): "_not_withdrawable",
        (ASKED, WITHDRAWN): "_not_withdrawable",
        (REFUSED, WITHDRAWN): "_not_withdrawable",
    }

    affected_id = AccessThrough(required=False, help="Empty: of the municipality.")
    kind = fields.Selection(KINDS, required=True, readonly=True, default=MATERIAL)
    what = SealedChar("What", required=True, readonly=True)
    amount = fields.Monetary(required=True, readonly=True, aggregator=None)
    state = fields.Selection(STATES, required=True, default=NOTED, readonly=True)
    receipt_ids = fields.One2many("aggression.damage.receipt", "damage_id", "Receipts")

    asked_at = fields.Datetime("Asked at", readonly=True)
    asked_by_id = fields.Many2one("res.users", "Asked by", readonly=True, ondelete="restrict")
    granted = fields.Monetary("Reimbursed", readonly=True, aggregator=None)
    decided_at = fields.Datetime("Decided at", readonly=True)
    decided_by_id = fields.Many2one("res.users", "Decided by", readonly=True, ondelete="restrict")
    reason = SealedText("Why", readonly=True)
    paid_on = fields.Date("Paid on", readonly=True)
    payment_reference = SealedChar("Payment reference", readonly=True)

    _to_the_cent = models.Constraint(
        "CHECK (amount >= 0.01 AND amount <= 100000000)", "Fill in an amount of at least one cent."
    )
    _not_more_than_asked = models.Constraint(
        "CHECK (granted IS NULL OR granted >= 0 AND granted <= amount)",
        "No more is reimbursed than the damage.",
    )
    _paid_once_granted = models.Constraint(
        "CHECK ((state = 'paid') = (paid_on IS NOT NULL) AND (state NOT IN ('granted', 'paid') OR "
        "granted > 0 AND decided_at IS NOT NULL))",
        "A reimbursement is decided on before it is paid.",
    )

    @api.depends("affected_id")
    def _compute_person(self):
        result = super()._compute_person()
        for damage in self.filtered(lambda damage: not damage.affected_id):
            damage.person = self.env._("The municipality")
        return result

    @api.model
    def _of(self, incidents):
        """Return what is damaged in these cases, as far as the user may see it."""
        seen = incidents.with_env(self.env)._seen(self._name)
        return seen.filtered(lambda damage: damage.state != WITHDRAWN)

    @api.model
    def _note(self, incident, affected, values, receipt=None):
        """Write down what somebody lost. By that person, or by who handles or decides.

        The first step towards having it reimbursed (:meth:`_ask`); where the causer is known a
        claim on the causer is opened by itself (D2).

        :param aggression.affected.person affected: whose damage; empty for the municipality
        :param dict values: kind, what, amount (in euros)
        :param dict receipt: filename and content (base64) of a receipt, or nothing
        :return: the damage, as the user sees it
        :raises AccessError: for anybody else
        :raises UserError: in one sentence, when something is missing
        """
        self._require_whose(incident, affected)
        self._check_amount(values.get("amount"))
        if not (values.get("what") or "").strip():
            raise UserError(self.env._("Say what was damaged or what it cost."))
        case = incident.sudo()
        known = {"incident_id": case.id, "affected_id": affected.id}
        damage = self.sudo()._unlocked().create({**values, **known})
        if receipt:
            damage._keep_receipt(receipt)
        case._log("damage")
        self.env["aggression.duty"]._fulfil(case, "damage")
        case._open_claims()
        return damage.with_env(self.env)

    @api.model
    def _require_whose(self, incident, affected):
        """Raise AccessError unless this is the user's own damage, or a case they work on."""
        if affected and affected.sudo().incident_id.id != incident.id:
            raise AccessError(self._no_role_sentence())
        if affected and affected._has_part(PERSON_HIT):
            return
        incident._require(HANDLER, DECIDER)

    def _require_mine(self):
        """Raise AccessError unless all of this may be handled by the user: see above."""
        for damage in self.sudo():
            try:
                own = damage.affected_id.with_env(self.env)
                self._require_whose(damage.incident_id.with_env(self.env), own)
            except AccessError:
                self._note_reading(READ_REFUSED)
                raise

    def _keep_receipt(self, receipt):
        """Keep a receipt with this damage; whoever calls has checked that the user may."""
        about = {"incident_id": self.incident_id.id, "affected_id": self.affected_id.id}
        values = {**receipt, **about, "damage_id": self.id}
        self.env["aggression.damage.receipt"].sudo()._unlocked().create(values)

    def _add_receipt(self, receipt):
        """Keep a receipt. By the person whose damage it is, or by who handles or decides."""
        self._require_mine()
        if not receipt.get("filename") or not receipt.get("content"):
            raise UserError(self.env._("Choose the file of the receipt."))
        self.sudo()._keep_receipt(receipt)

    def _withdraw(self):
        """Take back what was written down by mistake, or is no longer asked.

        :raises UserError: once it was granted, or claimed from the causer
        """
        self._require_mine()
        damage = self.sudo()
        damage._move(WITHDRAWN)
        damage.incident_id._log("damage_withdrawn")
        self.env["aggression.duty"]._lapse_about(damage)

    def _not_withdrawable(self):
        claims = self.incident_id.claim_ids
        if any(claim.state not in ("to_claim", "written_off") for claim in claims):
            return self.env._("This was claimed from the causer already, so it stays.")
        return False


class Incident(models.Model):
    _inherit = "aggression.incident"

    damage_ids = fields.One2many("aggression.damage", "incident_id")
