import os
import random
import tempfile
import time
from collections import Counter
from datetime import timedelta
from unittest.mock import patch

from odoo import fields

from ..models.decision import measure_steps
from ..models.duty import duty_sweep
from ..models.succession import handing_over
from .common_notices import MailServer
from .own_database import OwnDatabase

TIMES = 50
CASES = 9
BATCH = 4


class KilledCase(OwnDatabase):
    """A scheduled action that is killed with SIGKILL at a random moment, and then run again."""

    @classmethod
    def tell(cls):
        for login, user in cls.users.items():
            user.email = f"{login}@waterveen.example"
        cls.env.company.email = "post@waterveen.example"
        then = fields.Datetime.now() - timedelta(days=3)
        for number in range(CASES):
            hit = ("councillor", "alderman", "mayor")[number % 3]
            cls().report("desk", hit, occurred_at=then, reported_at=then)

    def setUp(self):
        super().setUp()
        for module in (duty_sweep, handing_over, measure_steps):
            self.enterContext(patch.object(module, "BATCH", BATCH))
        self.random = random.Random(7)
        self.deaths = 0

    def whole_run(self, work):
        started = time.monotonic()
        self.in_transaction(work)
        self.span = time.monotonic() - started

    def die_and_run_again(self, work):
        """Do ``work`` in a process that is killed somewhere on its way, then to the end."""
        died = self.killed_after(self.random.uniform(0, self.span), work)
        if not died:
            self.span *= 0.8  # it takes less than was measured, on a machine that was busy then
        self.deaths += died
        self.in_transaction(work)

    def assertDied(self):
        self.assertGreater(self.deaths, TIMES / 3, "or nothing was tried")


class TestKilledSweep(KilledCase):
    def test_sweep(self):
        """Z1: of what is overdue everybody is told once, wherever the action was killed."""
        duties = self.sql("SELECT id FROM aggression_duty WHERE state = 'open' AND due_at < now()")
        self.assertGreater(len(duties), 2 * BATCH)
        self.forget(duties)
        self.whole_run(self.sweep)
        wanted = self.told()
        self.assertEqual(wanted["entries"].total(), len(duties))
        for _time in range(TIMES):
            self.forget(duties)
            self.die_and_run_again(self.sweep)
            self.assertEqual(self.told(), wanted)
        self.assertDied()

    def sweep(self, env):
        env["aggression.duty"]._cron_sweep()

    def forget(self, duties):
        """Go back to before anybody was told."""
        self.sql("DELETE FROM aggression_notice WHERE kind IN ('overdue', 'reminder')")
        self.sql("DELETE FROM aggression_access WHERE reason = 'overdue'")
        self.sql("DELETE FROM aggression_entry WHERE kind IN ('overdue', 'escalated')")
        self.sql("DELETE FROM aggression_duty_told_rel")
        self.sql(
            "UPDATE aggression_duty SET sweep_at = due_at, rung = 0, escalated_at = NULL, "
            "escalated_to_id = NULL WHERE (id) IN %s",
            tuple(duties),
        )

    def told(self):
        tables = {
            "duties": "SELECT id, rung, escalated_to_id FROM aggression_duty",
            "told": "SELECT duty_id, user_id FROM aggression_duty_told_rel",
            "swept": "SELECT id FROM aggression_duty WHERE sweep_at < now()",
            "entries": "SELECT incident_id FROM aggression_entry WHERE kind = 'overdue'",
            "again": "SELECT incident_id FROM aggression_entry WHERE kind = 'escalated'",
            "access": "SELECT incident_id, user_id, role FROM aggression_access",
            "notices": "SELECT key FROM aggression_notice WHERE kind = 'overdue'",
        }
        return {name: Counter(self.sql(query)) for name, query in tables.items()}


class LetterBox(MailServer):
    """A mail server outside of the process: what it has taken stays when the process dies."""

    def __init__(self, path):
        super().__init__()
        self.path = path

    def send_message(self, _letter, _sender, receivers):
        with open(self.path, "a", encoding="utf-8") as file:
            file.write(f"{receivers[0]}\n")

    def empty(self):
        """Return how many letters each address was sent, and forget them."""
        with open(self.path, "r+", encoding="utf-8") as file:
            letters = Counter(file.read().split())
            file.truncate(0)
        return letters


class TestKilledOutbox(KilledCase):
    def setUp(self):
        super().setUp()
        handle, path = tempfile.mkstemp()
        os.close(handle)
        self.addCleanup(os.unlink, path)
        self.box = LetterBox(path)
        servers = type(self.env["ir.mail_server"])
        self.enterContext(patch("smtplib.SMTP", self.box.connect))
        self.enterContext(patch.object(servers, "_disable_send", lambda *_args: False))

    def test_outbox(self):
        """C5: nobody gets a letter twice; what is not known to have left is one person's alone."""
        self.fill()
        self.whole_run(self.send)
        wanted = self.box.empty()
        self.assertGreater(len(wanted), 4)
        self.assertEqual(set(wanted.values()), {1})
        for _time in range(TIMES):
            self.fill()
            self.die_and_run_again(self.send)
            letters, states = self.box.empty(), self.states()
            unknown = {address for address, state in states if state == "sending"}
            self.assertLessEqual(len(unknown), 1)
            self.assertEqual({state for _address, state in states} - {"sending"}, {"sent"})
            for address in wanted:
                self.assertIn(letters[address], (0, 1) if address in unknown else (1,))
        self.assertDied()

    def send(self, env):
        env["aggression.notice"]._cron_send()

    def fill(self):
        self.sql(
            "UPDATE aggression_notice SET state = 'queued', attempts = 0, sent_at = NULL, "
            "next_try_at = now() - interval '1 minute' WHERE state != 'dropped'"
        )

    def states(self):
        return self.sql(
            "SELECT DISTINCT u.login || '@waterveen.example', n.state FROM aggression_notice n "
            "JOIN res_users u ON u.id = n.user_id WHERE n.state != 'dropped'"
        )


class TestKilledHandOver(KilledCase):
    def test_hand_over(self):
        """C3, C5: each case goes to the new holder once, with one line in its timeline."""
        self.change_holder("uninvolved")
        self.whole_run(self.hand_over)
        before = self.lines()
        for number in range(TIMES):
            holder, gone = ("coordinator", "uninvolved")[:: -1 if number % 2 else 1]
            self.change_holder(holder)
            self.die_and_run_again(self.hand_over)
            after = self.lines()
            self.assertEqual(after - before, Counter(case for (case,) in self.cases()))
            self.assertEqual(self.readers(holder), self.cases())
            self.assertEqual(self.readers(gone), [])
            before = after
        self.assertDied()

    def hand_over(self, env):
        env["aggression.succession"]._cron_hand_over()

    def change_holder(self, login):
        """Let a role be another's, as by a date that passes: nothing acts on it yet."""
        self.sql(
            "UPDATE aggression_role_assignment SET user_id = %s WHERE role_id = %s",
            self.users[login].id,
            self.role("aggression_coordinator").id,
        )
        self.registry.clear_cache()

    def cases(self):
        return self.sql("SELECT id FROM aggression_incident ORDER BY id")

    def lines(self):
        found = self.sql("SELECT incident_id FROM aggression_entry WHERE kind = 'handed_over'")
        return Counter(case for (case,) in found)

    def readers(self, login):
        """Return the cases in which somebody has a part, each as often as they have one."""
        return self.sql(
            "SELECT incident_id FROM aggression_access WHERE user_id = %s ORDER BY incident_id",
            self.users[login].id,
        )


class TestKilledEnd(KilledCase):
    @classmethod
    def tell(cls):
        """Let there be a ban in each case that was over yesterday."""
        today = fields.Date.today()
        cases = [
            cls().classify(cls().report(causer_kind="person", causer_name=f"Person {n}"), "threat")
            for n in range(CASES)
        ]
        kind, days = cls.measure_type("building_ban"), timedelta(days=1)
        period = {"date_from": today - 20 * days, "date_to": today - days, "scope": "Town hall"}
        line = fields.Command.create({"type_id": kind.id, **period})
        reports = type(cls.env["ir.actions.report"])
        with patch.object(reports, "_render_qweb_pdf", lambda *_args: (b"%PDF-1.7", "pdf")):
            for case in cases:
                values = {"line_ids": [fields.Command.clear(), line], "deviation_reason": "x"}
                decision = cls().decide(case, **values)
                day = case.protocol_id._day_of(decision.decided_at)
                cls().as_user("coordinator", decision)._send(day, "post")
        cls.env.flush_all()
        cls.cr.execute("CREATE TABLE desk AS SELECT * FROM aggression_front_desk_line")

    def test_end(self):
        """A4: every ban that is over ends once, with its line and duties, wherever it died."""
        self.forget()
        self.whole_run(self.end)
        wanted = self.ended()
        self.assertEqual(wanted["measures"].total(), CASES)
        for _time in range(TIMES):
            self.forget()
            self.die_and_run_again(self.end)
            self.assertEqual(self.ended(), wanted)
        self.assertDied()

    def end(self, env):
        env["aggression.measure"]._cron_end()

    def forget(self):
        """Go back to before anything had ended."""
        self.sql(
            "UPDATE aggression_measure SET state = 'applies', end_reason = NULL, ended_on = NULL"
        )
        self.sql("UPDATE aggression_duty SET state = 'open' WHERE measure_id IS NOT NULL")
        self.sql("DELETE FROM aggression_front_desk_line")
        self.sql("INSERT INTO aggression_front_desk_line SELECT * FROM desk")

    def ended(self):
        tables = {
            "measures": "SELECT id, ended_on FROM aggression_measure WHERE end_reason = 'expired'",
            "duties": "SELECT id, state FROM aggression_duty WHERE measure_id IS NOT NULL",
            "lines": "SELECT id FROM aggression_front_desk_line",
            "entries": "SELECT id FROM aggression_entry",
        }
        return {name: Counter(self.sql(query)) for name, query in tables.items()}
