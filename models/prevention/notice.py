from odoo import api, models

from ..privacy.notice import RISK_TALK


class Notice(models.Model):
    """Notices that are about no case: a talk that carries risk, a meeting, a training.

    Promise: the same as for every notice: no content, once, and not to who may not see any more
    what it is about.
    """

    _inherit = "aggression.notice"

    @api.model
    def _about_prevention(self, record, kind, users, late=False, turn=""):
        """Tell these people that something about a talk, meeting or training is ready for them.

        The same thing is told once: what it says of itself now is part of the key.

        :param record: one risk talk or prevention activity
        :param bool late: it is overdue
        :param str turn: what sets this apart from what was told when it stood like this before
        """
        told = record.sudo()
        moment = told.talk_at if kind == RISK_TALK else told.due_on if late else told.held_at
        state = "late" if late else turn or told.state
        self._queue(
            {
                "key": f"{kind}/{told.id}/{user_id}/{state}/{moment}",
                "user_id": user_id,
                "about": told,
                "kind": kind,
            }
            for user_id in users.ids
        )
