import random
import threading
from unittest.mock import patch

from odoo import api
from odoo.service.model import retrying

from .own_database import OwnDatabase

TIMES = 10
STEPS = ("action_livestream_off", "action_demand", "action_police", "action_resume")


class TestMeetingAtOnce(OwnDatabase):
    """H3, H4, H5: the chair and the clerk press at the same moment, with a connection each."""

    def both(self, press):
        """Let the chair and the clerk do this at once, each as the server has it done."""
        start, results = threading.Barrier(2), []

        def one(login):
            with self.registry.cursor() as cr:
                env = api.Environment(cr, self.users[login].id, {})
                start.wait()
                try:
                    results.append(retrying(lambda: press(env), env))
                except Exception as error:
                    results.append(error)

        threads = [threading.Thread(target=one, args=(login,)) for login in ("mayor", "clerk")]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertFalse([result for result in results if isinstance(result, Exception)], results)

    def test_two_press_at_once(self):
        """H3, H4, H5: one case, one demand, one call to the police; nobody gets an error."""
        with patch.object(random, "uniform", lambda *_bounds: 0):
            for number in range(1, TIMES + 1):
                self.both(lambda env: env["aggression.meeting.disturbance"]._suspend("Chair"))
                meeting_id = self.in_transaction(running)
                for step in STEPS:
                    self.both(lambda env, s=step, i=meeting_id: pressed(env, s, i))
                self.in_transaction(lambda env, n=number, i=meeting_id: self.check(env, n, i))

    def check(self, env, number, meeting_id):
        meetings = env["aggression.meeting.disturbance"].search([])
        self.assertEqual(len(meetings), number)
        self.assertEqual(len(meetings.incident_id), number)
        meeting = meetings.browse(meeting_id)
        self.assertEqual(meeting.demand_ids.mapped("number"), [1])
        told = meeting.incident_id.entry_ids.filtered(lambda entry: entry.kind == "meeting")
        self.assertEqual(len(told), 4, told.mapped("text"))


def running(env):
    return env["aggression.meeting.disturbance"].search([("resumed_at", "=", False)]).id


def pressed(env, step, meeting_id):
    meeting = env["aggression.meeting.disturbance"].browse(meeting_id)
    getattr(meeting.with_context(demand_number=1), step)()
