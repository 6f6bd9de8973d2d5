from odoo import api, fields, models

from ..privacy.access import PERSON_HIT, REPORTER
from ..privacy.notice import CLOSED as CLOSED_NOTICE
from .incident import CLOSED


class Incident(models.Model):
    """What happens when a case is closed: who reported it hears so, and it is evaluated (U6).

    Promise: who reported it or was hit hears that it was closed and how, in fixed words, without
    what was decided against whom.
    """

    _inherit = "aggression.incident"

    closing_message = fields.Text("How it was closed", compute="_compute_closing_message")

    @api.depends("state", "outcome")
    @api.depends_context("lang")
    def _compute_closing_message(self):
        for incident in self:
            incident.closing_message = incident.state == CLOSED and incident._closing_words()

    def _closing_words(self):
        if self.outcome == "emotion":
            return self.env._(
                "This case is closed. It was found to be emotion, not aggression. No measure was "
                "taken. Thank you for telling it: a next time, tell it again."
            )
        return self.env._(
            "This case is closed. It was found to be aggression, and the municipality has "
            "reacted to it. Thank you for telling it: a next time, tell it again."
        )

    def _after_closing(self):
        """Let who told it hear so, and have the case evaluated (superuser mode)."""
        self.ensure_one()
        self.env["aggression.notice"]._about_closing(self)
        if not self._is_evaluated():
            self.env["aggression.duty"]._raise(self, "closed")

    def _is_evaluated(self):
        """Tell whether this was evaluated, or still will be."""
        duties = self.duty_ids.filtered(lambda duty: duty.fulfilment == "evaluate")
        return bool(self.evaluation_ids) or "open" in duties.mapped("state")


class Notice(models.Model):
    _inherit = "aggression.notice"

    @api.model
    def _about_closing(self, incident):
        """Tell who reported a case or was hit in it that it was closed: once for each closing."""
        told = incident.access_ids.filtered(lambda row: row.role in (REPORTER, PERSON_HIT))
        self._queue(
            {
                "key": f"{CLOSED_NOTICE}/{incident.id}/{user_id}/{incident.closed_at:%Y%m%d%H%M%S}",
                "user_id": user_id,
                "about": incident,
                "kind": CLOSED_NOTICE,
            }
            for user_id in told.user_id.ids
        )
