from odoo import http
from odoo.http import content_disposition, request

from ..models.privacy.asker import REFUSED


class FileController(http.Controller):
    """The one door through which files of a case leave.

    Promise: only who can read the file's case gets it, checked by the ordinary rules at each
    download; a file that is not yours and a file that is not there answer the same; no link
    opens without logging in, and no browser shows or runs what is in the file (C5).
    """

    @http.route("/aggression/file/<string:reference>", type="http", auth="user", methods=["GET"])
    def download(self, reference):
        files = request.env["aggression.evidence"]
        file = files.has_access("read") and files.search([("reference", "=", reference)])
        if not file:
            files.sudo().search([("reference", "=", reference)]).sudo(False)._note_reading(REFUSED)
            answer = request.env._("This file does not exist, or you have no part in its case.")
            return request.make_response(answer, [("Content-Type", "text/plain")], status=404)
        content, kind = file._for_download()
        return request.make_response(
            content,
            [
                ("Content-Type", kind),
                ("Content-Length", len(content)),
                ("Content-Disposition", content_disposition(file._neutral_name())),
                ("X-Content-Type-Options", "nosniff"),
                ("Content-Security-Policy", "sandbox; default-src 'none'"),
                ("Cache-Control", "no-store"),
            ],
        )
