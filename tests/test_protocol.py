from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import freeze_time

from .common import ProtocolCase


class TestProtocol(ProtocolCase):
    def test_the_functional_manager_edits_it(self):
        """U1, N4: principles, norm and scheme of behaviour are data, edited by one role."""
        behaviour = self.as_user("manager", self.behaviours("insult"))
        behaviour.write({"reaction": False, "offence_ids": [Command.clear()]})
        self.as_user("manager", self.protocol).norm = "<p>Emotion yes, aggression no.</p>"
        with self.assertRaises(AccessError):
            self.as_user("manager", self.protocol).write({"state": "draft"})
        for login in ("clerk", "employee", "administrator"):
            with self.subTest(login=login), self.assertRaises(AccessError):
                self.as_user(login, behaviour).write({"level": "0"})
        self.assertIn("Emotion yes", self.as_user("councillor", self.protocol).norm)

    def test_every_behaviour_has_a_level(self):
        """N4: a catalogue without levels judges nothing."""
        with self.assertRaisesRegex(ValidationError, "Give Shoving a level from 0 to 4"):
            self.env["aggression.behaviour"].create(
                {
                    "name": "Shoving",
                    "code": "shoving",
                    "kind": "violence",
                    "form": "physical",
                    "protocol_id": self.protocol.id,
                }
            )

    def test_the_catalogue_and_the_norm_agree(self):
        """N2, N4: what is harmful or directed by nature is over the norm; level 0 never is."""
        for behaviour in self.protocol.behaviour_ids:
            with self.subTest(behaviour=behaviour.code):
                if behaviour.level == "0":
                    self.assertFalse(behaviour.directed_by_nature or behaviour.harmful_by_nature)
                    self.assertFalse(behaviour.reaction)
                else:
                    self.assertTrue(behaviour.reportable and behaviour.reaction)

    def test_not_in_force_without_holders(self):
        """M2: a route nobody walks is found before it is needed."""
        draft = self.protocol.copy()
        self.role("council_clerk").substitute_id = False
        self.role("council_clerk").assignment_ids.unlink()
        with self.assertRaisesRegex(UserError, "Nobody holds the role Council clerk today"):
            draft.action_put_in_force()
        draft.behaviour_ids.unlink()
        with self.assertRaisesRegex(UserError, "Add the behaviours"):
            draft.action_put_in_force()

    @freeze_time("2026-03-06 22:10:00")
    def test_a_case_keeps_its_version(self):
        """M5: a new version changes nothing in what was reported before."""
        before = self.report()
        draft = self.env["aggression.protocol"].browse(
            self.as_user("manager", self.protocol).action_new_version()["res_id"]
        )
        first_talk = draft.duty_type_ids.filtered(lambda kind: kind.code == "talk_1")
        first_talk.write({"term_amount": 72})
        draft.action_put_in_force()
        self.assertEqual(self.protocol.state, "retired")
        after = self.report()
        self.assertEqual((before.protocol_id, after.protocol_id), (self.protocol, draft))
        self.assertEqual(str(self.duties(before, "talk_1").due_at), "2026-03-07 21:50:00")
        self.assertEqual(str(self.duties(after, "talk_1").due_at), "2026-03-09 21:50:00")
        self.classify(before, "threat")
        with self.assertRaisesRegex(ValidationError, "this case's own protocol"):
            self.classify(self.report(), "threat")  # behaviour of the old version

    def test_the_parts_of_a_new_version_point_at_each_other(self):
        draft = self.protocol.copy()
        for step in draft.ladder_step_ids:
            self.assertEqual(step.measure_type_ids.protocol_id, draft)
        informing = draft.route_ids.inform_ids
        self.assertEqual(informing.duty_type_id.protocol_id, draft)
        self.assertEqual(
            draft.duty_type_ids.behaviour_ids.mapped("code"),
            self.protocol.duty_type_ids.behaviour_ids.mapped("code"),
        )
        self.assertEqual(draft.duty_type_ids.behaviour_ids.protocol_id, draft)
        for protocol in (self.protocol, draft):
            protocol.invalidate_recordset()
        self.assertEqual(self.as_told(draft), self.as_told(self.protocol))

    def as_told(self, protocol):
        """Return what refers to what in a protocol, by codes."""
        informs = {
            (line.route_id.office_id.code, line.informed_id.code, line.duty_type_id.code)
            for line in protocol.route_ids.inform_ids
        }
        ladder = {
            (step.level, step.from_incident, *sorted(step.measure_type_ids.mapped("code")))
            for step in protocol.ladder_step_ids
        }
        kinds = {
            (kind.code, kind.duty_type_id.code, *sorted(kind.exception_ids.mapped("name")))
            for kind in protocol.measure_type_ids
        }
        return informs, ladder, kinds

    def test_clear_sentences(self):
        ban = self.measure_type("building_ban")
        with self.assertRaisesRegex(ValidationError, "longer than its longest period"):
            ban.default_months = 99
        with self.assertRaisesRegex(ValidationError, "Choose the role that must do"):
            self.protocol.duty_type_ids.filtered(lambda k: k.code == "assess").role_id = False
        with self.assertRaisesRegex(ValidationError, "cannot end before it begins"):
            self.role("mayor").assignment_ids.date_to = "2001-01-01"

    @freeze_time("2026-03-06 22:10:00")
    def test_another_municipality(self):
        """M5: the protocol, the roles and the cases of a neighbour are not to be seen."""
        neighbour = self.env["res.company"].create({"name": "Neighbour"})
        self.users["uninvolved"].write(
            {"company_id": neighbour.id, "company_ids": [Command.set(neighbour.ids)]}
        )
        self.assertFalse(self.model_as("uninvolved", "aggression.protocol").search_count([]))
        with self.assertRaisesRegex(UserError, "No protocol is in force for Neighbour"):
            self.report("uninvolved")
