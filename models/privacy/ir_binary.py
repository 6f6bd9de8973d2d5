from odoo import models
from odoo.exceptions import AccessError

from .asker import DOWNLOADED
from .logged import note_reading


class IrBinary(models.AbstractModel):
    """Every file that core's own addresses hand out.

    Files of a case leave by their own door alone (C5): ``/web/content`` and ``/web/image`` would
    take a link with a token, name the file as the address says and show a picture or a page
    inside the browser.
    """

    _inherit = "ir.binary"

    def _find_record(
        self, xmlid=None, res_model="ir.attachment", res_id=None, access_token=None, field=None
    ):
        record = super()._find_record(xmlid, res_model, res_id, access_token, field)
        if isinstance(record, self.env.registry["aggression.kept.file"]):
            raise AccessError(self.env._("Open this file from its case."))
        return record

    def _record_to_stream(self, record, field_name):
        stream = super()._record_to_stream(record, field_name)
        note_reading(record, DOWNLOADED)
        return stream
