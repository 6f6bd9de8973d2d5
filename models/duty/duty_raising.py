from datetime import timedelta

from odoo import api, fields, models

from ...rules.terms import HOURS
from ..decision.measure import ENDED
from ..police.consent import AGREED
from ..privacy.access import CARER, DECIDER, HANDLER
from ..privacy.notice import DUTY
from ..protocol.duty_type import CONSENT_AT, EVENT_AT, PERIOD_END
from .duty import DONE, OPEN


class Duty(models.Model):
    """Duties come from the protocol's duty types when something happens to a case."""

    _inherit = "aggression.duty"

    @api.model
    def _raise(self, incident, event, receiver=False, only=None, at=None, extra_talk_for=()):
        """Raise the duties that ``event`` brings, with their terms.

        A term may lie in the past already (a report two days late): it is kept as it is, the duty
        is overdue from its first minute, and the scheduled action looks at it at once.

        :param str event: one of the protocol's events
        :param int receiver: the user who received the report, for the event reported
        :param str only: raise just the duties with this fulfilment
        :param datetime at: when the event happened (naive UTC); now, unless told otherwise
        :param aggression.aftercare extra_talk_for: care in which one talk more is on offer
        """
        at = at or fields.Datetime.now()
        book = incident.protocol_id._playbook()
        known = incident._known_facts()
        rules = [
            (rule, None)
            for rule in incident._rules_for(event, book)
            if rule.fits(known) and only in (None, rule.fulfilment)
        ]
        if event == "reported" and not only:
            rules += incident._informing_rules(book, receiver)
        talks = self.env["aggression.talk"]._plan(
            incident,
            [rule for rule, _informer in rules if rule.fulfilment == "talk"],
            at,
            extra_talk_for,
        )
        rows = [
            self._duty_values(incident, rule, receiver, informer, at)
            for rule, informer in rules
            if rule.fulfilment != "talk"
        ]
        rows += [self._talk_duty_values(talk, rule, at) for talk, rule in talks]
        return self._raise_rows(rows)

    @api.model
    def _raise_rows(self, rows):
        duties = self.sudo()._unlocked().create(rows)
        duties._open_cases()
        self.env["aggression.notice"]._about_duties(duties, DUTY)
        if any(duty.due_at <= fields.Datetime.now() for duty in duties):
            self._sweep_soon()
        return duties

    def _open_cases(self):
        """Give access to whoever must do something here and does not work on the case yet."""
        self.env["aggression.access"]._grant(
            [
                duty.incident_id._access_row(
                    duty.user_id.id, HANDLER, "duty", role_id=duty.role_id.id
                )
                for duty in self
                if duty.user_id and duty.user_id not in duty.incident_id._working_on()
            ]
        )

    @api.model
    def _duty_values(self, incident, rule, receiver, informer, at, measure=None):
        role, user = incident._answers(rule, receiver, informer)
        opens, due = incident._window(rule, at, measure)
        return {
            "incident_id": incident.id,
            "type_id": rule.id,
            "measure_id": measure and measure.id,
            "role_id": role,
            "user_id": user,
            "event_at": at,
            "due_at": due,
            "from_at": opens,
            "sweep_at": rule.next_look(due, 0),
        }

    @api.model
    def _talk_duty_values(self, talk, rule, at):
        return {
            "incident_id": talk.incident_id.id,
            "type_id": rule.id,
            "talk_id": talk.id,
            "affected_id": talk.aftercare_id.affected_id.id,
            "user_id": talk.aftercare_id.carer_id.id,
            "event_at": at,
            "due_at": talk.due_at,
            "from_at": talk.from_at,
            "sweep_at": rule.next_look(talk.due_at, 0),
        }

    def _rule(self):
        """Return the :class:`DutyRule` by which this duty was raised."""
        return self.incident_id.protocol_id._playbook().duty_by_id[self.type_id.id]

    def _is_urgent(self):
        """Tell whether the term is counted in hours: then a notice cannot wait for the morning."""
        return self._rule().term.unit == HOURS


class Talk(models.Model):
    _inherit = "aggression.talk"

    @api.model
    def _plan(self, incident, rules, at, extra_for=()):
        """Plan the talks of a case for everyone who is offered care.

        :param datetime at: when that happened by which they are planned
        :param aggression.aftercare extra_for: where one more comes after these
        :return: pairs of the talk and the :class:`DutyRule` it comes from
        """
        planned = [
            (rule, care._talk_by_rule(rule, at))
            for care in incident.affected_ids.aftercare_ids
            for rule in rules
        ]
        numbers = [rule.talk_number for rule in rules]
        planned += [
            care._extra_talk([*care.talk_ids.mapped("number"), *numbers]) for care in extra_for
        ]
        talks = self.sudo()._unlocked().create([values for _rule, values in planned])
        return list(zip(talks, [rule for rule, _values in planned], strict=True))


class Aftercare(models.Model):
    _inherit = "aggression.aftercare"

    def _talk_by_rule(self, rule, at):
        """Return the values of the talk that ``rule`` plans in this care."""
        opens, due = self.incident_id._window(rule, at)
        return {
            "incident_id": self.incident_id.id,
            "aftercare_id": self.id,
            "number": rule.talk_number,
            "due_at": due,
            "from_at": opens,
        }


class Incident(models.Model):
    _inherit = "aggression.incident"

    def _window(self, rule, at, measure=None):
        """Return (not before, due) of a duty that ``rule`` raises, naive UTC.

        :param datetime at: when the event happened
        :param aggression.measure measure: the one it is about, if any
        """
        zone = self.protocol_id._playbook().timezone
        return rule.window(lambda anchor: self._moment_of(anchor, at, measure), zone)

    def _moment_of(self, anchor, at, measure=None):
        """Return the moment of an anchor; while there is none, that of the event itself."""
        if anchor == CONSENT_AT:
            return self._last_consent_at() or at
        if anchor == PERIOD_END:
            return self._period_end(measure or self.measure_ids) or at
        return at if anchor == EVENT_AT else self[anchor] or at

    def _last_consent_at(self):
        standing = self.affected_ids.consent_ids.filtered(
            lambda one: one.answer == AGREED and not one.withdrawn_at
        )
        return max(standing.mapped("given_at"), default=None)

    def _period_end(self, measures):
        """Return when the last of these measures is over: the midnight after its last day."""
        days = [one.date_to for one in measures if one.date_to and one.state != ENDED]
        return days and self.protocol_id._midnight(max(days) + timedelta(days=1))

    def _working_on(self):
        """Return the users who handle, decide or give care in this case."""
        rows = self.access_ids.filtered(lambda row: row.role in (HANDLER, DECIDER, CARER))
        return rows.user_id

    def _known_facts(self):
        """Return what the conditions of duty types look at, as ``DutyRule.fits`` wants it."""
        assessment = self.assessment_ids[:1]
        behaviours = assessment.behaviour_ids
        return {
            "offices": set(self.affected_ids.office_id.ids),
            "behaviours": set(behaviours.ids),
            "offence": any(behaviours.mapped("offence")),
            "injury": self.affected_ids._seriously_hurt(),
            "lasting": self.affected_ids._lastingly_hurt(),
            "family_hit": any(self.affected_ids.mapped("family_hit")),
            "causer_known": bool(self.causer_ids._known()),
            "level": self.level,
        }

    def _rules_for(self, event, book):
        """Return the rules to look at when ``event`` happens.

        A classification brings new facts: what they had raised at the report is made up for. What
        an earlier classification raised and is still to be done is not asked twice.
        """
        rules = book.duties.get(event, ())
        if event != "assessed":
            return rules
        raised = set(self.duty_ids.type_id.ids)
        late = [rule for rule in book.duties.get("reported", ()) if rule.id not in raised]
        return [*late, *(rule for rule in rules if not self._asked_already(rule))]

    def _asked_already(self, rule):
        """Tell whether what ``rule`` asks is still to be done, or was done once and for all."""
        same = self.duty_ids.filtered(lambda duty: duty.type_id.id == rule.id)
        states = set(same.mapped("state"))
        return OPEN in states or (rule.once and DONE in states)

    def _informing_rules(self, book, receiver):
        """Return the informing duties of the routes, leaving out who knows already (M2 to M4)."""
        lines = {
            line
            for office in self.affected_ids.office_id
            for line in book.routes[office.id].informs
        }
        told = {receiver} | set(self.affected_ids.user_id.ids)
        return [
            (book.duty_by_id[kind], informer)
            for informer, informed, kind in sorted(lines)
            if receiver == self._holder_id(informer) and self._holder_id(informed) not in told
        ]

    def _answers(self, rule, receiver, informer):
        """Return (role id, user id) of who must do what ``rule`` asks in this case."""
        if rule.who == "receiver":
            role = self.receiver_role_id.id
            return role, receiver or self._holder_id(role)
        if rule.who == "decider":
            role = self._decider_role_id()
        else:
            role = informer if rule.who == "informer" else rule.role
        return role, self._holder_id(role)
