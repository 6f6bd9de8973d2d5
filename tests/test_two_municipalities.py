from datetime import datetime

from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time
from odoo.tools import convert_file

from .meeting import MeetingCase

OTHER = "aggression_protocol.national"


@freeze_time("2026-03-06 22:10:00")
class TestTwoMunicipalities(MeetingCase):
    """U2, M5: a second municipality with another protocol, made of data alone, in one database."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        convert_file(cls.env, "aggression_protocol", "demo/national_baseline.xml", {}, mode="init")
        cls.other = cls.env.ref(f"{OTHER}_protocol_midden_delfland_2025")
        for user in cls.env["res.users"].search([("company_id", "=", cls.other.company_id.id)]):
            cls.users[user.login] = user

    def report_there(self):
        return self.report("dz.raadslid", "dz.raadslid")

    def test_each_its_own_terms(self):
        """Z6, Z7, Z8, M5: reported at the same minute, due by two protocols."""
        here, there = self.report(), self.report_there()
        self.assertEqual(there.protocol_id, self.other)
        for incident, due in (
            (here, [(2026, 3, 7, 21, 50), (2026, 3, 9, 21, 50), (2026, 4, 17, 20, 50)]),
            (there, [(2026, 3, 9, 21, 50), (2026, 3, 20, 21, 50), (2026, 5, 1, 20, 50)]),
        ):
            talks = self.duties(incident, "talk_1", "talk_2", "talk_3")
            self.assertEqual(talks.mapped("due_at"), [datetime(*moment) for moment in due])

    def test_each_its_own_route(self):
        """M2, M5, Z2: who receives and who cares is data of each."""
        there = self.report_there()
        roles = self.who(there)
        self.assertEqual(roles["dz.secretaris"], {"handler"})
        self.assertEqual(roles["dz.coordinator"], {"handler", "carer"})
        self.assertEqual(set(roles) & set(self.who(self.report())), set())

    def test_nothing_refers_to_the_other(self):
        """M5: every role, office and part that the copy names is its own."""
        for record in [self.other, *self.other._parts()]:
            for name, field in record._fields.items():
                if field.store and field.relational and field.comodel_name.startswith("aggr"):
                    for named in record[name]:
                        owner = named.protocol_id if "protocol_id" in named._fields else named
                        if "company_id" in owner._fields:
                            self.assertEqual(
                                owner.company_id, self.other.company_id, f"{record}.{name}"
                            )

    def test_they_see_nothing_of_each_other(self):
        """M5, C5: no case, no figure, no protocol of the other; with all rights in one's own."""
        here, there = self.report(), self.report_there()
        for login, hidden in (("dz.coordinator", here), ("coordinator", there)):
            self.assertFalse(self.as_user(login, hidden).search([("id", "=", hidden.id)]))
            with self.assertRaises(AccessError):
                self.as_user(login, hidden.protocol_id).read(["name"])
            for name in ("duty.type", "role", "office", "route", "behaviour", "contact.line"):
                seen = self.model_as(login, f"aggression.{name}").search([])
                owners = seen.mapped("protocol_id" if "protocol_id" in seen._fields else "id")
                companies = {
                    (record.protocol_id if "protocol_id" in record._fields else record).company_id
                    for record in seen
                }
                self.assertEqual(len(companies), 1, f"{login} {name} {owners}")

    def test_the_first_changes_nothing_of_the_second(self):
        """M5: data of one municipality, changed, does not move the other."""
        self.env.ref("aggression_protocol.duty_talk_1").term_amount = 12
        self.assertEqual(self.env.ref(f"{OTHER}_duty_talk_1").term_amount, 72)
        self.env.ref("aggression_protocol.role_mayor").name = "Burgomaster"
        self.assertEqual(self.env.ref(f"{OTHER}_role_mayor").name, "Mayor")

    def test_who_organises_here_organises_nothing_there(self):
        """V4, M5: prevention is planned by who organises it in that municipality."""
        user = self.users["dz.coordinator"]
        roles = self.env["aggression.role.assignment"].search([("user_id", "=", user.id)]).role_id
        self.other.prevention_role_ids = roles
        user.company_ids += self.protocol.company_id
        kind = self.protocol.prevention_kind_ids[:1]
        activities = self.env["aggression.prevention.activity"].with_company(
            kind.protocol_id.company_id
        )
        there = activities._unlocked().create({"kind_id": kind.id})
        both = [user.company_id.id, self.protocol.company_id.id]
        mine = self.model_as("dz.coordinator", there._name)
        mine = mine.with_context(allowed_company_ids=both).browse(there.id)
        self.assertFalse(mine.can_organise)
        with self.assertRaises(AccessError):
            mine.place = "Elsewhere"
        self.assertTrue(mine._may_organise(user.company_id))

    def test_each_suspends_its_own_meeting(self):
        """H3, M5: in the middle of a meeting, by the routes of that municipality."""
        for login, protocol in (("clerk", self.protocol), ("dz.griffier", self.other)):
            case = self.suspend(login).incident_id
            self.assertEqual(case.protocol_id, protocol)
            self.assertEqual(case.affected_ids.office_id.company_id, protocol.company_id)

    def test_nobody_of_the_other_is_let_in(self):
        """M5, C5: no colleague, no helper and no reader comes from another municipality."""
        here, there = self.report(), self.users["dz.coordinator"]
        shared = {"incident_id": here.id, "user_id": there.id, "reason": "Knows the street."}
        screen = self.model_as("clerk", "aggression.sharing.wizard").create(shared)
        with self.assertRaisesRegex(UserError, "not in the case team"):
            screen.action_share()
        with self.assertRaisesRegex(UserError, "a colleague with an account"):
            self.env["aggression.briefing.reader"]._check_colleague(here, there)
        asked = {"talk_at": datetime(2026, 3, 20, 9), "minutes": 30, "place": "Room 1"}
        talks = self.model_as("councillor", "aggression.risk.talk")
        with self.assertRaisesRegex(UserError, "of your own municipality"):
            talks._ask({**asked, "help_kind": "present", "second_id": there.id})
        self.assertNotIn("dz.coordinator", self.who(here))
