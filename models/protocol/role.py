from odoo import fields, models


class Role(models.Model):
    """A role in the protocol, and who holds it on which day.

    Promise: work goes to a role, never to a name; a vacant role is answered by its substitute,
    and never by the person the case is about (C3, Z2).
    """

    _name = "aggression.role"
    _description = "Role in the protocol"
    _inherit = "aggression.policy"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True, help="Short name by which data refers to this role.")
    sequence = fields.Integer(default=10)
    company_id = fields.Many2one(
        "res.company", "Municipality", required=True, default=lambda self: self.env.company
    )
    office_id = fields.Many2one(
        "aggression.office",
        "Office of the holder",
        help="Whoever holds this role is reported as holding this office.",
    )
    substitute_id = fields.Many2one(
        "aggression.role",
        "Substituted by",
        help="Takes the work when nobody holds this role, or when the holder is the one hit.",
    )
    assignment_ids = fields.One2many("aggression.role.assignment", "role_id", "Holders")

    _code_once = models.UniqueIndex(
        "(company_id, code)", "This municipality already has a role with that code."
    )

    def _vacant_on(self, day):
        """Return the roles that neither a holder nor a substitute answers on ``day``."""
        return self.filtered(lambda role: not role._holder_ids_on(day))

    def _holder_ids_on(self, day, without=()):
        """Return the ids of the users that answer for this role on ``day``, in order.

        Holders come first; when none is left, those of the substitute, and so on.

        :param date day: in the municipality's own calendar
        :param without: ids of users that may not answer, because they are hit or excluded
        """
        self.ensure_one()
        return self._staffing(self.company_id.id).holders(self.id, day, without)
