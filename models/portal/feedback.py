from typing import NamedTuple

from odoo import models

from ..decision.measure import ENDED
from ..privacy.access import PERSON_HIT, REPORTER

DECLARE = "declare"  # what is declared is between each person hit and the case team (D3)


class Reaction(NamedTuple):
    """A measure in general words: what kind it is, until when, and whether it is over."""

    kind: str
    until: object
    is_over: bool


class Incident(models.Model):
    """What became of a case, for who was hit and who reported it (U6).

    Promise: who was hit reads of which kind the measures are and until when; against whom, on
    what grounds and within which limits stays in the file of the causer (C5).
    """

    _inherit = "aggression.incident"

    def _reactions(self):
        """Return a :class:`Reaction` for each kind of measure that was decided. By who was hit."""
        self.ensure_one()
        self._require(PERSON_HIT)
        found = {
            Reaction(
                measure.type_id.name,
                measure.ended_on if measure.state == ENDED else measure.date_to,
                measure.state == ENDED,
            )
            for measure in self.sudo().measure_ids
            if measure.type_id.duty_type_id.fulfilment != DECLARE
        }
        return sorted(found, key=lambda one: (one.is_over, one.kind, str(one.until)))

    def _was_evaluated(self):
        """Tell who was hit or reported it whether the municipality looked back on this case."""
        self.ensure_one()
        self._require(PERSON_HIT, REPORTER)
        return bool(self.sudo().evaluation_ids)
