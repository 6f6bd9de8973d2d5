from werkzeug.exceptions import NotFound

from odoo import models
from odoo.http import request

NOTHING = "\x00"  # in no text of a database, so nothing can be found by it


class IrHttp(models.AbstractModel):
    """An address that nothing can have answers as any address at which nothing stands (C5)."""

    _inherit = "ir.http"

    @classmethod
    def _match(cls, path_info):
        if NOTHING in path_info:
            raise NotFound
        return super()._match(path_info)

    @classmethod
    def _serve_fallback(cls):
        if NOTHING in request.httprequest.path:
            return None
        return super()._serve_fallback()
