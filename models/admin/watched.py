from odoo import api, models

from .rights_change import ADDED, CHANGED, REMOVED


class Watched(models.AbstractModel):
    """A record of which every change leaves a row in the log of changes of rights (C5, M5)."""

    _name = "aggression.watched"
    _description = "Record whose changes are kept"

    # The fields of which a change is kept; empty: all.
    _watched = frozenset()

    def _rows_of_change(self):
        """Return a dict for each record that matters: kind, what, and user_id or incident."""
        raise NotImplementedError

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        records._keep_change(records._rows_to_keep(), ADDED)
        return records

    def write(self, vals):
        changed = sorted(self._watched & vals.keys() if self._watched else vals)
        if not changed:
            return super().write(vals)
        before = self._rows_to_keep()
        result = super().write(vals)
        # what was moved away is told of as it was
        self._keep_change(before or self._rows_to_keep(), CHANGED, ", ".join(changed))
        return result

    def unlink(self):
        rows = self._rows_to_keep()
        result = super().unlink()
        self._keep_change(rows, REMOVED)
        return result

    def _rows_to_keep(self):
        # while modules are loaded there is nobody, and what they bring is in their files
        return self._rows_of_change() if self.pool.ready else []

    def _keep_change(self, rows, step, changed=""):
        self.env["aggression.rights.change"]._add(
            {**row, "step": step, "what": ": ".join(filter(None, [row["what"], changed]))}
            for row in rows
        )
