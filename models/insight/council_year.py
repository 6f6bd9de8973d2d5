from odoo import api, fields, models
from odoo.fields import Domain

from .council_report import APPROVED


class CouncilReport(models.Model):
    """The figures of a year as a file that municipalities lay side by side.

    Promise: only figures that were approved for the council, as they were printed; so that two
    files together tell no more than two papers (M7).
    """

    _inherit = "aggression.council.report"

    def action_export_year(self):
        """Hand the approved figures of the year of this feedback to the browser."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_url",
            "url": f"/aggression/figures/year/{self.date_from.year}.csv",
            "target": "download",
        }

    @api.model
    def _of_year(self, company, year):
        """Return the approved feedback about quarters of a year, the earliest first."""
        days = [fields.Date.to_date(f"{year:04}-{day}") for day in ("01-01", "12-31")]
        domain = Domain("date_from", ">=", days[0]) & Domain("date_to", "<=", days[1])
        domain &= Domain("state", "=", APPROVED)
        return self.search(domain & Domain("company_id", "=", company.id), order="date_from")

    @api.model
    def _rows_of_year(self, year):
        """Return what was approved of a year, row by row; see ``controllers/figures.py``."""
        if not 2000 <= year < 2200:
            return []
        return [
            (
                report.company_id.name,
                fields.Date.to_string(report.date_from),
                fields.Date.to_string(report.date_to),
                report.threshold,
                figure.subject,
                figure.key,
                figure._shown(),
            )
            for report in self._of_year(self.env.company, year)
            for figure in report.figure_ids
        ]
