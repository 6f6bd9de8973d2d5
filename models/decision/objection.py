from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..privacy.access import DECIDER, HANDLER
from ..privacy.sealing import SealedText

RECEIVED, SETTLED = "received", "settled"
UPHELD = "upheld"
OUTCOMES = [
    (UPHELD, "Upheld: the measures end"),
    ("partly", "Upheld in part: a new decision follows"),
    ("rejected", "Rejected: the decision stands"),
    ("inadmissible", "Not dealt with: too late or incomplete"),
    ("withdrawn", "Withdrawn by the citizen"),
]


class Objection(models.Model):
    """An objection to a decision, and what came of it (A4; Awb 6:7, 7:10).

    Promise: it is answered in time, and an objection that is upheld ends the measures in the same
    moment.
    """

    _name = "aggression.objection"
    _description = "Objection"
    _inherit = ["aggression.confidential", "aggression.stateful"]
    _order = "id desc"

    _guarded = frozenset(
        {
            "incident_id",
            "decision_id",
            "received_on",
            "in_time",
            "objection",
            "state",
            "outcome",
            "settled_on",
            "reasons",
        }
    )
    _transitions = {(RECEIVED, SETTLED): None}

    decision_id = fields.Many2one(
        "aggression.decision", required=True, index=True, readonly=True, ondelete="cascade"
    )
    received_on = fields.Date("Received on", required=True, readonly=True)
    in_time = fields.Boolean("In time", readonly=True)
    objection = SealedText("What the citizen objects to", required=True, readonly=True)
    state = fields.Selection(
        [(RECEIVED, "Received"), (SETTLED, "Settled")],
        required=True,
        default=RECEIVED,
        readonly=True,
    )
    outcome = fields.Selection(OUTCOMES, readonly=True)
    settled_on = fields.Date(readonly=True)
    reasons = SealedText("Why", readonly=True)

    _settled_with_an_outcome = models.Constraint(
        "CHECK ((state = 'settled') = (outcome IS NOT NULL AND settled_on IS NOT NULL))",
        "An objection is settled on a day and with an outcome.",
    )

    @api.model
    def _receive(self, decision, day, text):
        """Record an objection to a decision. By a handler or the decider.

        :param date day: when it came in
        :raises AccessError: for who neither handles nor decides the case
        :raises UserError: in one sentence, when it cannot be an objection to this decision
        """
        decision._require(HANDLER, DECIDER)
        against = decision.sudo()
        protocol = against.incident_id.protocol_id
        if not against.last_day_to_object:
            raise UserError(self.env._("Nobody can object to this: no letter was sent about it."))
        if not (text or "").strip():
            raise UserError(self.env._("Write down what the citizen objects to."))
        if not day or not against.sent_on <= day <= protocol._today():
            raise UserError(self.env._("An objection comes after the letter, and not in future."))
        objection = (
            self.sudo()
            ._unlocked()
            .create(
                {
                    "incident_id": against.incident_id.id,
                    "decision_id": against.id,
                    "received_on": day,
                    "in_time": day <= against.last_day_to_object,
                    "objection": text,
                }
            )
        )
        against.incident_id._log("objection")
        # from the day after the last (Awb 7:10)
        last = max(day, against.last_day_to_object)
        counted_from = protocol._midnight(last + timedelta(days=1))
        self.env["aggression.duty"]._raise(against.incident_id, "objection", at=counted_from)
        return objection

    def _settle(self, outcome, reasons):
        """Record what came of the objection. By who decides in the case.

        :param str outcome: one of OUTCOMES
        :param str reasons: why; required
        :raises AccessError: for anybody else
        :raises UserError: without reasons, or when it was settled already
        """
        self.ensure_one()
        self.incident_id.sudo().with_env(self.env)._require_decider()
        if outcome not in dict(OUTCOMES) or not (reasons or "").strip():
            raise UserError(self.env._("Say what came of the objection, and why."))
        objection = self.sudo()
        case = objection.incident_id
        objection._move(
            SETTLED, outcome=outcome, reasons=reasons, settled_on=case.protocol_id._today()
        )
        self.env["aggression.duty"]._fulfil(case, "objection", only_one=True)
        case._log("objection_settled", reasons)
        if outcome == UPHELD:
            objection.decision_id.measure_ids._annul()


class Decision(models.Model):
    _inherit = "aggression.decision"

    objection_ids = fields.One2many("aggression.objection", "decision_id", "Objections")


class Incident(models.Model):
    _inherit = "aggression.incident"

    objection_ids = fields.One2many("aggression.objection", "incident_id", "Objections")
