from odoo import fields, models
from odoo.exceptions import UserError

from ..privacy.access import DECIDER, HANDLER


class MeetingDisturbance(models.Model):
    """Times that are put right, or filled in when the meeting is over."""

    _inherit = "aggression.meeting.disturbance"

    def _correct(self, moment, at, reason):
        """Put the time of a moment right, or fill it in afterwards. By who handles or decides.

        :param str moment: one of ``MOMENTS``
        :param datetime at: naive UTC
        :param str reason: why it was wrong or missing; required
        :raises UserError: in one sentence; nothing is changed then
        """
        row = self._enter()
        self._check_correction(at, reason)
        if moment == "suspended_at" and row._first_after() and at > row._first_after():
            raise UserError(self.env._("Nothing of this came before the meeting was suspended."))
        if moment != "suspended_at" and at < row.suspended_at:
            raise UserError(self.env._("This cannot be before the meeting was suspended."))
        if moment == "force_used_at" and not row.force_used_at:
            raise UserError(self.env._("Record the force itself first: it needs its reason."))
        before = row[moment]
        row._unlocked().write({moment: at})
        row._log_correction(row._told(moment), before, reason)

    def _first_after(self):
        names = ("livestream_off_at", "police_called_at", "force_used_at", "left_at", "resumed_at")
        return min((self[name] for name in names if self[name]), default=None)

    def _correct_demand(self, demand, at, reason):
        """Put the time of a demand right; they stay in their order. By who handles or decides.

        :param aggression.demand demand: of this case
        """
        row = self._enter()
        self._check_correction(at, reason)
        demands = self.env["aggression.demand"].sudo()._of(row.incident_id).sorted("number")
        told = demands & demand.sudo()
        if not told:
            raise UserError(self.env._("Choose a demand of this meeting."))
        earlier = demands.filtered(lambda one: one.number < told.number)[-1:]
        later = demands.filtered(lambda one: one.number > told.number)[:1]
        if (earlier and at < earlier.at) or (later and at > later.at):
            raise UserError(self.env._("The demands stay in their order. Correct the time."))
        before = told.at
        told._unlocked().write({"at": at})
        said = self.env._(
            "Demand %(number)s: %(time)s", number=told.number, time=row._time_of_day(at)
        )
        row._log_correction(said, before, reason)

    def _check_correction(self, at, reason):
        if not (reason or "").strip():
            raise UserError(self.env._("Say why the time is put right."))
        if not at or at > fields.Datetime.now():
            raise UserError(self.env._("Fill in when it was: not in the future."))

    def _log_correction(self, said, before, reason):
        was = self.env._("was %(time)s", time=self._time_of_day(before)) if before else ""
        self.incident_id._log("corrected", ". ".join(filter(None, (said, was, reason))))


class Incident(models.Model):
    _inherit = "aggression.incident"

    def action_meeting_disturbance(self):
        """Show the disturbance of this meeting; who handles or decides begins its record here.

        A meeting that nobody wrote down while it lasted is filled in afterwards.
        """
        self.ensure_one()
        self._require(HANDLER, DECIDER)
        case = self.sudo()
        if not case.disturbance_ids:
            case._check_still_open()
            self.env["aggression.meeting.disturbance"]._open_record(
                case, case.occurred_at, live=False
            )
        return case.disturbance_ids.with_env(self.env)._action_screen()
