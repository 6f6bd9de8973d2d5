from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time

from .measured import NOON
from .stated import UNSETTLED, StatementCase


@freeze_time(NOON)
class TestWordsRead(StatementCase):
    """C8: who says yes has read these words, not those that they took the place of."""

    def test_changed_meanwhile(self):
        self.consent("communication")
        statement = self.draft(speaker_id="clerk")
        for login, button in (("mayor", "action_agree"), ("clerk", "action_approve")):
            shown = self.as_user(login, statement).with_context(version_read=statement.version)
            self.take(login, statement, "action_rewrite", "action_save", text=f"By {login}.")
            with self.subTest(button), self.assertRaisesRegex(UserError, "Read them again"):
                getattr(shown, button)()
            self.assertFalse(statement.agreed_by_id or statement.approved_at)
        self.press("mayor", statement, "action_agree")
        shown.with_context(version_read=statement.version).action_approve()
        self.assertEqual(statement.state, "approved")


@freeze_time(NOON)
class TestMayorHit(StatementCase):
    """C3: who usually speaks was hit, and settles nothing alone."""

    def setUp(self):
        super().setUp()
        self.case = self.report("secretary", "mayor")
        self.classify(self.case, "threat")
        self.consent("communication", by="mayor", incident=self.case)

    def test_settled_first(self):
        """C3: by mayor and deputy, if need be with the King's Commissioner; then it may be told."""
        statement = self.draft(by="secretary", incident=self.case, speaker_id="deputy")
        self.assertIn(UNSETTLED, self.why("deputy", statement))
        with self.assertRaisesRegex(UserError, UNSETTLED):
            self.press("deputy", statement, "action_approve")
        with self.assertRaisesRegex(UserError, "Settle this together"):
            self.arrange("deputy", "deputy", self.case)
        for text in (" ", False):
            with self.assertRaisesRegex(UserError, "Write down what was agreed"):
                self.arrange("deputy", "deputy", self.case, with_person_hit=True, text=text)
        agreed = {"with_person_hit": True, "with_commissioner": True}
        self.arrange("deputy", "deputy", self.case, **agreed)
        self.press("deputy", statement, "action_approve")
        settled = self.env["aggression.speaking"].search([("incident_id", "=", self.case.id)])
        self.assertTrue(settled.with_commissioner)
        self.assertEqual(self.duties(self.case, "settle_handling").state, "done")

    def test_the_duty_opens_the_step(self):
        """C3: the duty to settle it is done by recording what was settled."""
        duty = self.as_user("deputy", self.duties(self.case, "settle_handling"))
        self.assertEqual(duty.action_open_step()["res_model"], "aggression.speaking.wizard")

    def test_the_mayor_alone(self):
        """C3: by button, by form or by remote call: not the mayor, nor who only handles it."""
        for login in ("mayor", "secretary", "coordinator"):
            with self.subTest(login), self.assertRaises(AccessError):
                self.as_user(login, self.case).action_arrange()
            values = {"spokesperson_id": self.users["mayor"].id, "text": "x"}
            with self.assertRaises(AccessError):
                self.env["aggression.speaking"].with_user(self.users[login])._settle(
                    self.as_user(login, self.case), {**values, "with_person_hit": True}
                )
        with self.assertRaises(AccessError):
            self.as_user("mayor", self.case).action_write_statement()


@freeze_time(NOON)
class TestStatement(StatementCase):
    """From draft to told, and what stays of it."""

    def setUp(self):
        super().setUp()
        self.consent("communication")

    def test_every_step_of_everybody(self):
        """C8, C5: in each state, each step is for who has that part, and for nobody else."""
        team = {"clerk", "coordinator", "mayor"}
        steps = {
            "action_agree": ({"draft", "approved"}, {"mayor"}),
            "action_approve": ({"draft"}, {"mayor"}),
            "action_tell": ({"approved"}, team),
            "action_withdraw": ({"draft", "approved"}, team),
        }
        people = sorted({*team, "councillor", "alderman", "uninvolved", "administrator"})
        statement = self.draft()
        for state in ("draft", "approved", "sent", "withdrawn"):
            self.env.cr.execute("UPDATE aggression_statement SET state = %s", [state])
            for step, (states, entitled) in steps.items():
                taken = {login for login in people if self.passes(login, statement, step)}
                wanted = entitled if state in states else set()
                self.assertEqual(taken, wanted, f"{step} when {state}")

    def passes(self, login, statement, step):
        savepoint = self.env.cr.savepoint()
        try:
            self.press(login, statement, step)
            self.env.flush_all()
        except (AccessError, UserError):
            return False
        finally:
            savepoint.close(rollback=True)
            self.env.invalidate_all(flush=False)
        return True

    def test_words_that_were_told(self):
        """C5: nobody changes them afterwards, nor says that they were not told."""
        statement = self.draft()
        self.press("mayor", statement, "action_approve")
        self.press("mayor", statement, "action_tell")
        with self.assertRaisesRegex(UserError, "in the meantime"):
            self.take("clerk", statement, "action_rewrite", "action_save", text="Never said.")
        with self.assertRaisesRegex(UserError, "in the meantime"):
            self.press("mayor", statement, "action_withdraw")
        self.assertEqual(statement.text, "One of us was threatened.")

    def test_to_the_person_hit(self):
        """C8, C4: by whoever works on the case, without more; read by that person once told."""
        self.consent()
        statement = self.draft("person_hit", by="coordinator", speaker_id="coordinator")
        own = self.model_as("councillor", "aggression.statement")
        self.assertFalse(own.search([]))
        self.press("coordinator", statement, "action_approve")
        self.press("coordinator", statement, "action_tell")
        own = self.model_as("councillor", "aggression.statement")
        self.assertEqual(own.search([]).text, statement.text)
        self.assertFalse(self.model_as("other_councillor", "aggression.statement").search([]))

    def test_what_is_missing(self):
        with self.assertRaisesRegex(UserError, "Write down what is told"):
            self.draft(text=" ")
        with self.assertRaisesRegex(UserError, "Write down what is told"):
            self.draft(False)
        with self.assertRaisesRegex(UserError, "handles this case"):
            self.draft(speaker_id="uninvolved")
        with self.assertRaisesRegex(UserError, "which person hit"):
            self.draft("person_hit", affected_id=False)
