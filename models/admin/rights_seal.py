from odoo import fields, models


class RightsSeal(models.Model):
    """The chain that makes the log of changes of rights hard to rewrite.

    Promise: each seal is a keyed hash of its row and of the seal before it; without the key, which
    is outside the database, nobody can change, take out or replace a row that is not found (C5).
    """

    _name = "aggression.rights.seal"
    _description = "Seal on a change of rights"
    _inherit = ["aggression.append.only", "aggression.guarded"]
    _log_access = False
    _guarded = frozenset({"at", "change_id", "previous", "seal"})

    at = fields.Datetime(required=True, readonly=True)
    change_id = fields.Integer(required=True, readonly=True)
    previous = fields.Char(readonly=True)
    seal = fields.Char(required=True, readonly=True)

    _once = models.UniqueIndex("(change_id)")
