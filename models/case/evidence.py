import base64
import binascii
import hashlib
import re

from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError
from odoo.tools.mimetypes import guess_mimetype

from ..privacy.reference import random_reference
from ..privacy.sealing import SealedBinary, SealedChar

LARGEST_FILE_MB = 25

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


class Evidence(models.Model):
    """A file of the case, with the fingerprint it had when it came in (M1, M8).

    Promise: the bytes and the name that the sender gave them are sealed in the table (C5); an
    ordinary attachment would get an index of its words, a name that is shown elsewhere and, for
    whoever asks, a link that opens without logging in. It leaves through its own door only,
    under a name that tells nothing.
    """

    _name = "aggression.evidence"
    _description = "File"
    _inherit = "aggression.confidential"
    _order = "id"

    _guarded = frozenset({"incident_id", "reference", "content", "filename", "sha256", "size"})

    reference = fields.Char(
        compute="_compute_reference", store=True, precompute=True, required=True, copy=False
    )
    filename = SealedChar("File name", required=True)
    content = SealedBinary("File", required=True)
    source = SealedChar("Where it comes from")
    taken_at = fields.Datetime("Made at")
    sha256 = fields.Char("SHA-256", readonly=True)
    size = fields.Integer("Size (bytes)", readonly=True, aggregator=None)

    _reference_once = models.UniqueIndex("(reference)")

    @api.depends()
    def _compute_reference(self):
        for file in self:
            file.reference = random_reference("F")

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            raw = self._bytes_of(vals.get("content") or b"")
            vals.update(sha256=hashlib.sha256(raw).hexdigest(), size=len(raw))
        return super().create(vals_list)

    @api.model
    def _bytes_of(self, content):
        """Return the bytes of a file that is small enough.

        :raises ValidationError: in one sentence, when it is too large or no file at all
        """
        try:
            raw = base64.b64decode(content)
        except binascii.Error:
            raise ValidationError(
                self.env._("The file came in damaged. Choose it again.")
            ) from None
        if len(raw) > LARGEST_FILE_MB * 1024 * 1024:
            raise ValidationError(
                self.env._(
                    "A file can be at most %(limit)s MB. Choose a smaller file.",
                    limit=LARGEST_FILE_MB,
                )
            )
        return raw

    @api.ondelete(at_uninstall=False)
    def _unlink_except_by_protocol(self):
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
