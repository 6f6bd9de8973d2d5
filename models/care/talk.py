from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..privacy.access import CARER, PERSON_HIT
from ..privacy.sealing import SealedText

PLANNED, HELD, DECLINED, LAPSED = "planned", "held", "declined", "lapsed"


class Talk(models.Model):
    """One talk of the aftercare: within a day, within three days, after four to six weeks.

    Promise: its term is the protocol's (Z6 to Z8) and its notes are read by the person hit and
    the carer alone; each talk may be declined and is then no longer due (Z11).
    """

    _name = "aggression.talk"
    _description = "Talk"
    _inherit = ["aggression.confidential", "aggression.stateful"]
    _order = "aftercare_id, number, id"

    _guarded = frozenset(
        {
            "incident_id",
            "aftercare_id",
            "number",
            "is_extra",
            "state",
            "from_at",
            "due_at",
            "held_at",
            "kept_private",
        }
    )
    _traced = ("incident_id", "aftercare_id")
    _transitions = {
        (PLANNED, HELD): None,
        (PLANNED, DECLINED): None,
        (PLANNED, LAPSED): None,
        (LAPSED, PLANNED): None,
    }

    aftercare_id = fields.Many2one(
        "aggression.aftercare", required=True, index=True, ondelete="cascade"
    )
    number = fields.Integer("Talk", required=True, readonly=True, aggregator=None)
    is_extra = fields.Boolean("Extra", readonly=True, help="Beside the talks of the protocol.")
    state = fields.Selection(
        [
            (PLANNED, "On offer"),
            (HELD, "Held"),
            (DECLINED, "Declined"),
            (LAPSED, "Not needed"),
        ],
        required=True,
        default=PLANNED,
        readonly=True,
    )
    from_at = fields.Datetime("Not before", readonly=True)
    due_at = fields.Datetime("At the latest", required=True, readonly=True)
    held_at = fields.Datetime(readonly=True)
    notes = SealedText(help="Only the person hit and the carer can read this.")
    goal_ids = fields.Many2many("aggression.talk.goal", string="Talked about", ondelete="restrict")
    goal_choice_ids = fields.Many2many("aggression.talk.goal", compute="_compute_goal_choice_ids")
    kept_private = fields.Boolean(
        readonly=True, help="From before another carer came, who may not read it."
    )

    @api.depends("incident_id", "number")
    def _compute_goal_choice_ids(self):
        for talk in self:
            protocol = talk.incident_id.protocol_id
            talk.goal_choice_ids = protocol._goals_of_talk(talk.number)

    @api.constrains("goal_ids")
    def _check_goals(self):
        for talk in self:
            if talk.goal_ids - talk.goal_choice_ids:
                raise ValidationError(self.env._("Tick the goals of this talk only."))

    def _about_one(self):
        return self.aftercare_id.affected_id

    def action_hold(self):
        """Record that these talks were held. By the carer; earlier than planned is fine (Z8)."""
        self.aftercare_id._require_part(CARER)
        self.sudo()._move(HELD, held_at=fields.Datetime.now())
        self._duties()._settle("done")

    def action_decline(self):
        """Record that these talks are not wanted (Z11). By the person hit or the carer.

        Who declines all care is offered it again later.
        """
        self.aftercare_id._require_part(PERSON_HIT, CARER)
        self.sudo()._move(DECLINED)
        self._duties()._move("lapsed")
        self.sudo().aftercare_id._note_declined()

    def _duties(self):
        return (
            self.env["aggression.duty"]
            .sudo()
            .search([("talk_id", "in", self.ids), ("state", "=", "open")])
        )

    @api.model
    def _keep_one_on_offer(self, incident, closed_at):
        """After an emotion one talk stays on offer to each person hit (U3).

        It stays on the carer's list; nobody is told that it is overdue. A talk that was wished
        for stays too, and so do all talks of somebody with several reports in a short time.
        """
        planned = self.sudo().search([("incident_id", "=", incident.id), ("state", "=", PLANNED)])
        first = planned.filtered(lambda talk: talk.number == 1)
        first._duties()._unlocked().write({"sweep_at": False})
        over = (planned - first).filtered(lambda talk: not talk._stays_on_offer())
        over._duties()._lapse_by_closing(closed_at)
        over._move(LAPSED)

    def _offer_anew(self):
        """Put these on offer again: they were not needed only as long as it seemed emotion."""
        self._move(PLANNED)
        self.aftercare_id._go_on()

    def _stays_on_offer(self):
        return self.is_extra or self.aftercare_id.affected_id._has_several_reports()
