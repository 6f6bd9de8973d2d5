from odoo import api, fields, models
from odoo.exceptions import UserError

from ..privacy.access import CARER, DECIDER, HANDLER
from ..privacy.sealing import SealedText
from ..protocol.duty_type import BY_DECIDER, BY_NOBODY, BY_ROLE

OF_ONE_PERSON = ("talk", "care", "decide", "objection")
OPEN, DONE, WAIVED, LAPSED = "open", "done", "waived", "lapsed"


class Duty(models.Model):
    """Something that somebody must do by a certain minute.

    Promise: every deadline of a case is one of these rows, so that nothing has to be remembered:
    what is due by when, who must do it, and, if it was late, why. It never disappears: it is
    done, waived with a reason, or has lapsed because of a later step.
    """

    _name = "aggression.duty"
    _description = "Duty"
    _inherit = ["aggression.confidential", "aggression.stateful"]
    _order = "due_at, id"
    _along = ("measure_id",)

    _guarded = frozenset(
        {
            "incident_id",
            "type_id",
            "affected_id",
            "talk_id",
            "aftercare_id",
            "measure_id",
            "police_request_id",
            "damage_id",
            "claim_id",
            "role_id",
            "user_id",
            "state",
            "event_at",
            "from_at",
            "due_at",
            "due_on",
            "sweep_at",
            "rung",
            "escalated_at",
            "escalated_to_id",
            "told_ids",
            "done_at",
            "done_by_id",
            "note",
            "late_reason",
        }
    )
    _transitions = {(OPEN, DONE): None, (OPEN, WAIVED): None, (OPEN, LAPSED): None}

    type_id = fields.Many2one("aggression.duty.type", "Duty", required=True, ondelete="restrict")
    fulfilment = fields.Selection(related="type_id.fulfilment", related_sudo=False)
    affected_id = fields.Many2one("aggression.affected.person", "For", ondelete="cascade")
    talk_id = fields.Many2one("aggression.talk", index="btree_not_null", ondelete="cascade")
    aftercare_id = fields.Many2one(
        "aggression.aftercare", index="btree_not_null", readonly=True, ondelete="cascade"
    )
    measure_id = fields.Many2one(
        "aggression.measure", index="btree_not_null", readonly=True, ondelete="cascade"
    )
    role_id = fields.Many2one("aggression.role", "As", ondelete="restrict")
    user_id = fields.Many2one("res.users", "Who", ondelete="restrict")
    state = fields.Selection(
        [(OPEN, "To do"), (DONE, "Done"), (WAIVED, "Not needed"), (LAPSED, "Lapsed")],
        required=True,
        default=OPEN,
        readonly=True,
    )
    event_at = fields.Datetime(readonly=True, help="When that happened by which it was raised.")
    from_at = fields.Datetime("Not before", readonly=True)
    due_at = fields.Datetime("Due", required=True, readonly=True)
    sweep_at = fields.Datetime(readonly=True, help="When the scheduled action looks at it again.")
    rung = fields.Integer(
        "Steps told", readonly=True, aggregator=None, help="Of the ladder when it is overdue."
    )
    escalated_at = fields.Datetime(readonly=True)
    escalated_to_id = fields.Many2one("res.users", "Also told", readonly=True, ondelete="restrict")
    told_ids = fields.Many2many(
        "res.users", "aggression_duty_told_rel", "duty_id", "user_id", "Told so far", readonly=True
    )
    done_at = fields.Datetime(readonly=True)
    done_by_id = fields.Many2one("res.users", "Done by", readonly=True, ondelete="restrict")
    note = SealedText(readonly=True)
    late_reason = SealedText("Why it was late", readonly=True)
    can_do = fields.Boolean(compute="_compute_can_do")
    person = fields.Char("Person hit", compute="_compute_person")

    _swept = models.Index("(sweep_at, id) WHERE state = 'open' AND sweep_at IS NOT NULL")
    _mine = models.Index("(user_id, due_at, id) INCLUDE (incident_id) WHERE state = 'open'")

    def _auto_init(self):
        """Let the database know whose tasks are open: of few people many, of most hardly any.

        Otherwise it expects few of who has many, and sorts them all to show the first page.
        """
        result = super()._auto_init()
        self.env.cr.execute(
            "CREATE STATISTICS IF NOT EXISTS aggression_duty_whose (mcv) "
            "ON user_id, state FROM aggression_duty"
        )
        return result

    @api.depends_context("uid")
    @api.depends("fulfilment", "user_id")
    def _compute_can_do(self):
        """Talks and decisions belong to one person; the rest any handler can do."""
        for duty in self:
            mine = duty.user_id.id == self.env.uid
            duty.can_do = mine or duty.sudo().fulfilment not in OF_ONE_PERSON

    @api.depends("affected_id", "incident_id")
    @api.depends_context("uid")
    def _compute_person(self):
        """Name whom this is about, as far as the user may see; it can be the whole case."""
        persons = self.env["aggression.affected.person"]._of(self.incident_id)
        by_case = persons.grouped("incident_id")
        for duty in self:
            concerned = by_case.get(duty.incident_id, persons.browse())
            if duty.affected_id:
                concerned &= duty.affected_id
            duty.person = concerned._person_names()

    def action_open_step(self):
        """Return the action that shows the step which fulfils this duty."""
        self.ensure_one()
        self.check_access("read")
        return getattr(self, f"_open_{self.fulfilment}")()

    def _open_assess(self):
        return self.incident_id.action_classify()

    def _open_decide(self):
        return self.incident_id.action_decide()

    def _open_note(self):
        return self.env["aggression.duty.completion"]._action_for(self)

    def _open_talk(self):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Aftercare"),
            "res_model": "aggression.aftercare",
            "res_id": self.sudo().talk_id.aftercare_id.id,
            "views": [(False, "form")],
        }

    def _open_triangle(self):
        return self.incident_id._action_triangle_outcome()

    def _complete(self, note, late_reason, waived=False):
        """Record that these duties were done, or need not be.

        :param str note: what was done; required when waived
        :param str late_reason: required for a duty that is overdue
        :raises UserError: in one sentence, when something is missing
        """
        self.incident_id._require(HANDLER, DECIDER, CARER)
        self._check_completion(note, late_reason, waived)
        duties = self.sudo()
        duties._settle(WAIVED if waived else DONE, note=note, late_reason=late_reason)
        said = {duty: f"{duty.type_id.name}. {note or ''}".strip() for duty in duties}
        lines = [(duty.incident_id, text) for duty, text in said.items()]
        self.env["aggression.entry"]._log_lines(lines, "waived" if waived else "duty")

    def _check_completion(self, note, late_reason, waived):
        if any(duty.fulfilment != "note" for duty in self):
            raise UserError(self.env._("This duty is done by taking its own step."))
        if waived:
            self._check_waiver(note)
        late = any(duty.due_at < fields.Datetime.now() for duty in self)
        if late and not waived and not (late_reason or "").strip():
            raise UserError(self.env._("This was due earlier. Say why it was late."))

    def _check_waiver(self, reason):
        """Raise UserError unless the user may decide that these need not be done, and says why."""
        if not all(duty._may_waive() for duty in self):
            raise UserError(
                self.env._("The protocol does not let you decide that this need not be done.")
            )
        if not (reason or "").strip():
            raise UserError(self.env._("Say why this need not be done."))

    def _may_waive(self):
        """Tell whether the protocol lets the user decide that this need not be done."""
        self.ensure_one()
        return self._lets_waive(self.incident_id.sudo(), self._rule())

    @api.model
    def _lets_waive(self, case, rule):
        """Tell whether the user decides that what ``rule`` asks in a case need not be done.

        :param aggression.incident case: in superuser mode
        """
        if rule.waived_by == BY_ROLE:
            return self.env.uid in case._answering_ids(rule.waive_role)
        if rule.waived_by == BY_DECIDER:
            return case._decider().id == self.env.uid
        return rule.waived_by != BY_NOBODY

    def _fulfil(self, incident, fulfilment, only_one=False):
        """Mark the open duties of a case done that this step fulfils.

        :param bool only_one: the step answers to one of them: the one that is due first
        """
        duties = self._waiting_for(incident, fulfilment)
        if only_one:
            duties = duties.sorted("due_at")[:1]
        duties._settle(DONE)

    def _waive_step(self, incident, fulfilment, reason):
        """Mark the open duties of a case not needed whose step will not be taken."""
        self._waiting_for(incident, fulfilment)._settle(WAIVED, note=reason)

    def _settle(self, state, **values):
        """Record that these need no more to be done, by the person behind the call."""
        self._move(state, done_at=fields.Datetime.now(), done_by_id=self.env.uid, **values)

    def _waiting_for(self, incident, fulfilment):
        return self.sudo().search(
            [
                ("incident_id", "=", incident.id),
                ("state", "=", OPEN),
                ("type_id.fulfilment", "=", fulfilment),
            ]
        )
