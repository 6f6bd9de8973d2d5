from odoo import fields, models
from odoo.exceptions import UserError

from ...rules.terms import local
from ..duty.duty import DONE, OPEN
from ..police.demand import LAST_REFUSAL
from ..privacy.access import DECIDER, HANDLER

# The duty that calling the police fulfils, by its code in the protocol.
CALL_THE_POLICE = "trespass"


class MeetingDisturbance(models.Model):
    """What the chair or the clerk presses during the meeting."""

    _inherit = "aggression.meeting.disturbance"

    def action_demand(self):
        """Write down that the chair tells the disturber to leave (H3, H4); who handles or decides.

        The screen sends along which demand this is, so that pressing twice, or in two windows, is
        one demand.

        :raises UserError: for a demand that is not the next one, or one too many
        """
        row = self._enter()
        number = self.env.context.get("demand_number")
        number = number if type(number) is int else self.next_demand
        if number < self.next_demand:
            return
        if row.resumed_at or row.left_at:
            raise UserError(self.env._("They have left, or the meeting goes on again already."))
        if number > self.next_demand:
            raise UserError(
                self.env._("The next demand is number %(number)s.", number=self.next_demand)
            )
        if number > row.demand_limit:
            raise UserError(
                self.env._(
                    "They were told %(times)s times: this is trespass. Call the police.",
                    times=row.demand_limit,
                )
            )
        now = fields.Datetime.now()
        said = {"at": now, "by_name": row.chair_name, "refused": True}
        self.env["aggression.demand"]._record(self.incident_id, said)

    def action_left(self):
        """Write down that they left. Who left before the last demand did not refuse that one."""
        row = self._press("left_at")
        if row and not row.trespass_at:
            self.env["aggression.demand"].sudo()._of(row.incident_id)[-1:]._unlocked().write(
                {"refused": False}
            )

    def action_livestream_off(self):
        """Write down that the livestream is stopped (H7)."""
        self._press("livestream_off_at")

    def action_livestream_on(self):
        """Write down that the livestream is on again (H7)."""
        if not self._enter().livestream_off_at:
            raise UserError(self.env._("The livestream was not stopped."))
        self._press("livestream_on_at")

    def action_police(self):
        """Write down that the police are called (H5); the duty to do so is done with it."""
        if row := self._press("police_called_at"):
            duties = row.incident_id.duty_ids.filtered(
                lambda duty: (
                    duty.state == OPEN
                    and duty.type_id.event == LAST_REFUSAL
                    and duty.type_id.code == CALL_THE_POLICE
                )
            )
            duties._settle(DONE, note=row._told("police_called_at"))

    def action_resume(self):
        """Write down that the meeting goes on (H3)."""
        self._press("resumed_at")

    def _use_force(self, purpose, reason):
        """Write down that force was used: only to free or protect somebody under attack (H6).

        :param str purpose: one of ``PURPOSES``
        :param str reason: what happened; required
        :raises UserError: when it was for something else, or without a reason
        """
        if not purpose or not (reason or "").strip():
            raise UserError(
                self.env._("Say whom it freed or protected, and from what: force has no other aim.")
            )
        self._press("force_used_at", force_purpose=purpose, force_reason=reason)

    def _enter(self):
        """Return this in superuser mode, for who handles or decides; one at a time.

        Of two who press at the same moment the second is done again by Odoo as soon as the first
        is kept, and finds what the first has done.
        """
        self.ensure_one()
        self._require(HANDLER, DECIDER)
        row = self.sudo()
        row.incident_id._check_still_open()
        row._unlocked().write({"pressed_at": fields.Datetime.now()})
        row.flush_recordset()
        return row

    def _press(self, moment, **values):
        """Write down that something happens now, once; returns nothing when it was there."""
        row = self._enter()
        if row[moment]:
            return row.browse()
        row._unlocked().write({moment: fields.Datetime.now(), **values})
        row.incident_id._log("meeting", row._told(moment))
        return row

    def _told(self, moment):
        """Return a moment in words, with its time of day in the municipality."""
        return f"{self._label(moment)}: {self._time_of_day(self[moment])}"

    def _label(self, moment):
        return self._fields[moment]._description_string(self.env)

    def _time_of_day(self, moment):
        zone = self.incident_id.sudo().protocol_id.timezone
        return local(moment, zone).strftime("%H:%M")
