from odoo import fields, models
from odoo.exceptions import UserError

from ..privacy.access import DECIDER, HANDLER
from .incident import ASSESSED, CLOSED, DECIDED, REPORTED


class Incident(models.Model):
    """The way of a case: reported, classified, decided, closed; emotion closes at once.

    Promise: a case of aggression cannot close without a reaction, nor while care or a duty is
    still owed to somebody (U5, N1, Z1); what stands in the way is said in one sentence.
    """

    _inherit = "aggression.incident"

    _transitions = {
        (REPORTED, ASSESSED): None,
        (REPORTED, CLOSED): "_not_closable_as_emotion",
        (ASSESSED, DECIDED): "_not_decidable",
        (DECIDED, DECIDED): "_not_decidable",
        (DECIDED, CLOSED): "_not_closable",
        (CLOSED, REPORTED): None,
    }

    def _register_assessment(self, assessment, reason):
        """Let the case follow what the classification found (U3).

        :param aggression.assessment assessment: just made, by somebody entitled
        :param str reason: why an emotion is closed; kept in the timeline
        """
        self.ensure_one()
        now = fields.Datetime.now()
        found = {"outcome": assessment.outcome, "level": assessment.level, "assessed_at": now}
        self._log("assessed", assessment.sentence)
        self.env["aggression.duty"]._fulfil(self, "assess")
        if assessment.outcome == "aggression":
            self._move(ASSESSED, **found)
            if any(assessment.behaviour_ids.mapped("ignores_measure")):
                self._note_ignored_measures()
            self.env["aggression.duty"]._raise(self, "assessed")
        else:
            self._unlocked().write(found)
            self._close_as_emotion(reason)

    def _close_as_emotion(self, reason):
        """Close without measure and without causer file; one talk stays on offer (U3)."""
        if blocker := self._blocker(CLOSED):
            raise UserError(blocker)
        causers = self.causer_ids
        self._take_back_decisions(reason)
        self._unlocked().write({"causer_ids": [fields.Command.clear()]})
        causers._drop_without_incidents()
        self.env["aggression.causer.identification"]._forget(self)
        self.facts_ids._unlocked().write({"causer_description": False})
        now = fields.Datetime.now()
        self.env["aggression.talk"]._keep_one_on_offer(self, now)
        self._waive_open_duties(now)
        self._move(CLOSED, closed_at=now)
        self._log("closed", reason)
        self._after_closing()

    def _waive_open_duties(self, closed_at):
        duties = self.duty_ids.filtered(
            lambda duty: duty.state == "open" and not duty._outlives_emotion()
        )
        duties._lapse_by_closing(closed_at)

    def action_close(self):
        """Close a decided case.

        :raises UserError: with what is still owed, in one sentence
        """
        self.ensure_one()
        self._require(HANDLER, DECIDER)
        case = self.sudo()
        case._move(CLOSED, closed_at=fields.Datetime.now())
        case._log("closed")
        case._after_closing()

    def _check_still_open(self):
        if self.state == CLOSED:
            raise UserError(self.env._("This case is closed. Open it again first."))

    def _reopen(self, reason):
        """Open a case that was closed too soon; it is classified again.

        What lapsed because it was taken for emotion is to be done again.
        """
        self._require(HANDLER)
        if not (reason or "").strip():
            raise UserError(self.env._("Say why the case is opened again."))
        case = self.sudo()
        lapsed = case.duty_ids._lapsed_by_closing(case.closed_at)
        case._move(REPORTED, closed_at=False, outcome=False, level=0)
        case._log("reopened", reason)
        self.env["aggression.duty"]._raise(case, "reported", only="assess")
        lapsed._come_back()
        case.duty_ids._watch_again()

    def _not_closable_as_emotion(self):
        if self.outcome != "emotion":
            return self.env._("Classify the case first.")
        if "applies" in self.measure_ids.mapped("state"):
            return self.env._(
                "A measure of this case still applies. Who decides lifts it first, so that the "
                "citizen is told."
            )
        return None

    def _not_decidable(self):
        if self.outcome != "aggression":
            return self.env._(
                "This case was found to be emotion, not aggression. No measure is possible."
            )
        return None

    def _not_closable(self):
        if not self._has_reaction():
            return self.env._(
                "Aggression always gets a reaction. Decide on a measure or record the reaction "
                "that was given before you close the case."
            )
        owed = self.duty_ids.filtered(
            lambda duty: (
                duty.state == "open"
                and not duty.type_id.optional
                and not duty._waits_for_its_measure()
            )
        )
        if owed:
            return self.env._(
                "Something still has to be done in this case: %(duty)s.",
                duty=owed.sorted("due_at")[0].type_id.name,
            )
        return None

    def _has_reaction(self):
        return bool(self.measure_ids) or "reaction" in self.entry_ids.mapped("kind")
