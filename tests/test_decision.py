from datetime import date

import psycopg2

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, freeze_time
from odoo.tools import mute_logger

from .common import ProtocolCase


@freeze_time("2026-03-07 10:00:00")
class TestDecision(ProtocolCase):
    def setUp(self):
        super().setUp()
        self.incident = self.classify(
            self.report(causer_kind="person", causer_name="J. Jansen"), "threat"
        )

    def test_the_proposal_of_the_ladder(self):
        """A1, A4, U5: at level 3 the ladder proposes a ban with an end."""
        form = Form(
            self.model_as("mayor", "aggression.decision.wizard").with_context(
                default_incident_id=self.incident.id
            )
        )
        form.hearing = "waived"
        form.waiver_reason = "Acute danger."
        form.grounds = "You threatened."
        form.proportionality = "It fits."
        with form.line_ids.edit(0) as line:
            line.scope = "Town hall"
        lines = {line.type_id.code: line.date_to for line in form.save().line_ids}
        self.assertEqual(lines["building_ban"], date(2026, 6, 7))
        self.assertIn("declaration", lines)
        self.assertEqual(form.repeat_sentence, "First incident of this causer.")
        self.assertFalse(form.deviates)

    def test_the_mayor_decides(self):
        """A1, A4: the decision takes effect, is kept and raises the duty to send the letter."""
        decision = self.decide(self.incident)
        self.assertEqual(self.incident.state, "decided")
        self.assertEqual(decision.decided_by_id, self.users["mayor"])
        self.assertEqual(decision.outcome, "as_proposed")
        self.assertEqual(self.duties(self.incident, "decide").state, "done")
        self.assertTrue(self.duties(self.incident, "send_letter"))

    def test_nobody_else_decides(self):
        """A1: not the clerk, not the coordinator, not the person hit, not the administrator."""
        for login in ("clerk", "coordinator", "deputy", "councillor", "administrator"):
            with self.subTest(login=login), self.assertRaises(AccessError):
                self.decide(self.incident, by=login)
        with self.assertRaises(AccessError):
            self.as_user("coordinator", self.incident).action_decide()
        self.assertEqual(self.incident.state, "assessed")

    def test_the_mayor_hit_decides_nothing(self):
        """C3: the deputy decides, and the mayor cannot by button, form or remote call."""
        incident = self.classify(self.report("secretary", "mayor"), "threat")
        mayor = self.as_user("mayor", incident)
        self.assertFalse(mayor.can_decide)
        with self.assertRaises(AccessError):
            mayor.action_decide()
        with self.assertRaises(AccessError):
            self.decide(incident, by="mayor")
        with self.assertRaises(AccessError):
            self.model_as("mayor", "aggression.decision").create({"incident_id": incident.id})
        self.assertEqual(
            self.decide(incident, by="deputy").decided_as_id, self.role("deputy_mayor")
        )

    def test_a_ban_needs_an_end(self):
        """A4: without an end, or ending before it begins, nothing is decided."""
        cases = [
            ({"date_to": False}, "needs an end"),
            ({"date_to": "2026-03-01"}, "cannot end before it begins"),
            ({"date_to": "2028-03-01"}, "months at most"),
        ]
        for values, words in cases:
            with self.subTest(words=words):
                screen = self.decision_screen(
                    self.incident,
                    hearing="waived",
                    waiver_reason="Urgent",
                    deviation_reason="x",
                    grounds="You threatened.",
                    proportionality="It fits.",
                )
                ban = screen.line_ids.filtered(lambda line: line.type_id.code == "building_ban")
                ban.write({"scope": "Town hall", **values})
                with self.confirmed(), self.assertRaisesRegex(ValidationError, words):
                    screen.action_decide()
        self.assertFalse(self.incident.decision_ids)
        self.assertEqual(self.incident.state, "assessed")

    def test_hearing_both_sides(self):
        """U5: a burdensome measure needs the citizen's view or the reason why not."""
        with self.assertRaisesRegex(ValidationError, "The citizen is heard before"):
            self.decide(self.incident, hearing=False)
        decision = self.decide(self.incident, hearing="waived", waiver_reason="Acute danger.")
        self.assertEqual(decision.waiver_reason, "Acute danger.")

    def test_deviation_needs_a_reason(self):
        """A1, U5: other measures than proposed need a reason, that the decision carries."""
        warning = Command.create({"type_id": self.measure_type("oral_warning").id})
        lines = [Command.clear(), warning]
        with self.assertRaisesRegex(ValidationError, "otherwise than the protocol proposes"):
            self.decide(self.incident, line_ids=lines)
        decision = self.decide(self.incident, line_ids=lines, deviation_reason="First and sorry.")
        self.assertEqual(decision.outcome, "changed")
        self.assertEqual(decision.measure_ids.type_id.code, "oral_warning")

    def test_no_measure_still_asks_for_a_reaction(self):
        """U5, N1: the mayor may take none, and the case still needs a reaction before it closes."""
        screen = self.decision_screen(self.incident, deviation_reason="The causer is very ill.")
        with self.confirmed():
            screen.action_reject()
        self.assertEqual(self.incident.decision_ids.outcome, "none")
        with self.assertRaisesRegex(UserError, "Aggression always gets a reaction"):
            self.as_user("mayor", self.incident).action_close()
        self.model_as("clerk", "aggression.step.note").create(
            {"incident_id": self.incident.id, "step": "reaction", "text": "Spoke with the family."}
        ).action_save()
        self.assertIn("still has to be done", self.incident._blocker("closed"))

    def test_one_decision(self):
        """A1: who comes second reads that it was decided; the database holds one decision."""
        late = self.decision_screen(self.incident, hearing="waived", waiver_reason="Urgent")
        self.decide(self.incident)
        with self.confirmed(), self.assertRaisesRegex(UserError, "handled it in the meantime"):
            late.action_decide()
        twin = self.incident.decision_ids.copy_data()[0]
        with mute_logger("odoo.sql_db"), self.assertRaises(psycopg2.IntegrityError):
            self.env["aggression.decision"]._unlocked().create(
                {**twin, "measure_ids": False, "decided_at": "2026-03-07 10:00:00"}
            )

    def test_a_case_that_is_opened_again_is_decided_again(self):
        """A1: the later decision counts; the earlier one stays to be read."""
        first = self.decide(self.incident)
        self.incident.duty_ids.filtered(lambda duty: duty.state == "open")._move("lapsed")
        self.as_user("clerk", self.incident).action_close()
        self.as_user("clerk", self.incident)._reopen("More became known.")
        self.classify(self.incident, "threat")
        second = self.decide(self.incident)
        self.assertEqual((first.superseded, second.superseded), (True, False))

    def test_an_unknown_causer_gets_no_letter(self):
        """A1: what goes by letter is not proposed when nobody can be addressed."""
        incident = self.classify(self.report(), "threat")
        screen = self.decision_screen(incident)
        self.assertNotIn(True, screen.line_ids.type_id.mapped("letter"))
        self.assertIn("declaration", screen.line_ids.type_id.mapped("code"))

    def test_closing_waits_for_what_is_owed(self):
        """U5, Z1: duties and care come first, then the case closes."""
        self.decide(self.incident)
        self.incident.duty_ids.filtered(lambda duty: duty.state == "open")._move("lapsed")
        self.as_user("clerk", self.incident).action_close()
        self.assertEqual(self.incident.state, "closed")


@freeze_time("2026-03-07 10:00:00")
class TestRepeat(ProtocolCase):
    def repeated(self, *earlier):
        causer = self.env["aggression.causer"]
        for hit, office, codes, occurred in earlier:
            case = self.report(
                hit=hit,
                office=office,
                causer_kind="person",
                causer_name="J. Jansen",
                occurred_at=occurred,
            )
            if causer:
                case.causer_ids._take_over(case, causer)
            self.classify(case, *codes)
            causer = case.causer_ids
        return case

    def test_counted_over_both_worlds(self):
        """A12, M6, U2: one earlier incident against staff makes this the second."""
        case = self.repeated(
            ("employee", "civil_servant", ["insult"], "2026-01-05 10:00:00"),
            ("alderman", None, ["pushing", "coercion"], "2026-03-01 17:40:00"),
        )
        repeat = self.as_user("mayor", case)._repeat()
        self.assertEqual((repeat.number, repeat.earlier, repeat.against_staff), (2, 1, 1))
        screen = self.decision_screen(case)
        self.assertEqual(screen.repeat_sentence, "One earlier incident, 1 against staff.")
        codes = set(screen.line_ids.type_id.mapped("code"))
        self.assertLessEqual({"building_ban", "declaration", "damage_claim"}, codes)

    def test_emotion_and_long_ago_do_not_count(self):
        """A12, U3: emotion leaves no trace, and the protocol's window ends."""
        case = self.repeated(
            ("alderman", None, ["insult"], "2023-01-05 10:00:00"),
            ("alderman", None, ["insult"], "2026-03-01 17:40:00"),
        )
        self.assertEqual(self.as_user("mayor", case)._repeat().earlier, 0)

    def test_a_running_measure_is_told_without_its_case(self):
        """A12, A2: who decides learns that a warning runs, not where it comes from."""
        case = self.repeated(("alderman", None, ["insult"], "2026-02-01 10:00:00"))
        self.decide(case)
        later = self.report("secretary", "mayor", causer_kind="person", causer_name="J. Jansen")
        later.causer_ids._take_over(later, case.causer_ids)
        self.classify(later, "insult")
        deputy = self.as_user("deputy", later)
        self.assertFalse(deputy.env["aggression.incident"].search([("id", "=", case.id)]))
        sentence = deputy._repeat_sentence(deputy._repeat())
        self.assertIn("One earlier incident, 0 against staff.", sentence)
        self.assertRegex(sentence, r"runs until \d\d-\d\d-\d{4}")
