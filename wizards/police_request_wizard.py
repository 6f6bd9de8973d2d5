from odoo import fields, models
from odoo.exceptions import UserError

from ..models.police.police_request import KINDS
from ..models.privacy.access import DECIDER, HANDLER
from ..models.privacy.sealing import SealedChar, SealedText

ASK, ANSWER = "ask", "answer"


class PoliceRequestWizard(models.TransientModel):
    """Write down what the police ask, or what was answered (D5)."""

    _name = "aggression.police.request.wizard"
    _description = "What the police ask"
    _inherit = "aggression.case.wizard"
    _parts = (HANDLER, DECIDER)
    _about = ("prosecution_id", "request_id")

    step = fields.Selection(
        [(ASK, "The police ask something"), (ANSWER, "Answered")],
        required=True,
        default=ASK,
        readonly=True,
    )
    prosecution_id = fields.Many2one("aggression.prosecution", readonly=True)
    request_id = fields.Many2one("aggression.police.request", readonly=True)
    kind = fields.Selection(KINDS, default="question")
    of_whom = SealedChar("Of whom")
    what = SealedText("What they ask")
    due_at = fields.Datetime("At the latest")
    answer = SealedText("What was answered")

    def action_save(self):
        """Take the step.

        :raises UserError: in one sentence; the screen keeps what was typed
        """
        self._require_case()
        if self.step == ASK and self.prosecution_id:
            asked = {name: self[name] for name in ("kind", "of_whom", "what", "due_at")}
            self.env["aggression.police.request"]._ask(self.prosecution_id, asked)
        else:
            self._require_request()._answer(self.answer)
        return self._close()

    def action_not_needed(self):
        """Record why what the police asked need not be answered."""
        self._require_case()
        self._require_request()._answer(self.answer, needed=False)
        return self._close()

    def _require_request(self):
        if self.step != ANSWER or not self.request_id:
            raise UserError(self.env._("Open this from the prosecution."))
        return self.request_id


class Prosecution(models.Model):
    _inherit = "aggression.prosecution"

    def action_police_asks(self):
        """Open the screen for something that the police ask."""
        self.ensure_one()
        self._require(HANDLER, DECIDER)
        return self.incident_id._action_wizard(
            "aggression.police.request.wizard",
            self.env._("The police ask something"),
            prosecution_id=self.id,
            step=ASK,
        )


class PoliceRequest(models.Model):
    _inherit = "aggression.police.request"

    def action_answer(self):
        """Open the screen for what was answered."""
        self.ensure_one()
        self._require(HANDLER, DECIDER)
        return self.incident_id._action_wizard(
            "aggression.police.request.wizard",
            self.env._("Answered"),
            request_id=self.id,
            step=ANSWER,
        )
