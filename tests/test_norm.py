from hypothesis import given
from hypothesis import strategies as st

from odoo.tests import BaseCase

from ..rules.ladder import Rung, rung_for
from ..rules.norm import AGGRESSION, EMOTION, GOAL, HARM, NO_AIM, UNKNOWN_AIM, Behaviour, judge

BEHAVIOURS = st.lists(
    st.builds(
        Behaviour,
        key=st.integers(1, 50),
        level=st.integers(0, 4),
        directed=st.booleans(),
        harmful=st.booleans(),
    ),
    max_size=6,
)
AIMS = st.sampled_from([NO_AIM, HARM, GOAL, UNKNOWN_AIM])

RAISED_VOICE = Behaviour(1, 0)
SWEARING = Behaviour(2, 1)
INSULT = Behaviour(3, 2, harmful=True)
THREAT = Behaviour(4, 3, directed=True, harmful=True)


class TestNorm(BaseCase):
    def test_emotion_is_allowed(self):
        """U3: a raised voice about a decision is emotion and belongs to the job."""
        self.assertEqual(judge([RAISED_VOICE], True, HARM), (EMOTION, 0, (), "accepted"))

    def test_direction_counts(self):
        """N2: the same words are aggression when they are aimed at the person."""
        self.assertEqual(judge([SWEARING], False, GOAL).ground, "undirected")
        self.assertEqual(judge([SWEARING], True, GOAL).outcome, AGGRESSION)

    def test_meant_to_harm_or_to_reach_a_goal(self):
        """N2: without such an aim, swearing at somebody is frustration."""
        self.assertEqual(judge([SWEARING], True, NO_AIM).ground, "aimless")
        self.assertEqual(judge([SWEARING], True, UNKNOWN_AIM).ground, "aimless")

    def test_an_insult_harms_by_its_nature(self):
        """N1, N4: an insult at the person is over the norm, whatever it was for."""
        self.assertEqual(judge([INSULT], True, NO_AIM)[:2], (AGGRESSION, 2))
        self.assertEqual(judge([INSULT], False, NO_AIM).ground, "undirected")

    def test_a_threat_is_never_emotion(self):
        """U4: whatever the facts beside it, a threat is over the norm."""
        self.assertEqual(judge([THREAT, RAISED_VOICE], False, NO_AIM)[:2], (AGGRESSION, 3))

    @given(BEHAVIOURS, st.booleans(), AIMS)
    def test_the_level_is_that_of_the_gravest_crossing(self, behaviours, directed, aim):
        found = judge(behaviours, directed, aim)
        self.assertEqual(found.level, max((b.level for b in found.crossing), default=0))
        self.assertEqual(found.outcome == AGGRESSION, found.level > 0)

    @given(BEHAVIOURS, BEHAVIOURS, st.booleans(), AIMS)
    def test_more_behaviour_never_lowers_the_level(self, some, more, directed, aim):
        """U4: nothing that is added takes anything away."""
        self.assertLessEqual(
            judge(some, directed, aim).level, judge(some + more, directed, aim).level
        )

    @given(BEHAVIOURS, AIMS)
    def test_direction_never_lowers_the_level(self, behaviours, aim):
        """N2: it can only make it aggression."""
        self.assertLessEqual(
            judge(behaviours, False, aim).level, judge(behaviours, True, aim).level
        )


class TestLadder(BaseCase):
    RUNGS = [Rung(1, 2, 1), Rung(2, 2, 3), Rung(3, 4, 1)]

    def test_the_highest_step_that_is_reached(self):
        """A12: the first and the second incident get the first step, the third the next."""
        found = [rung_for(self.RUNGS, 2, number).key for number in (1, 2, 3, 9)]
        self.assertEqual(found, [1, 1, 2, 2])

    def test_no_step_no_proposal(self):
        self.assertIsNone(rung_for(self.RUNGS, 1, 5))

    @given(
        st.lists(st.builds(Rung, st.integers(), st.integers(1, 4), st.integers(1, 9)), max_size=12),
        st.integers(1, 4),
        st.integers(1, 20),
    )
    def test_more_incidents_never_lead_down(self, rungs, level, number):
        """U5: who did it more often is never proposed an earlier step."""
        now = rung_for(rungs, level, number)
        later = rung_for(rungs, level, number + 1)
        if now:
            self.assertGreaterEqual(later.from_incident, now.from_incident)
            self.assertLessEqual(now.from_incident, number)
