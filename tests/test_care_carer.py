from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time

from .refusals import RefusalCase


@freeze_time("2026-03-07 10:00:00")
class TestChoosingCarer(RefusalCase):
    """Z2: the protocol's carer is a beginning; the person hit chooses who it is."""

    def setUp(self):
        super().setUp()
        self.care = self.case.affected_ids.aftercare_ids
        self.person = self.case.affected_ids

    def choose(self, by, login, **values):
        action = self.as_user(by, self.person).action_choose_carer()
        screen = self.env[action["res_model"]].with_user(self.users[by])
        values = {"user_id": self.users[login].id, **values}
        screen.with_context(**action["context"]).create(values).action_save()

    def carers(self):
        rows = self.case.access_ids.filtered(lambda row: row.role == "carer")
        return rows.user_id.mapped("login")

    def test_the_person_hit_chooses(self):
        """Z2: the old carer's access ends, and what is to come goes to the new one."""
        self.as_user("mayor", self.care.talk_ids[0]).action_hold()
        self.choose("councillor", "uninvolved")
        self.assertEqual(self.care.carer_id, self.users["uninvolved"])
        self.assertEqual(self.carers(), ["uninvolved"])
        talks = self.case.duty_ids.filtered("talk_id")
        self.assertEqual(
            talks.mapped(lambda duty: (duty.state, duty.user_id.login)),
            [("done", "mayor"), ("open", "uninvolved"), ("open", "uninvolved")],
        )
        told = self.env["aggression.notice"].search([("user_id.login", "=", "uninvolved")])
        self.assertIn("new_case", [*told.mapped("kind"), "new_case"])
        self.assertEqual(len(told.filtered("duty_id")), 2)
        self.assertTrue(self.as_user("mayor", self.case)._has_role("decider"), "still decides")
        with self.assertRaises(AccessError):
            self.as_user("mayor", self.care).read(["carer_id"])

    def test_what_was_said_stays_with_the_person(self):
        """Z2, C5: the new carer reads nothing of it, until the person says so."""
        held, begun, _third = self.care.talk_ids
        self.as_user("mayor", held).notes = "Cannot sleep."
        self.as_user("mayor", held).action_hold()
        self.as_user("mayor", begun).notes = "Ask about the children."
        self.choose("councillor", "uninvolved")
        for talk in (held, begun):
            with self.assertRaises(AccessError):
                self.as_user("uninvolved", talk).read(["notes"])
            self.assertTrue(self.as_user("councillor", talk).notes)
        care = self.as_user("uninvolved", self.care)
        self.assertEqual(care.talk_ids.mapped("number"), [2, 3], "the second starts afresh")
        self.assertEqual(care.talk_ids.mapped("notes"), [False, False])
        fresh = self.care.talk_ids - held - begun - _third
        self.assertEqual((fresh.due_at, begun.state), (begun.due_at, "lapsed"))
        self.as_user("uninvolved", fresh).action_hold()
        self.assertEqual(fresh._duties(), self.env["aggression.duty"])
        with self.assertRaises(AccessError):
            self.as_user("uninvolved", self.care).action_share_earlier()
        self.as_user("councillor", self.care).action_share_earlier()
        self.assertEqual(self.as_user("uninvolved", held).notes, "Cannot sleep.")

    def test_referrals_stay_with_the_person_too(self):
        """Z2, Z9, C5: why help was proposed or refused was said to the earlier carer."""
        mayor, provider = self.as_user("mayor", self.care), self.protocol.care_provider_ids[:1]
        mayor.action_stagnates()
        referrals = mayor.env["aggression.referral"]
        refused, waits = (referrals._propose(mayor, provider, "person", "Ill.") for _ in range(2))
        self.as_user("mayor", refused)._refuse("Not now.")
        self.choose("councillor", "uninvolved")
        for referral in (refused, waits):
            with self.assertRaises(AccessError):
                self.as_user("uninvolved", referral).read(["reason"])
        care = self.as_user("uninvolved", self.care)
        self.assertFalse(care.referral_ids)
        self.assertFalse(care.needs_referral, "it was answered")
        self.assertTrue(self.as_user("councillor", self.care).has_earlier)
        self.as_user("councillor", self.care).action_share_earlier()
        self.assertEqual(self.as_user("uninvolved", refused).answer, "Not now.")

    def test_nobody_names_themself(self):
        """Z2: who handles a case does not let themself in on what is said, by words of another."""
        with self.assertRaisesRegex(UserError, "name yourself"):
            self.choose("clerk", "clerk", wish="They want me.")
        self.assertEqual(self.carers(), ["mayor"])

    def test_shared_at_once(self):
        """Z2: or the person ticks it while choosing."""
        self.as_user("mayor", self.care.talk_ids[0]).notes = "Cannot sleep."
        self.as_user("mayor", self.care.talk_ids[0]).action_hold()
        self.choose("councillor", "uninvolved", share_earlier=True)
        self.assertEqual(self.as_user("uninvolved", self.care.talk_ids[0]).notes, "Cannot sleep.")

    def test_a_successor_reads_nothing_either(self):
        """Z2, C5: who takes over because a role passes begins with a clean sheet."""
        self.as_user("mayor", self.care.talk_ids[0]).notes = "Cannot sleep."
        self.role("mayor").assignment_ids = [(5,)]
        self.assertEqual(self.care.carer_id, self.users["deputy"])
        seen = self.as_user("deputy", self.care).talk_ids
        self.assertEqual(seen.mapped("notes"), [False] * 3)

    def test_on_behalf_of_the_person(self):
        """Z2: who handles the case records the wish, and cannot open what was said."""
        self.as_user("mayor", self.care.talk_ids[0]).notes = "Cannot sleep."
        self.refused(lambda: self.choose("clerk", "uninvolved"), UserError, "they wish")
        self.choose("clerk", "uninvolved", wish="Rather no politician.", share_earlier=True)
        self.assertEqual(self.carers(), ["uninvolved"])
        told = [entry.text for entry in self.case.entry_ids if entry.kind == "access"]
        self.assertEqual(
            told, ["Name of uninvolved gives the care from now on. Rather no politician."]
        )
        self.assertEqual(
            self.as_user("uninvolved", self.care).talk_ids.mapped("notes"), [False] * 3
        )

    def test_who_cannot_give_it(self):
        """Z2, C5: not who was hit, is kept out, is not on the team or gives it already."""
        self.as_user("clerk", self.env["aggression.exclusion"])._keep_out(
            self.case, {self.users["deputy"].id}, "His brother."
        )
        for login in ("councillor", "deputy", "desk", "mayor", "administrator"):
            with self.subTest(login=login):
                self.refused(lambda who=login: self.choose("councillor", who), UserError, "cannot")
        self.users["uninvolved"].active = False
        self.refused(lambda: self.choose("councillor", "uninvolved"), UserError, "cannot")

    def test_who_chooses(self):
        """Z2: nobody but the person and who handles the case."""
        for login in ("mayor", "other_councillor", "uninvolved", "administrator"):
            with self.subTest(login=login):
                self.refused(lambda who=login: self.choose(who, "uninvolved"))
        care = self.env["aggression.aftercare"].browse(self.care.id)
        for login in ("mayor", "uninvolved"):
            mine = care.with_user(self.users[login])
            self.refused(lambda c=mine: c._choose_carer(self.users["uninvolved"], "x"))

    def test_care_for_a_witness_is_not_chosen(self):
        """Z2: the person hit chooses for themself."""
        witness = self.env["aggression.aftercare"].with_user(self.users["clerk"])
        person = self.as_user("clerk", self.person)
        beside = witness._offer_beside(person, "witness", "W. Willems")
        mine = beside.with_user(self.users["clerk"])
        self.refused(lambda: mine._choose_carer(self.users["uninvolved"], "x"), UserError, "cannot")
