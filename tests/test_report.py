from datetime import datetime

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import Form, freeze_time

from .common import ProtocolCase

FRIDAY_NIGHT = "2026-03-06 22:10:00"


@freeze_time(FRIDAY_NIGHT)
class TestReport(ProtocolCase):
    def test_a_clerk_reports_on_behalf(self):
        """M1, M2: after a talk the clerk fills in one form, the right people are on the case."""
        form = Form(self.model_as("clerk", "aggression.report.wizard"))
        with form.person_ids.new() as person:
            person.user_id = self.users["councillor"]
            self.assertEqual(person.office_id, self.office("councillor"), "known from the role")
        form.occurred_at = datetime(2026, 3, 6, 21, 50)
        form.channel = "social_media"
        form.place = "online"
        form.story = "Somebody wrote that they know where the councillor lives."
        form.save().action_submit()
        incident = self.env["aggression.incident"].search([], order="id desc", limit=1)
        self.assertEqual(
            self.who(incident),
            {
                "councillor": {"person_hit"},
                "clerk": {"reporter", "handler"},
                "coordinator": {"handler"},
                "mayor": {"decider", "carer"},
            },
        )
        self.assertEqual(incident.protocol_id, self.protocol)
        self.assertRegex(incident.display_name, r"^M-[2-9A-Z]{8}$")
        self.assertEqual(incident.entry_ids.kind, "reported")

    def test_the_person_hit_reports(self):
        """M2, U1: a councillor without backoffice account reports and follows the own case."""
        incident = self.report("councillor", "councillor")
        seen = self.as_user("councillor", incident)
        self.assertEqual(seen.story, "What happened, in the words of who was there.")
        self.assertEqual(seen.protocol_id.norm, self.protocol.norm)
        self.assertTrue(self.duties(incident, "inform_mayor"))

    def test_the_councillor_may_choose_the_mayor(self):
        """M2: who reports to the mayor does not make the clerk tell the mayor."""
        incident = self.report("councillor", "councillor", receiver_role_id=self.role("mayor").id)
        self.assertFalse(self.duties(incident, "inform_mayor"))
        self.assertNotIn("clerk", self.who(incident))

    def test_an_alderman(self):
        """M3: to the mayor, who tells the municipal secretary."""
        incident = self.report("alderman", "alderman")
        duty = self.duties(incident, "inform_secretary")
        self.assertEqual(duty.user_id, self.users["mayor"])

    def test_the_mayor(self):
        """M4, C3: to the secretary, who tells the clerk and involves the public-order officer."""
        incident = self.report("secretary", "mayor")
        who = self.who(incident)
        self.assertEqual(who["mayor"], {"person_hit"}, "and in no other part")
        self.assertEqual(who["deputy"], {"decider", "carer"})
        self.assertIn("handler", who["secretary"])
        told = self.duties(incident, "inform_clerk", "involve_public_order_officer")
        self.assertEqual(len(told), 2)
        self.assertEqual(told.user_id, self.users["secretary"])

    def test_a_civil_servant(self):
        """U2: incidents against civil servants come into the same register."""
        incident = self.report("desk", "employee", office="civil_servant")
        self.assertIn("coordinator", self.who(incident))
        self.assertEqual(incident.affected_ids.office_id.world, "civil")

    def test_nobody_else(self):
        """M5, C5: for everybody else the case does not exist."""
        incident = self.report()
        for login in ("other_councillor", "uninvolved", "employee", "administrator", "manager"):
            with self.subTest(login=login):
                incidents = self.model_as(login, "aggression.incident")
                self.assertFalse(incidents.search([]))
                self.assertFalse(incidents.search_count([("reference", "!=", False)]))
                with self.assertRaises(AccessError):
                    self.as_user(login, incident).read(["state"])

    def test_who_reported_follows_the_report(self):
        """M5: an employee who reports sees the report, and nothing of how it is handled."""
        incident = self.report("desk", "councillor", impact="Very sad.")
        seen = self.as_user("desk", incident)
        self.assertTrue(seen.story)
        self.assertFalse(seen.affected_ids, "the harm to others is not theirs to read")
        with self.assertRaises(AccessError):
            seen.duty_ids.mapped("state")

    def test_several_people_hit(self):
        """Z1: each of them is offered care of their own."""
        values = self._report_values("councillor", None, {})
        second = Command.create({"user_id": self.users["alderman"].id})
        values["person_ids"].append(second)
        wizard = self.model_as("clerk", "aggression.report.wizard").create(values)
        wizard.action_submit()
        incident = self.env["aggression.incident"].search([], order="id desc", limit=1)
        self.assertEqual(len(incident.affected_ids.aftercare_ids), 2)
        self.assertEqual(len(self.duties(incident, "talk_1", "talk_2", "talk_3")), 6)

    def test_what_was_typed_is_deleted_from_the_screen(self):
        self.report(file_ids=[Command.create({"filename": "x.png", "content": b"QQ=="})])
        self.env.flush_all()
        for table in ("report_wizard", "report_person", "report_file"):
            self.env.cr.execute(f"SELECT count(*) FROM aggression_{table}")
            self.assertEqual(self.env.cr.fetchone(), (0,))

    def test_files_keep_their_fingerprint(self):
        """M1, M8: a screenshot is evidence from the moment it came in."""
        incident = self.report(
            file_ids=[Command.create({"filename": "post.png", "content": b"QQ=="})]
        )
        self.assertEqual(incident.evidence_ids.size, 1)
        self.assertEqual(
            incident.evidence_ids.sha256,
            "559aead08264d5795d3909718cdd05abd49572e84fe55590eef31a88a08fdffd",
        )


@freeze_time(FRIDAY_NIGHT)
class TestInvalidReport(ProtocolCase):
    def assertRefused(self, words, **values):
        before = self.env["aggression.incident"].search_count([])
        with self.assertRaises(UserError) as caught:
            self.report(**values)
        self.assertIn(words, str(caught.exception))
        self.assertEqual(self.env["aggression.incident"].search_count([]), before)

    def test_in_the_future(self):
        self.assertRefused("cannot lie in the future", occurred_at="2026-03-06 23:00:00")
        self.assertRefused("more than 50 years ago", occurred_at=datetime(26, 3, 6, 21, 50))

    def test_reported_before_it_happened(self):
        self.assertRefused("cannot have happened after", reported_at="2026-03-05 10:00:00")

    def test_nobody_hit(self):
        self.assertRefused("Say who was hit", person_ids=[Command.clear()])

    def test_a_person_is_no_meeting(self):
        """D1, H8: whoever has a name decides alone on a declaration, whatever office is chosen."""
        for hit in ("councillor", "A. Visitor"):
            self.assertRefused("A meeting is nobody", hit=hit, office="council_meeting")
        self.assertTrue(self.report(hit="", office="council_meeting"))

    def test_an_account_that_is_closed(self):
        self.users["councillor"].active = False
        self.assertRefused("This account is closed")
        self.users["councillor"].active = True
        self.assertTrue(self.report())
        self.users["councillor"].active = False
        self.assertRefused("This account is closed")

    def test_a_causer_without_any_description(self):
        self.assertRefused("Say who did it", causer_kind="person")

    def test_a_role_without_holder(self):
        self.role("council_clerk").assignment_ids.unlink()
        self.assertRefused("Nobody holds the role Council clerk today", by="councillor")

    def test_no_protocol_in_force(self):
        self.protocol._move("retired")
        self.assertRefused("No protocol is in force", by="councillor")

    def test_a_substitute_takes_the_report(self):
        """M2: a vacant role is answered by its substitute."""
        self.role("council_clerk").assignment_ids.date_to = "2026-03-05"
        self.env["aggression.role.assignment"].create(
            {"role_id": self.role("deputy_clerk").id, "user_id": self.users["uninvolved"].id}
        )
        incident = self.report("councillor")
        self.assertIn("handler", self.who(incident)["uninvolved"])
        self.assertNotIn("clerk", self.who(incident))
