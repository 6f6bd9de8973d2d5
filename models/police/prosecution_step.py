from odoo import api, fields, models

from ..privacy.sealing import SealedText
from .prosecution_states import STATES


class ProsecutionStep(models.Model):
    """One step of the police, the prosecutor or the court after a declaration (D11).

    Promise: it is written down once, when it happened and why, and changed never.
    """

    _name = "aggression.prosecution.step"
    _description = "Step in the prosecution"
    _inherit = "aggression.personal"
    _order = "day desc, id desc"

    _guarded = frozenset(
        {"incident_id", "affected_id", "prosecution_id", "state", "day", "note", "by_id"}
    )

    prosecution_id = fields.Many2one(
        "aggression.prosecution", required=True, index=True, readonly=True, ondelete="cascade"
    )
    state = fields.Selection(STATES, "Step", required=True, readonly=True)
    day = fields.Date("On", required=True, readonly=True)
    note = SealedText("In words", readonly=True)
    by_id = fields.Many2one(
        "res.users",
        "Written down by",
        required=True,
        readonly=True,
        default=lambda self: self.env.user,
        ondelete="restrict",
    )

    @api.model
    def _write_down(self, prosecution, day, note):
        """Write down the step that a prosecution is at; who takes it was checked before."""
        self.sudo()._unlocked().create(
            {
                "incident_id": prosecution.incident_id.id,
                "affected_id": prosecution.affected_id.id,
                "prosecution_id": prosecution.id,
                "state": prosecution.state,
                "day": day,
                "note": note,
            }
        )
