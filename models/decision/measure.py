from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..privacy.sealing import SealedChar


class Measure(models.Model):
    """One measure that was decided (A2 to A4).

    Promise: what keeps somebody out or limits them has an end, no longer away than the protocol
    allows, and nobody gets a measure for an emotion (U3).
    """

    _name = "aggression.measure"
    _description = "Measure"
    _inherit = "aggression.confidential"
    _order = "decision_id, id"

    _guarded = frozenset(
        {"incident_id", "decision_id", "causer_id", "type_id", "date_from", "date_to", "scope"}
    )

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

    _ends_after_it_begins = models.Constraint(
        "CHECK (date_to IS NULL OR date_to >= date_from)",
        "A measure cannot end before it begins. Correct the dates.",
    )

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


class MeasureType(models.Model):
    _inherit = "aggression.measure.type"

    def _check_dates(self, start, end):
        """Raise ValidationError, in a sentence, when this cannot run from start to end."""
        self.ensure_one()
        if not end:
            if self.needs_period:
                raise ValidationError(
                    self.env._(
                        "%(measure)s needs an end. Fill in until which day it applies.",
                        measure=self.name,
                    )
                )
            return
        if end < start:
            raise ValidationError(
                self.env._("A measure cannot end before it begins. Correct the dates.")
            )
        if self.max_months and end > fields.Date.add(start, months=self.max_months):
            raise ValidationError(
                self.env._(
                    "%(measure)s can last %(months)s months at most. Choose an earlier end.",
                    measure=self.name,
                    months=self.max_months,
                )
            )
