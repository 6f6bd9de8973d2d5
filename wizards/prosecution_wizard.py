from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..models.police.consent import DECLARATION
from ..models.police.declaration import FILED
from ..models.police.prosecution import DETAILS
from ..models.police.prosecution_states import NEXT, OUTCOMES, STATES
from ..models.privacy.access import DECIDER, HANDLER, PERSON_HIT
from ..models.privacy.sealing import SealedChar, SealedText
from .prefilled import prefilled

BEGIN, EDIT, STEP = "begin", "edit", "step"
# what is known already stands on the screen: read by the user, not sent along by the browser
KNOWN = prefilled("_compute_known")


class ProsecutionWizard(models.TransientModel):
    """Follow a declaration that was filed: its numbers, and what is done with it (D6, D11)."""

    _name = "aggression.prosecution.wizard"
    _description = "Police and prosecutor"
    _inherit = "aggression.person.wizard"
    _parts = (HANDLER, DECIDER)
    _about = ("affected_id", "prosecution_id")

    step = fields.Selection(
        [(BEGIN, "Filed with the police"), (EDIT, "Numbers and people"), (STEP, "Next step")],
        required=True,
        default=BEGIN,
        readonly=True,
    )
    prosecution_id = fields.Many2one("aggression.prosecution", readonly=True)
    person = fields.Char("Declaration of")
    police_number = SealedChar("Number at the police", **KNOWN)
    vpt_code = SealedChar("VPT code", **KNOWN)
    contacts = SealedText("Contact persons at the police", **KNOWN)
    prosecutor_number = SealedChar("Number at the prosecutor", **KNOWN)
    prosecutor_told_on = fields.Date("Prosecutor told by the police on", **KNOWN)
    possible = fields.Char(compute="_compute_possible")
    target = fields.Selection(STATES, "What happened")
    day = fields.Date("On", default=fields.Date.context_today)
    note = SealedText("In words")
    told_on = fields.Date("Person hit told of the dismissal on", **KNOWN)
    outcome = fields.Selection(OUTCOMES)

    def _offered(self, persons):
        """Return whose declaration the user may read and nobody follows yet."""
        declared = self._filed(persons)
        followed = self.env["aggression.prosecution"].search([("affected_id", "in", persons.ids)])
        return declared.affected_id - followed.affected_id

    @api.depends("prosecution_id")
    def _compute_possible(self):
        """Name the steps that may follow, for the choice on the screen."""
        for wizard in self:
            state = wizard._readable("prosecution_id").state
            wizard.possible = ",".join(NEXT.get(state, ())) or "-"

    @api.depends("prosecution_id", "step")
    def _compute_known(self):
        """Show what is known; a next step is told of on a day of its own."""
        for wizard in self:
            known = wizard._readable("prosecution_id")
            for name in DETAILS:
                wizard[name] = known[name]
            wizard.told_on = wizard.step == EDIT and known.told_on

    def action_save(self):
        """Take the step.

        :raises UserError: in one sentence; the screen keeps what was typed
        """
        self._require_case()
        if self.step == BEGIN:
            self._begin()
        elif not self.prosecution_id:
            raise UserError(self.env._("Open this from the prosecution."))
        elif self.step == EDIT:
            self.prosecution_id._note_details(self._details(), self.told_on)
        else:
            self.prosecution_id._take(self.target, self.day, self.note, self.told_on, self.outcome)
        return self._close()

    def _begin(self):
        declaration = self._filed(self.affected_id)
        if not declaration:
            raise UserError(self.env._("No declaration was filed yet that you may follow."))
        self.env["aggression.prosecution"]._begin(declaration, self._details())

    def _filed(self, persons):
        """Return what these people declared and was filed, as far as the user may read it."""
        about = Domain("affected_id", "in", persons.ids) & Domain("kind", "=", DECLARATION)
        return self.env["aggression.declaration"].search(about & Domain("state", "=", FILED))

    def _details(self):
        return {name: self[name] for name in DETAILS}


class Prosecution(models.Model):
    _inherit = "aggression.prosecution"

    def action_record_step(self):
        """Open the screen for the next step of police, prosecutor or court."""
        return self._action_follow(STEP, self.env._("Next step"))

    def action_note_details(self):
        """Open the screen for numbers, contact persons and who was told when (D6)."""
        return self._action_follow(EDIT, self.env._("Numbers and people"))

    def _action_follow(self, step, name):
        self.ensure_one()
        self._require(HANDLER, DECIDER)
        return self.incident_id._action_wizard(
            "aggression.prosecution.wizard",
            name,
            prosecution_id=self.id,
            affected_id=self.affected_id.id,
            step=step,
        )


class Incident(models.Model):
    _inherit = "aggression.incident"

    def action_begin_prosecution(self):
        """Open the screen for a declaration that was brought to the police."""
        self.ensure_one()
        self._require(HANDLER, DECIDER)
        return self._action_wizard(
            "aggression.prosecution.wizard", self.env._("Filed with the police"), step=BEGIN
        )

    def action_show_prosecution(self):
        """Show what police and prosecutor do, of the declarations that the user may read."""
        self.ensure_one()
        self._require(PERSON_HIT, HANDLER, DECIDER)
        found = self.env["aggression.prosecution"].search([("incident_id", "=", self.id)])
        action = {
            "type": "ir.actions.act_window",
            "name": self.env._("Police and prosecutor"),
            "res_model": found._name,
        }
        if len(found) == 1:
            return {**action, "res_id": found.id, "views": [(False, "form")]}
        return {
            **action,
            "domain": [("incident_id", "=", self.id)],
            "views": [(False, "list"), (False, "form")],
        }
