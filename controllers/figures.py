import io

import xlsxwriter

from odoo import http
from odoo.exceptions import AccessError, MissingError
from odoo.http import request

from .handing_over import handed_over

SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class FiguresController(http.Controller):
    """Published figures as a spreadsheet, for who may read them; a blank one is an empty cell."""

    @http.route("/aggression/figures/<int:report_id>", type="http", auth="user", methods=["GET"])
    def spreadsheet(self, report_id):
        report = request.env["aggression.council.report"].browse(report_id)
        try:
            report.check_access("read")
            content = _sheet(report)
        except (AccessError, MissingError):
            return request.not_found()
        name = f"{report.date_from}_{report.date_to}.xlsx"
        return handed_over(content, SHEET, name)


def _sheet(report):
    """Return the figures of ``report`` as the bytes of an .xlsx file."""
    buffer = io.BytesIO()
    translate = report.env._
    heads = (translate("Subject"), translate("What"), translate("Number"))
    # words stay words, whatever sign they begin with
    words = {"strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(buffer, {"in_memory": True, **words}) as book:
        sheet = book.add_worksheet(translate("Figures"))
        sheet.set_column(0, 1, 45)
        sheet.write_row(0, 0, heads, book.add_format({"bold": True}))
        lines = ((t["title"], *row[:2]) for t in report._tables() for row in t["rows"])
        for number, line in enumerate(lines, 1):
            sheet.write_row(number, 0, line)
    return buffer.getvalue()
