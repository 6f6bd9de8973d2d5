from odoo import models
from odoo.exceptions import UserError

from ..privacy.access import HANDLER
from ..privacy.groups import MANAGER, OFFICER, TEAM
from .watched_people import POWERS

# Whoever holds one of these roles today can approve, beside the people in the two groups.
APPROVING = ("mayor", "deputy_mayor", "municipal_secretary", "deputy_secretary")


class ResUsers(models.Model):
    """Who can ask for emergency access, approve it and get it: never who gives out rights."""

    _inherit = "res.users"

    def _gives_out_rights(self):
        return any(self.has_group(group) for group in POWERS)

    def _watches_over_privacy(self):
        return self.has_group(OFFICER) or self.has_group(MANAGER)

    def _may_ask_for_emergency(self):
        """Tell whether this user may ask that somebody gets into a case."""
        return self.active and self._watches_over_privacy() and not self._gives_out_rights()

    def _fits_in_emergency(self):
        """Tell whether this user could work on a case at all."""
        return self.active and self.has_group(TEAM) and not self._gives_out_rights()

    def _may_approve_emergency(self, company):
        """Tell whether this user may approve that, in this municipality today."""
        if not self.active or self._gives_out_rights():
            return False
        roles = self.env["aggression.role"].sudo()
        own = roles.search([("code", "in", APPROVING), ("company_id", "=", company.id)])
        day, staffing = roles._today(company), roles._staffing(company.id)
        holds = any(staffing.stands(role.id, self.id, day) for role in own)
        return holds or self._watches_over_privacy()


class Incident(models.Model):
    """Who fits in a case in an emergency: nobody who was hit in it or must not know of it."""

    _inherit = "aggression.incident"

    def _check_emergency(self, user, approver):
        """Raise UserError, in one sentence, when one of these two does not qualify."""
        if reason := self._no_emergency_reason(user, approver):
            raise UserError(reason)

    def _no_emergency_reason(self, user, approver):
        """Return why ``user`` cannot get in with the approval of ``approver``, or False.

        It does not tell which of the reasons: who is kept out of a case is for its handlers.
        """
        case = self.sudo()
        passed_over = case._passed_over()
        if approver.id in passed_over or not approver._may_approve_emergency(case.company_id):
            return self.env._(
                "%(name)s cannot approve this. Choose somebody else.", name=approver.name
            )
        if user.id in passed_over or not user._fits_in_emergency() or case._is_handled_by(user):
            return self.env._(
                "%(name)s cannot get access to this case in this way. Choose somebody else who is "
                "in the case team and not yet on it.",
                name=user.name,
            )
        return False

    def _is_handled_by(self, user):
        rows = self.access_ids.filtered(lambda row: row.user_id == user)
        return HANDLER in rows.mapped("role")

    def _handler_ids(self):
        """Leave out who handles it for a day: the case is theirs no longer than that."""
        lent = self.access_ids.filtered(lambda row: row.reason == "emergency").user_id.ids
        return [user_id for user_id in super()._handler_ids() if user_id not in lent]
