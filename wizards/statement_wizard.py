from odoo import api, fields, models

from ..models.communication.statement import AUDIENCES, TYPED
from ..models.privacy.access import DECIDER, HANDLER
from ..models.privacy.sealing import SealedChar, SealedText
from .prefilled import prefilled

KNOWN = prefilled("_compute_known")
WORDS = [name for name in TYPED if name not in ("speaker_id", "affected_id")]


class StatementWizard(models.TransientModel):
    """Write down what is told about a case, to whom and by whom (C1, C2, C8)."""

    _name = "aggression.statement.wizard"
    _description = "What is told"
    _inherit = "aggression.person.wizard"
    _parts = (HANDLER, DECIDER)
    _about = ("affected_id", "statement_id")

    statement_id = fields.Many2one("aggression.statement", readonly=True)
    choice_ids = fields.Many2many("res.users", compute="_compute_choice_ids")
    audience = fields.Selection(AUDIENCES, "Told to", **KNOWN)
    speaker_id = fields.Many2one("res.users", "Who speaks", **KNOWN)
    about_declaration = fields.Boolean("Says something of the declaration", **KNOWN)
    about_police_measures = fields.Boolean(
        "Says something of police measures in public space", **KNOWN
    )
    assisted_by = SealedChar("Assisted by the area prosecutor", **KNOWN)
    text = SealedText("What is told", **KNOWN)

    @api.depends("incident_id")
    @api.depends_context("uid")
    def _compute_choice_ids(self):
        for wizard in self:
            wizard.choice_ids = wizard._case()._working_on_it()

    @api.depends("incident_id", "statement_id")
    @api.depends_context("uid")
    def _compute_known(self):
        """Begin with the words there are, or with who speaks by the protocol or as settled."""
        for wizard in self:
            known = wizard._readable("statement_id")
            for name in WORDS:
                wizard[name] = known[name]
            wizard.speaker_id = known.speaker_id or wizard._usual_speaker()

    def _usual_speaker(self):
        case = self._case()
        speaks = case._spokesperson() if case else self.env["res.users"]
        return speaks & case._working_on_it()

    def _offered(self, persons):
        """Return to whom it is told already, or everybody who was hit."""
        return self._readable("statement_id").affected_id or persons

    def _case(self):
        """Return the case in superuser mode, to who handles it or decides in it."""
        case = self.incident_id
        mine = bool(case) and case._has_role(HANDLER, DECIDER)
        return case.sudo() if mine else case.browse()

    def action_save(self):
        """Keep the draft and show it, with the reason why it may not be told yet.

        :raises UserError: in one sentence; the screen keeps what was typed
        """
        self._require_case()
        told = {name: self[name] for name in WORDS}
        told.update(speaker_id=self.speaker_id.id, affected_id=self.affected_id.id)
        statement = self.env["aggression.statement"]._draft(
            self.incident_id, told, self.statement_id
        )
        self._close()
        return statement.with_env(self.env)._action_show()


class Statement(models.Model):
    _inherit = "aggression.statement"

    def action_rewrite(self):
        """Open the screen for other words; they are approved anew."""
        self.ensure_one()
        self._require(HANDLER, DECIDER)
        return self.incident_id._action_wizard(
            "aggression.statement.wizard", self.env._("What is told"), statement_id=self.id
        )

    def _action_show(self):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Statement"),
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
            "target": "main",
        }


class Incident(models.Model):
    _inherit = "aggression.incident"

    def action_write_statement(self):
        """Open the screen for what is told about this case."""
        self.ensure_one()
        self._require(HANDLER, DECIDER)
        return self._action_wizard("aggression.statement.wizard", self.env._("What is told"))

    def action_show_statements(self):
        """Show what was told or is to be told about this case."""
        self.ensure_one()
        self._require(HANDLER, DECIDER)
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Statements"),
            "res_model": "aggression.statement",
            "views": [(False, "list"), (False, "form")],
            "domain": [("incident_id", "=", self.id)],
        }
