from odoo import models

from .asker import DOWNLOADED
from .logged import note_reading


class IrBinary(models.AbstractModel):
    """Every file that core's own addresses hand out."""

    _inherit = "ir.binary"

    def _record_to_stream(self, record, field_name):
        stream = super()._record_to_stream(record, field_name)
        note_reading(record, DOWNLOADED)
        return stream
