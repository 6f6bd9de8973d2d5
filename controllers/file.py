from odoo import http
from odoo.http import request

from ..models.privacy.asker import REFUSED
from .handing_over import handed_over, not_there


class FileController(http.Controller):
    """The one door through which files of a case leave.

    Promise: only who can read the file's case gets it, checked by the ordinary rules at each
    download; a file that is not yours and a file that is not there answer the same; no link
    opens without logging in, and no browser shows or runs what is in the file (C5).
    """

    @http.route("/aggression/file/<string:reference>", type="http", auth="user", methods=["GET"])
    def download(self, reference):
        file = _file(request.env, reference)
        if not file:
            answer = request.env._("This file does not exist, or you have no part in its case.")
            return not_there(answer)
        return handed_over(*file._for_download(), file._neutral_name())


def _file(env, reference):
    """Return the file that this user may read; None, with a trace, for any other reference."""
    wanted = [("reference", "=", reference)]
    names = env.registry.descendants(["aggression.kept.file"], "_inherit")
    kinds = [env[name] for name in names if not env[name]._abstract]
    for files in kinds:
        if found := files.has_access("read") and files.search(wanted):
            return found
    hidden = next(filter(None, (files.sudo().search(wanted) for files in kinds)), kinds[0])
    hidden.sudo(False)._note_reading(REFUSED)
    return None
