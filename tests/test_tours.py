from contextlib import contextmanager
from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.fields import Command
from odoo.tests import HttpCase, new_test_user, tagged

from .common import ProtocolCase


class TourCase(HttpCase, ProtocolCase):
    """People use the screens in a browser; any error on its console fails the test."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # Made here once, because each test rolls back what its browser asked for.
        make = cls.env["ir.qweb"]._get_asset_bundle
        for bundle in ("web.assets_web", "web.assets_tests"):
            make(bundle, css=False, js=True).js()
            make(bundle, css=True, js=False).css()

    def walk_through_a_meeting(self, tour):
        """Walk through a tour as the clerk; returns the disturbance that came of it."""
        self.start_tour("/odoo/agressie-vergadering", tour, login="clerk")
        meeting = self.env["aggression.meeting.disturbance"].search([])
        self.assertEqual(len(meeting), 1)
        return meeting


@tagged("post_install", "-at_install")
class TestTours(TourCase):
    """With a mouse and a keyboard, on a desktop."""

    def _report_values(self, *args):
        now = fields.Datetime.now().replace(microsecond=0)
        return {
            **super()._report_values(*args),
            "occurred_at": now - timedelta(hours=1),
            "reported_at": now - timedelta(minutes=10),
            "causer_kind": "person",
            "causer_name": "J. Jansen",
        }

    def test_a_clerk_reports_on_behalf(self):
        """M1, M2: after a talk the clerk reports for a councillor, and sees the case."""
        self.start_tour("/odoo", "aggression_report_on_behalf", login="clerk")
        incident = self.env["aggression.incident"].search([])
        self.assertEqual(incident.affected_ids.user_id, self.users["councillor"])
        self.assertEqual(incident.affected_ids.office_id, self.office("councillor"))
        self.assertEqual(incident.channel, "social_media")
        ago = incident.reported_at - incident.occurred_at
        self.assertTrue(timedelta(minutes=55) < ago < timedelta(minutes=65), ago)

    def test_a_report_without_a_mouse(self):
        """M1: the report can be filled in and sent with the keyboard alone."""
        self.start_tour("/odoo/agressie-melden", "aggression_report_by_keyboard", login="clerk")
        incident = self.env["aggression.incident"].search([])
        self.assertEqual(incident.affected_ids.user_id, self.users["councillor"])
        self.assertEqual((incident.channel, incident.place), ("phone", "home"))

    def test_in_dutch(self):
        """U1: the report, on a screen in Dutch."""
        self.env["res.lang"]._activate_lang("nl_NL")
        self.users["clerk"].lang = "nl_NL"
        self.start_tour("/odoo", "aggression_report_in_dutch", login="clerk")
        self.assertTrue(self.env["aggression.incident"].search([]))

    def test_the_coordinator_classifies(self):
        """N1 to N4: facts are filled in from My tasks; the outcome is derived, not chosen."""
        incident = self.report()
        self.start_tour("/odoo", "aggression_classify", login="coordinator")
        assessment = incident.assessment_ids
        self.assertEqual(assessment.assessed_by_id, self.users["coordinator"])
        self.assertEqual((assessment.outcome, assessment.level), ("aggression", 3))
        self.assertEqual(self.duties(incident, "assess").state, "done")

    def test_the_whole_decision(self):
        """U5, A1 to A4: heard, decided with a look at the letter, sent, objected to, lifted."""
        evidence = [Command.create({"filename": "canary.png", "content": b"QQ=="})]
        incident = self.classify(self.report(file_ids=evidence), "threat")
        case = f"/odoo/agressie-zaken/{incident.id}"
        self.start_tour(case, "aggression_citizen_is_heard", login="coordinator")
        with self.printed() as drafts:
            self.start_tour("/odoo", "aggression_mayor_decides", login="mayor")
        self.assertEqual(drafts, ["aggression_protocol.decision_draft"])
        decision = incident.decision_ids
        self.assertEqual(decision.decided_by_id, self.users["mayor"])
        self.assertEqual((decision.outcome, decision.hearing), ("as_proposed", "heard"))
        self.assertEqual(decision.view, "It was not meant so.")
        self.assertEqual(decision.evidence_ids, incident.evidence_ids)
        ban = decision.measure_ids.filtered("type_id.front_desk")
        self.assertEqual((ban.scope, ban.state), ("Town hall", "decided"))
        tour = "aggression_letter_goes_and_objection_comes"
        self.start_tour(case, tour, login="coordinator")
        self.assertEqual(ban.state, "applies")
        self.assertTrue(decision.objection_ids.in_time)
        self.start_tour(case, "aggression_mayor_lifts", login="mayor")
        self.assertEqual((ban.state, ban.end_reason), ("ended", "lifted"))
        self.assertEqual(ban.end_note, "Apologies were made and accepted.")

    @contextmanager
    def printed(self):
        """Yield the names of the reports that are printed; tests make no PDF of them."""
        names, reports = [], self.env.registry["ir.actions.report"]
        core = reports._render_qweb_pdf

        def render(report, name, *args, **kwargs):
            names.append(name)
            return core(report, name, *args, **kwargs)

        with patch.object(reports, "_render_qweb_pdf", render):
            yield names

    def test_the_front_desk(self):
        """A4: who works at the desk sees who may not come in, and nothing else of the addon."""
        case = self.classify(self.report(), "threat")
        today = case.protocol_id._today()
        decision = self.decide(case, heard_on=today)
        self.as_user("coordinator", decision)._send(today, "registered")
        new_test_user(self.env, "reception", "aggression_protocol.group_front_desk")
        self.start_tour("/odoo/agressie-balie", "aggression_front_desk", login="reception")

    def test_pressing_twice_decides_once(self):
        """A1: an impatient double click makes one decision."""
        incident = self.classify(self.report(), "threat")
        self.start_tour("/odoo", "aggression_impatient_mayor_decides", login="mayor")
        self.assertEqual(len(incident.decision_ids), 1)

    def test_the_deputy_decides_when_the_mayor_was_hit(self):
        """C3: the mayor sees the case without a way to decide; the deputy decides."""
        incident = self.classify(self.report("secretary", "mayor"), "threat", by="secretary")
        self.start_tour("/odoo", "aggression_mayor_hit_does_not_decide", login="mayor")
        self.assertFalse(incident.decision_ids)
        self.start_tour("/odoo", "aggression_deputy_decides", login="deputy")
        self.assertEqual(incident.decision_ids.decided_by_id, self.users["deputy"])

    def test_care(self):
        """Z2, Z6, Z9, Z10, Z11: the carer holds a talk and refers; the person hit chooses."""
        incident = self.report("secretary", "mayor")
        case, care = f"/odoo/agressie-zaken/{incident.id}", incident.affected_ids.aftercare_ids
        self.start_tour(case, "aggression_carer_cares", login="deputy")
        self.assertEqual(care.talk_ids.mapped("state"), ["held", "planned", "planned"])
        self.assertEqual(care.talk_ids[0].notes, "Sleeps at a friend's place.")
        self.assertEqual(care.talk_ids[0].goal_ids.mapped("talk_number"), [1])
        self.assertEqual(care.referral_ids.mapped("state"), ["refused"])
        self.start_tour(case, "aggression_person_hit_chooses", login="mayor")
        self.assertEqual(care.carer_id, self.users["uninvolved"])
        self.assertEqual((care.state, care.verdict), ("closed", "good"))
        self.assertTrue(care.talk_ids[0].kept_private)

    def test_a_meeting_by_keyboard(self):
        """H3, H4, H5, H7: a disturbed meeting, without a mouse."""
        meeting = self.walk_through_a_meeting("aggression_meeting_by_keyboard")
        self.assertEqual(meeting.demand_ids.mapped("number"), [1])
        self.assertTrue(meeting.livestream_off_at and meeting.police_called_at)


@tagged("post_install", "-at_install")
class TestToursByTouch(TourCase):
    """On a phone, with a thumb."""

    browser_size = "390x844"
    touch_enabled = True

    def test_a_meeting_by_touch(self):
        """H3, H4, H5, H6, H7: a disturbed meeting, until it is resumed."""
        meeting = self.walk_through_a_meeting("aggression_meeting_by_touch")
        self.assertEqual(meeting.demand_ids.mapped("number"), [1, 2, 3])
        self.assertTrue(meeting.trespass_at and meeting.police_called_at and meeting.resumed_at)
        said = (meeting.force_purpose, meeting.force_reason)
        self.assertEqual(said, ("protect", "The usher was hit."))
