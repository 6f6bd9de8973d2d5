from odoo import models


class BesideCases(models.AbstractModel):
    """What belongs to no case: prevention, and figures that identify nobody.

    Promise: it holds nothing of any case and points to none, so nothing of a case can be read
    from it (V5, M7).
    """

    _name = "aggression.beside.cases"
    _description = "Record beside the cases"
    _inherit = "aggression.guarded"
