import base64
import hashlib

from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError

from ..privacy.sealing import SealedBinary, SealedChar

LARGEST_FILE_MB = 25


class Evidence(models.Model):
    """A file of the case, with the fingerprint it had when it came in (M1, M8).

    The bytes stay, sealed, in the table: an ordinary attachment would get an index of its words, a name
    that is shown elsewhere and, for whoever asks, a link that opens without logging in.
    """

    _name = "aggression.evidence"
    _description = "File"
    _inherit = "aggression.confidential"
    _order = "id"

    _guarded = frozenset({"incident_id", "content", "filename", "sha256", "size"})

    filename = SealedChar("File name", required=True)
    content = SealedBinary("File", required=True)
    source = SealedChar("Where it comes from")
    taken_at = fields.Datetime("Made at")
    sha256 = fields.Char("SHA-256", readonly=True)
    size = fields.Integer("Size (bytes)", readonly=True, aggregator=None)

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            raw = base64.b64decode(vals.get("content") or b"")
            if len(raw) > LARGEST_FILE_MB * 1024 * 1024:
                raise ValidationError(
                    self.env._(
                        "A file can be at most %(limit)s MB. Choose a smaller file.",
                        limit=LARGEST_FILE_MB,
                    )
                )
            vals.update(sha256=hashlib.sha256(raw).hexdigest(), size=len(raw))
        return super().create(vals_list)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_by_protocol(self):
        raise AccessError(self.env._("A file stays with its case."))
