from odoo import api, fields, models
from odoo.exceptions import ValidationError

from .sealing import SealedText


class Exclusion(models.Model):
    """Somebody who must not know of a case: a conflict of interest (C5, M5).

    Promise: it beats every role, now and later. For whoever is kept out the case does not exist:
    not in a list, a number or a search, and not in what is said of earlier incidents. Who is
    kept out and why is read by the handlers of the case, never by the person it is about.
    """

    _name = "aggression.exclusion"
    _description = "Somebody kept out of a case"
    _inherit = "aggression.confidential"
    _order = "at desc, id desc"

    _guarded = frozenset(
        {
            "incident_id",
            "user_id",
            "reason",
            "by_id",
            "at",
            "lifted_at",
            "lifted_by_id",
            "lift_reason",
        }
    )

    user_id = fields.Many2one("res.users", "Who", required=True, readonly=True, ondelete="restrict")
    reason = SealedText("Why", required=True, readonly=True)
    by_id = fields.Many2one(
        "res.users", required=True, default=lambda self: self.env.user, readonly=True
    )
    at = fields.Datetime(
        "Since", required=True, default=lambda self: fields.Datetime.now(), readonly=True
    )
    lifted_at = fields.Datetime("Until", readonly=True)
    lifted_by_id = fields.Many2one("res.users", "Ended by", readonly=True, ondelete="restrict")
    lift_reason = SealedText("Why it ended", readonly=True)

    _once = models.UniqueIndex(
        "(user_id, incident_id) WHERE lifted_at IS NULL",
        "This person is kept out of this case already.",
    )

    @api.constrains("incident_id", "user_id")
    def _check_not_hit(self):
        """Keep nobody out of a case that is their own: they have a right to it and to its care."""
        for exclusion in self.sudo():
            if exclusion.user_id in exclusion.incident_id.affected_ids.user_id:
                raise ValidationError(
                    self.env._("Who was hit in a case cannot be kept out of it: it is their own.")
                )

    @api.model
    def _keep_out(self, incident, user_ids, reason):
        """Record that these users must not know of a case; who calls this ends their access."""
        return (
            self.sudo()
            ._unlocked()
            .create(
                [
                    {"incident_id": incident.id, "user_id": user_id, "reason": reason}
                    for user_id in user_ids
                ]
            )
        )

    def _lift(self, reason):
        """Record that these users may know of their case again."""
        self.sudo()._unlocked().write(
            {
                "lifted_at": fields.Datetime.now(),
                "lifted_by_id": self.env.uid,
                "lift_reason": reason,
            }
        )
