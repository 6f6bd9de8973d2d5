from odoo import api, fields, models

from ..privacy.notice import PREVENTION, RISK_TALK


class Notice(models.Model):
    """Notices that are about no case: a talk that carries risk, a meeting, a training.

    Promise: the same as for every notice: no content, once, and not to who may not see any more
    what it is about.
    """

    _inherit = "aggression.notice"

    incident_id = fields.Many2one(required=False)
    risk_talk_id = fields.Many2one(
        "aggression.risk.talk", index="btree_not_null", ondelete="cascade"
    )
    activity_id = fields.Many2one(
        "aggression.prevention.activity", index="btree_not_null", ondelete="cascade"
    )

    _about_something = models.Constraint(
        "CHECK (num_nonnulls(incident_id, risk_talk_id, activity_id) = 1)",
        "A notice is about one thing.",
    )

    @api.model
    def _about_prevention(self, record, kind, users, late=False):
        """Tell these people that something about a talk, meeting or training is ready for them.

        The same thing is told once: what it says of itself now is part of the key.

        :param record: one risk talk or prevention activity
        :param bool late: it is overdue
        """
        told = record.sudo()
        moment = told.talk_at if kind == RISK_TALK else told.due_on if late else told.held_at
        state = "late" if late else told.state
        wanted = {
            f"{kind}/{told.id}/{user_id}/{state}/{moment}": user_id
            for user_id in users.ids
            if user_id != self.env.uid
        }
        outbox = self.sudo()
        known = outbox.search([("key", "in", list(wanted))]).mapped("key")
        now = fields.Datetime.now()
        outbox._unlocked().create(
            [
                {
                    "key": key,
                    "user_id": user_id,
                    "kind": kind,
                    "risk_talk_id": told.id if kind == RISK_TALK else False,
                    "activity_id": told.id if kind == PREVENTION else False,
                    "next_try_at": self._leaves_at(now, outbox.incident_id.browse(), False),
                }
                for key, user_id in wanted.items()
                if key not in known
            ]
        )

    @api.depends("incident_id", "risk_talk_id")
    def _compute_display_name(self):
        """Name what is about no case by a reference as well, or by nothing but its number."""
        beside = self.filtered(lambda notice: not notice.incident_id)
        for notice in beside:
            notice.display_name = notice.risk_talk_id.reference or f"{self._name},{notice.id}"
        return super(Notice, self - beside)._compute_display_name()

    def _can_be_seen(self, visible):
        about = self.risk_talk_id or self.activity_id
        if about:
            return about.with_user(self.user_id).has_access("read")
        return super()._can_be_seen(visible)

    @api.model
    def _leaves_at(self, moment, incident, urgent):
        if incident or urgent:
            return super()._leaves_at(moment, incident, urgent)
        protocol = self.env["aggression.protocol"]._in_force(self.env.company)
        return protocol._playbook().quiet.after(moment)
