from odoo import fields, models
from odoo.exceptions import AccessError, LockError, UserError, ValidationError

from ..privacy.access import DECIDER
from ..privacy.asker import REFUSED


class Incident(models.Model):
    """A decision on measures: one door, one decider, one decision.

    Promise: only the mayor in office for this case can decide, by button, form or remote call;
    when the mayor was hit, the deputy (A1, C3). Of two who press at once, one decides and the
    other reads that it was decided. A longer measure is a new decision, with grounds of its own.
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
            replaces: id of the decision that counted when the decider began, or False;
            grounds, proportionality, evidence_ids, deviation_reason, hearing, heard_on, view,
            waiver_reason, causer_id
        :return: the decision, in superuser mode
        :raises AccessError: for anybody but the decider in office
        :raises UserError: with one sentence, when something is missing or it was decided already
        """
        self._require_decider()
        case = self.sudo()
        case._lock_for_decision()
        case._check_counting_decision(plan.pop("replaces"))
        if reason := case._blocker("decided"):
            raise UserError(reason)
        repeat = self._repeat()
        proposed = self._proposed_measures(repeat)
        self._check_plan(plan, proposed)
        decision = case._write_decision(plan, self._outcome_of(plan, proposed), repeat)
        case._move("decided", decided_at=decision.decided_at)
        case._log("decided")
        case._raise_decided(decision)
        return decision

    def _raise_decided(self, decision):
        duties = self.env["aggression.duty"]
        for settled in ("decide", "view"):
            duties._fulfil(self, settled)
        # of an earlier decision: that letter cannot be sent any more
        duties._waiting_for(self, "letter")._move("lapsed")
        duties._raise(self, "decided")
        if decision.hearing == "waived" and any(decision.measure_ids.type_id.mapped("burdensome")):
            duties._raise(self, "unheard")
        decision.measure_ids._raise_carrying_out()
        self.env["aggression.triangle.item"]._put_on_as_decided(decision)

    def _counting_decision(self):
        """Return the decision that counts now; empty before the first."""
        self.ensure_one()
        return self.decision_ids.filtered(lambda decision: not decision.superseded)

    def _check_counting_decision(self, known):
        """Raise UserError when somebody decided since the decider began."""
        if self._counting_decision().id != known:
            raise UserError(self._overtaken())

    def _lock_for_decision(self):
        """Keep a second decider waiting outside; who comes second is told so."""
        try:
            self.lock_for_update()
        except LockError:
            raise UserError(
                self.env._("Somebody is deciding in this case right now. Try again in a minute.")
            ) from None
        self.invalidate_recordset(["state", "decision_ids"])

    def _write_decision(self, plan, outcome, repeat):
        earlier = self._counting_decision()
        earlier._unlocked().superseded = True
        earlier.flush_recordset()  # the index allows one at a time
        earlier.measure_ids._replace()
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
            [self._measure_values(decision, measure) for measure in plan["measures"]]
        )
        return decision

    def _measure_values(self, decision, measure):
        kind = self.env["aggression.measure.type"].browse(measure["type_id"])
        review = kind._review_day(measure["date_from"], measure["date_to"])
        return {
            **measure,
            "incident_id": self.id,
            "decision_id": decision.id,
            "review_on": review,
        }

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
            kind._check_scope(measure.get("scope"))
        kinds._check_decider(self)
        outcome = self._outcome_of(plan, proposed)
        if outcome != "as_proposed" and not _filled(plan, "deviation_reason"):
            raise ValidationError(
                self.env._("You decide otherwise than the protocol proposes. Write down why.")
            )
        if any(kinds.mapped("burdensome")):
            self._check_hearing(plan)
            self._check_reasons(plan)

    def _check_hearing(self, plan):
        answers = {
            "heard": plan.get("heard_on") and _filled(plan, "view"),
            "silent": self.sudo().hearing_ids._went_unanswered(),
            "waived": _filled(plan, "waiver_reason"),
        }
        if not answers.get(plan.get("hearing")):
            raise ValidationError(
                self.env._(
                    "The citizen is heard before this measure. Write down when and what the "
                    "citizen said, or the reason why it could not be done."
                )
            )

    def _check_reasons(self, plan):
        """Ask for what a judge will ask for: the exact conduct, and why this is in proportion."""
        if not _filled(plan, "grounds"):
            raise ValidationError(
                self.env._("Write down exactly what was done. The letter says it to the citizen.")
            )
        if not _filled(plan, "proportionality"):
            raise ValidationError(
                self.env._("Write down why this measure is in proportion to what was done.")
            )


def _filled(plan, name):
    return bool((plan.get(name) or "").strip())
