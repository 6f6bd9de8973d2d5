from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from ..privacy.sealing import SealedChar, SealedText

DECIDED, APPLIES, ENDED = "decided", "applies", "ended"
STATES = [(DECIDED, "Decided"), (APPLIES, "Applies"), (ENDED, "Ended")]
DONE, EXPIRED, LIFTED, REPLACED, ANNULLED = "done", "expired", "lifted", "replaced", "annulled"
NOT_WANTED = "not_wanted"
END_REASONS = [
    (DONE, "Carried out"),
    (EXPIRED, "Its period is over"),
    (LIFTED, "Lifted early"),
    (REPLACED, "Replaced by a later decision"),
    (ANNULLED, "Annulled after an objection"),
    (NOT_WANTED, "The person hit does not want it"),
]


class Measure(models.Model):
    """One measure that was decided (A2 to A10).

    Promise: what keeps somebody out or limits them has an end, no longer away than the protocol
    allows, and nobody gets a measure for an emotion (U3). It binds nobody who was not told of it,
    and ends by itself, early with a reason, or by a new decision; its period never changes.
    """

    _name = "aggression.measure"
    _description = "Measure"
    _inherit = ["aggression.confidential", "aggression.stateful"]
    _order = "decision_id, id"
    _along = ("decision_id",)

    _guarded = frozenset(
        {
            "incident_id",
            "decision_id",
            "causer_id",
            "type_id",
            "date_from",
            "date_to",
            "scope",
            "state",
            "review_on",
            "ended_on",
            "end_reason",
            "end_note",
        }
    )
    _transitions = {(DECIDED, APPLIES): None, (DECIDED, ENDED): None, (APPLIES, ENDED): None}

    decision_id = fields.Many2one(
        "aggression.decision", required=True, index=True, ondelete="cascade"
    )
    causer_id = fields.Many2one("aggression.causer", index="btree_not_null", ondelete="restrict")
    type_id = fields.Many2one(
        "aggression.measure.type", "Measure", required=True, ondelete="restrict"
    )
    date_from = fields.Date("From", required=True)
    date_to = fields.Date("Until", help="Last day on which it applies.")
    scope = SealedChar("Which buildings, services or contacts")
    state = fields.Selection(STATES, required=True, default=DECIDED, readonly=True)
    review_on = fields.Date("Look at it again on", readonly=True)
    ended_on = fields.Date(readonly=True)
    end_reason = fields.Selection(END_REASONS, "How it ended", readonly=True)
    end_note = SealedText("Why it ended", readonly=True)

    _ends_after_it_begins = models.Constraint(
        "CHECK (date_to IS NULL OR date_to >= date_from)",
        "A measure cannot end before it begins. Correct the dates.",
    )
    _ends_with_a_reason = models.Constraint(
        "CHECK ((state = 'ended') = (end_reason IS NOT NULL AND ended_on IS NOT NULL))",
        "A measure ends on a day and for a reason.",
    )
    _running = models.Index("(date_to, id) WHERE state <> 'ended'")

    @api.constrains("date_from", "date_to", "type_id")
    def _check_period(self):
        for measure in self:
            measure.type_id._check_dates(measure.date_from, measure.date_to)

    @api.constrains("incident_id")
    def _check_aggression(self):
        if any(measure.incident_id.outcome != "aggression" for measure in self):
            raise ValidationError(
                self.env._(
                    "This case was found to be emotion, not aggression. No measure is possible."
                )
            )

    @api.model
    def _running_on(self, day):
        """Return the domain of the measures that are to be kept to on ``day``.

        A measure that was decided and not told yet is among them: whoever decides next has to
        know of it.
        """
        return (
            Domain("state", "!=", ENDED)
            & Domain("date_from", "<=", day)
            & Domain("date_to", ">=", day)
        )

    def action_open_case(self):
        """Show the case of this measure."""
        self.ensure_one()
        self.check_access("read")
        return self.incident_id._action_show()


class Incident(models.Model):
    _inherit = "aggression.incident"

    measure_ids = fields.One2many("aggression.measure", "incident_id", "Measures")
