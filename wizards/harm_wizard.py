from odoo import api, fields, models

from ..models.case.affected_person import INJURIES
from ..models.damage.later_harm import HARM
from ..models.privacy.access import HANDLER
from .prefilled import prefilled

KNOWN = prefilled("_compute_harm")


class HarmWizard(models.TransientModel):
    """Write down how badly somebody turned out to be hurt, when that shows after the report (D10).

    Promise: what is known already stands there, and what it asks is said before it is saved.
    """

    _name = "aggression.harm.wizard"
    _description = "Harm that showed later"
    _inherit = "aggression.person.wizard"
    _parts = (HANDLER,)

    person = fields.Char("Who was hurt")
    injury = fields.Selection(INJURIES, **KNOWN)
    hospital = fields.Boolean("Admitted to hospital", **KNOWN)
    lasting_harm = fields.Boolean("Lasting harm to health", **KNOWN)

    @api.depends("affected_id")
    def _compute_harm(self):
        for wizard in self:
            person = wizard._readable("affected_id")
            for name in HARM:
                wizard[name] = person[name]

    def action_save(self):
        """Keep it; what serious harm asks is asked from now on."""
        self._require_case()
        self.affected_id._note_harm({name: self[name] for name in HARM})
        return self._finish(self.sudo().incident_id)


class AffectedPerson(models.Model):
    _inherit = "aggression.affected.person"

    def action_note_harm(self):
        """Open the screen for harm of this person that showed after the report."""
        self.ensure_one()
        self._require(HANDLER)
        return self.incident_id._action_wizard(
            "aggression.harm.wizard",
            self.env._("Harm that showed later"),
            affected_id=self.id,
        )
