import logging

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import split_every

from ..case.incident import CLOSED
from ..common.one_by_one import each_safely
from ..privacy.access import PROTECTOR

_logger = logging.getLogger(__name__)

BATCH = 200


class Succession(models.AbstractModel):
    """Roles change hands: by a date that passes, an appointment, an absence, a departure.

    Promise: what is open goes to who answers now and the old holder's access ends, in one step
    per case and with one entry in its timeline (C3, C5). Found by state: a run that is killed or
    repeated does no harm, and a case that cannot be handled holds up none of the others.
    """

    _name = "aggression.succession"
    _description = "Hand-over of roles"

    @api.model
    def _run(self, gone=(), progress=lambda done: None):
        """Bring every case in line with who holds which role today.

        :param gone: ids of users who were just taken out of a role without a last day
        :param progress: called with the number of cases after each batch
        """
        rows = self.env["aggression.access"]._outlived(gone)
        cases = self._cases_with_work() | rows.incident_id
        ending = rows.grouped("incident_id")
        for company, own in cases.grouped("company_id").items():
            spoken = own.with_context(lang=company.partner_id.lang)
            for batch in split_every(BATCH, spoken.ids, spoken.browse):
                batch._hand_over_safely(ending)
                progress(len(batch))

    @api.model
    def _cases_with_work(self):
        """Return the open cases, and closed ones with something on offer, in superuser mode.

        Somebody who is protected needs somebody who keeps that, whatever became of the case.
        """
        return (
            self.env["aggression.incident"]
            .sudo()
            .search(
                Domain("state", "!=", CLOSED)
                | Domain("next_due_at", "!=", False)
                | Domain("protection_ids.ended_on", "=", False)
            )
        )

    @api.model
    def _cron_hand_over(self):
        """Once a day: dates have passed since. Each batch is kept as soon as it is done."""
        self._run(progress=self.env["ir.cron"]._commit_progress)


class Incident(models.Model):
    _inherit = "aggression.incident"

    def _hand_over_safely(self, ending):
        """Hand over a batch.

        Where that fails, access ends all the same; the next run finds who takes over.

        :param dict ending: {case: the access rows that end in it}, of these and other cases
        """
        nothing = self.env["aggression.access"]

        def hand_over(cases):
            cases._hand_over(nothing.concat(*(ending[case] for case in cases if case in ending)))

        def end_access(case, _error):
            # The number of the row and the kind of error: never what is in it.
            _logger.exception("case %s could not be handed over", case.id)
            ending.get(case, nothing)._end()

        each_safely(self, hand_over, end_access)

    def _hand_over(self, rows):
        """End ``rows`` and let others take over what is open in these cases (superuser mode).

        :param aggression.access rows: of these cases; who had them may keep another part
        """
        # Superuser mode shares the cache with whoever is behind the call and saw only a part.
        self.env.invalidate_all()
        before = self._users_on()
        rows._end()
        came = self._recast()
        after = self._users_on()
        lines = []
        for case in self:
            old, new = before.get(case.id, set()), after.get(case.id, set())
            left, taking_over = old - new, (new - old) | came[case.id]
            if left or taking_over:
                lines.append((case, self._hand_over_words(left, taking_over)))
        self.env["aggression.entry"]._log_lines(lines, "handed_over")

    def _users_on(self):
        """Return {case id: ids of the users who have a part in it}."""
        # who knows of protection is told to nobody, not in the timeline either (D7)
        known = Domain("incident_id", "in", self.ids) & Domain("role", "!=", PROTECTOR)
        found = self.env["aggression.access"]._read_group(
            known, ["incident_id"], ["user_id:recordset"]
        )
        return {case.id: set(users.ids) for case, users in found}

    def _hand_over_words(self, left, taking_over):
        users = self.env["res.users"]
        words = []
        if left:
            names = ", ".join(users.browse(sorted(left)).mapped("name"))
            words.append(self.env._("No longer on this case: %(names)s.", names=names))
        if names := ", ".join(users.browse(sorted(taking_over - {False})).mapped("name")):
            words.append(self.env._("Takes over: %(names)s.", names=names))
        if False in taking_over:
            words.append(
                self.env._("Nobody can take over a task here: ask to have somebody appointed.")
            )
        return " ".join(words)
