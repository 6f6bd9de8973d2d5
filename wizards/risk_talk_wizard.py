from odoo import api, fields, models
from odoo.exceptions import UserError

from ..models.prevention.risk_talk import HELP, PRESENT
from ..models.privacy.sealing import SealedChar, SealedText

ASK, ASSIGN, CANCEL = "ask", "assign", "cancel"


class RiskTalkWizard(models.TransientModel):
    """Ask for help with a talk that carries risk, arrange it, or cancel the talk (V1 to V3)."""

    _name = "aggression.risk.talk.wizard"
    _description = "Help with a talk"
    _inherit = "aggression.own.wizard"

    step = fields.Selection(
        [(ASK, "Ask for help"), (ASSIGN, "Arrange help"), (CANCEL, "Cancel")],
        required=True,
        default=ASK,
    )
    talk_id = fields.Many2one("aggression.risk.talk", readonly=True)
    talk_at = fields.Datetime("When")
    minutes = fields.Integer("Lasts (minutes)", default=60)
    place = SealedChar("Where")
    topic = SealedText("What to know beforehand")
    help_kind = fields.Selection(HELP, "Help", default=PRESENT)
    second_id = fields.Many2one(
        "res.users", "Second person at the talk", domain=[("share", "=", False)]
    )
    helper_choice_ids = fields.Many2many("res.users", compute="_compute_helper_choice_ids")
    helper_id = fields.Many2one("res.users", "Who helps")
    reason = SealedText("Why it is cancelled")

    @api.constrains("talk_id")
    def _check_talk(self):
        for wizard in self:
            wizard.talk_id.sudo(False).check_access("read")  # constraints run as superuser

    @api.depends("talk_id")
    def _compute_helper_choice_ids(self):
        for wizard in self:
            talk = wizard.talk_id
            designated = talk.sudo()._designated() if talk.assigns else False
            wizard.helper_choice_ids = designated

    def _choices_second_id(self):
        return self.env["aggression.report.draft"]._holders_of([])

    def action_ask(self):
        """Ask for help with a talk.

        :raises UserError: in one sentence; the screen keeps what was typed
        """
        self._require_own()
        names = ("talk_at", "minutes", "place", "topic", "help_kind")
        asked = {name: self[name] for name in names}
        second = self.sudo().second_id
        talk = self.env["aggression.risk.talk"]._ask({**asked, "second_id": second.id})
        return self._show(talk)

    def action_assign(self):
        """Let the chosen person help."""
        self._require_own()
        self._talk()._assign(self.sudo().helper_id.with_env(self.env))
        return self._show(self.talk_id)

    def action_cancel_talk(self):
        """Cancel the talk, in time."""
        self._require_own()
        self._talk()._cancel(self.reason)
        return self._show(self.talk_id)

    def _talk(self):
        if not self.talk_id:
            raise UserError(self.env._("Open this from the talk."))
        return self.talk_id

    def _show(self, talk):
        self.sudo().unlink()
        if self.env.user.share:
            return {"type": "ir.actions.act_window_close"}
        return talk.with_env(self.env)._action_show()


class RiskTalk(models.Model):
    _inherit = "aggression.risk.talk"

    def action_assign(self):
        """Open the screen on which somebody is asked to help; for who assigns."""
        self.ensure_one()
        self._require_part("assigner_id")
        return self._action_wizard(ASSIGN, self.env._("Arrange help"))

    def action_cancel(self):
        """Open the screen on which the talk is cancelled."""
        self.ensure_one()
        self._require_part("asked_by_id", "assigner_id")
        return self._action_wizard(CANCEL, self.env._("Cancel the talk"))

    def action_calendar(self):
        """Download an appointment for one's own calendar: the time and the reference alone."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_url",
            "url": f"/aggression/risk-talk/{self.reference}",
            "target": "download",
        }

    def _action_show(self):
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
            "target": "main",
        }

    def _action_wizard(self, step, name):
        return {
            "type": "ir.actions.act_window",
            "name": name,
            "res_model": "aggression.risk.talk.wizard",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_talk_id": self.id, "default_step": step},
        }
