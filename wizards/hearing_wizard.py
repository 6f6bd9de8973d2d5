from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..models.decision.hearing import WAYS
from ..models.privacy.access import DECIDER, HANDLER
from ..models.privacy.sealing import SealedText

ASK, ANSWER = "ask", "answer"


class HearingWizard(models.TransientModel):
    """Ask the citizen for their side, or record what they said (U5)."""

    _name = "aggression.hearing.wizard"
    _description = "Hear the citizen"
    _inherit = "aggression.against.wizard"
    _parts = (HANDLER, DECIDER)
    _about = ("hearing_id",)

    step = fields.Selection(
        [(ASK, "Ask for a view"), (ANSWER, "Record the answer")], required=True, default=ASK
    )
    hearing_id = fields.Many2one("aggression.hearing", readonly=True)
    causer_id = fields.Many2one(string="Who")
    intention = SealedText("What we intend, and why")
    how = fields.Selection(WAYS, default="post")
    respond_by = fields.Date(
        "Can answer until",
        compute="_compute_respond_by",
        compute_sudo=False,
        store=True,
        readonly=False,
    )
    received_on = fields.Date("Answered on", default=lambda self: fields.Date.context_today(self))
    view = SealedText("What the citizen said")

    @api.depends("incident_id")
    def _compute_respond_by(self):
        for wizard in self:
            protocol = wizard.incident_id.protocol_id
            kinds = protocol.measure_type_ids.filtered("burdensome")
            days = max(kinds.mapped("view_days"), default=7)
            wizard.respond_by = protocol and protocol._today() + timedelta(days=days)

    def action_ask(self):
        """Ask the citizen; a request in writing is kept and handed over to be printed."""
        self._require_case()
        if not self.causer_id or not self.how or not self.respond_by:
            raise UserError(self.env._("Say who is asked, how, and until when they can answer."))
        hearing = self.env["aggression.hearing"]._invite(
            self.incident_id,
            {
                "causer_id": self.causer_id.id,
                "intention": self.intention,
                "how": self.how,
                "respond_by": self.respond_by,
            },
        )
        if hearing.letter_ids:
            return self._finish_with(hearing.letter_ids)
        return self._finish(self.sudo().incident_id)

    def action_answer(self):
        """Record what the citizen said."""
        self._require_case()
        if not self.hearing_id:
            raise UserError(self.env._("Ask the citizen first."))
        self.hearing_id._receive(self.received_on, self.view)
        return self._finish(self.sudo().incident_id)

    def action_no_answer(self):
        """Record that the time to answer passed and nothing came."""
        self._require_case()
        self.hearing_id._close_unanswered()
        return self._finish(self.sudo().incident_id)


class Incident(models.Model):
    _inherit = "aggression.incident"

    def action_hear(self):
        """Open the screen for asking the causer for their side of it."""
        self.ensure_one()
        self._require(HANDLER, DECIDER)
        return self._action_wizard("aggression.hearing.wizard", self.env._("Hear the citizen"))


class Hearing(models.Model):
    _inherit = "aggression.hearing"

    def action_record_view(self):
        """Open the screen for what the citizen said."""
        self.ensure_one()
        self._require(HANDLER, DECIDER)
        return self.incident_id._action_wizard(
            "aggression.hearing.wizard",
            self.env._("What the citizen said"),
            hearing_id=self.id,
            step=ANSWER,
        )
