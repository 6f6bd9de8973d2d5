from odoo import fields, models
from odoo.exceptions import UserError


class Worded(models.AbstractModel):
    """Words that somebody says yes to: to these, and to no others.

    Promise: a screen sends along which words it shows; who read other words than there are now is
    told so, and says yes to nothing (C4, C8).
    """

    _name = "aggression.worded"
    _description = "Words to approve"

    version = fields.Integer(readonly=True, default=1, aggregator=None)

    def _check_read(self):
        """Raise UserError when these words took the place of those that were on the screen."""
        read = self.env.context.get("version_read")
        if type(read) is int and read != self.version:
            raise UserError(
                self.env._("These words were changed in the meantime. Read them again first.")
            )
