from typing import NamedTuple

from odoo import api, fields, models, tools


class Staffing(NamedTuple):
    """Who holds which role when, in one municipality, as plain values."""

    assignments: dict  # role: ((user, from, until, user that is replaced), ...)
    substitutes: dict

    def holders(self, role, day, without=()):
        """Return the ids of the users who answer for ``role`` on ``day``, in order.

        The holders who are present and those who stand in for the absent, else those of the
        substitute, of the substitute's substitute, ...
        """
        for link in self.chain(role):
            found = [user for user in self._present(link, day) if user not in without]
            if found:
                return found
        return []

    def chain(self, role):
        """Return the role, its substitute, the substitute's substitute, ..."""
        links = []
        while role and role not in links:
            links.append(role)
            role = self.substitutes.get(role)
        return links

    def stands(self, role, user, day):
        """Tell whether ``user`` holds this very role on ``day``, absent or not, or stands in."""
        return any(user == line[0] for line in self._running(role, day))

    def _present(self, role, day):
        running = self._running(role, day)
        absent = {replaced for _user, replaced in running}
        return list(dict.fromkeys(user for user, _replaced in running if user not in absent))

    def _running(self, role, day):
        return [
            (user, replaced)
            for user, start, end, replaced in self.assignments.get(role, ())
            if start <= day and (not end or day <= end)
        ]


class Role(models.Model):
    _inherit = "aggression.role"

    @api.model
    @tools.ormcache("company_id")
    def _staffing(self, company_id):
        """Return the :class:`Staffing` of a municipality."""
        roles = self.sudo().search([("company_id", "=", company_id)])
        return Staffing(
            assignments={
                role.id: tuple(
                    (line.user_id.id, line.date_from, line.date_to, line.replaces_id.id)
                    for line in role.assignment_ids
                    if line.user_id.active
                )
                for role in roles
            },
            substitutes={role.id: role.substitute_id.id for role in roles},
        )

    @api.model
    def _today(self, company):
        """Return today's date in the calendar of the protocol in force."""
        protocol = self.env["aggression.protocol"]
        protocol = protocol.browse(protocol._in_force_id(company.id))
        return protocol._today() if protocol else fields.Date.context_today(self)
