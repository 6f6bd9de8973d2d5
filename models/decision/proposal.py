from typing import NamedTuple

from odoo import fields, models
from odoo.fields import Domain

from ...rules.ladder import Rung, rung_for
from ..privacy.access import DECIDER, HANDLER


class Repeat(NamedTuple):
    """How often these causers were registered before, without telling more than a count."""

    earlier: int
    against_staff: int
    running: list  # (name of the measure, last day)

    @property
    def number(self):
        """The number of the present incident: 1 for the first."""
        return self.earlier + 1


class Causer(models.Model):
    _inherit = "aggression.causer"

    def _running_measures(self, day):
        """Return the measures against these causers that are to be kept to on ``day``."""
        return self._measures_against(self.env["aggression.measure"]._running_on(day))

    def _measures_against(self, which):
        """Return the measures against these causers that are in the domain ``which``.

        Those of a case that the user is kept out of are left out. The caller has checked that
        the user may know of these causers.
        """
        return (
            self.env["aggression.measure"]
            .sudo()
            .search(
                which
                & Domain("causer_id", "in", self.ids)
                & Domain(
                    "incident_id",
                    "any",
                    self.env["aggression.incident"]._existing_for(self.env.uid),
                )
            )
        )


class Incident(models.Model):
    """What the sanction policy proposes for a case, at its level and its repeat (U5, A12)."""

    _inherit = "aggression.incident"

    def _repeat(self):
        """Return the :class:`Repeat` of this case, for who handles or decides it.

        The earlier cases are counted over office-holders and civil servants and stay closed:
        who may not open them learns their number and what still runs, and nothing else.
        """
        self.ensure_one()
        self._require(HANDLER, DECIDER)
        causers = self.sudo().causer_ids._known()
        earlier = causers._earlier_incidents(self.sudo())
        staff = earlier.filtered(
            lambda case: "civil" in case.affected_ids.office_id.mapped("world")
        )
        running = causers._running_measures(self.protocol_id._today())
        return Repeat(
            len(earlier), len(staff), [(run.type_id.name, run.date_to) for run in running]
        )

    def _repeat_sentence(self, repeat):
        """Say in words how often it happened: "2 earlier incidents, 1 against staff"."""
        if not repeat.earlier:
            words = self.env._("First incident of this causer.")
        elif repeat.earlier == 1:
            words = self.env._(
                "One earlier incident, %(staff)s against staff.", staff=repeat.against_staff
            )
        else:
            words = self.env._(
                "%(count)s earlier incidents, %(staff)s against staff.",
                count=repeat.earlier,
                staff=repeat.against_staff,
            )
        running = [
            self.env._(
                "%(measure)s runs until %(day)s.",
                measure=name,
                day=fields.Date.to_date(end).strftime("%d-%m-%Y"),
            )
            for name, end in repeat.running
        ]
        return " ".join([words, *running])

    def _proposed_measures(self, repeat):
        """Return {measure type: last day or False} as the ladder and the behaviour ask for.

        Nothing for an emotion (U3). Without a causer who can be addressed, what goes by letter
        is left out.
        """
        if self.outcome != "aggression":
            return {}
        policy = self.sudo().protocol_id
        steps = {step.id: step for step in policy.ladder_step_ids}
        rungs = [Rung(step.id, int(step.level), step.from_incident) for step in steps.values()]
        rung = rung_for(rungs, self.level, repeat.number)
        step = steps[rung.key] if rung else policy.ladder_step_ids.browse()
        kinds = step.measure_type_ids | self._crossing_behaviours().measure_type_ids
        if not self.sudo().causer_ids._known():
            kinds = kinds.filtered(lambda kind: not kind.letter)
        return {kind: self._proposed_end(kind, step.months) for kind in kinds.sorted()}

    def _proposed_end(self, kind, months):
        if not kind.needs_period:
            return False
        length = months or kind.default_months
        if kind.max_months:
            length = min(length, kind.max_months)
        return fields.Date.add(self.protocol_id._today(), months=length)

    def _crossing_behaviours(self):
        assessment = self.sudo().assessment_ids[:1]
        return assessment.behaviour_ids.filtered(lambda behaviour: int(behaviour.level) > 0)
