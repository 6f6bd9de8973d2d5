from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..privacy.access import HANDLER

# A disturbance that nobody ended is over by then, and keeps no next meeting from being suspended.
LONGEST = timedelta(hours=12)


class Protocol(models.Model):
    _inherit = "aggression.protocol"

    meeting_role_ids = fields.Many2many(
        "aggression.role",
        "aggression_protocol_meeting_role_rel",
        string="Lead the meeting",
        help="Who holds one of these roles can suspend a meeting that is disturbed.",
    )

    def _answers_for(self, roles, user):
        """Tell whether a user holds one of these roles today, or is a substitute of its holder.

        Who stands in at a moment's notice does not wait until the absence is written down.
        """
        day = self._today()
        staffing = self.env["aggression.role"]._staffing(self.company_id.id)
        links = (link for role in roles for link in staffing.chain(role.id))
        return any(staffing.stands(link, user.id, day) for link in links)


class MeetingDisturbance(models.Model):
    """A meeting is suspended: the case is there at once, with its duties (H3)."""

    _inherit = "aggression.meeting.disturbance"

    @api.model
    def _may_lead(self):
        """Tell whether the user is chair or clerk today, by the protocol in force."""
        protocol = self.env["aggression.protocol"]._in_force(self.env.company).sudo()
        return protocol._answers_for(protocol.meeting_role_ids, self.env.user)

    @api.model
    def _require_leading(self):
        if not self._may_lead():
            raise AccessError(
                self.env._("The chair or the council clerk suspends the meeting, nobody else.")
            )

    @api.model
    def _suspend(self, chair_name):
        """Suspend the meeting now: opens a case, once however often it is pressed.

        :param str chair_name: who chairs, and tells the disturber to leave
        :return: the disturbance that runs, as the user sees it
        :raises AccessError: for who neither chairs nor is the clerk
        """
        self._require_leading()
        self._stand_in_line()
        running = self._running()
        if not running:
            running = self._open_record(
                self._report_disturbance(), fields.Datetime.now(), live=True, chair_name=chair_name
            )
        seen = running.with_env(self.env)
        if not seen.has_access("read"):
            raise UserError(self.env._("The meeting is suspended already."))
        return seen

    @api.model
    def _stand_in_line(self):
        """Let two who suspend at the same moment come one after the other.

        The second is done again by Odoo as soon as the first is kept, and finds its record.
        """
        protocol = self.env["aggression.protocol"]._in_force(self.env.company)
        self.env.cr.execute(
            "UPDATE aggression_protocol SET write_date = write_date WHERE id = %s", [protocol.id]
        )

    @api.model
    def _running(self):
        """Return the disturbance that runs in this municipality (superuser mode)."""
        running = self.sudo().search(
            [
                ("company_id", "=", self.env.company.id),
                ("live", "=", True),
                ("resumed_at", "=", False),
            ]
        )
        over = running.filtered(
            lambda one: (
                one.suspended_at < fields.Datetime.now() - LONGEST
                or one.incident_id.state == "closed"
            )
        )
        over._unlocked().write({"live": False})
        over.flush_recordset()
        return running - over

    @api.model
    def _report_disturbance(self):
        """Report the disturbance as any incident; returns the case in superuser mode."""
        now = fields.Datetime.now()
        protocol = self.env["aggression.protocol"]._in_force(self.env.company)
        office = protocol.sudo().route_ids.office_id.filtered(lambda one: one.world == "meeting")
        case = self.env["aggression.incident"]._report(
            {
                "occurred_at": now,
                "reported_at": now,
                "channel": "face_to_face",
                "place": "council_meeting",
                "story": self.env._(
                    "The chair suspended the meeting because it was disturbed. What happened "
                    "after that stands in the timeline."
                ),
                "persons": [{"office_id": office[:1].id}],
                "causer": None,
            }
        )
        if not case.with_env(self.env)._has_role(HANDLER):
            # theirs as who reported it, so that it ends when their last role does (C5)
            row = case._access_row(self.env.uid, HANDLER, "reported")
            self.env["aggression.access"]._grant([row])
        return case

    @api.model
    def _open_record(self, case, suspended_at, live, chair_name=None):
        values = {
            "incident_id": case.id,
            "company_id": case.company_id.id,
            "chair_name": chair_name or self.env._("The chair"),
            "suspended_at": suspended_at,
            "live": live,
        }
        disturbance = self.sudo()._unlocked().create(values)
        case._log("meeting", disturbance._told("suspended_at"))
        return disturbance

    def _action_screen(self):
        """Return the action that shows this with its big buttons."""
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Meeting disturbance"),
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
            "target": "current",
        }
