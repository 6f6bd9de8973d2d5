from odoo import api, fields, models

from ..privacy.access_through import AccessThrough


class ConsentPaper(models.Model):
    """The paper on which a person hit signed that they agree.

    Promise: it stays with the consent as it came in, sealed, with its fingerprint (D1).
    """

    _name = "aggression.consent.paper"
    _description = "Signed consent"
    _inherit = "aggression.uploaded"
    _order = "id desc"

    _prefix = "T"
    _guarded = frozenset(
        {"incident_id", "affected_id", "reference", "content", "filename", "sha256", "size"}
    )

    affected_id = AccessThrough(required=True)

    _reference_once = models.UniqueIndex("(reference)")

    @api.model
    def _keep(self, affected, filename, content):
        """Keep the paper of ``affected`` (superuser mode); whoever calls has checked.

        :return: the paper, in superuser mode
        """
        return (
            self.sudo()
            ._unlocked()
            .create(
                {
                    "incident_id": affected.incident_id.id,
                    "affected_id": affected.id,
                    "filename": filename or self.env._("Signed consent"),
                    "content": content,
                }
            )
        )


class Consent(models.Model):
    _inherit = "aggression.consent"

    paper_id = fields.Many2one(
        "aggression.consent.paper",
        "Signed paper",
        readonly=True,
        index="btree_not_null",
        ondelete="cascade",
    )
