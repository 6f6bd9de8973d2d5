import csv
import io

from odoo import http
from odoo.exceptions import AccessError, MissingError
from odoo.http import request

from .handing_over import handed_over
from .spreadsheet import SHEET, spreadsheet

# Keys and no words: municipalities lay these files side by side, whatever language each speaks.
COMPARED = ("municipality", "from", "until", "smallest", "subject", "key", "number")


class FiguresController(http.Controller):
    """Published figures as a file, for who may read them; a blank one is an empty cell."""

    @http.route("/aggression/figures/<int:report_id>", type="http", auth="user", methods=["GET"])
    def spreadsheet(self, report_id):
        report = request.env["aggression.council.report"].browse(report_id)
        try:
            report.check_access("read")
            content = _sheet(report)
        except (AccessError, MissingError):
            return request.not_found()
        return handed_over(content, SHEET, f"{report.date_from}_{report.date_to}.xlsx")

    @http.route(
        "/aggression/figures/year/<int:year>.<string:form>",
        type="http",
        auth="user",
        methods=["GET"],
    )
    def year(self, year, form):
        """Hand over the approved figures of a year, in a form that municipalities can compare."""
        reports = request.env["aggression.council.report"]
        if form not in ("csv", "xlsx") or not reports.has_access("read"):
            return request.not_found()
        rows = reports._rows_of_year(year)
        if not rows:
            return request.not_found()
        if form == "xlsx":
            return handed_over(spreadsheet(str(year), COMPARED, rows), SHEET, f"{year}.xlsx")
        return handed_over(_csv(rows), "text/csv;charset=utf-8", f"{year}.csv")


def _sheet(report):
    """Return the figures of ``report`` as the bytes of an .xlsx file."""
    translate = report.env._
    heads = (translate("Subject"), translate("What"), translate("How many"))
    rows = ((t["title"], *row[:2]) for t in report._tables() for row in t["rows"])
    return spreadsheet(translate("Figures"), heads, rows)


def _csv(rows):
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(COMPARED)
    writer.writerows(rows)
    return text.getvalue().encode()
