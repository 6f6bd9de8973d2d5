from odoo import fields
from odoo.tests import freeze_time

from .common import ProtocolCase

REPORTED, CLOSED = "2020-03-06 22:10:00", "2020-03-20 10:00:00"
# an emotion that was closed then is destroyed from 20 March 2021 on
WARNED, DUE = "2021-02-21 03:00:00", "2021-03-22 03:00:00"


class RetentionMixin:
    """Words to speak of retention in; beside ``ProtocolCase`` or one of its kind."""

    def checked(self):
        """Let the archivist have checked every term."""
        terms = self.protocol.retention_term_ids
        terms.write({"checked_on": "2026-01-01", "checked_by": "The archivist"})

    def old_emotion(self, closed=CLOSED, **values):
        """Return a case that turned out to be emotion, closed at some moment."""
        with freeze_time(closed):
            incident = self.report(occurred_at=REPORTED, reported_at=REPORTED, **values)
            return self.classify(
                incident,
                "grief",
                directed="no",
                aim="none",
                closing_reason="Calmed down after a talk.",
            )

    def old_aggression(self, closed=CLOSED, named="J. Jansen", same=None, **values):
        """Return a case of aggression with a decision, closed at some moment."""
        known = {"causer_kind": "person", "causer_name": named} if named else {}
        with freeze_time(closed):
            incident = self.report(
                **{
                    "occurred_at": REPORTED,
                    "reported_at": REPORTED,
                    "causer_description": "With a red coat.",
                    **known,
                    **values,
                }
            )
            if same:
                incident.causer_ids._take_over(incident, same)
            self.classify(incident, "threat")
            self.decide(incident, heard_on="2020-03-08", grounds="It was a threat.")
            incident.duty_ids.filtered(lambda duty: duty.state == "open")._move("lapsed")
            self.as_user("coordinator", incident).action_close()
        return incident

    def watch(self, at):
        """Run the daily scheduled action the way the server does."""
        self.run_cron("cron_retention", at)

    def destroy(self, at):
        self.run_cron("cron_destroy", at)

    def run_cron(self, name, at):
        with freeze_time(at), self.enter_registry_test_mode():
            self.env.ref(f"aggression_protocol.{name}").method_direct_trigger()
        self.env.invalidate_all()

    def clock(self, incident):
        self.env.invalidate_all()
        return self.env["aggression.retention"].search([("incident_id", "=", incident.id)])

    def lists(self, **values):
        runs = self.env["aggression.retention.run"].search([])
        return runs.filtered(lambda run: all(run[name] == value for name, value in values.items()))

    def sign(self, at, by="officer"):
        """Sign the list that waits."""
        run = self.lists(state="proposed")
        with freeze_time(at):
            self.as_user(by, run).action_sign()
        self.env.invalidate_all()
        return run

    def until_gone(self, warned, due):
        """Sign and carry out what is due on two days: first the names, then the cases."""
        for day in (warned, due):
            self.watch(day)
            run = self.sign(day)
            self.destroy(day)
        return run


class RetentionCase(RetentionMixin, ProtocolCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.day = fields.Date.to_date
