from odoo import api, fields, models
from odoo.exceptions import UserError

from ..decision.measure import APPLIES
from ..privacy.access import DECIDER, HANDLER
from .duty import DONE, OPEN


class Duty(models.Model):
    """Duties that come with a measure: carrying it out, looking at it again, its end.

    Promise: what was decided is carried out, and who has to do it cannot decide that it need not
    be done (A1); what waits for a measure that still applies keeps no case open.
    """

    _inherit = "aggression.duty"

    @api.model
    def _raise_for(self, measure, event, at):
        """Raise the duties that ``event`` brings for this measure.

        They end with the measure, and are no reason to keep its case open while it applies.

        :param datetime at: when it happens, naive UTC
        """
        book = measure.sudo().incident_id.protocol_id._playbook()
        return self._raise_rules(measure, book.duties.get(event, ()), at)

    @api.model
    def _raise_of_kind(self, measure, kind):
        """Raise the duty by which this measure is carried out.

        :param aggression.duty.type kind: what carries it out
        """
        book = measure.sudo().incident_id.protocol_id._playbook()
        return self._raise_rules(measure, [book.duty_by_id[kind.id]], fields.Datetime.now())

    @api.model
    def _raise_rules(self, measure, rules, at):
        measure = measure.sudo()
        case = measure.incident_id
        return self._raise_rows(
            [self._duty_values(case, rule, False, False, at, measure) for rule in rules]
        )

    def _fulfil_of(self, measure, fulfilment):
        """Mark the open duties of a measure done that this step fulfils."""
        duties = self._waiting_for(measure.incident_id, fulfilment)
        duties.filtered(lambda duty: duty.measure_id.id == measure.id)._settle(DONE)

    def _waits_for_its_measure(self):
        """Tell whether this waits for the end of a measure that still applies."""
        return self.measure_id.state == APPLIES and not self._carries_out()

    def _carries_out(self):
        return bool(self.measure_id) and self.type_id == self.measure_id.type_id.duty_type_id

    def _complete(self, note, late_reason, waived=False):
        result = super()._complete(note, late_reason, waived)
        for duty in self.sudo().filtered(lambda duty: duty._carries_out()):
            duty.measure_id._carry_out()
        return result

    def _check_completion(self, note, late_reason, waived):
        if carrying_out := self.sudo().filtered(lambda duty: duty._carries_out()):
            carrying_out.incident_id.with_env(self.env)._require(HANDLER, DECIDER)
        result = super()._check_completion(note, late_reason, waived)
        if waived and carrying_out:
            raise UserError(
                self.env._("This was decided. Only who decides in this case can take it back.")
            )
        return result

    def _grant_time(self, incident, over):
        """Give who decides the time to wait for the citizen's view (U5).

        :param datetime over: when the citizen's time to answer is over, naive UTC
        """
        deciding = incident.duty_ids.filtered(
            lambda duty: duty.state == OPEN and duty.fulfilment == "decide"
        )
        for duty in deciding:
            rule, zone = duty._rule(), incident.protocol_id.timezone
            due = max(duty.due_at, rule.term.after(over, zone))
            duty._move_to(duty.from_at, due)

    # -- the step that fulfils it ---------------------------------------------------------

    def _open_letter(self):
        return self.incident_id._counting_decision().action_send()

    def _open_react(self):
        return self.incident_id.action_record_reaction()

    def _open_invite(self):
        return self.incident_id.action_hear()

    def _open_view(self):
        return self._first_open(self.incident_id.hearing_ids, "invited").action_record_view()

    def _open_incident_talk(self):
        return self.measure_id.action_talk()

    def _open_review(self):
        return self.measure_id.action_keep()

    def _open_objection(self):
        return self._first_open(self.incident_id.objection_ids, "received").action_settle()

    def _first_open(self, records, state):
        waiting = records.filtered(lambda record: record.state == state)
        if not waiting:
            raise UserError(self._overtaken())
        return waiting[0]


class Incident(models.Model):
    _inherit = "aggression.incident"

    def _rules_for(self, event, book):
        rules = super()._rules_for(event, book)
        decision = self._counting_decision()
        if event == "decided" and decision and not decision._letter_lines():
            return [rule for rule in rules if rule.fulfilment != "letter"]
        return rules
