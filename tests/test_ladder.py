import csv
import io

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from odoo.fields import Command
from odoo.tests import BaseCase, freeze_time

from ..models.decision.proposal import Repeat
from ..rules.ladder import Rung, rung_for
from .measured import NOON, MeasureCase

LEVELS = st.integers(1, 4)
NUMBERS = st.integers(1, 9)
LADDERS = st.lists(st.tuples(LEVELS, st.integers(1, 6)), min_size=0, max_size=12, unique=True).map(
    lambda rows: [Rung(key, *row) for key, row in enumerate(rows)]
)

# level, from incident, months, measures: the sanction policy of a stricter municipality
STRICTER = """\
1;1;6;written_warning
1;2;3;written_warning contact_arrangement
2;1;6;building_ban
2;2;12;building_ban declaration
3;1;12;building_ban declaration damage_claim
4;1;12;building_ban meeting_ban declaration damage_claim
"""


class TestRung(BaseCase):
    """The rule itself, on any ladder."""

    @given(LADDERS, LEVELS, NUMBERS)
    def test_the_step_that_fits(self, rungs, level, number):
        """A12, U5: of this level, reached by this number, and no later one was reached too."""
        reached = [rung for rung in rungs if rung.level == level and rung.from_incident <= number]
        found = rung_for(rungs, level, number)
        if not reached:
            self.assertIsNone(found)
        else:
            self.assertIn(found, reached)
            self.assertEqual(found.from_incident, max(rung.from_incident for rung in reached))

    @given(LADDERS, LEVELS, NUMBERS, NUMBERS)
    def test_never_lower_for_more(self, rungs, level, fewer, more):
        """A12: who did it more often never stands on a lower step, nor on none again."""
        assume(fewer <= more)
        low, high = rung_for(rungs, level, fewer), rung_for(rungs, level, more)
        if low:
            self.assertGreaterEqual(high.from_incident, low.from_incident)

    @given(LADDERS, LEVELS, NUMBERS, st.randoms())
    def test_the_order_of_rows_is_nothing(self, rungs, level, number, random):
        """A12: a ladder is a set of steps, in whatever order somebody typed them."""
        shuffled = random.sample(rungs, len(rungs))
        self.assertEqual(rung_for(rungs, level, number), rung_for(shuffled, level, number))

    @given(LADDERS, NUMBERS)
    def test_nothing_for_an_emotion(self, rungs, number):
        """U3: level 0 stands on no ladder."""
        self.assertIsNone(rung_for(rungs, 0, number))


@freeze_time(NOON)
class TestProposal(MeasureCase):
    """What the mayor's screen proposes, on any ladder that only gets heavier."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with freeze_time(NOON):
            cls.unknown = cls().classify(cls().report(), "threat")
            emotion = {"directed": "no", "aim": "none", "closing_reason": "Listened to him."}
            cls.emotion = cls().classify(cls().report(), "criticism", **emotion)
            # of an emotion the behaviour can bring measures of its own
            cls.behaviours("criticism").measure_type_ids = cls.measure_type("declaration")

    def proposed(self, incident, number):
        return self.as_user("mayor", incident)._proposed_measures(Repeat(number - 1, 0, []))

    def raise_ladder(self, heights):
        """Make a ladder for level 3 of which each step adds measures and months."""
        self.protocol.ladder_step_ids.filtered(lambda step: step.level == "3").unlink()
        kinds = self.protocol.measure_type_ids.sorted("sequence")
        months, taken = 0, 0
        for start, (more_kinds, more_months) in sorted(heights.items()):
            taken, months = taken + more_kinds, months + more_months
            self.env["aggression.ladder.step"].create(
                {
                    "protocol_id": self.protocol.id,
                    "level": "3",
                    "from_incident": start,
                    "months": months,
                    "measure_type_ids": [Command.set(kinds[:taken].ids)],
                }
            )

    @given(
        heights=st.dictionaries(
            st.integers(1, 5),
            st.tuples(st.integers(0, 4), st.integers(1, 20)),
            min_size=1,
            max_size=4,
        ),
        fewer=st.integers(1, 6),
        more=st.integers(1, 6),
    )
    @settings(max_examples=25)
    def test_any_ladder(self, heights, fewer, more):
        """A12, U5, U3: never less for more incidents, never longer than the measure may last,
        nothing for an emotion, no letter to nobody."""
        savepoint = self.env.cr.savepoint()
        try:
            self.raise_ladder(heights)
            self.check(*sorted((fewer, more)))
        finally:
            savepoint.close(rollback=True)
            self.env.invalidate_all()
            self.env.registry.clear_cache()

    def check(self, fewer, more):
        light, heavy = (self.proposed(self.incident, number) for number in (fewer, more))
        self.assertLessEqual(set(light), set(heavy))
        for kind, end in light.items():
            if end:
                self.assertLessEqual(end, heavy[kind])
        for kind, end in heavy.items():
            self.assertEqual(bool(end), kind.needs_period)
            kind._check_dates(self.protocol._today(), end)
        self.assertFalse([kind for kind in self.proposed(self.unknown, more) if kind.letter])
        self.assertEqual(self.proposed(self.emotion, more), {})


@freeze_time(NOON)
class TestStricterLadder(MeasureCase):
    """Another sanction policy is another table, and nothing else."""

    def stricter(self):
        """Put a version in force with the ladder of ``STRICTER``: as data, by a manager."""
        manager = self.as_user("manager", self.protocol)
        draft = manager.browse(manager.action_new_version()["res_id"])
        draft.ladder_step_ids.unlink()
        kinds = {kind.code: kind.id for kind in draft.measure_type_ids}
        table = csv.reader(io.StringIO(STRICTER), delimiter=";")
        draft.ladder_step_ids = [
            Command.create(
                {
                    "level": level,
                    "from_incident": int(start),
                    "months": int(months),
                    "measure_type_ids": [Command.set([kinds[code] for code in codes.split()])],
                }
            )
            for level, start, months, codes in table
        ]
        draft.action_put_in_force()
        return self.protocol.browse(draft.id)

    def proposal(self, case):
        """Return {measure: last day} as the mayor's screen shows it."""
        lines = self.decision_screen(case).line_ids
        return {line.type_id.code: str(line.date_to or "") for line in lines}

    def insulted(self):
        """Report and classify the same case, under what is in force."""
        case = self.report(causer_kind="person", causer_name="K. de Boer")
        screen = self.model_as("coordinator", "aggression.classification.wizard").create(
            {"incident_id": case.id, "directed": "yes", "aim": "harm"}
        )
        behaviours = case.protocol_id.behaviour_ids
        screen.behaviour_ids = behaviours.filtered(lambda one: one.code == "insult")
        screen.action_classify()
        self.env.invalidate_all()
        return case

    def test_the_same_case_is_proposed_more(self):
        """A12, U5: the same facts, a stricter table: a longer and a heavier measure."""
        before = self.insulted()
        mild = self.proposal(before)
        draft = self.stricter()
        after = self.insulted()
        self.assertEqual(after.protocol_id, draft)
        self.assertEqual(before.level, after.level)
        strict = self.proposal(after)
        self.assertGreater(self.weight(after, strict), self.weight(before, mild))

    def weight(self, case, proposal):
        """Return how heavy the heaviest measure is, and how long it lasts."""
        ranks = {kind.code: kind.sequence for kind in case.protocol_id.measure_type_ids}
        return max((ranks[code], end) for code, end in proposal.items())

    def test_a_running_case_keeps_its_own(self):
        """A12: by the version by which it was reported it is proposed and decided."""
        before = self.proposal(self.incident)
        self.stricter()
        self.assertEqual(self.proposal(self.incident), before)
        decision = self.decide(self.incident)
        self.assertEqual(decision.outcome, "as_proposed")
        self.assertEqual(decision.measure_ids.type_id.protocol_id, self.protocol)

    def test_counted_over_both_versions(self):
        """A12: what was done under the old version makes the next one a repeat under the new."""
        first = self.insulted()
        self.stricter()
        second = self.insulted()
        second.causer_ids._take_over(second, first.causer_ids)
        self.assertEqual(self.as_user("mayor", second)._repeat().number, 2)
        heavier = self.weight(second, self.proposal(second))
        self.assertGreater(heavier, self.weight(first, self.proposal(first)))
