from datetime import timedelta

from odoo import api, fields, models

from ...rules.terms import HOURS
from ..privacy.access import CARER, DECIDER, HANDLER
from ..privacy.notice import DUTY
from ..protocol.duty_type import EVENT_AT


class Duty(models.Model):
    """Duties come from the protocol's duty types when something happens to a case."""

    _inherit = "aggression.duty"

    @api.model
    def _raise(self, incident, event, receiver=False, only=None, at=None):
        """Raise the duties that ``event`` brings, with their terms.

        A term may lie in the past already (a report two days late): it is kept as it is, the duty
        is overdue from its first minute, and the scheduled action looks at it at once.

        :param str event: one of the protocol's events
        :param int receiver: the user who received the report, for the event reported
        :param str only: raise just the duties with this fulfilment
        :param datetime at: when the event happened (naive UTC); now, unless told otherwise
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
            incident, [rule for rule, _informer in rules if rule.fulfilment == "talk"], book, at
        )
        rows = [
            self._duty_values(incident, rule, book, receiver, informer, at)
            for rule, informer in rules
            if rule.fulfilment != "talk"
        ]
        rows += [self._talk_duty_values(talk, rule, book) for talk, rule in talks]
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
    def _duty_values(self, incident, rule, book, receiver, informer, at):
        role, user = incident._answers(rule, receiver, informer)
        start = incident._anchored(rule, at)
        due = rule.term.after(start, book.timezone)
        return {
            "incident_id": incident.id,
            "type_id": rule.id,
            "role_id": role,
            "user_id": user,
            "due_at": due,
            "from_at": rule.earliest and rule.earliest.after(start, book.timezone),
            "sweep_at": due - timedelta(hours=rule.reminder_hours),
        }

    @api.model
    def _talk_duty_values(self, talk, rule, book):
        return {
            "incident_id": talk.incident_id.id,
            "type_id": rule.id,
            "talk_id": talk.id,
            "affected_id": talk.aftercare_id.affected_id.id,
            "user_id": talk.aftercare_id.carer_id.id,
            "due_at": talk.due_at,
            "from_at": talk.from_at,
            "sweep_at": talk.due_at - timedelta(hours=rule.reminder_hours),
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
    def _plan(self, incident, rules, book, at):
        """Plan the talks of a case for everyone who is offered care.

        :param datetime at: when that happened by which they are planned
        :return: pairs of the talk and the :class:`DutyRule` it comes from
        """
        pairs = [(care, rule) for care in incident.affected_ids.aftercare_ids for rule in rules]
        talks = (
            self.sudo()
            ._unlocked()
            .create(
                [
                    {
                        "incident_id": incident.id,
                        "aftercare_id": care.id,
                        "number": rule.talk_number,
                        "due_at": rule.term.after(incident._anchored(rule, at), book.timezone),
                        "from_at": rule.earliest
                        and rule.earliest.after(incident._anchored(rule, at), book.timezone),
                    }
                    for care, rule in pairs
                ]
            )
        )
        return list(zip(talks, [rule for _care, rule in pairs], strict=True))


class Incident(models.Model):
    _inherit = "aggression.incident"

    def _anchored(self, rule, at):
        """Return the moment from which ``rule`` counts, for an event that happened ``at``."""
        return at if rule.anchor == EVENT_AT else self[rule.anchor]

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
            "causer_known": bool(self.causer_ids._known()),
            "level": self.level,
        }

    def _rules_for(self, event, book):
        """Return the rules to look at when ``event`` happens.

        A classification brings new facts: what they had raised at the report is made up for.
        """
        rules = book.duties.get(event, ())
        if event != "assessed":
            return rules
        raised = set(self.duty_ids.type_id.ids)
        late = [rule for rule in book.duties.get("reported", ()) if rule.id not in raised]
        return [*late, *rules]

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
