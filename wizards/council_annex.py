from typing import NamedTuple

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import format_date

from ..models.common.choices import choice_in_words
from ..models.communication.statement import CONFIDENTIALLY, SENT
from ..models.police.consent import COMMUNICATION
from ..models.privacy.access import DECIDER, HANDLER
from ..models.privacy.asker import PRINTED


class Told(NamedTuple):
    """What the annex says of one case: nobody is named but in words that were told already."""

    reference: str
    day: str
    statements: list
    prosecution: list


class CouncilAnnex(models.TransientModel):
    """Print the confidential annex to a feedback: what was told of cases, and how they ended.

    Promise: on it stand only cases that its printer handles or decides in at that moment, and of
    which everybody who was hit agrees that others are told (D3, C4); it is a paper of its own, so
    that it never goes along with the public figures. Each print is in the read log (D11, C1, C5).
    """

    _name = "aggression.council.annex"
    _description = "Confidential annex"
    _inherit = "aggression.own.wizard"

    report_id = fields.Many2one("aggression.council.report", "Feedback", required=True)

    @api.constrains("report_id")
    def _check_report(self):
        self.report_id.sudo(False).check_access("read")  # constraints run as superuser

    def action_print(self):
        """Print the annex."""
        self._require_own()
        return self.env.ref("aggression_protocol.report_council_annex").report_action(self)

    def _cases(self):
        """Return a :class:`Told` for each case of this period that may stand on the annex now."""
        self._require_own()
        statements, steps = self._statements(), self._steps()
        statements._note_reading(PRINTED)
        steps._note_reading(PRINTED)
        cases = (statements.incident_id | steps.incident_id).filtered(_agreed)
        by_case = statements.grouped("incident_id"), steps.grouped("incident_id")
        return [
            case._as_told(by_case[0].get(case, statements[:0]), by_case[1].get(case, steps[:0]))
            for case in cases.sorted("reported_at")
        ]

    def _statements(self):
        """Return what was told to the council confidentially in the period."""
        period = self._between("sent_at")
        told = Domain("audience", "=", CONFIDENTIALLY) & Domain("state", "=", SENT)
        return self.env["aggression.statement"].search(told & period & self._mine(), order="id")

    def _steps(self):
        """Return the steps of prosecutions in the period."""
        report = self.report_id
        days = Domain("day", ">=", report.date_from) & Domain("day", "<=", report.date_to)
        steps = self.env["aggression.prosecution.step"]
        return steps.search(days & self._mine(), order="day, id")

    def _between(self, name):
        report = self.report_id
        protocol = self.env["aggression.protocol"].sudo()._in_force(report.company_id)
        end = protocol._midnight(fields.Date.add(report.date_to, days=1))
        begin = protocol._midnight(report.date_from)
        return Domain(name, ">=", begin) & Domain(name, "<", end)

    def _mine(self):
        """Return the domain of what belongs to cases that the user handles or decides in."""
        mine = Domain("user_id", "=", self.env.uid) & Domain("role", "in", (HANDLER, DECIDER))
        company = Domain("company_id", "=", self.report_id.company_id.id)
        return Domain("incident_id", "any", company & Domain("team_ids", "any", mine))


def _agreed(case):
    """Tell whether everybody who was hit agrees now that others are told of it."""
    persons = case.sudo().affected_ids.filtered(lambda one: one.user_id or one.name)
    return all(person._agrees(COMMUNICATION) for person in persons)


class Incident(models.Model):
    _inherit = "aggression.incident"

    def _as_told(self, statements, steps):
        protocol = self.protocol_id
        return Told(
            self.reference,
            format_date(self.env, protocol._day_of(self.reported_at)),
            [
                (format_date(self.env, protocol._day_of(told.sent_at)), told.text)
                for told in statements
            ],
            [(format_date(self.env, step.day), step._in_words()) for step in steps],
        )


class ProsecutionStep(models.Model):
    _inherit = "aggression.prosecution.step"

    def _in_words(self):
        """Say which step it was, and how it ended where this was the last one."""
        state = choice_in_words(self, "state")
        followed = self.prosecution_id
        if self.state != "final" or not followed.outcome:
            return state
        return f"{state}: {choice_in_words(followed, 'outcome')}"


class CouncilAnnexReport(models.AbstractModel):
    """Hands the printed annex its cases, and nothing that they were gathered from."""

    _name = "report.aggression_protocol.council_annex"
    _description = "Confidential annex, printed"

    @api.model
    def _get_report_values(self, docids, data=None):
        annex = self.env["aggression.council.annex"].browse(docids)
        return {"docs": annex, "cases": annex._cases()}
