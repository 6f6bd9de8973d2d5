"""A decision and what follows it, for the tests of who sees what."""

from datetime import date, datetime
from unittest.mock import patch

from odoo import fields
from odoo.fields import Command

from odoo.addons.base.models.ir_actions_report import IrActionsReport

from .common import ProtocolCase
from .screens import FILE


class Decided(ProtocolCase):
    """Takes a case from hearing the citizen to a ban that is ignored and objected to."""

    def _decided_and_sent(self, incident, mayor):
        """Hear the citizen, decide on a ban and a talk, send it; it is ignored and objected to."""
        asked = {"intention": "A ban.", "how": "post", "respond_by": "2026-03-16"}
        hearings = self.model_as("coordinator", "aggression.hearing")
        with patch.object(IrActionsReport, "_render_qweb_pdf", lambda *_args: (b"%PDF-1.7", "pdf")):
            hearings._invite(
                self.as_user("coordinator", incident),
                {"causer_id": incident.causer_ids.id, **asked},
            )
            kinds = {"building_ban": "2026-06-08", "declaration": False, "incident_talk": False}
            decision = self.decide(
                incident,
                by=mayor,
                grounds="It was a threat.",
                deviation_reason="A talk can help.",
                line_ids=[self._line(code, end) for code, end in kinds.items()],
            )
            self.as_user("coordinator", decision)._send(date(2026, 3, 8), "post")
            ban, _declaration, talk = decision.measure_ids
            self.model_as("coordinator", "aggression.incident.talk")._plan(
                self.as_user("coordinator", talk),
                {
                    "representative": "Somebody",
                    "place": "Room 2",
                    "talk_at": datetime(2026, 3, 20, 10),
                },
            )
        ban = self.as_user("coordinator", ban)
        ban._show_picture(FILE, "The desk does not know the face.")
        # the tables are also asked on the day on which the tests run
        ban.sudo().front_desk_ids._unlocked().date_to = "2999-01-01"
        now = fields.Datetime.now()
        self.model_as("coordinator", "aggression.violation")._record(ban, now, "At the desk.")
        self.model_as("coordinator", "aggression.objection")._receive(
            self.as_user("coordinator", decision), date(2026, 3, 8), "Not true."
        )

    def _line(self, code, end):
        kind = self.measure_type(code)
        return Command.create({"type_id": kind.id, "date_to": end, "scope": "Town hall"})
