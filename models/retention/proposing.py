from collections import Counter
from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ...rules.retention import CASE, CAUSER
from .retention_run import DONE, PROPOSED, SIGNED, WITHDRAWN

# Cases with a causer or a description to take away, of whose causers no case still needs the name.
UNNAMABLE = """
    SELECT r.id
    FROM aggression_retention r JOIN aggression_incident i ON i.id = r.incident_id
    WHERE r.causer_due_on <= %(today)s AND r.unnamed_on IS NULL AND i.company_id = %(company)s
    AND NOT EXISTS (
        SELECT FROM aggression_causer_incident_rel mine
        JOIN aggression_causer_incident_rel other ON other.causer_id = mine.causer_id
        LEFT JOIN aggression_retention o ON o.incident_id = other.incident_id
        WHERE mine.incident_id = r.incident_id
        AND (o.causer_due_on IS NULL OR o.causer_due_on > %(today)s))
    AND (EXISTS (
            SELECT FROM aggression_causer_incident_rel mine
            JOIN aggression_causer c ON c.id = mine.causer_id
            WHERE mine.incident_id = r.incident_id AND c.unnamed_on IS NULL)
        OR EXISTS (
            SELECT FROM aggression_facts f
            WHERE f.incident_id = r.incident_id AND f.causer_description IS NOT NULL))
"""


class Retention(models.Model):
    """Which cases are due, told by their state."""

    _inherit = "aggression.retention"

    @api.model
    def _due(self, company, today):
        """Return {clock: the rows that are due and on no list yet}."""
        free = self.sudo().search(
            Domain("run_id", "=", False)
            & Domain("destroy_due_on", "<=", today)
            & Domain("incident_id.company_id", "=", company.id)
        )
        cases = free.filtered(lambda row: row._may_go(today))
        causers = self._unnamable(company, today).filtered(lambda row: not row.run_id)
        return {CASE: cases, CAUSER: causers - cases}

    def _may_go(self, today):
        """Tell whether nothing stands in the way of destroying this on a list of today.

        What protects somebody stays as long as it runs. It moves no clock: those are read by who
        must not find out that there is any protection (D7).
        """
        protecting = self.incident_id.protection_ids.filtered(
            lambda one: not one.ended_on and (not one.until or one.until >= today)
        )
        return self._was_told(today) and not protecting

    def _was_told(self, today):
        """Tell whether there was time to stop the destruction after the warning."""
        ahead = timedelta(days=self.incident_id.protocol_id.destruction_notice_days)
        return self.warned_for == self.destroy_due_on and self.warned_on + ahead <= today

    @api.model
    def _unnamable(self, company, today):
        """Return the rows whose causers need not be named any more in any of their cases."""
        self.env.flush_all()
        found = SQL(UNNAMABLE, today=today, company=company.id)
        return self.sudo().browse([id_ for (id_,) in self.env.execute_query(found)])

    def _still_due(self):
        """Return those of these rows, each on a list, that are due as things are now.

        Their clocks were just worked out anew.
        """
        due = self.browse()
        for company, rows in self.grouped(lambda row: row.incident_id.company_id).items():
            today = self.env["aggression.role"]._today(company)
            unnamable = self._unnamable(company, today)
            due |= rows.filtered(
                lambda row, today=today, unnamable=unnamable: (
                    row in unnamable
                    if row.run_clock == CAUSER
                    else row.destroy_due_on and row._may_go(today)
                )
            )
        return due


class RetentionRun(models.Model):
    """A list is made of what is due, and made anew when it is no longer so."""

    _inherit = "aggression.retention.run"

    @api.model
    def _propose(self, company):
        """Put what is due on a list to be signed, unless one is waiting already.

        :return: the new list, or none
        """
        runs = self.sudo()
        waiting = Domain("company_id", "=", company.id) & Domain("state", "=", PROPOSED)
        if runs.search_count(waiting, limit=1):
            return runs.browse()
        today = self.env["aggression.role"]._today(company)
        due = self.env["aggression.retention"]._due(company, today)
        if not any(due.values()):
            return runs.browse()
        run = runs._unlocked().create(
            {"at": fields.Datetime.now(), "company_id": company.id, "state": PROPOSED}
        )
        for clock, rows in due.items():
            rows._unlocked().write({"run_id": run.id, "run_clock": clock})
        run._write_counts(run._members())
        return run

    def _members(self):
        """Return the rows of the cases on these lists."""
        return self.env["aggression.retention"].sudo().search([("run_id", "in", self.ids)])

    def _write_counts(self, members):
        self.env["aggression.retention.count"].sudo()._unlocked().create(
            [
                {
                    "run_id": self.id,
                    "clock": clock,
                    "outcome": outcome,
                    "year": year,
                    "number": number,
                }
                for (clock, outcome, year), number in sorted(self._counted(members).items())
            ]
        )

    def _counted(self, members):
        """Return {(clock, outcome, year): number} of these cases."""
        return Counter(
            (row.run_clock, row.incident_id.outcome, str(row.incident_id.reported_at.year))
            for row in members
        )

    def _has_changed(self):
        """Tell whether what is due is not what the list says any more."""
        members = self._members()
        self.env["aggression.retention"]._refresh(members.incident_id)
        due = members.exists()._still_due()
        said = {(line.clock, line.outcome, line.year): line.number for line in self.count_ids}
        return self._counted(due) != said

    def _replace(self):
        """Withdraw this list and return the one that takes its place, or itself."""
        self._members()._unlocked().write({"run_id": False, "run_clock": False})
        self._set(state=WITHDRAWN, done_at=fields.Datetime.now())
        return self._propose(self.company_id) or self

    @api.model
    def _finish(self):
        """Mark as done the signed lists on which no case is left."""
        for run in self.search([("state", "=", SIGNED)]):
            if not run._members():
                run._set(state=DONE, done_at=fields.Datetime.now())
