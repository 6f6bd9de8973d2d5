from datetime import date

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

DRAFT, ADOPTED = "draft", "adopted"
TYPED = ("conclusions", "changes")


class ProtocolEvaluation(models.Model):
    """What a year with the protocol taught: figures, lessons, conclusions, what changes (U6, M7).

    Promise: it leads to no case: it is made of what was approved for the council and of lessons
    that name nobody. It is about the version that applied in that year, laid beside the last year
    under the version before, and once adopted its words stay as they are.
    """

    _name = "aggression.protocol.evaluation"
    _description = "Yearly evaluation of the protocol"
    _inherit = ["aggression.beside.cases", "aggression.stateful"]
    _rec_name = "year"
    _order = "year desc"

    _guarded = frozenset({"company_id", "protocol_id", "state", "adopted_by_id", "adopted_at"})
    _transitions = {(DRAFT, ADOPTED): "_not_adoptable_reason"}

    company_id = fields.Many2one(
        "res.company",
        "Municipality",
        required=True,
        readonly=True,
        default=lambda self: self.env.company,
    )
    protocol_id = fields.Many2one(
        "aggression.protocol",
        required=True,
        readonly=True,
        ondelete="restrict",
        compute="_compute_protocol_id",
        store=True,
        precompute=True,
    )
    year = fields.Integer(
        required=True,
        aggregator=None,
        default=lambda self: fields.Date.context_today(self).year - 1,
    )
    state = fields.Selection(
        [(DRAFT, "Being written"), (ADOPTED, "Adopted")],
        required=True,
        default=DRAFT,
        readonly=True,
    )
    conclusions = fields.Text(help="What went well and what did not. Name nobody: it is public.")
    changes = fields.Text("What changes", help="In the protocol, or in how it is worked with.")
    adopted_by_id = fields.Many2one("res.users", "Adopted by", readonly=True, ondelete="restrict")
    adopted_at = fields.Datetime(readonly=True)
    figure_ids = fields.Many2many(
        "aggression.published.figure", string="Figures", compute="_compute_learned"
    )
    lesson_ids = fields.Many2many("aggression.lesson", string="Lessons", compute="_compute_learned")
    earlier_id = fields.Many2one(
        "aggression.protocol.evaluation",
        "Last year of the version before",
        compute="_compute_earlier_id",
    )
    can_adopt = fields.Boolean(compute="_compute_can_adopt")

    _once = models.UniqueIndex("(company_id, year)", "This year is evaluated already. Open it.")
    _a_year = models.Constraint(
        "CHECK (year >= 2000 AND year < 2200)", "Fill in the year that is evaluated."
    )

    @api.depends("year", "company_id")
    def _compute_protocol_id(self):
        """Take the version with which that year ended, also when another is in force by now."""
        for evaluation in self:
            last_day = date(min(max(evaluation.year, 1), 9999), 12, 31)
            evaluation.protocol_id = evaluation.protocol_id._applied_on(
                evaluation.company_id, last_day
            )

    @api.depends("year", "company_id")
    def _compute_learned(self):
        """Gather what was published of that year and what was learned in it."""
        lessons = self.env["aggression.lesson"]
        may_read = lessons.has_access("read")
        for evaluation in self:
            evaluation.figure_ids = evaluation._reports().figure_ids
            of_year = Domain("company_id", "=", evaluation.company_id.id)
            of_year &= Domain("year", "=", evaluation.year)
            evaluation.lesson_ids = lessons.search(of_year) if may_read else lessons

    @api.depends("year", "company_id", "protocol_id")
    def _compute_earlier_id(self):
        for evaluation in self:
            evaluation.earlier_id = self.search(
                Domain("company_id", "=", evaluation.company_id.id)
                & Domain("protocol_id", "!=", evaluation.protocol_id.id)
                & Domain("year", "<", evaluation.year),
                limit=1,
            )

    @api.depends("state", "company_id")
    @api.depends_context("uid")
    def _compute_can_adopt(self):
        for evaluation in self:
            reason = evaluation.state != DRAFT or evaluation._not_adoptable_reason()
            evaluation.can_adopt = not reason

    def write(self, vals):
        kept = {*TYPED, "year"}
        if kept & vals.keys() and any(one.state == ADOPTED for one in self):
            raise UserError(self.env._("This evaluation was adopted. It does not change any more."))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_adopted(self):
        if any(evaluation.state == ADOPTED for evaluation in self):
            raise UserError(self.env._("What was adopted is kept."))

    def action_adopt(self):
        """Adopt this evaluation. By who approves the feedback to the council.

        :raises AccessError: for anybody else
        :raises UserError: while nothing was concluded
        """
        self.ensure_one()
        self.check_access("read")
        if reason := self._not_adoptable_reason():
            raise AccessError(reason)
        if not (self.conclusions or "").strip():
            raise UserError(self.env._("Write down the conclusions first."))
        self.sudo()._move(ADOPTED, adopted_by_id=self.env.uid, adopted_at=fields.Datetime.now())

    def _not_adoptable_reason(self):
        """Return in one sentence why the user cannot adopt this, or False."""
        return self.env["aggression.council.report"]._not_approver_reason(self.company_id)

    def action_print(self):
        """Print the evaluation."""
        self.check_access("read")
        return self.env.ref("aggression_protocol.report_protocol_evaluation").report_action(self)

    def _reports(self):
        if not self:
            return self.env["aggression.council.report"]
        return self.env["aggression.council.report"]._of_year(self.company_id, self.year)

    def _comparison(self):
        """Return what is laid side by side: the periods, and for each subject its title and rows.

        A row has the label and for each period the number, or None where it was left blank or was
        not counted then.
        """
        reports = self.earlier_id._reports() | self._reports()
        shown = {
            (report.id, figure.subject, figure.key): figure._shown()
            for report in reports
            for figure in report.figure_ids
        }
        figures = {(one.subject, one.key): one for one in reports.figure_ids}.values()
        titles = self.env["aggression.figures"]._subjects()
        tables = [
            {
                "title": titles[subject],
                "rows": [
                    (one.label, [shown.get((r.id, subject, one.key)) for r in reports])
                    for one in figures
                    if one.subject == subject
                ],
            }
            for subject in titles
            if subject != "quarter"
        ]
        return reports, [table for table in tables if _says_something(table)]


def _says_something(table):
    return any(number is not None for _label, numbers in table["rows"] for number in numbers)
