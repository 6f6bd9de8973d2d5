from odoo import models


class BesideCases(models.AbstractModel):
    """What a municipality does before anything happens.

    Promise: it holds nothing of any case and points to none, so nothing of a case can be read
    from it (V5).
    """

    _name = "aggression.beside.cases"
    _description = "Record beside the cases"
    _inherit = "aggression.guarded"
