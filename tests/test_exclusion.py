from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import freeze_time

from .visibility import VisibilityCase

FRIDAY_NIGHT = "2026-03-06 22:10:00"


@freeze_time(FRIDAY_NIGHT)
class TestExclusion(VisibilityCase):
    def report_without(self, *logins, **values):
        """Report with these people kept out from the start."""
        kept_out = [Command.set([self.users[login].id for login in logins])]
        return self.report(excluded_ids=kept_out, **values)

    def test_from_the_start(self):
        """M5, C5: whom the reporter names never gets a row; the deputy decides and cares."""
        incident = self.report_without("mayor", exclusion_reason="His son did it.")
        self.assertEqual(self.who(incident)["deputy"], {"decider", "carer"})
        self.assertUnknown("mayor", incident)
        exclusion = incident.exclusion_ids
        self.assertEqual((exclusion.reason, exclusion.by_id.login), ("His son did it.", "clerk"))
        self.assertEqual(incident.affected_ids.aftercare_ids.carer_id, self.users["deputy"])

    def test_the_deputy_decides(self):
        """A1, C3: the mayor kept out cannot decide by button, form or remote call."""
        incident = self.classify(self.report_without("mayor"), "threat")
        for by in ("mayor", "clerk"):
            with self.subTest(by=by), self.assertRaises(AccessError):
                self.decide(incident, by=by)
        self.assertTrue(self.as_user("deputy", incident).can_decide)
        decision = self.decide(incident, by="deputy")
        self.assertEqual(decision.decided_by_id.login, "deputy")
        self.assertEqual(decision.decided_as_id, self.role("deputy_mayor"), "as the letter says")
        self.assertUnknown("mayor", incident)

    def test_the_usual_receiver(self):
        """M2: the report passes over the clerk to the substitute, or is refused."""
        with self.assertRaisesRegex(UserError, "Nobody holds the role Council clerk"):
            self.report_without("clerk", by="councillor")
        self.appoint("uninvolved", "deputy_clerk")
        incident = self.report_without("clerk", by="councillor")
        self.assertIn("handler", self.who(incident)["uninvolved"])
        self.assertUnknown("clerk", incident)
        self.assertFalse(
            self.duties(incident, "inform_mayor").filtered_domain(
                [("user_id", "=", self.users["clerk"].id)]
            )
        )

    def test_kept_out_later(self):
        """C5: access ends in all parts, open work and care go to who substitutes."""
        incident = self.classify(self.report(), "threat")
        self.assertEqual(self.duties(incident, "decide").user_id.login, "mayor")
        self.keep_out(incident, "mayor")
        self.assertUnknown("mayor", incident)
        self.assertEqual(self.who(incident)["deputy"], {"decider", "carer"})
        self.assertEqual(incident.affected_ids.aftercare_ids.carer_id.login, "deputy")
        moved = self.duties(incident, "decide", "talk_1", "talk_2", "talk_3")
        self.assertEqual(moved.user_id.login, "deputy")
        self.decide(incident, by="deputy")
        talk = self.as_user("deputy", incident.affected_ids.aftercare_ids.talk_ids[0])
        talk.action_hold()
        kinds = incident.entry_ids.mapped("kind")
        self.assertIn("excluded", kinds)
        self.assertIn("handed_over", kinds)

    def test_whatever_role_comes_later(self):
        """M5: who is kept out and becomes coordinator still sees nothing; others do."""
        incident = self.report_without("uninvolved")
        other = self.report()
        self.appoint("uninvolved", "aggression_coordinator")
        self.assertUnknown("uninvolved", incident)
        self.assertSeen("uninvolved", other)
        self.line("aggression_coordinator", "coordinator").date_to = "2026-03-05"
        self.assertUnknown("uninvolved", incident)
        self.assertEqual(self.duties(incident, "assess").user_id.login, "secretary")
        self.assertEqual(self.duties(other, "assess").user_id.login, "uninvolved")
        self.assertNoRowOfAnybodyKeptOut()

    def test_nobody_adds_them(self):
        """C5: not by sharing, not in code, not by changing a row there is."""
        incident = self.report_without("uninvolved")
        screen = self.model_as("clerk", "aggression.sharing.wizard").create(
            {"incident_id": incident.id, "user_id": self.users["uninvolved"].id, "reason": "x"}
        )
        with self.assertRaisesRegex(UserError, "kept out of this case"):
            screen.action_share()
        row = incident._access_row(self.users["uninvolved"].id, "handler", "granted")
        self.assertFalse(self.env["aggression.access"]._grant([row]))
        with self.assertRaises(ValidationError):
            self.env["aggression.access"]._unlocked().create(row)
        with self.assertRaises(ValidationError):
            incident.access_ids[0]._unlocked().user_id = self.users["uninvolved"]

    def test_escalation_passes_them_over(self):
        """C5: an overdue duty is told to the next one who may know."""
        incident = self.report_without("secretary")
        self.appoint("uninvolved", "deputy_secretary")
        with freeze_time("2026-03-08 12:00:00"):
            self.sweep()
        self.assertEqual(self.duties(incident, "assess").escalated_to_id.login, "uninvolved")
        self.assertUnknown("secretary", incident)

    def test_what_is_counted_of_earlier_incidents(self):
        """A12, C5: a case that the mayor may not know of is no number either, nor a suggestion."""
        causer = {"causer_kind": "person", "causer_name": "J. Jansen"}
        hidden = self.classify(self.report_without("mayor", **causer), "threat")
        self.decide(hidden, by="deputy")
        case = self.report(**causer)
        screen = self.model_as("coordinator", "aggression.classification.wizard").create(
            {"incident_id": case.id}
        )
        self.assertTrue(screen.match_ids, "others are told that the causer may be known")
        self.assertFalse(case.causer_ids.with_user(self.users["mayor"])._suggestions(case))
        screen.match_ids.write({"confirmed": True, "reason": "The same address."})
        screen.write(
            {
                "behaviour_ids": [Command.set(self.behaviours("threat").ids)],
                "directed": "yes",
                "aim": "harm",
            }
        )
        screen.action_classify()
        self.assertEqual(self.as_user("coordinator", case)._repeat().earlier, 1)
        repeat = self.as_user("mayor", case)._repeat()
        self.assertEqual((repeat.earlier, repeat.running), (0, []))
        self.assertUnknown("mayor", hidden)

    def test_who_reads_that_somebody_is_kept_out(self):
        """C5: the handlers read who and why; the decider only that it happened; others nothing."""
        incident = self.report_without("uninvolved", by="desk", exclusion_reason="Her brother.")
        for login in ("mayor", "desk", "councillor", "administrator", "uninvolved"):
            with self.subTest(login=login):
                self.assertFalse(self.records_of(login, "aggression.exclusion", incident))
        for login in ("clerk", "coordinator"):
            seen = self.records_of(login, "aggression.exclusion", incident)
            self.assertEqual(seen.reason, "Her brother.")
        self.assertEqual(self.as_user("clerk", incident).kept_out, "Name of uninvolved")
        for login in ("mayor", "desk", "councillor"):
            self.assertFalse(self.as_user(login, incident).kept_out)
            with self.assertRaises(AccessError):
                self.as_user(login, incident).search([("exclusion_ids", "!=", False)])
        entries = self.as_user("mayor", incident).entry_ids
        self.assertFalse([entry for entry in entries if "brother" in (entry.text or "")])

    def test_nobody_is_kept_out_of_their_own_case(self):
        """Z1: the person hit keeps their own case, and nobody hides a report from themself."""
        with self.assertRaisesRegex(UserError, "it is their own"):
            self.report_without("councillor")
        with self.assertRaisesRegex(UserError, "your own report"):
            self.report_without("desk", by="desk")
        with self.assertRaisesRegex(UserError, "it is their own"):
            self.keep_out(self.report(), "councillor")

    def test_only_a_handler_keeps_out(self):
        """M5: not the decider, not the reporter, not by remote call; with a reason, and once."""
        incident = self.report(by="desk")
        for login in ("mayor", "desk", "councillor", "uninvolved"):
            with self.subTest(login=login), self.assertRaises(AccessError):
                self.as_user(login, incident)._exclude(self.users["secretary"], "Because.")
        with self.assertRaises(AccessError):
            self.model_as("clerk", "aggression.exclusion").create(
                {"incident_id": incident.id, "user_id": self.users["mayor"].id, "reason": "x"}
            )
        with self.assertRaisesRegex(UserError, "Write down why"):
            self.keep_out(incident, "mayor", reason=" ")
        self.keep_out(incident, "mayor")
        with self.assertRaisesRegex(UserError, "already"):
            self.keep_out(incident, "mayor")

    def test_let_in_again(self):
        """A mistake is put right by a handler, with a reason; the roles of today count."""
        incident = self.report_without("mayor")
        self.assertUnknown("mayor", incident)
        exclusion = self.as_user("clerk", incident.exclusion_ids)
        screen = self.screen_of(exclusion.action_let_in(), "clerk", reason="It was another Jan.")
        screen.action_save()
        incident.invalidate_recordset()
        self.assertEqual(self.who(incident)["mayor"], {"decider", "carer"})
        self.assertUnknown("deputy", incident)
        self.assertIn("let_in", incident.entry_ids.mapped("kind"))

    def test_open_screens_are_closed(self):
        """C5: what was on the screen of who is kept out is gone as well."""
        incident = self.report()
        screen = self.model_as("clerk", "aggression.classification.wizard").create(
            {"incident_id": incident.id, "closing_reason": "Words about the case."}
        )
        self.keep_out(incident, "clerk")
        self.assertFalse(screen.exists())


@freeze_time(FRIDAY_NIGHT)
class TestSteppingBack(VisibilityCase):
    def test_a_handler(self):
        """C5: who steps back sees nothing any more, and their work is with somebody else."""
        self.appoint("uninvolved", "deputy_clerk")
        incident = self.report()
        self.assertEqual(self.duties(incident, "inform_mayor").user_id.login, "clerk")
        shown = self.step_back(incident, "clerk", reason="My neighbour did it.")
        self.assertEqual(shown["res_model"], "aggression.incident")
        self.assertFalse(shown.get("res_id"))
        self.assertUnknown("clerk", incident)
        self.assertEqual(self.duties(incident, "inform_mayor").user_id.login, "uninvolved")
        self.assertSeen("uninvolved", incident)
        entry = incident.entry_ids.filtered(lambda entry: entry.kind == "stepped_back")
        self.assertEqual((entry.by_id.login, entry.text), ("clerk", False))
        self.assertFalse([e for e in incident.entry_ids if "neighbour" in (e.text or "")])
        told = self.records_of("coordinator", "aggression.exclusion", incident)
        self.assertEqual(told.reason, "My neighbour did it.")

    def test_the_decider(self):
        """A1, C3: the mayor steps back, the deputy decides."""
        incident = self.classify(self.report(), "threat")
        self.step_back(incident, "mayor")
        self.assertUnknown("mayor", incident)
        self.decide(incident, by="deputy")

    def test_the_carer_of_one_case(self):
        """Z2: the care goes on with somebody else and the mayor keeps all other cases."""
        incident, other = self.report(), self.report()
        self.step_back(incident, "mayor")
        self.assertEqual(incident.affected_ids.aftercare_ids.carer_id.login, "deputy")
        self.assertSeen("mayor", other)
        self.assertFalse(self.as_user("councillor", incident).can_step_back)

    def test_not_the_last_one(self):
        """Nobody leaves a case without anybody who can handle it."""
        incident = self.report("councillor")
        self.step_back(incident, "coordinator")  # the secretary substitutes
        self.assertEqual(self.duties(incident, "assess").user_id.login, "secretary")
        self.role("aggression_coordinator").substitute_id = False
        self.role("council_clerk").substitute_id = False
        incident.access_ids.filtered(lambda row: row.user_id.login == "secretary")._end()
        with self.assertRaisesRegex(UserError, "Nobody else can handle this case"):
            self.step_back(incident, "clerk")
        self.assertSeen("clerk", incident)

    def test_only_who_works_on_it(self):
        incident = self.report(by="desk")
        for login in ("desk", "councillor", "uninvolved"):
            with self.subTest(login=login), self.assertRaises(AccessError):
                self.as_user(login, incident).action_step_back()
            with self.subTest(login=login), self.assertRaises(AccessError):
                self.as_user(login, incident)._step_back("Because.")
