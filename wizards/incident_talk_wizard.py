from odoo import fields, models
from odoo.exceptions import UserError

from ..models.privacy.access import DECIDER, HANDLER
from ..models.privacy.sealing import SealedChar, SealedText

PLAN, REPORT = "plan", "report"


class IncidentTalkWizard(models.TransientModel):
    """Invite the citizen for a talk, or write down how it went (A7)."""

    _name = "aggression.incident.talk.wizard"
    _description = "Incident talk"
    _inherit = "aggression.case.wizard"
    _parts = (HANDLER, DECIDER)
    _about = ("measure_id", "talk_id")

    step = fields.Selection(
        [(PLAN, "Invite"), (REPORT, "Write down how it went")], required=True, default=PLAN
    )
    measure_id = fields.Many2one("aggression.measure", readonly=True)
    talk_id = fields.Many2one("aggression.incident.talk", readonly=True)
    representative = SealedChar("With whom", default=lambda self: self.env.user.name)
    talk_at = fields.Datetime("When")
    place = SealedChar("Where")
    report = SealedText("What was said and agreed")

    def action_invite(self):
        """Make the invitation, keep it as it is and hand it over to be printed."""
        self._require_case()
        if not self.measure_id:
            raise UserError(self.env._("Open this from the measure."))
        letter = self.env["aggression.incident.talk"]._plan(
            self.measure_id,
            {
                "representative": self.representative,
                "talk_at": self.talk_at,
                "place": self.place,
            },
        )
        return self._finish_with(letter)

    def action_held(self):
        """Record that the talk was held; the measure is carried out."""
        return self._report(held=True)

    def action_missed(self):
        """Record that the citizen did not come."""
        return self._report(held=False)

    def _report(self, held):
        self._require_case()
        if not self.talk_id:
            raise UserError(self.env._("Invite the citizen first."))
        self.talk_id._finish(held, self.report)
        return self._finish(self.sudo().incident_id)


class Measure(models.Model):
    _inherit = "aggression.measure"

    def action_talk(self):
        """Open the screen for inviting the citizen, or for how the planned talk went."""
        self.ensure_one()
        self._require(HANDLER, DECIDER)
        planned = self.incident_talk_ids.filtered(lambda talk: talk.state == "planned")
        return self.incident_id._action_wizard(
            "aggression.incident.talk.wizard",
            self.env._("Incident talk"),
            measure_id=self.id,
            talk_id=planned.id,
            step=REPORT if planned else PLAN,
        )
