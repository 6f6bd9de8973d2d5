from odoo import api, fields, models

from ..models.care.aftercare import VERDICTS
from ..models.care.closing import NO_ANSWER
from ..models.care.referral import HOME_FRONT, PERSON
from ..models.privacy.access import CARER, PERSON_HIT
from ..models.privacy.sealing import SealedText

EXTRA, FORWARD, REFER, REFUSE, WISH, CLOSE = (
    "extra",
    "forward",
    "refer",
    "refuse",
    "wish",
    "close",
)
SPOKEN = [line for line in VERDICTS if line[0] != NO_ANSWER]
STEPS = [
    (EXTRA, "Plan an extra talk"),
    (FORWARD, "Hold a talk earlier"),
    (REFER, "Propose professional help"),
    (REFUSE, "This help is not wanted"),
    (WISH, "Write down what is wished for"),
    (CLOSE, "Round off the care"),
]


class CareWizard(models.TransientModel):
    """A step in the care of one person: an extra talk, a referral, rounding it off (Z8, Z9).

    The step itself checks who may take it, and who speaks for whom.
    """

    _name = "aggression.care.wizard"
    _description = "Step in the care"
    _inherit = "aggression.case.wizard"
    _parts = (PERSON_HIT, CARER)
    _about = ("aftercare_id", "talk_id", "referral_id")

    aftercare_id = fields.Many2one("aggression.aftercare", required=True, readonly=True)
    talk_id = fields.Many2one("aggression.talk", readonly=True)
    referral_id = fields.Many2one("aggression.referral", readonly=True)
    step = fields.Selection(STEPS, required=True, default=EXTRA)
    due_at = fields.Datetime("Before when")
    provider_choice_ids = fields.Many2many(
        "aggression.care.provider", compute="_compute_provider_choice_ids"
    )
    provider_id = fields.Many2one("aggression.care.provider", "Who can help")
    help_for = fields.Selection(
        [(PERSON, "The person"), (HOME_FRONT, "The home front")], "Help for", default=PERSON
    )
    is_for_me = fields.Boolean(compute="_compute_is_for_me")
    verdict = fields.Selection(SPOKEN, "How was the care?")
    text = SealedText("In words")

    @api.depends("incident_id")
    def _compute_provider_choice_ids(self):
        for wizard in self:
            wizard.provider_choice_ids = wizard.incident_id.protocol_id.care_provider_ids

    @api.depends("aftercare_id")
    @api.depends_context("uid")
    def _compute_is_for_me(self):
        for wizard in self:
            wizard.is_for_me = wizard.aftercare_id.is_for_me

    def _choices_provider_id(self):
        providers = self.provider_choice_ids._origin
        return [(provider.id, provider.name) for provider in providers]

    def action_save(self):
        """Take the step.

        :raises UserError: in one sentence; the screen keeps what was typed
        """
        self._require_case()
        getattr(self, f"_save_{self.step}")()
        return self._close()

    def _save_extra(self):
        self.aftercare_id._plan_extra(self.due_at)

    def _save_forward(self):
        self.talk_id._bring_forward(self.due_at)

    def _save_refer(self):
        self.env["aggression.referral"]._propose(
            self.aftercare_id, self.provider_id, self.help_for, self.text
        )

    def _save_refuse(self):
        self.referral_id._refuse(self.text)

    def _save_wish(self):
        self.aftercare_id._record_wish(self.text)

    def _save_close(self):
        self.aftercare_id._round_off(self.verdict, self.text)

    def action_no_answer(self):
        """Round the care off without the person having said how it was. By the carer."""
        self._require_case()
        self.aftercare_id._round_off(NO_ANSWER)
        return self._close()


class Aftercare(models.Model):
    _inherit = "aggression.aftercare"

    def action_plan_talk(self):
        """Open the screen for an extra talk; for the person and the carer."""
        return self._action_step(EXTRA, self.env._("An extra talk"))

    def action_refer(self):
        """Open the screen for proposing professional help; for the person and the carer."""
        return self._action_step(REFER, self.env._("Professional help"))

    def action_record_wish(self):
        """Open the screen for what the person wishes; for the person and the carer."""
        return self._action_step(WISH, self.env._("What is wished for"), text=self.wish)

    def action_round_off(self):
        """Open the screen for rounding off the care; for the person and the carer."""
        return self._action_step(CLOSE, self.env._("Round off the care"))

    def _action_refer_home_front(self):
        providers = self.incident_id.protocol_id.care_provider_ids
        return self._action_step(
            REFER,
            self.env._("Help for the home front"),
            help_for=HOME_FRONT,
            provider_id=providers.filtered("for_home_front")[:1].id,
        )

    def _action_step(self, step, name, **defaults):
        self.ensure_one()
        self._require_part(PERSON_HIT, CARER)
        return self.incident_id._action_wizard(
            "aggression.care.wizard", name, aftercare_id=self.id, step=step, **defaults
        )


class Talk(models.Model):
    _inherit = "aggression.talk"

    def action_bring_forward(self):
        """Open the screen for holding this talk earlier; for the person and the carer."""
        self.ensure_one()
        return self.aftercare_id._action_step(
            FORWARD, self.env._("Hold this talk earlier"), talk_id=self.id
        )


class Referral(models.Model):
    _inherit = "aggression.referral"

    def action_refuse(self):
        """Open the screen for why this help is not wanted; for the person and the carer."""
        self.ensure_one()
        return self.aftercare_id._action_step(
            REFUSE, self.env._("This help is not wanted"), referral_id=self.id
        )
