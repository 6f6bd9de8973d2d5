from odoo import api, fields, models
from odoo.exceptions import UserError

from ..privacy.access import DECIDER, HANDLER
from ..privacy.sealing import SealedText

TO_DISCUSS, DISCUSSED, TAKEN_OFF = "to_discuss", "discussed", "taken_off"
STATES = [
    (TO_DISCUSS, "To discuss"),
    (DISCUSSED, "Discussed"),
    (TAKEN_OFF, "Taken off the agenda"),
]
TRIANGLE = "triangle"


class TriangleItem(models.Model):
    """A case that the mayor discusses with the police and the public prosecutor (A11).

    Promise: what is put on the agenda of the triangle stays on it, with a term, until somebody
    writes down what came of it or why it is not discussed. A case stands on it once at a time.
    """

    _name = "aggression.triangle.item"
    _description = "Item on the triangle agenda"
    _inherit = ["aggression.confidential", "aggression.stateful"]
    _order = "put_on_at, id"

    _guarded = frozenset(
        {
            "incident_id",
            "state",
            "question",
            "put_on_by_id",
            "put_on_at",
            "discussed_on",
            "outcome",
            "reason",
        }
    )
    _transitions = {(TO_DISCUSS, DISCUSSED): None, (TO_DISCUSS, TAKEN_OFF): None}

    state = fields.Selection(STATES, required=True, default=TO_DISCUSS, readonly=True)
    question = SealedText("What to discuss", required=True, readonly=True)
    put_on_by_id = fields.Many2one(
        "res.users",
        "Put on by",
        required=True,
        readonly=True,
        default=lambda self: self.env.user,
        ondelete="restrict",
    )
    put_on_at = fields.Datetime(
        "On the agenda since",
        required=True,
        readonly=True,
        default=lambda self: fields.Datetime.now(),
    )
    discussed_on = fields.Date("Discussed on", readonly=True)
    outcome = SealedText("What came of it", readonly=True)
    reason = SealedText("Why it was taken off", readonly=True)
    level = fields.Integer(related="incident_id.level", related_sudo=False)

    _one_at_a_time = models.UniqueIndex(
        "(incident_id) WHERE state = 'to_discuss'",
        "This case is on the triangle agenda already.",
    )
    _discussed_with_outcome = models.Constraint(
        "CHECK (state <> 'discussed' OR (discussed_on IS NOT NULL AND outcome IS NOT NULL))",
        "Write down when it was discussed and what came of it.",
    )
    _taken_off_for_a_reason = models.Constraint(
        "CHECK (state <> 'taken_off' OR reason IS NOT NULL)",
        "Say why it is taken off the agenda.",
    )

    @api.model
    def _open_in(self, incidents):
        """Return what is to be discussed of these cases, as far as the user may see it."""
        return self.search([("incident_id", "in", incidents.ids), ("state", "=", TO_DISCUSS)])

    @api.model
    def _put_on(self, incident, question):
        """Put a case on the agenda, with what is to be discussed. By who handles or decides.

        :raises UserError: without a question, for a closed case or one that is on it already
        """
        incident.ensure_one()
        incident._require(HANDLER, DECIDER)
        case = incident.sudo()
        if not (question or "").strip():
            raise UserError(self.env._("Write down what is to be discussed."))
        case._check_still_open()
        if self.sudo()._open_in(case):
            raise UserError(self.env._("This case is on the triangle agenda already."))
        self.sudo()._unlocked().create({"incident_id": case.id, "question": question})
        case._log("triangle", question)
        self.env["aggression.duty"]._raise(case, TRIANGLE)

    @api.model
    def _put_on_as_decided(self, decision):
        """Put a case on the agenda when its decision asks for that and it is not on it yet."""
        asking = decision.measure_ids.filtered("type_id.triangle")
        case = decision.incident_id
        if asking and not self.sudo()._open_in(case):
            question = self.env._("What was decided: consult the police and the prosecutor.")
            self._put_on(case, asking[0].scope or question)

    def action_record_outcome(self):
        """Open the screen for what came of it."""
        self.ensure_one()
        return self.incident_id._action_triangle_outcome()

    def _discuss(self, day, outcome):
        """Record what came of it. By who handles or decides.

        :param date day: on which it was discussed
        :raises UserError: without an outcome, or with a day still to come
        """
        self._require_open(HANDLER, DECIDER)
        if not (outcome or "").strip():
            raise UserError(self.env._("Write down what came of it."))
        if not day or day > self.sudo().incident_id.protocol_id._today():
            raise UserError(self.env._("Fill in on which day it was discussed."))
        item = self.sudo()
        item._move(DISCUSSED, discussed_on=day, outcome=outcome)
        item.incident_id._log("discussed", outcome)
        self.env["aggression.duty"]._fulfil(item.incident_id, TRIANGLE)
        item.incident_id.measure_ids.filtered("type_id.triangle")._carry_out()

    def _take_off(self, reason):
        """Take it off the agenda without discussing it. By who handles or decides.

        :raises UserError: without a reason
        """
        self._require_open(HANDLER, DECIDER)
        if not (reason or "").strip():
            raise UserError(self.env._("Say why it is taken off the agenda."))
        self.sudo()._leave_agenda(reason)

    def _leave_agenda(self, reason):
        for item in self:
            item._move(TAKEN_OFF, reason=reason)
            item.incident_id._log("taken_off", reason)
            self.env["aggression.duty"]._waive_step(item.incident_id, TRIANGLE, reason)

    def _require_open(self, *roles):
        """Raise unless this is one item there is, of a case in which the user has such a part."""
        if not self:
            raise UserError(self.env._("This case is not on the triangle agenda."))
        self.ensure_one()
        self._require(*roles)


class Incident(models.Model):
    _inherit = "aggression.incident"

    def _close_as_emotion(self, reason):
        """Close without measure, so that there is nothing to discuss either (U3)."""
        self.env["aggression.triangle.item"].sudo()._open_in(self)._leave_agenda(reason)
        return super()._close_as_emotion(reason)

    def action_show_triangle(self):
        """Show what of this case was or will be discussed in the triangle."""
        self.ensure_one()
        self._require(HANDLER, DECIDER)
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Triangle agenda"),
            "res_model": "aggression.triangle.item",
            "views": [(False, "list"), (False, "form")],
            "domain": [("incident_id", "=", self.id)],
        }


class MeasureType(models.Model):
    _inherit = "aggression.measure.type"

    triangle = fields.Boolean(
        "Puts the case on the triangle agenda",
        help="Deciding on it puts the case on the list of what the mayor discusses with the "
        "police and the public prosecutor.",
    )
