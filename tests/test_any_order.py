from hypothesis import given, settings
from hypothesis import strategies as st

from odoo import fields
from odoo.tests import freeze_time

from .visibility import VisibilityCase

TEAM = ("mayor", "deputy", "clerk", "secretary", "coordinator", "uninvolved")
CODES = ("mayor", "council_clerk", "aggression_coordinator", "municipal_secretary")
STEP = st.tuples(
    st.sampled_from(["appoint", "stand_in", "end", "resume", "remove", "keep_out", "archive"]),
    st.sampled_from(TEAM),
    st.sampled_from(CODES),
)


@freeze_time("2026-03-06 22:10:00")
class TestAnyOrder(VisibilityCase):
    """Whatever happens to roles and people, in whatever order."""

    @given(steps=st.lists(STEP, min_size=4, max_size=9))
    @settings(max_examples=25)
    def test_who_sees_what(self, steps):
        """M5, C5, C3: nobody sees too much, who answers for a role sees enough."""
        savepoint = self.env.cr.savepoint()
        try:
            self.cases = self.report(), self.report("secretary", "mayor")
            for name, login, code in steps:
                getattr(self, f"do_{name}")(self.users[login], self.role(code))
                self.env.invalidate_all()
                self.check()
        finally:
            savepoint.close(rollback=True)
            self.env.registry.clear_cache()

    def do_appoint(self, user, role):
        role.assignment_ids = [fields.Command.create({"user_id": user.id})]

    def do_stand_in(self, user, role):
        running = role.assignment_ids.filtered(lambda line: not line.date_to)
        absent = running.user_id - user
        if absent:
            values = {"user_id": user.id, "replaces_id": absent[0].id, "date_to": "2026-03-31"}
            role.assignment_ids = [fields.Command.create(values)]

    def do_end(self, user, role):
        old = role.assignment_ids.filtered(lambda line: line.date_from < fields.Date.today())
        old.date_to = "2026-03-05"

    def do_resume(self, user, role):
        role.assignment_ids.filtered(lambda line: not line.replaces_id).date_to = False

    def do_remove(self, user, role):
        role.assignment_ids[:1].unlink()

    def do_keep_out(self, user, role):
        case = self.cases[0]
        if user not in case.exclusion_ids.user_id:
            case._keep_out_now(user, "Because.")

    def do_archive(self, user, role):
        user.active = not user.active

    def check(self):
        for case in self.cases:
            for user in self.users.values():
                if case in self.seen_by(user):
                    self.assertTrue(self.may_see(user, case), f"{user.login} sees too much")
            readers = self.role("aggression_coordinator")._holder_ids_on(
                fields.Date.today(), case._passed_over()
            )
            for user in self.env["res.users"].browse(readers):
                self.assertIn(case, self.seen_by(user), f"{user.login} sees too little")
            for duty in case.duty_ids.filtered(lambda duty: duty.state == "open" and duty.user_id):
                self.assertIn(case, self.seen_by(duty.user_id), f"{duty.type_id.code} is lost")
        self.assertNoRowOfAnybodyKeptOut()
        before = [self.who(case) for case in self.cases], self.count_entries()
        self.env["aggression.succession"]._run()
        self.env.invalidate_all()
        again = [self.who(case) for case in self.cases], self.count_entries()
        self.assertEqual(again, before, "a second run changes nothing")

    def count_entries(self):
        return [len(case.entry_ids) for case in self.cases]

    def seen_by(self, user):
        cases = self.env["aggression.incident"].with_user(user)
        return cases.search([]) if cases.has_access("read") else cases

    def may_see(self, user, case):
        """Say it in other words than the code does: by what is true of this person today."""
        if not user.active:
            return False
        if user in case.affected_ids.user_id:
            return True
        today = fields.Date.today()
        lines = self.env["aggression.role.assignment"].search([("user_id", "=", user.id)])
        in_office = any(not line.date_to or line.date_to >= today for line in lines)
        reported = user.login in ("clerk", "secretary")
        return user not in case.exclusion_ids.user_id and (in_office or reported)
