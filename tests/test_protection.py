from datetime import date

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, freeze_time

from .visibility import VisibilityCase

MARCH_6 = "2026-03-06 22:10:00"


@freeze_time(MARCH_6)
class TestProtectionKept(VisibilityCase):
    """D7: protection is kept by one person at a time, and there is always one."""

    def setUp(self):
        super().setUp()
        self.incident = self.report()
        self.protection = self.protect()

    def protect(self, by="coordinator", **values):
        action = self.as_user(by, self.incident).action_protect()
        values = {
            "authority_id": self.protocol.authority_ids[:1].id,
            "text": "A camera at the door.",
            **values,
        }
        self.screen_of(action, by, **values).action_save()
        return self.env["aggression.protection"].search([])[:1]

    def step(self, name, by="coordinator", **values):
        action = getattr(self.as_user(by, self.protection), name)()
        self.screen_of(action, by, **values).action_save()
        self.env.invalidate_all()

    def readers(self):
        return {
            login
            for login, user in self.users.items()
            if self.env["aggression.protection"].with_user(user).has_access("read")
            and self.env["aggression.protection"].with_user(user).search([])
        }

    def leave(self, code="aggression_coordinator", on="2026-03-05"):
        self.role(code).assignment_ids.date_to = on
        self.env.invalidate_all()

    def test_passes_to_the_successor(self):
        """D7, C3: with the role; the old holder reads it no more, and nobody else does."""
        self.assertEqual(self.readers(), {"councillor", "coordinator"})
        self.appoint("uninvolved", "aggression_coordinator")
        self.assertEqual(self.readers(), {"councillor", "coordinator"}, "both hold the role")
        line = self.line("aggression_coordinator", "coordinator")
        line.date_to = "2026-03-05"
        self.env.invalidate_all()
        self.assertEqual(self.readers(), {"councillor", "uninvolved"})
        self.step("action_end", by="uninvolved", text="The man was caught.")
        self.assertEqual(self.protection.end_note, "The man was caught.")

    def test_passes_to_the_substitute(self):
        """D7, C3: where nobody holds the role any more."""
        self.leave()
        self.assertEqual(self.readers(), {"councillor", "secretary"})

    def test_passes_in_a_closed_case(self):
        """D7, C3: whatever became of the case; its timeline does not tell that it passed."""
        self.classify(
            self.incident, "banging_table", directed="no", closing_reason="He apologised."
        )
        self.as_user("councillor", self.incident.affected_ids.aftercare_ids).action_decline()
        self.assertEqual(self.incident.state, "closed")
        self.leave()
        self.assertEqual(self.readers(), {"councillor", "secretary"})
        told = self.incident.entry_ids.filtered(lambda entry: entry.kind == "handed_over")
        self.assertNotIn("secretary", " ".join(told.mapped("text")))

    def test_found_again_when_somebody_is_appointed(self):
        """D7, C3: nobody could keep it for a while; the daily run gives it to who comes."""
        self.leave("municipal_secretary")
        self.leave("council_clerk")
        self.leave()
        self.assertEqual(self.readers(), {"councillor"})
        self.appoint("uninvolved", "aggression_coordinator")
        self.sweep("hand_over")
        self.assertEqual(self.readers(), {"councillor", "uninvolved"})

    def test_kept_out_of_the_case(self):
        """D7, C5: who is kept out keeps nothing; it goes to who answers for the role."""
        self.keep_out(self.incident, "coordinator", by="clerk")
        self.assertEqual(self.readers(), {"councillor", "secretary"})

    def test_the_person_never_keeps_their_own(self):
        """D7: where the successor is who is protected, the next one keeps it."""
        self.appoint("uninvolved", "deputy_secretary")
        self.incident = self.report(hit="secretary", office="civil_servant")
        self.protection = self.protect()
        self.leave()
        self.step("action_end", by="uninvolved", text="The man was caught.")
        keeping = self.protection.affected_id.access_ids.filtered(
            lambda row: row.role == "protector"
        )
        self.assertEqual(keeping.user_id.login, "uninvolved")

    def test_a_later_decision(self):
        """D7: takes the place of the first, which stays to be read."""
        first = self.protection
        later = {"authority_id": self.protocol.authority_ids[1].id, "text": "A car as well."}
        self.step("action_renew", **later)
        self.assertEqual(first.ended_on, date(2026, 3, 6))
        second = self.env["aggression.protection"].search([("ended_on", "=", False)])
        self.assertEqual((second.text, second.affected_id), ("A car as well.", first.affected_id))
        self.assertEqual(self.readers(), {"councillor", "coordinator"})
        with self.assertRaisesRegex(UserError, "in the meantime"):
            self.as_user("coordinator", first).action_end()

    def test_who_changes_it(self):
        """D7: who keeps it alone; the person who is protected reads it and leaves it."""
        for login in ("councillor", "clerk", "mayor", "secretary", "administrator"):
            for name in ("action_renew", "action_review", "action_end"):
                with self.subTest(login, step=name), self.assertRaises(AccessError):
                    getattr(self.as_user(login, self.protection), name)()
        with self.assertRaisesRegex(UserError, "why it ended"):
            self.step("action_end", text=" ")

    def test_looked_at_again(self):
        """D7: on its day a notice without content goes to who keeps it, once, and to nobody else;
        nothing in the case tells of it."""
        self.step("action_review", review_on="2026-04-06")
        duties, due = self.incident.duty_ids, self.incident.next_due_at
        notices = self.env["aggression.notice"].search([])
        self.sweep("review_protection")
        self.assertEqual(self.env["aggression.notice"].search([]), notices, "not before the day")
        with freeze_time("2026-04-07 09:00:00"):
            for _run in range(2):
                self.sweep("review_protection")
            notice = self.env["aggression.notice"].search([]) - notices
            self.assertEqual((len(notice), notice.user_id.login), (1, "coordinator"))
            self.assertFalse(notice.duty_id)
            with self.assertRaisesRegex(UserError, "a later day"):
                self.step("action_review", review_on="2026-04-07")
            self.step("action_review", review_on="2026-05-06")
        self.assertEqual(self.protection.reviewed_on, date(2026, 4, 7))
        self.assertEqual((self.incident.duty_ids, self.incident.next_due_at), (duties, due))

    def test_who_records_a_second_one(self):
        """D7: another handler reads what they recorded themself, and nothing that was before it;
        each passes on by itself."""
        later = self.protect(by="clerk", text="A patrol.")
        self.assertNotEqual(later, self.protection)
        seen = self.model_as("clerk", "aggression.protection").search([])
        self.assertEqual(seen, later)
        for name in ("action_renew", "action_review", "action_end"):
            with self.subTest(name), self.assertRaises(AccessError):
                getattr(self.as_user("clerk", self.protection), name)()
        self.leave()
        self.assertEqual(
            self.model_as("secretary", "aggression.protection").search([]), self.protection
        )
        self.assertEqual(self.model_as("clerk", "aggression.protection").search([]), later)

    def test_authorities_are_data(self):
        """D7, D8: what they are called is the protocol's; a case takes those of its own version."""
        with Form(
            self.model_as("coordinator", "aggression.protection.wizard").with_context(
                default_incident_id=self.incident.id
            )
        ) as screen:
            self.assertEqual(screen.authority_choice_ids[:], self.protocol.authority_ids)
            screen.authority_id = self.protocol.authority_ids[:1]
            screen.text = "A patrol."
        self.as_user("manager", self.protocol.authority_ids[1]).name = "National centre"
        draft = self.env["aggression.protocol"].browse(
            self.as_user("manager", self.protocol).action_new_version()["res_id"]
        )
        self.assertEqual(
            draft.authority_ids.mapped("name"), self.protocol.authority_ids.mapped("name")
        )
        with self.assertRaisesRegex(UserError, "Choose who decided"):
            self.protect(authority_id=draft.authority_ids[:1].id)


@freeze_time(MARCH_6)
class TestMayorThreatened(VisibilityCase):
    """D8, D9: the mayor is who is threatened."""

    def setUp(self):
        super().setUp()
        self.incident = self.classify(self.report("secretary", "mayor"), "threat", by="secretary")

    def done(self, code, **values):
        duty = self.duties(self.incident, code)
        self.as_user("deputy", duty)._complete(values.get("note"), False, values.get("waived"))
        return duty

    def test_the_commissioner_is_told(self):
        """D9: by the deputy mayor, who stands in; by whom and when is on record."""
        duty = self.done("kings_commissioner", note="Called the cabinet.")
        self.assertEqual((duty.state, duty.done_by_id.login), ("done", "deputy"))
        self.assertEqual(str(duty.done_at), MARCH_6)

    def test_nctv_can_be_consulted(self):
        """D8: asked, never in the way; the chief prosecutor decides on protection."""
        duty = self.duties(self.incident, "nctv")
        self.assertTrue(duty.type_id.optional)
        self.assertNotIn(duty.type_id.name, self.incident._not_closable() or "")
        self.assertEqual(self.done("nctv", note="Consulted.").done_by_id.login, "deputy")
        prosecutor = self.env.ref("aggression_protocol.authority_prosecutor")
        self.assertEqual(self.protocol.authority_ids[:1], prosecutor)

    def test_not_for_somebody_else(self):
        """D8, D9: these are duties of a case in which the mayor was hit."""
        other = self.classify(self.report(), "threat")
        self.assertFalse(self.duties(other, "nctv", "kings_commissioner"))
