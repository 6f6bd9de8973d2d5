"""A meeting that is disturbed, and what is pressed meanwhile."""

from odoo.tests import freeze_time

from .common import ProtocolCase

# 20:12 in the Netherlands, in summer
START = "2026-05-19 18:12:00"
AFTERWARDS = "2026-05-20 07:00:00"


def at(minute, hour=18):
    return f"2026-05-19 {hour}:{minute}:00"


class MeetingCase(ProtocolCase):
    def suspend(self, by="clerk"):
        """Suspend a meeting through its own screen; returns the disturbance in superuser mode."""
        screen = self.model_as(by, "aggression.meeting.start").create({})
        action = screen.action_suspend()
        return self.env[action["res_model"]].browse(action["res_id"])

    def press(self, disturbance, step, minute, by="clerk", hour=18, **context):
        with freeze_time(at(minute, hour)):
            result = getattr(self.as_user(by, disturbance).with_context(**context), step)()
        disturbance.invalidate_recordset()
        return result

    def demand(self, disturbance, number, minute, by="clerk"):
        self.press(disturbance, "action_demand", minute, by, demand_number=number)

    def note(self, disturbance, by="clerk", **values):
        about = {"incident_id": disturbance.incident_id.id, "disturbance_id": disturbance.id}
        self.model_as(by, "aggression.meeting.note").create({**about, **values}).action_save()
        disturbance.invalidate_recordset()

    def told(self, disturbance, *kinds):
        entries = disturbance.incident_id.entry_ids.sorted("id")
        return entries.filtered(lambda entry: entry.kind in kinds).mapped("text")
