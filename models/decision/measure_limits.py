from odoo import fields, models
from odoo.exceptions import ValidationError


class MeasureType(models.Model):
    """The limits of a measure, as sentences that say what to do."""

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

    def _check_scope(self, scope):
        """Raise ValidationError when nobody can tell from this what the measure is about."""
        self.ensure_one()
        if self.needs_scope and not (scope or "").strip():
            raise ValidationError(
                self.env._(
                    "%(measure)s: say for which buildings, services or contacts.",
                    measure=self.name,
                )
            )

    def _review_day(self, start, end):
        """Return the day on which a measure from ``start`` to ``end`` is looked at again.

        False when the protocol names none, or when the measure has ended by then.
        """
        self.ensure_one()
        day = self.review_months and fields.Date.add(start, months=self.review_months)
        return day if day and end and day < end else False

    def _check_decider(self, incident):
        """Raise ValidationError when one of these is for another role to decide in this case."""
        for kind in self.filtered("decider_role_id"):
            role = kind.decider_role_id
            if incident._holder_id(role.id) != self.env.uid:
                raise ValidationError(
                    self.env._(
                        "%(measure)s is decided by: %(role)s. Take that line out.",
                        measure=kind.name,
                        role=role.name,
                    )
                )
