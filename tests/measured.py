"""A case on which measures are decided, for the tests of what becomes of them."""

from unittest.mock import patch

from odoo.fields import Command
from odoo.tests import freeze_time

from odoo.addons.base.models.ir_actions_report import IrActionsReport

from .common import ProtocolCase

NOON = "2026-03-09 11:00:00"  # a Monday, twelve o'clock in the Netherlands


class MeasureCase(ProtocolCase):
    """``cls.incident``: a threat by a causer whose name is known, classified on ``NOON``.

    Every step goes through the screen that it opens, with all that the screen hands on.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        paper = patch.object(
            IrActionsReport, "_render_qweb_pdf", lambda *_args: (b"%PDF-1.7", "pdf")
        )
        cls.enterClassContext(paper)
        with freeze_time(NOON):
            cls.incident = cls().classified()

    def classified(self, *codes, earlier=None, **values):
        """Return a classified case, of the causer of ``earlier`` when that is told."""
        values = {"causer_kind": "person", "causer_name": "J. Jansen", **values}
        case = self.report(**values)
        if earlier:
            case.causer_ids._take_over(case, earlier.causer_ids)
        return self.classify(case, *(codes or ["threat"]))

    def at(self, moment):
        """Let it be this moment (UTC, or a day at noon) until the test is over."""
        moment = moment if " " in moment else f"{moment} 11:00:00"
        self.enterContext(freeze_time(moment))
        self.env.invalidate_all()

    def follow(self, login, action, **values):
        """Open the screen that an action shows, as the browser does."""
        self.env.flush_all()
        screens = self.model_as(login, action["res_model"]).with_context(**action["context"])
        return screens.create(values)

    def take(self, login, record, opens, save, **values):
        """Take a step: press a button on a record, fill in the screen, press its button."""
        screen = self.follow(login, getattr(self.as_user(login, record), opens)(), **values)
        result = getattr(screen, save)()
        self.env.flush_all()
        self.env.invalidate_all()
        return result

    def line(self, code, date_to=False, **values):
        kind = self.measure_type(code)
        return Command.create(
            {"type_id": kind.id, "date_to": date_to, "scope": "Town hall", **values}
        )

    def decide_on(self, *lines, by="mayor", incident=None, **values):
        """Decide on these lines, whatever the protocol proposes."""
        incident = incident or self.incident
        values = {"line_ids": [Command.clear(), *lines], "deviation_reason": "It fits.", **values}
        return self.decide(incident, by=by, **values)

    def ban(self, until="2026-09-09", **values):
        """Decide on a building ban of six months; returns the measure."""
        return self.decide_on(self.line("building_ban", until), **values).measure_ids

    def send(self, decision, by="coordinator", **values):
        self.take(by, decision, "action_send", "action_send", **values)

    def running_ban(self, until="2026-09-09", **values):
        ban = self.ban(until, **values)
        self.send(ban.decision_id)
        return ban

    def night_run(self):
        """Run the scheduled action that ends what is over, as the server does."""
        with self.enter_registry_test_mode():
            self.env.ref("aggression_protocol.cron_end_measures").method_direct_trigger()
        self.env.invalidate_all()

    def do_all(self, incident=None):
        """Do what is open and is done by a note, as far as it waits for no measure."""
        for duty in (incident or self.incident).duty_ids.filtered(
            lambda duty: (
                duty.state == "open"
                and duty.fulfilment == "note"
                and not duty._waits_for_its_measure()
            )
        ):
            self.as_user("coordinator", duty)._complete("Done.", "It was busy.")
