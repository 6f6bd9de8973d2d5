from odoo import api, fields, models
from odoo.exceptions import UserError

from ..models.privacy.access import HANDLER, PERSON_HIT
from ..models.privacy.sealing import SealedText


class CarerWizard(models.TransientModel):
    """Choose who gives the care: by the person hit, or on their behalf (Z2).

    Promise: what was written down before stays with the person; only they can open it to the
    new carer.
    """

    _name = "aggression.carer.wizard"
    _description = "Choose who gives the care"
    _inherit = "aggression.person.wizard"
    _parts = (PERSON_HIT, HANDLER)

    carer_choice_ids = fields.Many2many("res.users", compute="_compute_carer_choice_ids")
    user_id = fields.Many2one("res.users", "Who gives the care from now on")
    wish = SealedText("What the person said they wish")
    share_earlier = fields.Boolean("The new carer may read what was written down so far")

    def _offered(self, persons):
        """Return the person hit themself; for who handles the case, everybody who was hit."""
        return persons._oneself() or persons

    @api.depends("affected_id")
    def _compute_carer_choice_ids(self):
        for wizard in self:
            person = wizard.affected_id
            seen = person.has_access("read")
            care = person.sudo()._own_care() if seen else self.env["aggression.aftercare"]
            wizard.carer_choice_ids = care._carer_choices() if care else False

    def _choices_user_id(self):
        return [(user.id, user.name) for user in self.carer_choice_ids._origin.sudo()]

    def action_save(self):
        """Let this person give the care from now on.

        :raises UserError: in one sentence; the screen keeps what was typed
        """
        self._require_case()
        care = self.affected_id.sudo()._own_care().with_env(self.env)
        if not care:
            raise UserError(self.env._("Nobody is offered care here."))
        care._choose_carer(self.user_id, self.wish)
        if self.share_earlier and self.is_own:
            care.action_share_earlier()
        return self._close()


class AffectedPerson(models.Model):
    _inherit = "aggression.affected.person"

    def action_choose_carer(self):
        """Open the screen for another carer: one's own, or as this person wishes."""
        self.ensure_one()
        self._require(PERSON_HIT, HANDLER)
        self.check_access("read")
        return self.incident_id._action_wizard(
            "aggression.carer.wizard", self.env._("Choose another carer"), affected_id=self.id
        )


class Aftercare(models.Model):
    _inherit = "aggression.aftercare"

    def action_choose_carer(self):
        """Open the screen for another carer. By the person whom the care is for."""
        self.ensure_one()
        self._require_part(PERSON_HIT)
        return self.affected_id.action_choose_carer()
