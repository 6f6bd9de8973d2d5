from odoo import fields, models
from odoo.exceptions import AccessError, LockError, UserError, ValidationError

from ..privacy.access import DECIDER
from ..privacy.asker import REFUSED


class Incident(models.Model):
    """A decision on measures: one door, one decider, one decision.

    Promise: only the mayor in office for this case can decide, by button, form or remote call;
    when the mayor was hit, the deputy (A1, C3). Of two who press at once, one decides and the
    other reads that it was decided.
    """

    _inherit = "aggression.incident"

    def _decider_role_id(self):
        """Return the id of the role that decides in this case, by the route of who was hit."""
        routes = self.protocol_id._playbook().routes
        return routes[self.sudo().affected_ids[0].office_id.id].decider

    def _decider(self):
        """Return the user who decides in this case today: never somebody who was hit in it."""
        return self.env["res.users"].browse(self._holder_id(self._decider_role_id()) or [])

    def _require_decider(self):
        """Raise AccessError unless the user is the decider in office for this case."""
        self.ensure_one()
        if self._decider() != self.env.user or not self._has_role(DECIDER):
            self._note_reading(REFUSED)
            raise AccessError(self.env._("Only the one who decides in this case can do this."))

    def _decide(self, plan):
        """Record the decision and let it take effect.

        :param dict plan: measures: list of dicts (type_id, date_from, date_to, scope, causer_id);
            grounds, deviation_reason, hearing, heard_on, view, waiver_reason, causer_id
        :return: the decision, in superuser mode
        :raises AccessError: for anybody but the decider in office
        :raises UserError: with one sentence, when something is missing or it was decided already
        """
        self._require_decider()
        case = self.sudo()
        case._lock_for_decision()
        if reason := case._blocker("decided"):
            raise UserError(reason)
        repeat = self._repeat()
        proposed = self._proposed_measures(repeat)
        self._check_plan(plan, proposed)
        decision = case._write_decision(plan, self._outcome_of(plan, proposed), repeat)
        case._move("decided", decided_at=decision.decided_at)
        case._log("decided")
        self.env["aggression.duty"]._fulfil(case, "decide")
        self.env["aggression.duty"]._raise(case, "decided")
        self.env["aggression.triangle.item"]._put_on_as_decided(decision)
        return decision

    def _lock_for_decision(self):
        """Keep a second decider waiting outside; who comes second is told so."""
        try:
            self.lock_for_update()
        except LockError:
            raise UserError(
                self.env._("Somebody is deciding in this case right now. Try again in a minute.")
            ) from None
        self.invalidate_recordset(["state"])

    def _write_decision(self, plan, outcome, repeat):
        earlier = self.decision_ids._unlocked()
        earlier.write({"superseded": True})
        earlier.flush_recordset()  # the index allows one at a time
        decision = (
            self.env["aggression.decision"]
            .sudo()
            ._unlocked()
            .create(
                {
                    "incident_id": self.id,
                    "outcome": outcome,
                    "repeat_sentence": self._repeat_sentence(repeat),
                    "earlier_incidents": repeat.earlier,
                    "decided_by_id": self.env.uid,
                    "decided_as_id": self._acting_role_id(self._decider_role_id(), self.env.uid),
                    "decided_at": fields.Datetime.now(),
                    **{name: value for name, value in plan.items() if name != "measures"},
                }
            )
        )
        self.env["aggression.measure"].sudo()._unlocked().create(
            [
                {**measure, "incident_id": self.id, "decision_id": decision.id}
                for measure in plan["measures"]
            ]
        )
        return decision

    def _outcome_of(self, plan, proposed):
        """Return how the plan relates to the protocol's proposal."""
        chosen = {measure["type_id"]: measure["date_to"] for measure in plan["measures"]}
        asked = {kind.id: end for kind, end in proposed.items()}
        if chosen == asked:
            return "as_proposed"
        return "changed" if chosen else "none"

    def _check_plan(self, plan, proposed):
        """Raise ValidationError when the plan lacks something the protocol asks (U5)."""
        kinds = self.env["aggression.measure.type"].browse(
            [measure["type_id"] for measure in plan["measures"]]
        )
        for kind, measure in zip(kinds, plan["measures"], strict=True):
            kind._check_dates(measure["date_from"], measure["date_to"])
        outcome = self._outcome_of(plan, proposed)
        if outcome != "as_proposed" and not (plan.get("deviation_reason") or "").strip():
            raise ValidationError(
                self.env._("You decide otherwise than the protocol proposes. Write down why.")
            )
        if any(kinds.mapped("burdensome")):
            self._check_hearing(plan)

    def _check_hearing(self, plan):
        heard = plan.get("hearing") == "heard" and plan.get("heard_on") and plan.get("view")
        waived = plan.get("hearing") == "waived" and (plan.get("waiver_reason") or "").strip()
        if not heard and not waived:
            raise ValidationError(
                self.env._(
                    "The citizen is heard before this measure. Write down when and what the "
                    "citizen said, or the reason why it could not be done."
                )
            )
