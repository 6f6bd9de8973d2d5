import logging
from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

from ..common.one_by_one import each_safely
from ..privacy.access import HANDLER
from ..privacy.notice import OVERDUE, REMINDER

_logger = logging.getLogger(__name__)

BATCH = 500
RETRY = timedelta(hours=1)


class Duty(models.Model):
    """What is due is found by its state, never by a window of time.

    Promise: a duty that was overdue before it was written down is found in the next run; a run
    that is killed goes on where it was; nothing is escalated twice; one duty that cannot be
    handled holds up none of the others.
    """

    _inherit = "aggression.duty"

    @api.model
    def _cron_sweep(self):
        """Look at every open duty whose moment has come, in batches that are kept one by one."""
        progress = self.env["ir.cron"]._commit_progress
        due = self._due_domain()
        progress(remaining=self.search_count(due))
        while batch := self.search(due, limit=BATCH, order="sweep_at, id"):
            locked = batch.try_lock_for_update().filtered_domain(due)
            locked._sweep_safely()
            if not progress(len(locked)) or not locked:
                break

    @api.model
    def _sweep_soon(self):
        """Have the scheduled action run at once, beside its usual times."""
        xmlid = "aggression_protocol.cron_sweep_duties"
        cron_id = self.env["ir.model.data"]._xmlid_to_res_id(xmlid, raise_if_not_found=True)
        self.env["ir.cron"].sudo().browse(cron_id)._trigger()

    @api.model
    def _due_domain(self):
        return Domain("state", "=", "open") & Domain("sweep_at", "<=", fields.Datetime.now())

    def _sweep_safely(self):
        """Handle a batch, putting aside what fails."""
        each_safely(self, lambda duties: duties._sweep(), lambda duty, _error: duty._try_later())

    def _try_later(self):
        # The number of the row and the kind of error: never what is in it.
        _logger.exception("duty %s could not be swept, trying again later", self.id)
        self._unlocked().write({"sweep_at": fields.Datetime.now() + RETRY})

    def _sweep(self):
        now = fields.Datetime.now()
        overdue = self.filtered(lambda duty: duty.due_at <= now)
        overdue._escalate(now)
        (self - overdue)._remind()
        self.flush_recordset()

    def _remind(self):
        """Tell that these are due soon, and look again when they are."""
        for duty in self:
            duty._unlocked().sweep_at = duty.due_at
        self.env["aggression.notice"]._about_duties(self, REMINDER)

    def _escalate(self, now):
        """Tell the next role, give it access, and write the overdue duty in the timeline."""
        rows = []
        for duty in self:
            user_id = duty._escalation_user_id()
            duty._unlocked().write(
                {"escalated_at": now, "escalated_to_id": user_id, "sweep_at": False}
            )
            if user_id:
                rows.append(duty._escalation_row(user_id))
        self.env["aggression.access"]._grant(rows)
        self.env["aggression.entry"]._log_lines(
            [(duty.incident_id, duty.type_id.name) for duty in self], "overdue"
        )
        self.env["aggression.notice"]._about_duties(self, OVERDUE)

    def _escalation_user_id(self):
        """Return the id of who is told that this duty is overdue: not the one who let it lie."""
        self.ensure_one()
        return self.incident_id._holder_id(self._escalation_role_id(), without=self.user_id.ids)

    def _escalation_role_id(self):
        return self._rule().escalation

    def _escalation_row(self, user_id):
        role_id = self._escalation_role_id()
        return self.incident_id._access_row(user_id, HANDLER, "overdue", role_id=role_id)
