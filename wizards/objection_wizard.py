from odoo import api, fields, models
from odoo.exceptions import UserError

from ..models.decision.objection import OUTCOMES
from ..models.privacy.access import DECIDER, HANDLER
from ..models.privacy.sealing import SealedText

RECEIVE, SETTLE = "receive", "settle"


class ObjectionWizard(models.TransientModel):
    """Record an objection, or what came of it (A4).

    The step itself checks who may take it: settling is for who decides in the case.
    """

    _name = "aggression.objection.wizard"
    _description = "Objection"
    _inherit = "aggression.case.wizard"
    _parts = (HANDLER, DECIDER)
    _about = ("decision_id", "objection_id")

    step = fields.Selection(
        [(RECEIVE, "Record an objection"), (SETTLE, "Record what came of it")],
        required=True,
        default=RECEIVE,
    )
    decision_id = fields.Many2one("aggression.decision", readonly=True)
    objection_id = fields.Many2one("aggression.objection", readonly=True)
    last_day = fields.Date("Last day to object", compute="_compute_last_day")
    received_on = fields.Date("Received on", default=lambda self: fields.Date.context_today(self))
    outcome = fields.Selection(OUTCOMES)
    text = SealedText("In words")

    @api.depends("decision_id")
    def _compute_last_day(self):
        for wizard in self:
            wizard.last_day = wizard.decision_id.last_day_to_object

    def action_save(self):
        """Take the step.

        :raises UserError: in one sentence; the screen keeps what was typed
        """
        self._require_case()
        if self.step == RECEIVE and self.decision_id:
            self.env["aggression.objection"]._receive(self.decision_id, self.received_on, self.text)
        elif self.step == SETTLE and self.objection_id:
            self.objection_id._settle(self.outcome, self.text)
        else:
            raise UserError(self.env._("Open this from the decision."))
        return self._finish(self.sudo().incident_id)


class Decision(models.Model):
    _inherit = "aggression.decision"

    def action_object(self):
        """Open the screen for an objection that came in."""
        self.ensure_one()
        self._require(HANDLER, DECIDER)
        return self.incident_id._action_wizard(
            "aggression.objection.wizard",
            self.env._("An objection came in"),
            decision_id=self.id,
            step=RECEIVE,
        )


class Objection(models.Model):
    _inherit = "aggression.objection"

    def action_settle(self):
        """Open the screen for what came of the objection; for who decides in the case."""
        self.ensure_one()
        self.incident_id._require_decider()
        return self.incident_id._action_wizard(
            "aggression.objection.wizard",
            self.env._("What came of the objection"),
            objection_id=self.id,
            step=SETTLE,
        )
