from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Domain

from ..privacy.notice import PREVENTION
from ..privacy.sealing import SealedChar

DUE, PLANNED, HELD, CANCELLED = "due", "planned", "held", "cancelled"


class PreventionActivity(models.Model):
    """One meeting or training: planned or held, who was invited and who came (V4 to V6).

    Promise: what has to come back comes back by itself and is flagged when it is overdue; it
    records who met when and never what somebody told there (V5).
    """

    _name = "aggression.prevention.activity"
    _description = "Prevention activity"
    _inherit = ["aggression.beside.cases", "aggression.stateful"]
    _rec_name = "kind_id"
    _order = "due_on, id"

    _guarded = frozenset({"state", "round_from", "company_id", "invited_at"})
    _transitions = {
        (DUE, PLANNED): "_not_plannable",
        (PLANNED, PLANNED): "_not_plannable",
        (PLANNED, HELD): "_not_held_yet",
        (DUE, HELD): "_not_held_yet",
        (DUE, CANCELLED): "_not_droppable",
        (PLANNED, CANCELLED): "_not_droppable",
    }

    company_id = fields.Many2one(
        "res.company",
        "Municipality",
        required=True,
        readonly=True,
        default=lambda self: self.env.company,
    )
    kind_id = fields.Many2one(
        "aggression.prevention.kind", "What", required=True, ondelete="restrict", index=True
    )
    agenda = fields.Text(related="kind_id.agenda", related_sudo=False)
    cadence = fields.Selection(related="kind_id.cadence", related_sudo=False)
    with_lessons = fields.Boolean(related="kind_id.with_lessons", related_sudo=False)
    round_from = fields.Date("Of the round from", readonly=True)
    state = fields.Selection(
        [(DUE, "To plan"), (PLANNED, "Planned"), (HELD, "Held"), (CANCELLED, "Cancelled")],
        required=True,
        default=DUE,
        readonly=True,
        group_expand=True,
    )
    due_on = fields.Date("At the latest on")
    held_at = fields.Datetime("When")
    place = SealedChar("Where")
    office_ids = fields.Many2many(
        "aggression.office",
        string="For whom",
        help="Who holds one of these offices on the day of planning is invited.",
    )
    asked_by_id = fields.Many2one("res.users", "Asked by")
    invited_ids = fields.Many2many("res.users", "aggression_prevention_invited_rel")
    invited_at = fields.Datetime("Invited on", readonly=True)
    attended_ids = fields.Many2many("res.users", "aggression_prevention_came_rel", string="Came")
    others = fields.Integer("Others who came", aggregator=None)
    is_overdue = fields.Boolean("Overdue", compute="_compute_is_overdue", search="_search_overdue")
    can_organise = fields.Boolean(compute="_compute_can_organise")
    lesson_ids = fields.Many2many("aggression.lesson", compute="_compute_lesson_ids")

    _once_a_round = models.UniqueIndex(
        "(company_id, kind_id, round_from) WHERE round_from IS NOT NULL",
        "This has been put on the list already for this period.",
    )

    @api.depends("state", "due_on")
    def _compute_is_overdue(self):
        today = self._today()
        for activity in self:
            waiting = activity.state in (DUE, PLANNED) and activity.due_on
            activity.is_overdue = bool(waiting) and activity.due_on < today

    def _search_overdue(self, operator, value):
        if operator != "in":
            return NotImplemented
        return [("state", "in", (DUE, PLANNED)), ("due_on", "<", self._today())]

    @api.depends_context("uid")
    def _compute_can_organise(self):
        for activity in self:
            activity.can_organise = self._may_organise(activity.company_id or self.env.company)

    @api.depends("kind_id", "due_on")
    def _compute_lesson_ids(self):
        """Put the lessons of this year and the year before on the agenda that has them (U6)."""
        for activity in self:
            year = (activity.due_on or self._today()).year
            wanted = [("year", "in", (year - 1, year)), ("company_id", "=", activity.company_id.id)]
            lessons = self.env["aggression.lesson"]
            shown = activity.with_lessons and lessons.has_access("read")
            activity.lesson_ids = shown and lessons.search(wanted)

    @api.constrains("state", "held_at", "attended_ids", "others")
    def _check_attendance(self):
        for activity in self:
            if activity.others < 0:
                raise ValidationError(self.env._("The number of people cannot be below zero."))

    @api.model_create_multi
    def create(self, vals_list):
        self._require_organising()
        return super().create(vals_list)

    def write(self, vals):
        self._require_organising()
        return super().write(vals)

    @api.model
    def _today(self):
        return self.env["aggression.role"]._today(self.env.company)

    @api.model
    def _to_come_for_me(self):
        """Return the meetings and trainings to come to which the user is invited."""
        to_come = [("state", "=", PLANNED), ("held_at", ">", fields.Datetime.now())]
        return self.search([*to_come, ("invited_ids", "in", self.env.uid)], order="held_at, id")

    @api.model
    def _may_organise(self, company):
        """Tell whether the user organises prevention in this municipality, by its protocol."""
        protocol = self.env["aggression.protocol"]
        protocol = protocol.browse(protocol._in_force_id(company.id)).sudo()
        return bool(protocol) and protocol._answers_for(protocol.prevention_role_ids, self.env.user)

    def _require_organising(self):
        """Raise AccessError unless the user organises prevention wherever these are."""
        companies = self.company_id or self.env.company
        if not self._holds_key() and not all(self._may_organise(one) for one in companies):
            raise AccessError(self.env._("Only who organises prevention can plan this."))

    def action_plan(self):
        """Plan this, and invite who is named or holds an office that is; who organises prevention.

        :raises UserError: in one sentence, when something is missing
        """
        self.ensure_one()
        self._require_organising()
        self.invited_ids |= self._holders_of_offices()
        self._move(PLANNED, invited_at=fields.Datetime.now())
        self.env["aggression.notice"]._about_prevention(self, PREVENTION, self.sudo().invited_ids)

    def _holders_of_offices(self):
        """Return who holds one of the offices for which this is, today."""
        self.ensure_one()
        assignments = self.env["aggression.role.assignment"].sudo()
        lines = assignments.search(
            assignments._running_on(self.env["aggression.role"]._today(self.company_id))
            & Domain("role_id.company_id", "=", self.company_id.id)
            & Domain("role_id.office_id", "in", self.office_ids.ids)
            & Domain("user_id.active", "=", True)
        )
        return lines.user_id.with_env(self.env)

    @api.model
    def _organisers(self, protocol):
        """Return who organises prevention today."""
        today = protocol._today()
        roles = protocol.sudo().prevention_role_ids
        users = {user for role in roles for user in role._holder_ids_on(today)}
        return self.env["res.users"].browse(sorted(users))

    def action_held(self):
        """Record that it was held, with who came; who organises prevention."""
        self.ensure_one()
        self._require_organising()
        self._move(HELD)

    def action_cancel(self):
        """Cancel what was asked for; what comes back by the protocol cannot be dropped."""
        self.ensure_one()
        self._require_organising()
        self._move(CANCELLED)

    def _not_plannable(self):
        if not self.held_at or self.held_at <= fields.Datetime.now():
            return self.env._("Choose a moment in the future.")
        if not self.invited_ids and self.office_ids:
            return self.env._("Nobody holds one of these offices today. Say who is invited.")
        if not self.invited_ids:
            return self.env._("Say who is invited, or for whom it is.")
        return None

    def _not_held_yet(self):
        if not self.held_at or self.held_at > fields.Datetime.now():
            return self.env._("Fill in when it was held: not in the future.")
        if not self.attended_ids and not self.others:
            return self.env._("Say who came, or how many.")
        return None

    def _not_droppable(self):
        if self.round_from:
            return self.env._("The protocol asks for this. Plan it later instead.")
        return None
