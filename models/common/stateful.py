from odoo import models
from odoo.exceptions import UserError


class Stateful(models.AbstractModel):
    """A state that moves through one door.

    Promise: ``_transitions`` is the whole state machine, as data a test can walk; ``_move`` is
    the only way through; the reason why a step is not allowed yet is one sentence that the
    button, the guard and the test share (:meth:`_blocker`).
    """

    _name = "aggression.stateful"
    _description = "State that moves through one door"
    _inherit = "aggression.guarded"

    # {(from, to): name of the method that returns why not, or None when nothing stands in the way}
    _transitions = {}

    def _blocker(self, target):
        """Return in one sentence why this record cannot move to ``target`` now, or False."""
        self.ensure_one()
        step = (self.state, target)
        if step not in self._transitions:
            return self._overtaken()
        check = self._transitions[step]
        return getattr(self, check)() if check else False

    def _overtaken(self):
        return self.env._(
            "This step does not fit any more: somebody has handled it in the meantime. "
            "Reload the page to see where it stands."
        )

    def _move(self, target, **values):
        """Move every record to ``target`` and set ``values`` with it.

        :raises UserError: with the blocker's sentence, before anything is changed
        """
        for record in self:
            if reason := record._blocker(target):
                raise UserError(reason)
        self._unlocked().write({**values, "state": target})
