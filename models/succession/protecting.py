from odoo import models

from ..privacy.access import PROTECTOR


class Protection(models.Model):
    """What protects somebody passes with the role in which it was recorded (D7, C3).

    Promise: there is always one who keeps it: whoever answers for that role, or, where nobody
    does, for the role that received the case. It is told to that person alone, in a notice that
    says nothing.
    """

    _inherit = "aggression.protection"

    def _pass_on(self):
        """Give these to who answers for their role, where nobody keeps them any more."""
        rows = []
        for person, protections in self.grouped("affected_id").items():
            kept = person.access_ids.filtered(lambda row: row.role == PROTECTOR)
            if kept or all(protections.mapped("ended_on")):
                continue
            case = person.incident_id
            for role in (protections[:1].role_id, case.receiver_role_id):
                if user_id := case._holder_id(role.id):
                    rows.append(case._access_row(user_id, PROTECTOR, "route", person, role.id))
                    break
        self.env["aggression.access"]._grant(rows)
