from odoo import models


class Published(models.AbstractModel):
    """What may be read outside a case: it holds figures that identify nobody.

    Promise: nothing gets in here but what :mod:`.figures` let through (M7, C5).
    """

    _name = "aggression.published"
    _description = "Figures that may be read outside a case"
    _inherit = "aggression.guarded"
