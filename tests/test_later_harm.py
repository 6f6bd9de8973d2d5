from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, freeze_time

from .refusals import RefusalCase

DAY_LATER = "2026-03-20 10:00:00"


@freeze_time("2026-03-07 10:00:00")
class TestLaterHarm(RefusalCase):
    """D10: what turns out after the report counts too."""

    def setUp(self):
        super().setUp()
        self.person = self.case.affected_ids
        self.classify(self.case, "threat")

    def harm(self, by="coordinator", person=None, **values):
        action = self.as_user(by, person or self.person).action_note_harm()
        model = self.model_as(by, action["res_model"]).with_context(**action["context"])
        with Form(model) as screen:
            for name, value in values.items():
                screen[name] = value
        screen.record.action_save()
        self.env.invalidate_all()

    def asked(self, case=None):
        return self.duties(case or self.case, "inspectorate")

    def decide(self, person, decision="does_not_apply"):
        by_secretary = self.as_user("secretary", person)
        by_secretary.env["aggression.inspectorate.notice"]._decide(
            by_secretary, decision, "Legal advice.", {}
        )

    def test_it_shows_later(self):
        """D10: to be decided within the term from then; what is known stands on the screen."""
        self.assertFalse(self.asked())
        with freeze_time(DAY_LATER):
            self.harm(hospital=True)
            self.assertTrue(self.person.hospital)
            duty = self.asked()
            self.assertEqual(
                (duty.user_id.login, str(duty.due_at)), ("secretary", "2026-03-21 10:00:00")
            )
            self.assertTrue(duty.sweep_at)
            self.assertIn("harm", self.case.entry_ids.mapped("kind"))
            self.assertFalse(self.case.entry_ids.filtered(lambda one: one.kind == "harm").text)
            self.harm(lasting_harm=True)
            self.assertEqual(self.asked(), duty, "asked already")
            with self.assertRaisesRegex(UserError, "known already"):
                self.harm()
            right = {"occurred_at": self.case.occurred_at, "reported_at": self.case.reported_at}
            right["occurred_at"] = right["occurred_at"].replace(hour=20)
            self.as_user("coordinator", self.case)._correct(right, "The camera.")
            self.assertEqual(str(duty.due_at), "2026-03-21 10:00:00", "counts from when it showed")

    def test_decided_already(self):
        """D10: worse than was decided on is decided on again; what was notified is not."""
        self.harm(injury="physical")
        self.decide(self.person)
        self.assertEqual(self.asked().state, "done")
        self.harm(injury="none")
        self.assertEqual(len(self.asked()), 1, "less harm asks nothing")
        self.harm(hospital=True)
        self.assertEqual(sorted(self.asked().mapped("state")), ["done", "open"])
        self.decide(self.person, "applies")
        self.case.inspectorate_ids.with_user(self.users["secretary"])._sent(
            self.case.reported_at, "phone", "AI-1"
        )
        self.assertEqual(set(self.asked().mapped("state")), {"done"})
        self.harm(lasting_harm=True)
        self.assertEqual(len(self.asked()), 2)

    def test_after_it_was_closed(self):
        """D10: also when the case is over, and to who handled it."""
        case = self.report()
        self.classify(case, "criticism", directed="no", aim="none", closing_reason="Upset.")
        self.harm(person=case.affected_ids, lasting_harm=True)
        self.assertEqual((case.state, self.asked(case).state), ("closed", "open"))

    def test_of_one_of_two(self):
        """D10: settled by what is decided of that person, not of the other."""
        values = self._report_values("councillor", None, {})
        persons = [*values["person_ids"], (0, 0, {"user_id": self.users["alderman"].id})]
        case = self.report(person_ids=persons)
        first, second = case.affected_ids
        self.harm(person=first, injury="physical")
        self.harm(person=second, hospital=True)
        self.assertEqual(self.asked(case).affected_id, first | second)
        self.decide(second)
        self.assertEqual(
            {duty.affected_id: duty.state for duty in self.asked(case)},
            {first: "open", second: "done"},
        )

    def test_other_duties_on_lasting_harm(self):
        """D10: whatever the municipality asks of it, once."""
        kind = self.protocol.duty_type_ids.filtered(lambda kind: kind.code == "nctv")
        kind.copy({"code": "insurer", "only_lasting": True, "office_ids": False, "min_level": 0})
        self.harm(injury="physical")
        self.assertFalse(self.duties(self.case, "insurer"))
        self.harm(hospital=True)
        self.harm(lasting_harm=True)
        self.assertEqual(len(self.duties(self.case, "insurer")), 1)

    def test_who_writes_it_down(self):
        """D10, C5: who handles the case; of nobody in another case."""
        for login in ("councillor", "mayor", "uninvolved", "employee", "administrator"):
            with self.subTest(login), self.assertRaises(AccessError):
                self.as_user(login, self.person).action_note_harm()
            with self.assertRaises(AccessError):
                self.as_user(login, self.person)._note_harm({"injury": "mental"})
