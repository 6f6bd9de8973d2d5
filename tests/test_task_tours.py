from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from .test_tours import TourCase


@tagged("post_install", "-at_install")
class TestTaskTours(TourCase):
    """My tasks, the counter, appointments and contact lines in a real browser."""

    def _report_values(self, *args):
        now = fields.Datetime.now().replace(microsecond=0)
        moments = {"occurred_at": now - timedelta(hours=1), "reported_at": now}
        return {**super()._report_values(*args), **moments}

    def setUp(self):
        super().setUp()
        self.incident = self.report()
        self.care = self.incident.affected_ids.aftercare_ids

    def test_my_tasks(self):
        """Z6: overdue first, one click to the step that fulfils it, and the counter knows."""
        now = fields.Datetime.now()
        mine = self.incident.duty_ids.filtered(
            lambda duty: duty.user_id == self.users["coordinator"]
        )
        mine._unlocked().due_at = now + timedelta(days=30)
        self.duties(self.incident, "assess")._unlocked().due_at = now - timedelta(hours=1)
        second = self.report()
        second.duty_ids._unlocked().due_at = now + timedelta(days=30)
        self.start_tour("/odoo", "aggression_my_tasks", login="coordinator")
        self.assertEqual(self.duties(self.incident, "assess").state, "done")

    def test_tasks_in_the_calendar(self):
        """Z6 to Z8: a task stands on the last day on which it can be done."""
        self.incident.duty_ids._unlocked().due_at = fields.Datetime.now() + timedelta(minutes=5)
        self.start_tour("/odoo", "aggression_tasks_in_calendar", login="mayor")

    def test_an_appointment(self):
        """Z6: the carer proposes a time, the person hit accepts it in the own calendar."""
        path = f"/odoo/agressie-nazorg/{self.care.id}"
        self.start_tour(path, "aggression_appointment_is_made", login="mayor")
        appointment = self.care.appointment_ids
        self.assertEqual(appointment.state, "proposed")
        appointment._unlocked().write(
            {
                "proposed_as": "person_hit",
                "start_at": fields.Datetime.now() + timedelta(minutes=5),
                "end_at": fields.Datetime.now() + timedelta(minutes=50),
            }
        )
        page = "/odoo/agressie-gesprekken"
        self.start_tour(page, "aggression_appointment_is_accepted", login="mayor")
        self.assertEqual(appointment.state, "agreed")

    def test_contact_lines(self):
        """Z4, Z5: the functional manager records that every number was checked."""
        action = self.env.ref("aggression_protocol.contact_line_action")
        page = f"/odoo/action-{action.id}"
        self.start_tour(page, "aggression_lines_are_checked", login="manager")
        self.assertFalse(self.protocol.contact_line_ids.filtered("to_check"))
