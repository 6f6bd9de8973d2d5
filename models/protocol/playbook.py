"""The protocol compiled to plain values, so that a report costs no look-up in the data.

Playbooks are cached per worker and thrown away whenever a policy record changes.
"""

from typing import NamedTuple

from odoo import api, fields, models, tools
from odoo.fields import Domain

from ...rules import due, retention
from ...rules.due import Rung
from ...rules.quiet import QuietHours, time_of_day
from ...rules.terms import Term, local, local_midnight
from .protocol import IN_FORCE


class RouteRule(NamedTuple):
    """Ids of roles, by what the route gives them to do; the first receiver is the usual one."""

    receivers: tuple
    readers: tuple
    carer: int
    decider: int
    informs: tuple  # (informing role, informed role, duty type)


class Clock(NamedTuple):
    """A term and the moment it counts from, by its name."""

    anchor: str
    term: Term

    def ends(self, moment_of, zone):
        return self.term.after(moment_of(self.anchor), zone)


class DutyRule(NamedTuple):
    """A duty type, ready to be held against a case."""

    id: int
    event: str
    fulfilment: str
    who: str
    role: int
    rungs: tuple  # of the ladder when it is overdue; the first has no role when nobody is told
    waived_by: str
    waive_role: int
    once: bool
    anchor: str
    term: Term
    earliest: Term
    law: Clock
    law_counts: str
    reminder_hours: int
    talk_number: int
    offices: frozenset
    behaviours: frozenset
    only_offence: bool
    only_injury: bool
    only_lasting: bool
    only_family_hit: bool
    only_causer_known: bool
    min_level: int

    def window(self, moment_of, zone):
        """Return (not before, due) of this duty, naive UTC; the first is None without a window.

        :param moment_of: called with the name of an anchor, returns that moment
        """
        start = moment_of(self.anchor)
        law = self.law and self.law.ends(moment_of, zone)
        ends = due.counting(self.term.after(start, zone), law, self.law_counts)
        return self.earliest and self.earliest.after(start, zone), ends

    def anchors(self):
        """Return the names of the moments that its term counts from."""
        return {self.anchor, self.law.anchor} if self.law else {self.anchor}

    def next_look(self, due_at, taken):
        """Return when the scheduled action looks at a duty again, False for never."""
        return due.next_look(due_at, self.reminder_hours, self.rungs, taken) or False

    def fits(self, facts):
        """Tell whether this duty is raised for a case of which ``facts`` is known.

        :param dict facts: offices and behaviours (sets of ids); offence, injury, lasting,
            family_hit and causer_known (booleans); level (0 to 4)
        """
        return (
            (not self.offices or not self.offices.isdisjoint(facts["offices"]))
            and (not self.behaviours or not self.behaviours.isdisjoint(facts["behaviours"]))
            and (facts["offence"] or not self.only_offence)
            and (facts["injury"] or not self.only_injury)
            and (facts["lasting"] or not self.only_lasting)
            and (facts["family_hit"] or not self.only_family_hit)
            and (facts["causer_known"] or not self.only_causer_known)
            and facts["level"] >= self.min_level
        )


class Playbook(NamedTuple):
    """What a version of the protocol says on routes, duties and how long a case is kept."""

    timezone: str
    quiet: QuietHours
    routes: dict
    duties: dict
    duty_by_id: dict
    worlds: dict
    retention: tuple


class Protocol(models.Model):
    _inherit = "aggression.protocol"

    @api.model
    @tools.ormcache("company_id")
    def _in_force_id(self, company_id):
        domain = Domain("company_id", "=", company_id) & Domain("state", "=", IN_FORCE)
        return self.sudo().search(domain, limit=1).id

    @tools.ormcache("self.id")
    def _playbook(self):
        """Return this version's :class:`Playbook`."""
        self.ensure_one()
        policy = self.sudo()
        duties = {kind.id: _duty_rule(kind) for kind in policy.duty_type_ids}
        return Playbook(
            timezone=policy.timezone,
            quiet=QuietHours(
                time_of_day(policy.quiet_from), time_of_day(policy.quiet_until), policy.timezone
            ),
            routes={route.office_id.id: _route_rule(route) for route in policy.route_ids},
            duties=dict(tools.groupby(duties.values(), lambda rule: rule.event)),
            duty_by_id=duties,
            worlds={route.office_id.id: route.office_id.world for route in policy.route_ids},
            retention=tuple(_retention_rule(term) for term in policy.retention_term_ids),
        )

    def _today(self):
        """Return the date of this moment in the municipality's own calendar."""
        return self._day_of(fields.Datetime.now())

    def _day_of(self, moment):
        """Return the date of a moment (naive UTC) in the municipality's own calendar."""
        self.ensure_one()
        return local(moment, self._playbook().timezone).date()

    def _midnight(self, day):
        """Return the moment at which a day begins in the municipality, naive UTC."""
        self.ensure_one()
        return local_midnight(day, self._playbook().timezone)


def _route_rule(route):
    return RouteRule(
        receivers=(route.receiver_id.id, *route.other_receiver_ids.ids),
        readers=tuple(route.reader_ids.ids),
        carer=route.carer_role_id.id,
        decider=route.decider_role_id.id,
        informs=tuple(
            (line.informer_id.id, line.informed_id.id, line.duty_type_id.id)
            for line in route.inform_ids
        ),
    )


def _duty_rule(kind):
    return DutyRule(
        id=kind.id,
        event=kind.event,
        fulfilment=kind.fulfilment,
        who=kind.who,
        role=kind.role_id.id,
        rungs=_rungs(kind),
        waived_by=kind.waived_by,
        waive_role=kind.waive_role_id.id,
        once=kind.once,
        anchor=kind.anchor,
        term=Term(kind.term_amount, kind.term_unit),
        earliest=Term(kind.earliest_amount, kind.earliest_unit) if kind.earliest_amount else None,
        law=_law(kind),
        law_counts=kind.law_counts,
        reminder_hours=kind.reminder_hours,
        talk_number=kind.talk_number,
        offices=frozenset(kind.office_ids.ids),
        behaviours=frozenset(kind.behaviour_ids.ids),
        only_offence=kind.only_offence,
        only_injury=kind.only_injury,
        only_lasting=kind.only_lasting,
        only_family_hit=kind.only_family_hit,
        only_causer_known=kind.only_causer_known,
        min_level=kind.min_level,
    )


def _rungs(kind):
    later = kind.escalation_ids.sorted("after_hours")
    return (
        Rung(0, kind.escalation_role_id.id),
        *(Rung(step.after_hours, step.role_id.id) for step in later),
    )


def _law(kind):
    if not kind.law_amount:
        return None
    return Clock(kind.law_anchor, Term(kind.law_amount, kind.law_unit))


def _retention_rule(term):
    return retention.Rule(
        id=term.id,
        outcome=term.outcome,
        measures=frozenset(term.measure_type_ids.ids),
        causer_months=term.causer_months,
        case_months=term.case_months,
    )
