from odoo.tests import HttpCase, tagged

from .common import ProtocolCase


class MeetingTour(HttpCase, ProtocolCase):
    def walk(self, tour):
        """Walk through a tour as the clerk; returns the disturbance that came of it."""
        self.start_tour("/odoo/agressie-vergadering", tour, login="clerk")
        meeting = self.env["aggression.meeting.disturbance"].search([])
        self.assertEqual(len(meeting), 1)
        return meeting


@tagged("post_install", "-at_install")
class TestMeetingByTouch(MeetingTour):
    """H3 to H7: the disturbance on a phone, with a thumb."""

    browser_size = "390x844"
    touch_enabled = True

    def test_by_touch(self):
        meeting = self.walk("aggression_meeting_by_touch")
        self.assertEqual(meeting.demand_ids.mapped("number"), [1, 2, 3])
        self.assertTrue(meeting.trespass_at and meeting.police_called_at and meeting.resumed_at)
        self.assertEqual(
            (meeting.force_purpose, meeting.force_reason), ("protect", "The usher was hit.")
        )


@tagged("post_install", "-at_install")
class TestMeetingByKeyboard(MeetingTour):
    """H3 to H7: the disturbance without a mouse."""

    def test_by_keyboard(self):
        meeting = self.walk("aggression_meeting_by_keyboard")
        self.assertEqual(meeting.demand_ids.mapped("number"), [1])
        self.assertTrue(meeting.livestream_off_at and meeting.police_called_at)
