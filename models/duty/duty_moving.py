from odoo import fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command
from odoo.tools import format_datetime

from ...rules import due
from ..care.aftercare import HIT
from ..privacy.access import HANDLER
from .duty import OPEN


class Duty(models.Model):
    """A term follows the facts it counts from.

    Promise: when a fact is corrected, what still has to be done gets the term that it should have
    had. What a person hit was promised comes no later by that, unless they agree; every other
    term that moves is in the timeline, with the reason (Z6 to Z8, D10).
    """

    _inherit = "aggression.duty"

    def _follow_facts(self, facts, agreed):
        """Work out the terms of these open duties anew (superuser mode).

        :param facts: names of the facts of the case that were corrected
        :param bool agreed: who was promised something agrees that it comes later
        :return: (duty, what it was due before) of each whose term moved
        """
        moved = []
        for duty in self._unlocked():
            rule = duty._rule()
            if rule.anchors().isdisjoint(facts) or duty._counts_otherwise():
                continue
            before = duty.from_at, duty.due_at
            after = duty._window_by_facts(rule, agreed)
            if after != before:
                duty._move_to(*after)
            if after[1] != before[1]:
                moved.append((duty, before[1]))
        if any(duty.due_at <= fields.Datetime.now() for duty, _before in moved):
            self._sweep_soon()
        return moved

    def _window_by_facts(self, rule, agreed):
        """Return (not before, due) by the facts as they are now and by what was promised."""
        case = self.incident_id
        at = self.event_at or self.create_date
        opens, ends = case._window(rule, at, self.measure_id or None)
        to_a_person = bool(self.affected_id) and not agreed
        # a talk that was brought forward has no beginning any more, and gets none
        windowed = bool(self.from_at and opens)
        return (
            windowed and due.corrected(self.from_at, opens, to_a_person),
            due.corrected(self.due_at, ends, to_a_person),
        )

    def _counts_otherwise(self):
        """Tell whether this counts from something else than the facts that its type names.

        What is on offer to somebody beside the person hit counts from the offer (Z1, Z3).
        """
        beside = self._care().filtered(lambda care: care.for_whom != HIT)
        return bool(beside) or self._waits_for_an_answer()

    def _waits_for_an_answer(self):
        """Tell whether the decision waits for a citizen who was promised time to answer (U5)."""
        asked = self.incident_id.hearing_ids.filtered(lambda hearing: hearing.state == "invited")
        return self.fulfilment == "decide" and bool(asked)

    def _move_to(self, opens, ends):
        """Give this duty another term: what follows when it is due begins anew."""
        self.ensure_one()
        rule, now = self._rule(), fields.Datetime.now()
        taken = self.rung if ends <= now else 0
        values = {"from_at": opens, "due_at": ends, "sweep_at": rule.next_look(ends, taken)}
        if taken < self.rung:
            values |= {"rung": 0, "escalated_at": False, "escalated_to_id": False}
            values["told_ids"] = [Command.clear()]
        self._unlocked().write(values)
        self.talk_id._unlocked().write({"from_at": opens, "due_at": ends})


class Incident(models.Model):
    _inherit = "aggression.incident"

    def _correct(self, facts, reason, agreed=False):
        """Correct when it happened or was reported. By a handler.

        :param dict facts: occurred_at and reported_at, naive UTC
        :param str reason: how the mistake came to light; required, kept in the timeline
        :param bool agreed: who was promised a talk agrees that it comes later
        :raises AccessError: for who does not handle the case
        :raises UserError, ValidationError: in one sentence, when nothing is wrong, something is
            missing or the facts cannot be; nothing is changed then
        """
        self.ensure_one()
        self._require(HANDLER)
        if not (reason or "").strip():
            raise UserError(self.env._("Say how you know that this was wrong."))
        case = self.sudo()
        case._check_still_open()
        changed = {name: moment for name, moment in facts.items() if case[name] != moment}
        if not changed:
            raise UserError(self.env._("Nothing was changed. Correct a date or a time."))
        case._check_order(**facts)
        lines = [case._corrected_line(name, moment) for name, moment in changed.items()]
        case._unlocked().write(changed)
        running = case.duty_ids.filtered(lambda duty: duty.state == OPEN)
        moved = running._follow_facts(set(changed), agreed)
        lines += [case._moved_line(duty, before) for duty, before in moved]
        if agreed:
            lines.append(self.env._("Who was promised a talk agrees that it comes later."))
        case._log("corrected", "\n".join([*lines, reason]))

    def _check_order(self, occurred_at, reported_at):
        self._check_moments(occurred_at, reported_at)
        if self.assessed_at and reported_at > self.assessed_at:
            raise ValidationError(
                self.env._("A case cannot have been reported after it was classified.")
            )

    def _corrected_line(self, name, moment):
        now, before = self._on_the_clock(moment), self._on_the_clock(self[name])
        if name == "occurred_at":
            return self.env._("It happened on %(now)s, not on %(before)s.", now=now, before=before)
        return self.env._("It was reported on %(now)s, not on %(before)s.", now=now, before=before)

    def _moved_line(self, duty, before):
        return self.env._(
            "%(duty)s: due %(now)s, not %(before)s.",
            duty=duty.type_id.name,
            now=self._on_the_clock(duty.due_at),
            before=self._on_the_clock(before),
        )

    def _on_the_clock(self, moment):
        return format_datetime(self.env, moment, tz=self.protocol_id.timezone, dt_format="short")
