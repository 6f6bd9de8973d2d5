from odoo import http
from odoo.exceptions import AccessError, MissingError
from odoo.http import request

from ..models.insight.gir import SHEET_ROWS
from .handing_over import handed_over
from .spreadsheet import SHEET, spreadsheet


class GirController(http.Controller):
    """Lines of the register for GIR, of the cases that the user handles.

    Promise: a case that is not theirs and a case that is not there answer the same; each line
    leaves a trace as exported, and no browser or proxy keeps the sheet (C5).
    """

    @http.route("/aggression/gir", type="http", auth="user", methods=["GET"])
    def sheet(self, cases=""):
        numbers = [int(one) for one in cases.split(",") if one.isdecimal() and len(one) < 10]
        incidents = request.env["aggression.incident"].browse(dict.fromkeys(numbers))
        if not incidents or len(incidents) > SHEET_ROWS:
            return request.not_found()
        try:
            heads, rows = incidents._gir_sheet()
        except (AccessError, MissingError):
            return request.not_found()
        return handed_over(spreadsheet(request.env._("GIR"), heads, rows), SHEET, "gir.xlsx")
