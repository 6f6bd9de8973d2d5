from typing import NamedTuple

from odoo import api, models

from ..privacy import access as roles


class Part(NamedTuple):
    """What somebody does in a case because they answer for a role of the protocol."""

    user: int
    role: str  # in the case
    role_id: int  # in the protocol


class Cast(NamedTuple):
    """Who has which part in a case; ``carers`` is one for each person hit, user False if nobody."""

    receiver: int
    parts: list
    carers: list


class Incident(models.Model):
    """Who has which part in a case follows from its route and from who holds the roles today.

    Promise: nobody who was hit in a case, and nobody who is kept out of it, gets a part in
    handling it: the substitute of the role takes the part (C3, C5, Z2).
    """

    _inherit = "aggression.incident"

    @api.model
    def _cast(self, protocol, offices, receiver_role, passed_over, already=()):
        """Return the :class:`Cast` that the protocol gives to a case today.

        :param offices: ids of the offices of those hit; the first one decides the route
        :param int receiver_role: the role that received the report
        :param passed_over: ids of users that can have no part
        :param already: ids of users that handle the case; one of them stays its receiver
        """
        staffing = self.env["aggression.role"]._staffing(protocol.company_id.id)
        day = protocol._today()

        def answering(role):
            return staffing.holders(role, day, passed_over)

        known = protocol._playbook().routes
        routes = [known[office] for office in offices if office in known]
        receivers = answering(receiver_role)
        receiver = next((user for user in receivers if user in already), (*receivers, False)[0])
        parts = [Part(receiver, roles.HANDLER, receiver_role)] if receiver else []
        parts += [
            Part(user, roles.HANDLER, role)
            for route in routes
            for role in route.readers
            for user in answering(role)
        ]
        for route in routes[:1]:
            deciders = answering(route.decider)[:1]
            parts += [Part(user, roles.DECIDER, route.decider) for user in deciders]
        carers = [
            Part((*answering(route.carer), False)[0], roles.CARER, route.carer) for route in routes
        ]
        return Cast(receiver, parts, carers)

    def _cast_today(self, without=()):
        """Return the :class:`Cast` of a case there is (superuser mode).

        :param without: ids of users that are passed over, beside who can have no part
        """
        return self._cast(
            self.protocol_id,
            self.affected_ids.office_id.ids,
            self.receiver_role_id.id,
            self._passed_over().union(without),
            already=self._handler_ids(),
        )

    def _handler_ids(self):
        return self.access_ids.filtered(lambda row: row.role == roles.HANDLER).user_id.ids

    def _passed_over(self):
        """Return the ids of who can have no part in handling this case: hit, or kept out."""
        return {*self.sudo().affected_ids.user_id.ids, *self._kept_out().ids}

    def _answering_ids(self, role_id, without=()):
        """Return the ids of the users who answer for a role in this case today, in order.

        :param int role_id: a role, with its substitutes
        :param without: ids of users that are passed over, beside who can have no part
        """
        self.ensure_one()
        staffing = self.env["aggression.role"]._staffing(self.company_id.id)
        passed_over = self._passed_over().union(without)
        return staffing.holders(role_id, self.protocol_id._today(), passed_over)

    def _holder_id(self, role_id, without=()):
        """Return the first of them, or False when nobody can answer."""
        return next(iter(self._answering_ids(role_id, without)), False)

    def _acting_role_id(self, role_id, user_id):
        """Return the id of the role by which a user answers: the asked one, or a substitute's."""
        staffing = self.env["aggression.role"]._staffing(self.company_id.id)
        day = self.protocol_id._today()
        held = (role for role in staffing.chain(role_id) if staffing.stands(role, user_id, day))
        return next(held, role_id)

    def _carer_role_id(self, person):
        """Return the id of the role that gives care to this person hit, by their office."""
        route = self.protocol_id._playbook().routes.get(person.office_id.id)
        return route.carer if route else False
