import binascii

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..privacy.sealing import SealedChar

LARGEST_FILE_MB = 25


class Evidence(models.Model):
    """A file of the case, with the fingerprint it had when it came in (M1, M8)."""

    _name = "aggression.evidence"
    _description = "File"
    _inherit = "aggression.kept.file"
    _order = "id"

    _guarded = frozenset({"incident_id", "reference", "content", "filename", "sha256", "size"})

    source = SealedChar("Where it comes from")
    taken_at = fields.Datetime("Made at")

    _reference_once = models.UniqueIndex("(reference)")

    @api.model
    def _bytes_of(self, content):
        """Return the bytes of a file that is small enough.

        :raises ValidationError: in one sentence, when it is too large or no file at all
        """
        try:
            raw = super()._bytes_of(content)
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
