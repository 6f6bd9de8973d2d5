from datetime import datetime

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, freeze_time
from odoo.tools import mute_logger

from .common import ProtocolCase


class TestDuties(ProtocolCase):
    def sweep(self):
        """Run the scheduled action the way the server does."""
        with self.enter_registry_test_mode():
            self.env.ref("aggression_protocol.cron_sweep_duties").method_direct_trigger()
        self.env.invalidate_all()

    @freeze_time("2026-06-04 07:00:00")
    def test_overdue_from_the_start(self):
        """Z6: reported two days late, the first talk is overdue and escalated at once."""
        incident = self.report(
            "clerk",
            "committee_member",
            occurred_at="2026-06-02 05:30:00",
            reported_at="2026-06-04 07:00:00",
        )
        talk = self.duties(incident, "talk_1")
        self.assertEqual(str(talk.due_at), "2026-06-03 05:30:00")
        self.sweep()
        self.assertEqual(talk.escalated_to_id, self.users["coordinator"])
        self.assertEqual(talk.state, "open")
        self.assertIn("overdue", incident.entry_ids.mapped("kind"))

    @freeze_time("2026-06-04 07:00:00")
    def test_the_action_is_woken_for_what_is_overdue(self):
        """M5: it runs at once, unless it was switched off or nothing is due."""
        cron = self.env.ref("aggression_protocol.cron_sweep_duties")
        woken = self.env["ir.cron.trigger"].search([("cron_id", "=", cron.id)])
        late = {"occurred_at": "2026-06-02 05:30:00", "reported_at": "2026-06-04 07:00:00"}
        for active, number in ((True, 1), (False, 0)):
            cron.active = active
            self.report(**late)
            found = self.env["ir.cron.trigger"].search([("cron_id", "=", cron.id)]) - woken
            self.assertEqual(len(found), number)
            self.assertEqual(found.mapped("call_at"), [datetime(2026, 6, 4, 7)] * number)
            woken |= found

    def test_never_twice(self):
        with freeze_time("2026-03-06 22:10:00"):
            incident = self.report()
        with freeze_time("2026-03-08 12:00:00"):
            self.sweep()
            overdue = incident.entry_ids.filtered(lambda entry: entry.kind == "overdue")
            self.assertEqual(len(overdue), 3)  # inform the mayor, classify, first talk
            self.sweep()
            self.assertEqual(
                incident.entry_ids.filtered(lambda entry: entry.kind == "overdue"), overdue
            )

    def test_before_its_time_nothing_happens(self):
        with freeze_time("2026-03-06 22:10:00"):
            incident = self.report()
            self.sweep()
        self.assertFalse(any(incident.duty_ids.mapped("escalated_at")))

    def test_escalation_gives_access_and_only_then(self):
        """M5: the next role comes onto the case when the duty is overdue, not before."""
        with freeze_time("2026-03-06 22:10:00"):
            incident = self.report()
            self.assertNotIn("secretary", self.who(incident))
        with freeze_time("2026-03-08 12:00:00"):
            self.sweep()
            self.assertEqual(self.duties(incident, "assess").escalated_to_id.login, "secretary")
            row = incident.access_ids.filtered(lambda row: row.user_id.login == "secretary")
            self.assertEqual(row.reason, "overdue")

    def test_one_that_cannot_be_handled_holds_up_no_other(self):
        """A row that fails is put aside for an hour; all others are handled."""
        with freeze_time("2026-03-06 22:10:00"):
            poisoned, healthy = self.report(), self.report()
        bad = self.duties(poisoned, "assess")
        escalate = type(bad)._escalation_user_id

        def fail_on_bad(duty, role_id):
            if duty == bad:
                raise ZeroDivisionError
            return escalate(duty, role_id)

        self.patch(type(bad), "_escalation_user_id", fail_on_bad)
        with (
            freeze_time("2026-03-08 12:00:00"),
            mute_logger("odoo.addons.aggression_protocol.models.duty.duty_sweep"),
        ):
            self.sweep()
        self.assertFalse(bad.escalated_at)
        self.assertEqual(str(bad.sweep_at), "2026-03-08 13:00:00")
        self.assertTrue(self.duties(healthy, "assess").escalated_at)
        self.assertTrue(self.duties(poisoned, "talk_1").escalated_at)

    @freeze_time("2026-03-06 22:10:00")
    def test_my_tasks(self):
        """M2: the clerk sees what to do, does it with a note, and it is off the list."""
        incident = self.report()
        duty = self.duties(incident, "inform_mayor")
        action = self.env.ref("aggression_protocol.duty_action")
        mine = self.model_as("clerk", "aggression.duty").search(
            [("user_id", "=", self.users["clerk"].id), ("state", "=", "open")]
        )
        self.assertEqual(mine, duty)
        self.assertEqual(action.res_model, "aggression.duty")
        step = self.as_user("clerk", duty).action_open_step()
        form = Form(
            self.env[step["res_model"]]
            .with_user(self.users["clerk"])
            .with_context(**step["context"])
        )
        self.assertEqual(form.task, "Inform the mayor")
        form.note = "Called at 23:15."
        form.save().action_done()
        self.assertEqual((duty.state, duty.note), ("done", "Called at 23:15."))
        self.assertIn("Called at 23:15.", incident.entry_ids[0].text)

    def test_late_needs_a_reason(self):
        with freeze_time("2026-03-06 22:10:00"):
            duty = self.duties(self.report(), "inform_mayor")
        with freeze_time("2026-03-08 12:00:00"):
            clerk = self.as_user("clerk", duty)
            with self.assertRaisesRegex(UserError, "Say why it was late"):
                clerk._complete("Called.", "")
            clerk._complete("Called.", "I was ill.")
        self.assertEqual(duty.late_reason, "I was ill.")

    @freeze_time("2026-03-06 22:10:00")
    def test_a_duty_with_a_step_of_its_own(self):
        """N1: classifying is done by classifying, not by a tick."""
        duty = self.duties(self.report(), "assess")
        with self.assertRaisesRegex(UserError, "taking its own step"):
            self.as_user("coordinator", duty)._complete("Done.", "")
        with self.assertRaises(AccessError):
            self.as_user("coordinator", duty).write({"state": "done"})

    @freeze_time("2026-03-06 22:10:00")
    def test_not_needed_needs_a_reason(self):
        duty = self.duties(self.report(), "inform_mayor")
        with self.assertRaisesRegex(UserError, "Say why this need not be done"):
            self.as_user("clerk", duty)._complete("", "", waived=True)

    @freeze_time("2026-03-06 22:10:00")
    def test_the_mayor_hit(self):
        """C3: the King's Commissioner, the national coordinator and the handling are duties."""
        incident = self.classify(self.report("secretary", "mayor"), "threat")
        self.assertEqual(
            len(self.duties(incident, "kings_commissioner", "nctv", "settle_handling")), 3
        )

    @freeze_time("2026-03-06 22:10:00")
    def test_a_duty_opens_the_case_to_who_must_do_it(self):
        """M5, D10: who gets a duty can see the case; an injury told in the report counts too."""
        incident = self.report(injury="physical")
        duty = self.duties(incident, "inspectorate")
        self.assertEqual(duty.user_id.login, "secretary")
        row = incident.access_ids.filtered(lambda row: row.user_id.login == "secretary")
        self.assertEqual((row.role, row.reason), ("handler", "duty"))
        self.classify(incident, "hitting")
        self.assertEqual(self.duties(incident, "inspectorate"), duty, "and not a second time")

    @freeze_time("2026-03-06 22:10:00")
    def test_counted_from_what_raised_it(self):
        """D10: a term can run from the event itself, which the case keeps no moment of."""
        kind = self.protocol.duty_type_ids.filtered(lambda kind: kind.code == "send_letter")
        kind.write({"anchor": "event_at", "term_amount": 1, "term_unit": "hours"})
        kind.only_causer_known = False
        incident = self.report()
        raised = self.env["aggression.duty"]._raise
        told = raised(incident, "decided", at=datetime(2026, 3, 6, 21, 30))
        untold = raised(incident, "decided")
        self.assertEqual(str(told.due_at), "2026-03-06 22:30:00")
        self.assertEqual(str(untold.due_at), "2026-03-06 23:10:00", "from this minute")

    @freeze_time("2026-03-06 22:10:00")
    def test_a_talk_counted_from_what_raised_it(self):
        """Z6: so can the term of a talk."""
        kind = self.protocol.duty_type_ids.filtered(lambda kind: kind.code == "talk_1")
        kind.anchor = "event_at"
        talk = self.duties(self.report(), "talk_1")
        self.assertEqual(str(talk.due_at), "2026-03-07 22:10:00", "and not from when it happened")
