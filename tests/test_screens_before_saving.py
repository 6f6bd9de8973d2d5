from odoo.exceptions import AccessError
from odoo.tests import freeze_time

from .measured import NOON, MeasureCase
from .meeting import MeetingCase


class TestScreensBeforeSaving(MeetingCase):
    """C5: what a screen fills in by itself is what its user may read, also before it is kept.

    Nothing is checked yet when a browser asks what to fill in: it can ask that of any case.
    """

    def filled_in(self, login, screen, incident, *names, **values):
        """Return what the browser of somebody is told when it asks about a case."""
        values = {"incident_id": incident.id, **values}
        spec = {name: {} for name in names}
        try:
            answer = self.model_as(login, screen).onchange(values, [], spec)
        except AccessError:
            return {}
        return {name: value for name, value in answer["value"].items() if value}

    @freeze_time("2026-05-19 18:12:00")
    def test_who_decided_together(self):
        """C5, H8: nothing of a meeting's case, nor whether one was left out of it."""
        case = self.suspend().incident_id
        asked = ("role_choice_ids", "role_id", "is_own")
        screen, role = "aggression.joint.wizard", self.role("mayor").id
        self.assertTrue(self.filled_in("clerk", screen, case, *asked))
        for values in ({}, {"role_id": role}):
            seen = self.filled_in("deputy", screen, case, *asked, **values)
            self.assertFalse(seen.get("role_choice_ids") or seen.get("is_own"), seen)
        self.assertFalse(self.filled_in("deputy", screen, case, *asked))

    @freeze_time("2026-05-19 18:12:00")
    def test_where_it_was(self):
        """C5, H1: the card that fits the place tells no place to who may not know it."""
        case = self.suspend().incident_id
        screen = "aggression.step.taken.wizard"
        self.assertTrue(self.filled_in("clerk", screen, case, "card_id"))
        self.assertFalse(self.filled_in("deputy", screen, case, "card_id"))

    def test_nothing_is_filled_in_as_superuser(self):
        """C5: every field that a screen on a case fills in is worked out as its user."""
        names = self.env.registry.descendants(["aggression.case.wizard"], "_inherit")
        filled = [
            field
            for name in names
            if not self.env[name]._abstract
            for field in self.env[name]._fields.values()
            if field.compute and not field.related and field.name != "display_name"
        ]
        self.assertGreater(len(filled), 50)
        self.assertFalse([str(field) for field in filled if field.compute_sudo])


@freeze_time(NOON)
class TestHearingBeforeSaving(MeasureCase):
    """C5, U5: what the citizen answered is told to no browser that asks about a case of others."""

    def test_what_the_citizen_said(self):
        self.take("coordinator", self.incident, "action_hear", "action_ask", intention="A ban.")
        hearing = self.incident.hearing_ids
        self.take("clerk", hearing, "action_record_view", "action_answer", view="I was desperate.")
        values, spec = {"incident_id": self.incident.id}, {"view": {}}
        told = self.model_as("mayor", "aggression.decision.wizard").onchange(values, [], spec)
        self.assertEqual(told["value"]["view"], "I was desperate.")
        told = self.model_as("uninvolved", "aggression.decision.wizard").onchange(values, [], spec)
        self.assertFalse(told["value"]["view"])
