from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, freeze_time
from odoo.tools import mute_logger

from .common import ProtocolCase


class TestDutyLadder(ProtocolCase):
    """What a duty type can ask: more steps when it is overdue, who may waive, other moments."""

    def kind(self, code):
        return self.protocol.duty_type_ids.filtered(lambda kind: kind.code == code)

    def sweep(self):
        with self.enter_registry_test_mode():
            self.env.ref("aggression_protocol.cron_sweep_duties").method_direct_trigger()
        self.env.invalidate_all()

    def kinds_of_entries(self, incident):
        return [entry.kind for entry in incident.entry_ids]

    def told(self, duty, kind="overdue"):
        notices = self.env["aggression.notice"].search(
            [("duty_id", "=", duty.id), ("kind", "=", kind)]
        )
        return sorted(notices.user_id.mapped("login")), len(notices)

    def test_a_step_at_a_time(self):
        """Z6: the first talk is overdue: the coordinator, and two days later the secretary."""
        with freeze_time("2026-03-06 22:10:00"):
            incident = self.report("clerk", "alderman")
            talk = self.duties(incident, "talk_1")
            self.assertEqual(str(talk.due_at), "2026-03-07 21:50:00")
        with freeze_time("2026-03-07 21:50:00"):
            self.sweep()
            self.assertEqual((talk.rung, talk.escalated_to_id.login), (1, "coordinator"))
            self.assertEqual(str(talk.sweep_at), "2026-03-09 21:50:00")
            self.assertEqual(self.told(talk), (["coordinator", "mayor"], 2))
        with freeze_time("2026-03-09 21:49:00"):
            self.sweep()
            self.assertEqual(talk.rung, 1, "not a minute too soon")
        with freeze_time("2026-03-09 21:50:00"):
            self.sweep()
            self.assertEqual((talk.rung, talk.escalated_to_id.login), (2, "secretary"))
            self.assertEqual(self.told(talk), (["coordinator", "mayor", "secretary"], 3))
            self.assertFalse(talk.sweep_at)
            self.assertIn("escalated", self.kinds_of_entries(incident))
        for login in ("coordinator", "secretary"):
            mine = self.model_as(login, "aggression.duty").search(
                [("told_ids", "in", talk.told_ids.ids)]
            )
            self.assertIn(talk, mine)
        entries = len(incident.entry_ids)
        with freeze_time("2026-03-20 12:00:00"):
            talk._unlocked().sweep_at = talk.due_at
            self.duties(incident, "talk_2", "inform_secretary", "assess")._move("lapsed")
            self.sweep()
        self.assertEqual(len(incident.entry_ids), entries, "nobody is told twice")

    def test_steps_missed(self):
        """Z6: when nothing ran for days, each step is told in one run, and once."""
        with freeze_time("2026-03-06 22:10:00"):
            incident = self.report("clerk", "alderman")
        talk = self.duties(incident, "talk_1")
        with freeze_time("2026-03-12 08:00:00"):
            self.sweep()
        self.assertEqual(talk.rung, 2)
        self.assertEqual(self.told(talk), (["coordinator", "mayor", "secretary"], 3))
        rows = incident.access_ids.filtered(lambda row: row.reason == "overdue")
        self.assertEqual(rows.user_id.mapped("login"), ["secretary"], "the others had a part in it")

    def test_done_in_between(self):
        """Z6: what is done goes no further up."""
        with freeze_time("2026-03-06 22:10:00"):
            incident = self.report("clerk", "alderman")
        talk = self.duties(incident, "talk_1")
        with freeze_time("2026-03-08 12:00:00"):
            self.sweep()
            self.as_user("mayor", talk.talk_id).action_hold()
        with freeze_time("2026-03-12 12:00:00"):
            self.sweep()
        self.assertEqual((talk.rung, talk.told_ids.login), (1, "coordinator"))

    def test_the_substitute(self):
        """Z6: who is absent is stood in for, when it is raised and when it is overdue."""
        coordinator = self.role("aggression_coordinator").assignment_ids
        with freeze_time("2026-03-06 22:10:00"):
            coordinator.date_to = "2026-03-05"
            incident = self.report("clerk", "alderman")
            self.assertEqual(self.duties(incident, "assess").user_id.login, "secretary")
        with freeze_time("2026-03-07 21:50:00"):
            self.sweep()
            self.assertEqual(self.duties(incident, "talk_1").told_ids.login, "secretary")

    def test_never_somebody_who_was_hit(self):
        """Z2, C3: the step goes to the substitute of a role whose holder was hit."""
        self.kind("assess").escalation_ids.after_hours = 1
        with freeze_time("2026-03-06 22:10:00"):
            incident = self.report("secretary", "mayor")
        with freeze_time("2026-03-08 12:00:00"):
            self.sweep()
        told = self.duties(incident, "assess").told_ids
        self.assertNotIn(self.users["mayor"], told)
        self.assertIn(self.users["deputy"], told)

    @freeze_time("2026-03-06 22:10:00")
    def test_who_may_waive(self):
        """D9, D10, A6: nobody, one role, who decides; and always with a reason."""
        incident = self.report("secretary", "mayor", injury="physical")
        self.classify(incident, "ban_ignored")
        inspectorate, commissioner, police = (
            self.duties(incident, code)
            for code in ("inspectorate", "kings_commissioner", "police_at_once")
        )
        for duty, refused in (
            (commissioner, ("deputy", "secretary", "coordinator")),
            (police, ("order_officer", "coordinator")),
        ):
            for login in refused:
                with self.assertRaisesRegex(UserError, "does not let you decide"):
                    self.as_user(login, duty)._complete("Not needed.", "", waived=True)
        for login, may in (("secretary", True), ("deputy", False), ("coordinator", False)):
            self.assertEqual(self.as_user(login, inspectorate)._may_waive(), may, login)
        theirs = self.as_user("deputy", police)
        with self.assertRaisesRegex(UserError, "Say why"):
            theirs._complete(" ", "", waived=True)
        theirs._complete("Legal advice of 6 March.", "", waived=True)
        self.assertEqual((police.state, police.note), ("waived", "Legal advice of 6 March."))
        self.as_user("deputy", commissioner)._complete("Called.", "")

    @freeze_time("2026-03-06 22:10:00")
    def test_the_button_follows(self):
        """D9: who may not waive does not see the button."""
        incident = self.classify(self.report("secretary", "mayor"), "threat")
        for code, shown in (("kings_commissioner", False), ("nctv", True)):
            step = self.as_user("deputy", self.duties(incident, code)).action_open_step()
            model = self.env[step["res_model"]].with_user(self.users["deputy"])
            self.assertEqual(Form(model.with_context(**step["context"])).can_waive, shown)

    @freeze_time("2026-03-06 22:10:00")
    def test_law_and_protocol(self):
        """D10: the law says at once, the protocol within 24 hours; the data decide."""
        kind = self.kind("inspectorate")
        self.assertIn("at once", kind.law)
        for counts, due in (
            ("protocol", "2026-03-07 21:50:00"),
            ("earlier", "2026-03-06 23:10:00"),
            ("law", "2026-03-06 23:10:00"),
        ):
            kind.law_counts = counts
            duty = self.duties(self.report(injury="physical"), "inspectorate")
            self.assertEqual(str(duty.due_at), due, counts)
        late = self.report(
            injury="physical", occurred_at="2026-03-04 12:00:00", reported_at="2026-03-06 22:00:00"
        )
        self.assertEqual(str(self.duties(late, "inspectorate").due_at), "2026-03-06 23:10:00")
        kind.law_counts = "earlier"
        late = self.report(
            injury="physical", occurred_at="2026-03-04 12:00:00", reported_at="2026-03-06 22:00:00"
        )
        self.assertEqual(str(self.duties(late, "inspectorate").due_at), "2026-03-05 12:00:00")

    @freeze_time("2026-03-06 22:10:00")
    def test_conditions(self):
        """D10, Z3: hospital or lasting harm; the family."""
        self.kind("assess").copy(
            {"code": "a", "name": "A", "fulfilment": "note", "only_lasting": True}
        )
        self.kind("assess").copy(
            {"code": "b", "name": "B", "fulfilment": "note", "only_family_hit": True}
        )
        for harm, raised in (
            ({"injury": "physical"}, []),
            ({"hospital": True}, ["a"]),
            ({"lasting_harm": True}, ["a"]),
            ({"family_hit": True}, ["b"]),
        ):
            found = self.duties(self.report(**harm), "a", "b")
            self.assertEqual(found.type_id.mapped("code"), raised, harm)

    @freeze_time("2026-03-06 22:10:00")
    def test_from_consent(self):
        """D1: counted from the moment of consent; from this minute while there is none."""
        kind = self.kind("declaration")
        kind.write({"anchor": "consent_at", "only_offence": False})
        incident = self.report()
        person = incident.affected_ids
        with freeze_time("2026-03-07 09:00:00"):
            self.as_user("councillor", person)._agree("declaration")
        with freeze_time("2026-03-09 09:00:00"):
            self.classify(incident, "threat")
            self.assertEqual(
                str(self.duties(incident, "declaration").due_at), "2026-03-10 09:00:00"
            )
            other = self.classify(self.report(), "threat")
            self.assertEqual(str(self.duties(other, "declaration").due_at), "2026-03-11 09:00:00")

    @freeze_time("2026-03-09 09:00:00")
    def test_from_the_end_of_a_period(self):
        """A4: counted from the midnight after the last day of the measure."""
        self.kind("measure_ends").write({"anchor": "period_end", "term_amount": 3})
        incident = self.classify(
            self.report(causer_kind="person", causer_name="J. Jansen"), "threat"
        )
        decision = self.decide(incident)
        with mute_logger("odoo.addons.aggression_protocol"):
            decision.measure_ids._take_effect(decision.decided_at.date())
        lasting = decision.measure_ids.filtered("date_to")[:1]
        duty = self.duties(incident, "measure_ends").filtered(lambda one: one.measure_id == lasting)
        over = incident.protocol_id._midnight(lasting.date_to.replace(day=lasting.date_to.day))
        self.assertEqual((duty.due_at - over).days, 4)

    def test_data_that_makes_no_sense(self):
        """D10: refused where it is typed."""
        kind = self.kind("assess")
        for values, words in (
            ({"waived_by": "role"}, "may waive"),
            ({"law_amount": -1}, "law's term"),
            ({"law_amount": 1, "law_anchor": False}, "law's term"),
            ({"escalation_ids": [Command.create({"after_hours": 0, "role_id": 1})]}, "one hour"),
        ):
            with self.assertRaisesRegex(ValidationError, words):
                kind.write(values)

    def test_a_new_version_has_the_ladder(self):
        """Z6: the steps are copied with the protocol."""
        action = self.as_user("manager", self.protocol).action_new_version()
        draft = self.env["aggression.protocol"].browse(action["res_id"])
        copied = draft.duty_type_ids.filtered(lambda kind: kind.code == "talk_1").escalation_ids
        self.assertEqual(copied.mapped("after_hours"), [48])
        self.assertNotEqual(copied, self.kind("talk_1").escalation_ids)
