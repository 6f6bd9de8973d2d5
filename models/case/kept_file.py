import base64
import hashlib
import re

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.tools.mimetypes import guess_mimetype

from ..privacy.reference import random_reference
from ..privacy.sealing import SealedBinary, SealedChar

# What a browser may know the type of; all else is bytes. Nothing here can carry a script.
HARMLESS = {
    "application/pdf",
    "image/gif",
    "image/jpeg",
    "image/png",
    "image/webp",
    "text/plain",
}
EXTENSION = re.compile(r"\.([a-z0-9]{1,5})$")


class KeptFile(models.AbstractModel):
    """A file that stays with its case, with its fingerprint.

    Promise: the bytes and the name are sealed in the table (C5); an ordinary attachment would get
    an index of its words, a name that is shown elsewhere and, for whoever asks, a link that opens
    without logging in. It leaves through its own door only, under a name that tells nothing.
    """

    _name = "aggression.kept.file"
    _description = "File that is kept"
    _inherit = "aggression.confidential"

    _prefix = "F"

    reference = fields.Char(
        compute="_compute_reference", store=True, precompute=True, required=True, copy=False
    )
    filename = SealedChar("File name", required=True)
    content = SealedBinary("File", required=True)
    sha256 = fields.Char("SHA-256", readonly=True)
    size = fields.Integer("Size (bytes)", readonly=True, aggregator=None)

    @api.depends()
    def _compute_reference(self):
        for file in self:
            file.reference = random_reference(self._prefix)

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            raw = self._bytes_of(vals.get("content") or b"")
            vals.update(sha256=hashlib.sha256(raw).hexdigest(), size=len(raw))
        return super().create(vals_list)

    @api.model
    def _bytes_of(self, content):
        """Return the bytes of a file as it comes in, base64."""
        return base64.b64decode(content)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_by_protocol(self):
        if not self._holds_key():
            raise AccessError(self.env._("A file stays with its case."))

    def action_download(self):
        """Hand the file to the user's browser."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_url",
            "url": f"/aggression/file/{self.reference}",
            "target": "download",
        }

    def _neutral_name(self):
        """Return the name under which the file leaves: nothing of what it was called."""
        extension = EXTENSION.search(self.filename.lower())
        return self.reference + (extension[0] if extension else "")

    def _for_download(self):
        """Return (bytes, type to tell the browser) of this file."""
        raw = base64.b64decode(self.content)
        kind = guess_mimetype(raw)
        return raw, kind if kind in HARMLESS else "application/octet-stream"
