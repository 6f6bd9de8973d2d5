from odoo import fields, models


class PublishedFigure(models.Model):
    """One figure of a feedback to the council; blank where it would point at a person.

    Promise: it is what was printed. Graphs, pivots and exports are made of these rows and never
    of cases, so that whoever may open no case learns no more from a screen than from paper (M7).
    """

    _name = "aggression.published.figure"
    _description = "Published figure"
    _inherit = "aggression.beside.cases"
    _order = "report_id desc, id"
    _rec_name = "label"
    _log_access = False

    _guarded = frozenset({"report_id", "company_id", "subject", "key", "label", "number", "blank"})

    report_id = fields.Many2one(
        "aggression.council.report", "Period", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one("res.company", "Municipality", required=True, index=True)
    subject = fields.Selection(
        selection=lambda self: list(self.env["aggression.figures"]._subjects().items()),
        required=True,
    )
    key = fields.Char(required=True)
    label = fields.Char("What", required=True, translate=True)
    number = fields.Integer("How many", help="Nothing where the figure was left blank.")
    blank = fields.Boolean("Left blank")

    def _translate_labels(self):
        """Say in every language of this Odoo what was counted, as it is called today."""
        for code, _name in self.env["res.lang"].get_installed():
            for figure in self.with_context(lang=code):
                figure.label = figure.env["aggression.figures"]._label(figure.subject, figure.key)

    def _shown(self):
        """Return the number, or None where it was left blank."""
        return None if self.blank else self.number
