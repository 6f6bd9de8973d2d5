import base64
from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, new_test_user
from odoo.tools import SQL

from ..models.privacy.readings import Key, append
from .refusals import RefusalCase

OFFICER = "aggression_protocol.group_privacy_officer"


@freeze_time("2026-03-08 09:00:00")
class TestOwnScreens(RefusalCase):
    """Each step asks again whose screen it is, and about whom; found by `make mutate`."""

    def as_if_of_another(self, screen):
        """Make this a screen that somebody else filled in, for code that forgets to look."""
        screen.flush_recordset()
        self.env.cr.execute(
            SQL(
                "UPDATE %s SET create_uid = %s WHERE id = %s",
                SQL.identifier(screen._table),
                self.users["employee"].id,
                screen.id,
            )
        )
        screen.invalidate_recordset()
        return screen.sudo()

    def test_steps_of_another_persons_screen(self):
        """C21, C5: whoever has every right to the step takes it on a screen of their own."""
        note = self.case.duty_ids.filtered(lambda duty: duty.fulfilment == "note")[:1]
        somebody = {"user_id": self.users["uninvolved"].id, "reason": "x"}
        self.users["asking"] = new_test_user(self.env, "asking", OFFICER)
        self.classify(self.case, "threat")
        screens = [
            (self.on_case("clerk", "exclusion.wizard", **somebody), "action_save"),
            (self.on_case("clerk", "causer.wizard"), "action_save"),
            (self.on_case("clerk", "hold.wizard", until="2030-01-01", reason="x"), "action_save"),
            (self.on_case("clerk", "protection.wizard", **self.protection()), "action_save"),
            (self.on_case("councillor", "declaration.wizard", text="x"), "action_save"),
            (self.on_case("clerk", "harm.wizard", lasting_harm=True), "action_save"),
            (self.on_case("clerk", "inspectorate.wizard", **self.decided()), "action_add_proof"),
            (self.decision_screen(self.case), "action_decide"),
            (
                self.screen("clerk", "duty.completion", duty_id=note.id, note="x", late_reason="x"),
                "action_done",
            ),
            (
                self.screen(
                    "asking",
                    "emergency.wizard",
                    reference=self.case.reference,
                    approver_id=self.users["secretary"].id,
                    **somebody,
                ),
                "action_ask",
            ),
            (self.screen("officer", "data.subject.wizard"), "action_register"),
            (self.screen("officer", "data.subject.wizard"), "action_print"),
        ]
        for screen, step in screens:
            with self.subTest(screen=screen._name, step=step):
                self.refused(getattr(self.as_if_of_another(screen), step), words="somebody else")

    def test_the_council_feedback_of_another(self):
        feedback = self.as_if_of_another(self.screen("clerk", "council.feedback"))
        self.refused(feedback.action_make, words="somebody else")

    def decided(self):
        return {"decision": "applies", "reason": "x", "proof": base64.b64encode(b"x")}

    def protection(self):
        return {"authority_id": self.protocol.authority_ids[:1].id, "text": "x"}

    def test_whom_a_screen_is_about(self):
        """C02, D3, D7: of a case of one's own, and somebody there is."""
        hidden = self.report("secretary", "mayor").affected_ids
        values = {**self.protection(), "affected_id": hidden.id}
        self.refused(lambda: self.on_case("clerk", "protection.wizard", **values))
        nobody = self.on_case("clerk", "protection.wizard", **self.protection())
        nobody.affected_id = False
        self.refused(nobody.action_save, UserError, "Say who is protected")
        declaration = self.on_case("clerk", "declaration.wizard", text="x")
        self.refused(declaration.action_save, UserError, "Nobody who was hit has agreed")
        person = self.case.affected_ids
        protect = self.env["aggression.protection"]
        for login, text, error in (("mayor", "x", AccessError), ("clerk", " ", UserError)):
            mine = self.as_user(login, person)
            told = {**self.protection(), "text": text}
            self.refused(lambda m=mine, t=told: protect.with_env(m.env)._record(m, t), error)
        self.end_access("councillor")
        mine = self.env["aggression.declaration"].with_user(self.users["councillor"])
        own = person.with_user(self.users["councillor"]).sudo()
        self.refused(lambda: mine._draft(own, "x"), words="person hit")

    def test_holding(self):
        """C5: by who handles the case, with a reason; the screen opens for who sees no hold."""
        clerk = self.as_user("clerk", self.case)
        self.refused(lambda: clerk._hold("2030-01-01", " "), UserError, "Say why")
        self.refused(lambda: clerk._lift_hold(" "), UserError, "Say why")
        self.refused(lambda: self.as_user("mayor", self.case).sudo()._lift_hold("x"))
        self.assertFalse(self.as_user("councillor", self.case).held_until)

    def test_deciding_takes_the_part_of_the_decider(self):
        """A1: handling the case is not enough, for the mayor in office either."""
        case = self.classify(self.report(hit="alderman"), "threat")
        self.env.cr.execute("DELETE FROM aggression_access WHERE role = 'decider'")
        self.env.invalidate_all()
        self.assertTrue(self.as_user("mayor", case)._has_role("handler"))
        self.refused(self.as_user("mayor", case)._require_decider)

    def test_suggestions(self):
        """M6: earlier files are suggested to who handles the case, on a screen not yet saved."""
        earlier = self.report("clerk", causer_kind="person", causer_name="J. Jansen").causer_ids
        about = {"incident_id": self.case.id}
        separate = {**about, "step": "separate"}
        self.assert_shown("classification.wizard", about, "match_ids")
        self.assert_shown("causer.wizard", about, "line_ids")
        clerk = self.as_user("clerk", self.case)
        clerk._recognise(self.case.causer_ids, earlier, "The same voice.")
        self.assert_shown("causer.wizard", separate, "causer_choice_ids")

    def assert_shown(self, name, values, field):
        wizard = self.env[f"aggression.{name}"]
        self.assertTrue(wizard.with_user(self.users["clerk"]).new(values)[field])
        self.assertFalse(wizard.with_user(self.users["councillor"]).new(values)[field])

    def test_work_of_a_role(self):
        line = self.role("mayor").assignment_ids[:1]
        wizard = self.env["aggression.handover.wizard"].with_user(self.users["employee"])
        self.refused(wizard.new({"assignment_id": line.id})._work)

    def test_requests_of_data_subjects(self):
        """The paper of others is for the privacy officers of their municipality."""
        councillor = self.users["councillor"]
        others = {"about": "account", "user_id": councillor.id}
        self.refused(lambda: self.screen("employee", "data.subject.wizard", **others))
        own = self.screen("employee", "data.subject.wizard")
        self.refused(own.action_register, words="Only the privacy officer")
        self.env.cr.execute(
            "UPDATE aggression_data_subject_wizard SET about = 'account', user_id = %s",
            [councillor.id],
        )
        own.invalidate_recordset()
        self.refused(own._gather, words="Only the privacy officer")
        request = self.env["aggression.data.request"]._receive(
            self.env.company, self.protocol._today()
        )
        self.elsewhere()
        self.refused(
            lambda: self.screen("elsewhere", "data.subject.wizard", request_id=request.id, **others)
        )

    def elsewhere(self):
        """Let there be a privacy officer in another municipality."""
        company = self.env["res.company"].create({"name": "Elsewhere"})
        self.users["elsewhere"] = new_test_user(
            self.env, "elsewhere", OFFICER, company_id=company.id, company_ids=company.ids
        )

    def test_signing(self):
        """The privacy officer of the municipality signs, once."""
        values = {"at": "2026-03-01 09:00:00", "company_id": self.env.company.id}
        runs = self.env["aggression.retention.run"]._unlocked()
        proposed = runs.create({**values, "state": "proposed"})
        withdrawn = runs.create({**values, "state": "withdrawn"})
        self.elsewhere()
        self.refused(self.as_user("elsewhere", proposed).action_sign)
        self.refused(self.as_user("officer", withdrawn).action_sign, UserError, "not waiting")

    def test_paper_chosen_by_options(self):
        """C48: what a report model chooses from what somebody typed is checked before printing."""
        nobody = self.users["uninvolved"]
        report = self.env.ref("aggression_protocol.report_decision_letter")
        reports = self.env["ir.actions.report"].with_user(nobody)
        chosen = {"docs": self.case.with_user(nobody)}
        with (
            patch.object(type(reports), "_get_rendering_context", return_value=chosen),
            patch.object(type(reports), "_render_template", return_value=b""),
        ):
            self.refused(lambda: reports._paper_page(report, nobody, {}))

    def test_who_is_in_the_read_log_stays(self):
        """C5: a name in the log can be archived, not deleted."""
        reader = new_test_user(self.env, "reader", "base.group_user")
        key = Key(reader.id, False, "screen", "opened", "aggression.incident")
        append(self.env.cr, {key: {self.case.id: (self.case.id, None)}})
        self.refused(reader.unlink, UserError, "read log of cases")
