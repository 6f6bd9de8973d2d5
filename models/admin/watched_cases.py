from odoo import models

from ..common.choices import choice_in_words


class Access(models.Model):
    _name = "aggression.access"
    _inherit = ["aggression.watched", "aggression.access"]

    def _rows_of_change(self):
        return [
            {
                "kind": "access",
                "user_id": row.user_id.id,
                "incident": row.incident_id,
                "what": f"{choice_in_words(row, 'role')}, {choice_in_words(row, 'reason')}",
            }
            for row in self.sudo()
        ]


class Exclusion(models.Model):
    _name = "aggression.exclusion"
    _inherit = ["aggression.watched", "aggression.exclusion"]

    def _rows_of_change(self):
        return [
            {
                "kind": "exclusion",
                "user_id": row.user_id.id,
                "incident": row.incident_id,
                "what": False,
            }
            for row in self.sudo()
        ]


class RoleAssignment(models.Model):
    _name = "aggression.role.assignment"
    _inherit = ["aggression.watched", "aggression.role.assignment"]

    def _rows_of_change(self):
        return [
            {
                "kind": "role",
                "user_id": line.user_id.id,
                "what": line.role_id.name,
                "company_id": line.role_id.company_id.id,
            }
            for line in self.sudo()
        ]
