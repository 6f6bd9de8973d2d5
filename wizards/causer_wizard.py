from odoo import api, fields, models
from odoo.exceptions import UserError

from ..models.case.identification import RECOGNISED, TOLD_APART
from ..models.privacy.access import DECIDER, HANDLER
from ..models.privacy.sealing import SealedText

COMPARE, SEPARATE = "compare", "separate"


class CauserWizard(models.TransientModel):
    """Say of each suggestion whether it is the same causer, or that one was mistaken for another.

    Promise: nothing is joined or separated by itself; a handler says so and why, and what was
    said stays to be read (A12, M6, U2).
    """

    _name = "aggression.causer.wizard"
    _description = "Who the causer is"
    _inherit = "aggression.case.wizard"
    _parts = (HANDLER,)

    step = fields.Selection(
        [(COMPARE, "Compare with earlier causers"), (SEPARATE, "Separate")],
        required=True,
        default=COMPARE,
        readonly=True,
    )
    line_ids = fields.One2many(
        "aggression.causer.line",
        "wizard_id",
        "Perhaps known already",
        compute="_compute_line_ids",
        compute_sudo=False,
        store=True,
        readonly=False,
        precompute=True,
    )
    causer_choice_ids = fields.Many2many("aggression.causer", compute="_compute_causer_choice_ids")
    causer_id = fields.Many2one(
        "aggression.causer",
        "Not this causer",
        compute="_compute_causer_id",
        compute_sudo=False,
        store=True,
        readonly=False,
        precompute=True,
        ondelete="set null",
    )
    reason = SealedText("Why")

    @api.depends("incident_id", "step")
    def _compute_line_ids(self):
        lines = self.env["aggression.causer.line"]
        for wizard in self:
            asked = wizard.step == COMPARE
            wizard.line_ids = asked and lines._suggested(wizard.incident_id) or False

    @api.depends("incident_id", "step")
    def _compute_causer_choice_ids(self):
        for wizard in self:
            wizard.causer_choice_ids = wizard._mistaken()

    @api.depends("incident_id", "step")
    def _compute_causer_id(self):
        for wizard in self:
            choices = wizard._mistaken()
            wizard.causer_id = choices if len(choices) == 1 else False

    def _mistaken(self):
        """Return the files to which this case was added, for who handles it."""
        case = self.incident_id
        if self.step != SEPARATE or not case._has_role(HANDLER):
            return self.env["aggression.causer"]
        return case._separable().earlier_id.with_env(self.env)

    def action_save(self):
        """Take the step and show the case."""
        self._require_case()
        incident = self.incident_id
        if self.step == SEPARATE:
            incident._separate(self._checked_causer(), self.reason)
        else:
            self._keep_verdicts()
        return self._finish(incident.sudo())

    def _checked_causer(self):
        if not self.causer_id:
            raise UserError(self.env._("Say which causer it is not."))
        return self.causer_id

    def _keep_verdicts(self):
        said = [
            (line.verdict, line.causer_id, line.earlier_id, line.reason)
            for line in self.sudo().line_ids
            if line.verdict
        ]
        if not said:
            raise UserError(self.env._("Say of at least one file whether it is the same causer."))
        same = [causer for verdict, causer, *_rest in said if verdict == RECOGNISED]
        if len(set(same)) < len(same):
            raise UserError(self.env._("Tick one earlier file for each causer, not more."))
        # who is told apart first: a causer who is recognised has another file from then on
        for verdict, *finding in sorted(said, key=lambda one: one[0] == RECOGNISED):
            if verdict == RECOGNISED:
                self.incident_id._recognise(*finding)
            else:
                self.incident_id._tell_apart(*finding)


class CauserLine(models.TransientModel):
    """An earlier causer, and what somebody says of it."""

    _name = "aggression.causer.line"
    _description = "Perhaps known already"
    _inherit = "aggression.suggested.causer"

    wizard_id = fields.Many2one(
        "aggression.causer.wizard", required=True, index=True, ondelete="cascade"
    )
    verdict = fields.Selection([(RECOGNISED, "The same one"), (TOLD_APART, "Somebody else")])


class Incident(models.Model):
    _inherit = "aggression.incident"

    def action_compare_causer(self):
        """Open the screen that compares the causer of this case with earlier ones."""
        self.ensure_one()
        self._require(HANDLER)
        if not self.sudo().causer_ids:
            raise UserError(self.env._("This case has no file of a causer to compare."))
        return self._action_causer(COMPARE, self.env._("Compare with earlier causers"))

    def action_show_findings(self):
        """Show what was found on who the causer of this case is, by whom and why."""
        self.ensure_one()
        self._require(HANDLER, DECIDER)
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("How the causer was found"),
            "res_model": "aggression.causer.identification",
            "views": [(False, "list")],
            "domain": [("incident_id", "=", self.id)],
        }

    def _action_causer(self, step, name, **defaults):
        return self._action_wizard("aggression.causer.wizard", name, step=step, **defaults)


class Identification(models.Model):
    _inherit = "aggression.causer.identification"

    can_separate = fields.Boolean(compute="_compute_can_separate")

    @api.depends("incident_id")
    @api.depends_context("uid")
    def _compute_can_separate(self):
        """Tell by which of these a case stands in the file of an earlier causer now."""
        cases = self.sudo().incident_id.with_env(self.env)
        handled = cases.filtered(lambda case: case._has_role(HANDLER))
        separable = [finding for case in handled for finding in case._separable().ids]
        for finding in self:
            finding.can_separate = finding.id in separable

    def action_separate(self):
        """Open the screen for a causer who was mistaken for an earlier one."""
        self.ensure_one()
        self.check_access("read")
        case = self.incident_id
        case._require(HANDLER)
        if self.sudo() not in case._separable():
            raise UserError(case._not_separable_sentence())
        name = self.env._("Not this causer after all")
        return case._action_causer(SEPARATE, name, causer_id=self.earlier_id.id)
