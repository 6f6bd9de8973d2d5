from odoo import models


class Protocol(models.Model):
    """A new version of a protocol starts as a copy of the old one.

    Promise: what a case was judged by stays as it was; changes are made in a draft whose parts
    refer to each other and not to the parts of the version it was copied from.
    """

    _inherit = "aggression.protocol"

    def action_new_version(self):
        """Copy this version to a draft and open it. Returns the action that shows the draft."""
        self.ensure_one()
        draft = self.copy({"name": self.env._("%(name)s (new version)", name=self.name)})
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": draft.id,
            "views": [(False, "form")],
        }

    def copy(self, default=None):
        drafts = super().copy(default)
        for original, draft in zip(self, drafts, strict=True):
            draft._point_to_own_parts(original)
        return drafts

    def _point_to_own_parts(self, original):
        """Replace each reference to a part of ``original`` by the copy of that part."""
        self.ensure_one()
        twins = {
            (theirs._name, theirs.id): ours.id
            for name in self._part_fields()
            for theirs, ours in zip(
                original[name].sorted("id"), self[name].sorted("id"), strict=True
            )
        }
        for part in self._parts():
            part._point_to_twins(twins)

    def _parts(self):
        """Return every record that this version consists of, in the order of copying."""
        parts = [part for name in self._part_fields() for part in self[name].sorted("id")]
        return [*parts, *self.route_ids.sorted("id").inform_ids]

    def _part_fields(self):
        return [
            name
            for name, field in self._fields.items()
            if field.type == "one2many" and field.copy and field.inverse_name == "protocol_id"
        ]
