from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command, Domain
from odoo.tools.misc import format_date

from ..privacy.sealing import SealedText

DRAFT, APPROVED = "draft", "approved"


class CouncilReport(models.Model):
    """The feedback to the council about one or more whole quarters (M7, D11).

    Promise: it is counted once and printed unchanged ever after; no quarter is in two of them, so
    that nothing can be worked out by laying two side by side; the mayor approves it before it
    goes to the council.
    """

    _name = "aggression.council.report"
    _description = "Feedback to the council"
    _inherit = ["aggression.beside.cases", "aggression.stateful"]
    _order = "date_from desc"
    _rec_name = "date_from"

    _guarded = frozenset(
        {
            "company_id",
            "date_from",
            "date_to",
            "state",
            "total",
            "threshold",
            "incomplete",
            "figure_ids",
            "approved_by_id",
            "approved_at",
        }
    )
    _transitions = {(DRAFT, APPROVED): "_not_approvable_reason"}

    company_id = fields.Many2one("res.company", "Municipality", required=True, readonly=True)
    date_from = fields.Date("From", required=True, readonly=True)
    date_to = fields.Date("Until and including", required=True, readonly=True)
    state = fields.Selection(
        [(DRAFT, "To be approved"), (APPROVED, "Approved")],
        required=True,
        default=DRAFT,
        readonly=True,
    )
    total = fields.Integer("Reports", readonly=True, help="0 when there were too few to say.")
    threshold = fields.Integer("Smallest figure", readonly=True, aggregator=None)
    incomplete = fields.Boolean("Cases were destroyed before", readonly=True)
    introduction = SealedText(
        help="In your own words, at the head of the feedback. Name nobody: it is public."
    )
    figure_ids = fields.One2many("aggression.published.figure", "report_id", "Figures")
    approved_by_id = fields.Many2one("res.users", readonly=True, ondelete="restrict")
    approved_at = fields.Datetime(readonly=True)
    blanks = fields.Integer("Left blank", compute="_compute_blanks")
    can_approve = fields.Boolean(compute="_compute_can_approve")

    _no_quarter_twice = models.Constraint(
        "EXCLUDE USING gist (int4range(company_id, company_id, '[]') WITH &&, "
        "daterange(date_from, date_to, '[]') WITH &&)",
        "There is a feedback about a part of this period already. Choose other quarters.",
    )

    @api.depends("date_from", "date_to")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for report in self:
            start, end = (
                format_date(self.env, day, date_format="MMMM yyyy")
                for day in (report.date_from, report.date_to)
            )
            report.display_name = self.env._("%(start)s to %(end)s", start=start, end=end)

    @api.depends("figure_ids.blank")
    def _compute_blanks(self):
        for report in self:
            report.blanks = len(report.figure_ids.filtered("blank"))

    @api.depends("state")
    @api.depends_context("uid")
    def _compute_can_approve(self):
        for report in self:
            report.can_approve = report.state == DRAFT and not report._not_approvable_reason()

    @api.model
    def _make(self, company, date_from, date_to):
        """Count a period once and keep what may be published of it.

        :param date date_from: the first day of a quarter
        :param date date_to: the last day of a quarter that is over
        :raises AccessError: for who is not entitled to figures
        """
        figures = self.env["aggression.figures"]._publish(company, date_from, date_to)
        rows = [
            {
                "company_id": company.id,
                "subject": table.subject,
                "key": key,
                "label": key,
                "number": value or 0,
                "blank": value is None,
            }
            for table in figures.tables
            for key, value in table.rows
        ]
        report = (
            self.sudo()
            ._unlocked()
            .create(
                {
                    "company_id": company.id,
                    "date_from": date_from,
                    "date_to": date_to,
                    "total": figures.total or 0,
                    "threshold": figures.threshold,
                    "incomplete": figures.incomplete,
                    "figure_ids": [Command.create(row) for row in rows],
                }
            )
        )
        report.figure_ids._translate_labels()
        return self.browse(report.id)

    @api.model
    def _check_free(self, company, date_from, date_to):
        """Raise ValidationError when there is a feedback about a part of this period."""
        part = Domain("date_from", "<=", date_to) & Domain("date_to", ">=", date_from)
        if self.sudo().search_count(part & Domain("company_id", "=", company.id), limit=1):
            raise ValidationError(
                self.env._(
                    "There is a feedback about a part of this period already. Choose other "
                    "quarters, or open that one."
                )
            )

    def write(self, vals):
        if "introduction" in vals and any(report.state == APPROVED for report in self):
            raise UserError(self.env._("This feedback was approved. It does not change any more."))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_counted(self):
        raise UserError(self.env._("What was counted for the council is kept."))

    def action_approve(self):
        """Approve this feedback, as it stands. By the mayor, or who acts as mayor.

        :raises AccessError: for anybody else
        """
        self.ensure_one()
        self.check_access("read")
        if reason := self._not_approvable_reason():
            raise AccessError(reason)
        self.sudo()._move(APPROVED, approved_by_id=self.env.uid, approved_at=fields.Datetime.now())

    def _not_approvable_reason(self):
        """Return in one sentence why the user cannot approve this, or False."""
        return self._not_approver_reason(self.company_id)

    @api.model
    def _not_approver_reason(self, company):
        """Return in one sentence why the user cannot approve for a municipality, or False."""
        protocol = self.env["aggression.protocol"].sudo()._in_force(company)
        role = protocol.feedback_role_id
        staffing = role._staffing(company.id)
        if self.env.uid in staffing.holders(role.id, protocol._today()):
            return False
        return self.env._(
            "The feedback is approved by who holds the role %(role)s.", role=role.name
        )

    def action_print(self):
        """Print the feedback as it was counted."""
        self.check_access("read")
        return self.env.ref("aggression_protocol.report_council_feedback").report_action(self)

    def action_show_page(self):
        """Open the same feedback as a web page."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_url",
            "url": f"/report/html/aggression_protocol.council_feedback/{self.id}",
            "target": "new",
        }

    def action_export(self):
        """Hand the figures to the browser as a spreadsheet."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_url",
            "url": f"/aggression/figures/{self.id}",
            "target": "download",
        }

    def _previous(self):
        """Return the approved feedback about the period before this one, if there is one."""
        self.ensure_one()
        before = Domain("company_id", "=", self.company_id.id)
        before &= Domain("date_to", "<", self.date_from)
        return self.search(before & Domain("state", "=", APPROVED), limit=1)

    def _tables(self):
        """Return what is printed: for each subject its title and rows of label, number, before.

        A number is None where it was left blank; ``before`` is that of the previous feedback.
        """
        figures = self.env["aggression.figures"]
        before = {(f.subject, f.key): f._shown() for f in self._previous().figure_ids}
        return [
            {
                "subject": subject,
                "title": figures._subjects()[subject],
                "shares": figures._shares(subject),
                "drawn": figures._is_drawn(subject),
                "rows": [(one.label, one._shown(), before.get((subject, one.key))) for one in some],
                "empty": all(one.blank for one in some),
            }
            for subject, some in self.figure_ids.grouped("subject").items()
        ]
