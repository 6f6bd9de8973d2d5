"""What runs by itself: duties that are due and the outbox, beside base_automation's rules."""

from contextlib import ExitStack
from functools import partial
from unittest.mock import patch

from odoo import Command

from measuring.stopwatch import in_turn

FEW, MANY = 1_000, 10_000
NOTHING_DUE = "UPDATE aggression_duty SET sweep_at = NULL WHERE sweep_at <= now()"
DUE = """
    UPDATE aggression_duty SET due_at = now() - interval '1 hour', rung = 0,
        sweep_at = now() - interval '1 minute'
    WHERE id IN (SELECT id FROM aggression_duty WHERE state = 'open' ORDER BY id LIMIT %s)
"""
TICKETS_DUE = """
    UPDATE helpdesk_ticket SET assigned_date = CASE WHEN id IN (
            SELECT id FROM helpdesk_ticket ORDER BY id LIMIT %s)
        THEN now() - interval '1 minute' ELSE now() - interval '1 year' END
    WHERE assigned_date > now() - interval '1 hour' OR id IN (
            SELECT id FROM helpdesk_ticket ORDER BY id LIMIT %s)
"""


def measure(ours, helpdesk, many_too):
    """Return {name: Figure} of scheduled actions, without what a commit costs.

    :param bool many_too: whether to let the peer's rule handle 10,000 as well, for minutes
    """
    calls = {
        "sweep_idle": (ours.su, partial(_sweep, ours.su), partial(_due, ours, 0)),
        "sweep_1000": (ours.su, partial(_sweep, ours.su), partial(_due, ours, FEW)),
        "sweep_10000": (ours.su, partial(_sweep, ours.su), partial(_due, ours, MANY)),
        "notices_1000": (ours.su, partial(_tell, ours.su, FEW)),
        "activities_1000": (helpdesk.su, partial(_schedule, helpdesk, FEW)),
    }
    with ExitStack() as stack:
        for side in (ours, helpdesk):
            _keep_in_one_transaction(stack, side)
        figures = in_turn(calls)
        rule = _automation(helpdesk)
        for number in (FEW, MANY) if many_too else (FEW,):
            call = (helpdesk.su, partial(_automate, rule), partial(_tickets_due, helpdesk, number))
            figures |= in_turn({f"automation_{number}": call})
    return figures


def _keep_in_one_transaction(stack, side):
    """Let the actions go on without a commit, as if they always had time left."""
    crons = type(side.su["ir.cron"])

    def progress(self, *_args, **_kwargs):
        self.env.flush_all()
        self.env.invalidate_all()
        return 60.0

    stack.enter_context(patch.object(crons, "_commit_progress", progress))


def _due(ours, number):
    ours.cr.execute(NOTHING_DUE)
    ours.cr.execute(DUE, (number,))


def _sweep(env):
    env["aggression.duty"]._cron_sweep()


def _tell(env, number):
    duties = env["aggression.duty"].search([("state", "=", "open")], limit=number)
    env.invalidate_all()
    env["aggression.notice"]._about_duties(duties, "reminder")


def _schedule(helpdesk, number):
    tickets = helpdesk.su[helpdesk.model].browse(helpdesk.open_ids[:number])
    tickets.activity_schedule("mail.mail_activity_data_todo", user_id=helpdesk.su.uid)


def _automation(helpdesk):
    """Make a rule of the simplest kind, to stay: it sets a field of what is due."""
    env = helpdesk.su
    model = env["ir.model"]._get(helpdesk.model)
    rules = env["base.automation"]
    rule = rules.search([("name", "=", "Benchmark")]) or rules.create(
        {
            "name": "Benchmark",
            "model_id": model.id,
            "trigger": "on_time",
            "trg_date_id": model.field_id.filtered(lambda one: one.name == "assigned_date").id,
            "trg_date_range_type": "minutes",
            "action_server_ids": [
                Command.create(
                    {
                        "name": "Benchmark",
                        "model_id": model.id,
                        "state": "object_write",
                        "update_path": "priority",
                        "selection_value": env["ir.model.fields.selection"]
                        .search([("field_id.name", "=", "priority"), ("value", "=", "3")])
                        .filtered(lambda one: one.field_id.model == helpdesk.model)
                        .id,
                    }
                )
            ],
        }
    )
    env.cr.commit()
    return rule


def _tickets_due(helpdesk, number):
    helpdesk.cr.execute(TICKETS_DUE, (number, number))
    helpdesk.cr.execute("UPDATE base_automation SET last_run = now() - interval '10 minutes'")


def _automate(rule):
    rule.env["base.automation"]._cron_process_time_based_actions()
