import logging
from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ...rules import due
from ..common.one_by_one import each_safely
from ..privacy.access import HANDLER
from ..privacy.notice import OVERDUE, REMINDER

_logger = logging.getLogger(__name__)

BATCH = 1000
RETRY = timedelta(hours=1)

NOTE = """
    UPDATE aggression_duty duty SET rung = swept.rung, sweep_at = swept.look::timestamp,
        escalated_to_id = swept.last::int, escalated_at = %s
    FROM (VALUES %s) AS swept (id, rung, look, last) WHERE duty.id = swept.id
"""
TOLD = "INSERT INTO aggression_duty_told_rel (duty_id, user_id) VALUES %s ON CONFLICT DO NOTHING"


class Duty(models.Model):
    """What is due is found by its state, never by a window of time.

    Promise: a duty that was overdue before it was written down is found in the next run; a run
    that is killed goes on where it was; nobody is told twice; one duty that cannot be handled
    holds up none of the others. What stays undone goes up the ladder, a step at a time.
    """

    _inherit = "aggression.duty"

    @api.model
    def _cron_sweep(self):
        """Look at every open duty whose moment has come, in batches that are kept one by one."""
        progress = self.env["ir.cron"]._commit_progress
        waiting = self._due_domain()
        progress(remaining=self.search_count(waiting))
        while batch := self.search(waiting, limit=BATCH, order="sweep_at, id"):
            locked = batch.try_lock_for_update().filtered_domain(waiting)
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
        if overdue:
            overdue._escalate(now)
        (self - overdue)._remind()
        self.flush_recordset()

    def _remind(self):
        """Tell that these are due soon, and look again when they are."""
        for duty in self._unlocked():
            duty.sweep_at = duty.due_at
        self.env["aggression.notice"]._about_duties(self, REMINDER)

    def _escalate(self, now):
        """Tell who is next on the ladder, give them access, and write it in the timeline."""
        fresh = self.filtered(lambda duty: not duty.rung)
        calls = {duty: duty._calls(now) for duty in self}
        self._note_calls(calls, now)
        self.env["aggression.access"]._grant(
            [
                duty._escalation_row(user_id, role_id)
                for duty, called in calls.items()
                for user_id, role_id in called.items()
            ]
        )
        self._log_escalation(fresh, "overdue")
        self._log_escalation((self - fresh).filtered(calls.get), "escalated")
        self.env["aggression.notice"]._about_duties(self, OVERDUE)

    def _calls(self, now):
        """Return {user id: role id} of who is told now, by the rungs reached since the last time.

        A run can find several at once: a report comes late, or nothing ran for a day.
        """
        rungs = self._rule().rungs
        reached = rungs[self.rung : due.rungs_reached(self.due_at, rungs, now)]
        called = {self._escalation_user_id(rung.role): rung.role for rung in reached if rung.role}
        told = (False, *self.told_ids.ids)
        return {user: role for user, role in called.items() if user not in told}

    def _note_calls(self, calls, now):
        """Write down who was told and when to look again: in two queries, however many."""
        self.flush_recordset()
        rows = [duty._told_row(called, now) for duty, called in calls.items()]
        self.env.execute_query(SQL(NOTE, now, SQL(", ").join(SQL("%s", row) for row in rows)))
        told = [(duty.id, user) for duty, called in calls.items() for user in called]
        if told:
            self.env.execute_query(SQL(TOLD, SQL(", ").join(SQL("%s", row) for row in told)))
        names = ["rung", "sweep_at", "escalated_at", "escalated_to_id", "told_ids"]
        self.invalidate_recordset(names, flush=False)

    def _told_row(self, called, now):
        rule = self._rule()
        taken = due.rungs_reached(self.due_at, rule.rungs, now)
        last = next(reversed(called), self.escalated_to_id.id) or None
        return self.id, taken, rule.next_look(self.due_at, taken) or None, last

    def _log_escalation(self, duties, kind):
        lines = [(duty.incident_id, duty.type_id.name) for duty in duties]
        self.env["aggression.entry"]._log_lines(lines, kind)

    def _escalation_user_id(self, role_id):
        """Return the id of who is told that this duty is overdue: not the one who let it lie."""
        self.ensure_one()
        return self.incident_id._holder_id(role_id, without=self.user_id.ids)

    def _escalation_role_id(self):
        """Return the id of the role that was told last."""
        return self._rule().rungs[max(self.rung - 1, 0)].role

    def _escalation_row(self, user_id, role_id):
        return self.incident_id._access_row(user_id, HANDLER, "overdue", role_id=role_id)
