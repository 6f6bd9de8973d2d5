from odoo import api, models

from ..privacy.access_through import AccessThrough


class Uploaded(models.AbstractModel):
    """A file that somebody adds to something in a case: a receipt, a proof, a signed paper.

    Promise: it is taken in as any file of a case is, and is about the person whom that something
    is about.
    """

    _name = "aggression.uploaded"
    _description = "File that is added"
    _inherit = ["aggression.kept.file", "aggression.personal"]
    _order = "id"

    affected_id = AccessThrough(required=False)

    @api.model
    def _bytes_of(self, content):
        """Return the bytes of a file that is small enough, as of all files that come in."""
        return self.env["aggression.evidence"]._bytes_of(content)
