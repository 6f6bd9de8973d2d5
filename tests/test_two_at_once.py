import random
import threading
from unittest.mock import patch

from odoo import api
from odoo.exceptions import UserError
from odoo.service.model import retrying

from .own_database import OwnDatabase

TIMES = 100
SENTENCES = (
    "Somebody is deciding in this case right now. Try again in a minute.",
    "This step does not fit any more: somebody has handled it in the meantime. "
    "Reload the page to see where it stands.",
)


class TestTwoAtOnce(OwnDatabase):
    """Two people press at the same moment, in two threads with a connection each."""

    @classmethod
    def tell(cls):
        case = cls()
        cls.screens = []
        for _time in range(TIMES):
            incident = case.classify(case.report(), "threat")
            heard = {
                "hearing": "heard",
                "heard_on": "2026-03-08",
                "view": "It was not meant so.",
                "grounds": "You threatened.",
                "proportionality": "It fits.",
            }
            pair = [case.decision_screen(incident, "mayor", **heard) for _session in range(2)]
            for screen in pair:
                screen.line_ids.scope = "Town hall"
            cls.screens.append((incident.id, [screen.id for screen in pair]))

    def press(self, screen_id, start, results):
        """Decide as the server has it done: with a transaction that is tried again."""
        with self.registry.cursor() as cr:
            env = api.Environment(cr, self.users["mayor"].id, {})
            screen = env["aggression.decision.wizard"].browse(screen_id)
            start.wait()
            try:
                results.append(retrying(screen.action_decide, env))
            except Exception as error:
                results.append(error)

    def both(self, screen_ids):
        start, results = threading.Barrier(2), []
        threads = [
            threading.Thread(target=self.press, args=(id_, start, results)) for id_ in screen_ids
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return results

    def test_two_deciders(self):
        """A1, C3: one decision, with its measures once; who comes second reads so in a sentence."""
        with patch.object(random, "uniform", lambda *_bounds: 0), self.confirmed():
            for incident_id, screen_ids in self.screens:
                results = self.both(screen_ids)
                refusals = [result for result in results if isinstance(result, Exception)]
                self.assertEqual(len(refusals), 1, results)
                self.assertIsInstance(refusals[0], UserError)
                self.assertIn(str(refusals[0]), SENTENCES)
                self.assertEqual(self.in_transaction(lambda env, i=incident_id: decided(env, i)), 1)


def decided(env, incident_id):
    """Return how many decisions a case has, once all that follows was found to be there once."""
    case = env["aggression.incident"].browse(incident_id)
    assert case.state == "decided"
    assert case.entry_ids.mapped("kind").count("decided") == 1
    kinds = case.decision_ids.measure_ids.mapped("type_id")
    assert len(kinds) == len(case.decision_ids.measure_ids)
    done = case.duty_ids.filtered(lambda duty: duty.type_id.fulfilment == "decide")
    assert done.mapped("state") == ["done"], done.mapped("state")
    types = [duty.type_id.id for duty in case.duty_ids if not duty.talk_id]
    assert len(types) == len(set(types)), "each duty once"
    return len(case.decision_ids)
