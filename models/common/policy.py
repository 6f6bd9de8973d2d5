from odoo import api, fields, models
from odoo.fields import Command


class Policy(models.AbstractModel):
    """A record of the protocol's data.

    Promise: what people read in the backoffice is what the rules follow from that moment on; the
    compiled playbooks are thrown away with every change.
    """

    _name = "aggression.policy"
    _description = "Protocol data"

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        self.env.registry.clear_cache()
        return records

    def write(self, vals):
        result = super().write(vals)
        self.env.registry.clear_cache()
        return result

    def unlink(self):
        result = super().unlink()
        self.env.registry.clear_cache()
        return result

    def _point_to_twins(self, twins):
        """Replace references by those to the copies in ``twins``: {(model, id): id of its copy}."""
        self.ensure_one()
        for name, field in self._fields.items():
            if field.type in ("many2one", "many2many") and self[name]:
                ids = [twins.get((field.comodel_name, old), old) for old in self[name].ids]
                if ids != self[name].ids:
                    self[name] = ids[0] if field.type == "many2one" else [Command.set(ids)]


class ProtocolPart(models.AbstractModel):
    """A part of one version of a protocol: it is copied and deleted with that version."""

    _name = "aggression.protocol.part"
    _description = "Part of a protocol"
    _inherit = "aggression.policy"

    protocol_id = fields.Many2one(
        "aggression.protocol", required=True, index=True, ondelete="cascade"
    )
