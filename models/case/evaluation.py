from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..common.near import FURTHEST
from ..privacy.access import DECIDER, HANDLER
from ..privacy.sealing import SealedText


class Evaluation(models.Model):
    """What was learned from one case: what went well, what must change, who sees to it (U6).

    Promise: what must change has somebody who does it by a certain day, and stands on their list
    until it is done. What others can learn from it is written apart, without persons, and leads
    nobody back here.
    """

    _name = "aggression.evaluation"
    _description = "Evaluation"
    _inherit = "aggression.confidential"
    _order = "at desc, id desc"

    _guarded = frozenset(
        {"incident_id", "at", "by_id", "went_well", "must_change", "action", "owner_id", "due_on"}
    )

    at = fields.Datetime(
        "When", required=True, readonly=True, default=lambda self: fields.Datetime.now()
    )
    by_id = fields.Many2one(
        "res.users", required=True, readonly=True, default=lambda self: self.env.user
    )
    went_well = SealedText("What went well", readonly=True)
    must_change = SealedText("What must change", readonly=True)
    action = SealedText("What is done about it", readonly=True)
    owner_id = fields.Many2one("res.users", "Who does it", readonly=True, ondelete="restrict")
    due_on = fields.Date("By when", readonly=True)

    _action_has_an_owner = models.Constraint(
        "CHECK (action IS NULL OR (owner_id IS NOT NULL AND due_on IS NOT NULL))",
        "Say who does it and by when.",
    )

    @api.model
    def _record(self, incident, values):
        """Keep an evaluation, before or after the case is closed. By who handles or decides.

        :param dict values: went_well, must_change, action, owner_id (somebody on the case), due_on
        :raises UserError: in one sentence; nothing is kept then
        """
        incident.ensure_one()
        incident._require(HANDLER, DECIDER)
        case = incident.sudo()
        self._check(case, values)
        kept = {name: value or False for name, value in values.items()}
        evaluation = self.sudo()._unlocked().create({**kept, "incident_id": case.id})
        case._log("evaluated")
        self.env["aggression.duty"]._fulfil(case, "evaluate")
        if evaluation.action:
            evaluation._hand_out()
        return evaluation

    @api.model
    def _check(self, case, values):
        told = [(values.get(name) or "").strip() for name in ("went_well", "must_change")]
        if not any(told):
            raise UserError(self.env._("Say what went well, or what must change."))
        if not (values.get("action") or "").strip():
            return
        if values.get("owner_id") not in case._working_on().ids:
            raise UserError(self.env._("Choose who does it: somebody who works on this case."))
        today = case.protocol_id._today()
        if not values.get("due_on") or not today <= values["due_on"] <= today + FURTHEST:
            raise UserError(self.env._("Choose by when it is done: from today, within two years."))

    def _hand_out(self):
        """Put the action on the list of its owner, until the end of the day that was agreed."""
        case, duties = self.incident_id, self.env["aggression.duty"]
        book = case.protocol_id._playbook()
        due = case.protocol_id._midnight(self.due_on + timedelta(days=1))
        duties._raise_rows(
            [
                {
                    "incident_id": case.id,
                    "type_id": rule.id,
                    "user_id": self.owner_id.id,
                    "due_at": due,
                    "sweep_at": rule.next_look(due, 0),
                }
                for rule in book.duties.get("improvement", ())
            ]
        )


class Incident(models.Model):
    _inherit = "aggression.incident"

    evaluation_ids = fields.One2many("aggression.evaluation", "incident_id", "Evaluations")
