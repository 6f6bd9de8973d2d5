from odoo import models
from odoo.exceptions import UserError

from ..case.incident import CLOSED
from ..privacy.access import CARER, DECIDER, HANDLER


class Incident(models.Model):
    """A conflict of interest that shows later: keep somebody out, or step back oneself.

    Promise: from that moment the case does not exist for them, and what they had to do there is
    with somebody else (C3, C5). The timeline says that it happened; why, only the handlers read.
    """

    _inherit = "aggression.incident"

    def _exclude(self, user, reason):
        """Keep ``user`` out of this case from now on. By a handler.

        :raises UserError: without a reason, for somebody who was hit, or twice
        """
        self._require(HANDLER)
        if user == self.env.user:
            self._step_back(reason)
            return
        case = self.sudo()
        if user in case._kept_out():
            raise UserError(self.env._("This person is kept out of this case already."))
        self._log("excluded", user.name)
        case._keep_out_now(user, reason)

    def _step_back(self, reason):
        """Keep the user behind the call out of this case from now on, at their own wish.

        :raises UserError: without a reason, or when nobody else can handle the case
        """
        self._require(HANDLER, DECIDER, CARER)
        case = self.sudo()
        if not case._can_do_without(self.env.user):
            raise UserError(
                self.env._(
                    "Nobody else can handle this case. Add a colleague to it, then step back."
                )
            )
        self._log("stepped_back")
        case._keep_out_now(self.env.user, reason)

    def _can_do_without(self, user):
        """Tell whether an open case would still have somebody who handles it."""
        parts = self._cast_today(without=user.ids).parts
        handlers = {*self._handler_ids(), *(part.user for part in parts if part.role == HANDLER)}
        return self.state == CLOSED or handlers != {user.id}

    def _keep_out_now(self, user, reason):
        self.ensure_one()
        if not (reason or "").strip():
            raise UserError(self.env._("Write down why. Only who handles the case can read it."))
        self.env["aggression.exclusion"]._keep_out(self, user.ids, reason)
        self._hand_over(self.access_ids.filtered(lambda row: row.user_id == user))

    def _let_in(self, exclusion, reason):
        """End that somebody is kept out; they get the parts that their roles bring. By a handler.

        :raises UserError: without a reason
        """
        self._require(HANDLER)
        if not (reason or "").strip():
            raise UserError(self.env._("Write down why. Only who handles the case can read it."))
        exclusion._lift(reason)
        self._log("let_in", exclusion.sudo().user_id.name)
        case = self.sudo()
        by_role = case.access_ids.filtered("role_id")
        case._hand_over(by_role.filtered(lambda row: not row._still_stands()))
