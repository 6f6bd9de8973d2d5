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
        """Give these to who answers for their role, where nobody keeps them any more.

        What is over passes on with what still runs of the same person and role.
        """
        rows = []
        unkept = self.filtered(lambda one: not one._keeper())
        for (person, kept_in), protections in unkept.grouped(
            lambda one: (one.affected_id, one.role_id)
        ).items():
            case = person.incident_id
            for role in (kept_in, case.receiver_role_id):
                user_id = case._holder_id(role.id)
                if user_id and not all(protections.mapped("ended_on")):
                    rows.append(case._access_row(user_id, PROTECTOR, "route", person, role.id))
                    protections._unlocked().keeper_id = user_id
                    break
        self.env["aggression.access"]._grant(rows)
