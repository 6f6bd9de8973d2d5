from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..privacy.access import CARER


class Access(models.Model):
    """Access that has outlived what it was given for.

    Promise: found by what is so today, never by what happened when; a person who left sees
    nothing, old or new. What is somebody's own (being hit) stays as long as the account does.
    """

    _inherit = "aggression.access"

    @api.model
    def _outlived(self, gone=()):
        """Return the rows that have to end, in superuser mode.

        :param gone: ids of users who were just taken out of a role without a last day
        """
        everything = self.sudo()
        return (
            everything._without_standing()
            | everything._without_role(gone)
            | everything._without_account()
            | everything._of_kept_out()
        )

    def _without_standing(self):
        """Return the rows of users who no longer answer for the role that gave it to them."""
        rows = self.browse()
        for role, user in self._read_group([("role_id", "!=", False)], ["role_id", "user_id"]):
            staffing = role._staffing(role.company_id.id)
            if not staffing.stands(role.id, user.id, role._today(role.company_id)):
                rows |= self.search([("role_id", "=", role.id), ("user_id", "=", user.id)])
        return rows.filtered(lambda row: not row._still_stands())

    def _still_stands(self):
        """Tell whether this user holds the role that gave the row, or answers for it here.

        Any role of the chain of substitutes will do for who was told of an overdue duty, since
        who let it lie was passed over, and for a carer who has begun to talk.
        """
        self.ensure_one()
        role, user_id = self.role_id, self.user_id.id
        staffing, day = role._staffing(role.company_id.id), role._today(role.company_id)
        lenient = self.reason == "overdue" or self._has_talked()
        links = staffing.chain(role.id) if lenient else [role.id]
        return any(
            staffing.stands(link, user_id, day) for link in links
        ) or user_id in self.incident_id._answering_ids(role.id)

    def _has_talked(self):
        """Tell whether this is a carer who has held a talk since the care came to them."""
        talks = self.affected_id.aftercare_ids.talk_ids
        return self.role == CARER and any(
            talk.state == "held" and self.since and talk.held_at >= self.since for talk in talks
        )

    def _without_role(self, gone):
        """Return what users whose last role has ended once reported or were let into.

        What they were given after that, as anybody could be, stays.
        """
        last_days = self.env["aggression.role"]._last_days()
        rows = self.search(
            [
                ("user_id", "in", [*last_days, *gone]),
                ("reason", "in", ("reported", "granted")),
            ]
        )
        at_once = set(gone) - self.env["aggression.role"]._in_a_role(gone)
        return rows.filtered(
            lambda row: (
                row.user_id.id in at_once
                or row.user_id.id in last_days
                and (not row.since or row.since.date() <= last_days[row.user_id.id])
            )
        )

    def _without_account(self):
        return self.search([("user_id.active", "=", False)])

    def _of_kept_out(self):
        """Return rows that came in at the very moment in which their user was kept out."""
        self.env["aggression.exclusion"].flush_model()
        found = self.env.execute_query(
            SQL(
                """
                SELECT a.id FROM aggression_access a
                JOIN aggression_exclusion e USING (incident_id, user_id)
                WHERE e.lifted_at IS NULL
                """
            )
        )
        return self.browse([row_id for (row_id,) in found])


class Role(models.Model):
    _inherit = "aggression.role"

    @api.model
    def _last_days(self):
        """Return {user id: last day in any role} of those whose roles have all ended."""
        found = (
            self.env["aggression.role.assignment"]
            .sudo()
            ._read_group([], ["user_id"], ["date_to:max", "date_to:count", "__count"])
        )
        today = self._today(self.env.company)
        return {
            user.id: last for user, last, ended, number in found if ended == number and last < today
        }

    @api.model
    def _in_a_role(self, user_ids):
        """Return the ids of those who hold a role now or will hold one."""
        today = self._today(self.env.company)
        lines = (
            self.env["aggression.role.assignment"]
            .sudo()
            .search(
                Domain("user_id", "in", user_ids)
                & (Domain("date_to", "=", False) | Domain("date_to", ">=", today))
            )
        )
        return set(lines.user_id.ids)
