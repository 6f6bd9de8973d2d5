from odoo import api, fields, models
from odoo.exceptions import UserError

from ..models.police.consent import BRIEFING
from ..models.privacy.access import DECIDER, HANDLER, PERSON_HIT
from ..models.privacy.sealing import SealedText

WRITE, INFORM = "write", "inform"


class BriefingWizard(models.TransientModel):
    """Write the summary that a colleague may read, or let a colleague read it (C4)."""

    _name = "aggression.briefing.wizard"
    _description = "Inform a colleague"
    _inherit = "aggression.person.wizard"
    _parts = (HANDLER, DECIDER)
    _about = ("affected_id", "briefing_id")

    step = fields.Selection(
        [(WRITE, "Write the summary"), (INFORM, "Inform a colleague")],
        required=True,
        default=WRITE,
        readonly=True,
    )
    briefing_id = fields.Many2one("aggression.briefing", readonly=True)
    text = SealedText(
        "What a colleague reads",
        compute="_compute_text",
        compute_sudo=False,
        store=True,
        readonly=False,
        precompute=True,
    )
    user_id = fields.Many2one("res.users", "Colleague")
    until = fields.Date("Reads it until")

    def _offered(self, persons):
        """Return who agreed that a colleague is informed."""
        return persons.filtered(lambda person: person._agrees(BRIEFING))

    @api.depends("affected_id")
    @api.depends_context("uid")
    def _compute_text(self):
        briefings = self.env["aggression.briefing"]
        for wizard in self:
            wizard.text = briefings.search([("affected_id", "=", wizard.affected_id.id)]).text

    def action_save(self):
        """Take the step.

        :raises UserError: in one sentence; the screen keeps what was typed
        """
        self._require_case()
        if self.step == INFORM and self.briefing_id:
            self.env["aggression.briefing.reader"]._inform(
                self.briefing_id, self.user_id, self.until
            )
        elif self.step == WRITE and self.affected_id:
            self.env["aggression.briefing"]._word(self.affected_id, self.text)
        else:
            raise UserError(
                self.env._("Nobody who was hit has agreed that a colleague is informed.")
            )
        return self._close()


class Briefing(models.Model):
    _inherit = "aggression.briefing"

    def action_inform(self):
        """Open the screen for a colleague who may read this."""
        self.ensure_one()
        self._require(HANDLER, DECIDER)
        return self.incident_id._action_wizard(
            "aggression.briefing.wizard",
            self.env._("Inform a colleague"),
            briefing_id=self.id,
            affected_id=self.affected_id.id,
            step=INFORM,
        )


class Incident(models.Model):
    _inherit = "aggression.incident"

    def action_brief(self):
        """Open the screen for the summary that a colleague may read."""
        self.ensure_one()
        self._require(HANDLER, DECIDER)
        return self._action_wizard(
            "aggression.briefing.wizard", self.env._("Write the summary"), step=WRITE
        )

    def action_show_briefings(self):
        """Show what colleagues may read, to the person hit and, with consent, the case team."""
        self.ensure_one()
        self._require(PERSON_HIT, HANDLER, DECIDER)
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("What colleagues read"),
            "res_model": "aggression.briefing",
            "views": [(False, "list"), (False, "form")],
            "domain": [("incident_id", "=", self.id)],
        }
