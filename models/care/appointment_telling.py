import logging

from odoo import api, fields, models
from odoo.fields import Domain

from ..common.one_by_one import each_safely
from ..privacy.notice import APPOINTMENT_SOON, DONE, NO_PART
from .appointment import AGREED

_logger = logging.getLogger(__name__)

BATCH = 500


class Appointment(models.Model):
    """Both hear of an appointment, and once more some hours before.

    Promise: a notice has no content (C5); a reminder is found by its state, so that a run that is
    late or killed leaves nobody out, and it is sent once.
    """

    _inherit = "aggression.appointment"

    @api.model
    def _cron_remind(self):
        """Remind of what is near, in batches that are kept one by one."""
        progress = self.env["ir.cron"]._commit_progress
        due = Domain("state", "=", AGREED) & Domain("remind_at", "<=", fields.Datetime.now())
        progress(remaining=self.search_count(due))
        while batch := self.search(due, limit=BATCH, order="remind_at, id"):
            locked = batch.try_lock_for_update().filtered_domain(due)
            each_safely(locked, lambda near: near._remind(), lambda one, _error: one._give_up())
            if not progress(len(locked)) or not locked:
                break

    def _remind(self):
        self._unlocked().write({"remind_at": False})
        now = fields.Datetime.now()
        self.filtered(lambda one: one.start_at > now)._tell(APPOINTMENT_SOON)
        self.flush_recordset()

    def _give_up(self):
        # The number of the row and the kind of error: never what is in it.
        _logger.exception("appointment %s: nobody could be reminded", self.id)
        self._unlocked().write({"remind_at": False})

    def _people(self):
        """Return the users between whom this stays (superuser mode)."""
        return self.aftercare_id._people()

    def _tell(self, kind):
        """Tell the two of them; whoever caused it sits in front of it.

        :param str kind: APPOINTMENT or APPOINTMENT_SOON
        """
        self.env["aggression.notice"]._queue(
            {
                "key": f"{kind}/{one.id}/{one.state}/{user_id}",
                "user_id": user_id,
                "about": one.incident_id,
                "kind": kind,
                "appointment_id": one.id,
            }
            for one in self
            for user_id in one._people().ids
        )


class Notice(models.Model):
    _inherit = "aggression.notice"

    def _obstacle(self, visible):
        return super()._obstacle(visible) or self._obstacle_of_appointment()

    def _obstacle_of_appointment(self):
        """Return why somebody need not hear of this appointment any more, or None."""
        appointment = self.appointment_id
        if not appointment:
            return None
        if self.user_id not in appointment._people():
            return NO_PART
        over = appointment.state != AGREED or appointment.start_at <= fields.Datetime.now()
        return DONE if over and self.kind == APPOINTMENT_SOON else None
