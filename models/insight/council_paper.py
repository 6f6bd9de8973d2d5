import base64

from odoo import api, models

from ...rules.column_chart import column_chart


class CouncilReportPaper(models.AbstractModel):
    """Hands the printed feedback its figures, and nothing that they were counted from."""

    _name = "report.aggression_protocol.council_feedback"
    _description = "Feedback to the council, printed"

    @api.model
    def _get_report_values(self, docids, data=None):
        reports = self.env["aggression.council.report"].browse(docids)
        reports.check_access("read")
        return {"docs": reports, "picture": self._picture}

    def _picture(self, table):
        """Return the picture of a table, as an address that holds it, and what it shows."""
        columns = [(label, number) for label, number, _before in table["rows"]]
        drawn = base64.b64encode(column_chart(columns).encode()).decode()
        told = ", ".join(
            f"{label}: {self.env._('left blank') if number is None else number}"
            for label, number in columns
        )
        alternative = self.env._("%(title)s. %(figures)s.", title=table["title"], figures=told)
        return {"src": f"data:image/svg+xml;base64,{drawn}", "alt": alternative}
