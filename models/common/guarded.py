from odoo import api, models
from odoo.exceptions import AccessError, UserError
from odoo.tools.misc import clean_context

# An object cannot be sent over RPC: only code of this addon can hold the key to the door.
_KEY = object()


class Guarded(models.AbstractModel):
    """Fields that only the protocol itself may set.

    Promise: whatever a client sends, by form, import or remote call, the fields named in
    ``_guarded`` change through this addon's own steps or not at all.
    """

    _name = "aggression.guarded"
    _description = "Fields that only the protocol sets"

    _guarded = frozenset()
    _importable = False

    def _unlocked(self):
        """Return these records with the key that lets code set guarded fields."""
        return self.with_context(aggression_key=_KEY)

    def _holds_key(self):
        return self.env.context.get("aggression_key") is _KEY

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._refuse_guarded(vals)
        self._refuse_guarded(
            key.removeprefix("default_") for key in self.env.context if key.startswith("default_")
        )
        return super(Guarded, self._without_defaults()).create(vals_list)

    def _without_defaults(self):
        """Leave out what a screen handed on as defaults for its own fields, when a step is taken.

        A button is pressed with the defaults of its screen still in the context; they are no
        reason to hang what the step makes under what the screen was about.
        """
        if not self._holds_key():
            return self
        return self.with_env(self.env(context=clean_context(self.env.context)))

    def write(self, vals):
        self._refuse_guarded(vals)
        return super().write(vals)

    def load(self, fields, data):
        if not self._importable:
            raise UserError(self.env._("Cases cannot be imported. Report them one by one."))
        return super().load(fields, data)

    def _refuse_guarded(self, names):
        if self._holds_key():
            return
        if not self._guarded.isdisjoint(names):
            raise AccessError(
                self.env._("This can only be changed by taking the next step in the case.")
            )
