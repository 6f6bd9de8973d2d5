from odoo import models
from odoo.exceptions import UserError

from ..privacy.access import PERSON_HIT, REPORTER


class Incident(models.Model):
    """The steps of the card, ticked afterwards by who was there (H1, H2).

    Promise: who was hit or reported it writes steps down in their own name and reads those back;
    what others wrote down stays with who handles the case (C5).
    """

    _inherit = "aggression.incident"

    def _steps_to_tick(self):
        """Return [(card, {name of its box: step})] of the protocol under which it was reported."""
        self.ensure_one()
        self._require(PERSON_HIT, REPORTER)
        cards = self.sudo().protocol_id.step_card_ids
        names = {line: f"step_{number}" for number, line in enumerate(cards.line_ids)}
        return [(card, {names[line]: line for line in card.line_ids}) for card in cards]

    def _own_steps_taken(self):
        """Return the steps that the user wrote down, in superuser mode."""
        self.ensure_one()
        self._require(PERSON_HIT, REPORTER)
        return self.sudo().step_taken_ids.filtered(lambda one: one.create_uid == self.env.user)

    def _note_own_steps(self, boxes, at):
        """Write down what the user did.

        :param boxes: names of the boxes that are ticked
        :param datetime at: naive UTC
        :raises UserError: in one sentence; nothing is kept then
        """
        offered = {
            box: step for _card, steps in self._steps_to_tick() for box, step in steps.items()
        }
        steps = self.env["aggression.step.line"].union(
            *(step for box, step in offered.items() if box in boxes)
        )
        if not steps:
            raise UserError(self.env._("Tick at least one step."))
        self.env["aggression.step.taken"]._record(self, steps, at, self.env.user.name)
