import base64

import psycopg2

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tools import mute_logger

from ..models.privacy.access import DECIDER, HANDLER
from .refusals import RefusalCase


class TestSecondLine(RefusalCase):
    """What stands behind the screens: each refuses by itself, whatever was checked before it.

    Each of these was found by `make mutate`: taken away, no other test noticed.
    """

    def forced(self, name, **values):
        """Create a record as only the protocol's own code can."""
        return self.env[name].sudo()._unlocked().create({"incident_id": self.case.id, **values})

    # -- what is in a case ----------------------------------------------------------------

    def test_somebody_was_hit(self):
        values = {"office_id": self.office("councillor").id}
        self.refused(
            lambda: self.forced("aggression.affected.person", **values),
            ValidationError,
            "who was hit",
        )

    def test_files(self):
        """M8: a file that came in damaged is refused in a sentence; a file stays."""
        damaged = {"filename": "x.png", "content": "a"}
        self.refused(
            lambda: self.env["aggression.evidence"]._bytes_of("a"), ValidationError, "damaged"
        )
        self.refused(
            lambda: self.forced("aggression.evidence", **damaged), ValidationError, "damaged"
        )
        file = self.forced("aggression.evidence", filename="x", content=base64.b64encode(b"x"))
        self.refused(
            self.env[file._name].browse(file.id).unlink, AccessError, "stays with its case"
        )
        self.refused(self.as_user("uninvolved", file).action_download)

    def test_access_ends_by_steps(self):
        """M5: not even code in superuser mode takes a row away without the key."""
        self.refused(self.case.access_ids[:1].sudo().unlink)

    def test_a_role_is_asked_of_every_record(self):
        facts = self.case.facts_ids
        self.as_user("clerk", facts)._require(HANDLER)
        self.refused(lambda: self.as_user("councillor", facts)._require(HANDLER))
        self.refused(lambda: self.as_user("clerk", facts).sudo()._require(DECIDER))

    def test_measures(self):
        """U3, A4: no measure for an emotion, none without the end that it needs."""
        case = self.classify(self.case, "threat")
        decision = self.decide(case)
        ban = self.measure_type("building_ban")
        dates = {"date_from": "2026-03-08", "date_to": False}
        values = {"decision_id": decision.id, "type_id": ban.id, **dates}
        self.refused(
            lambda: self.forced("aggression.measure", **values), ValidationError, "needs an end"
        )
        backwards = {**values, "date_to": "2026-03-01"}
        with mute_logger("odoo.sql_db"):
            self.refused(
                lambda: self.forced("aggression.measure", **backwards),
                psycopg2.errors.CheckViolation,
            )
        case.sudo()._unlocked().outcome = "emotion"
        whole = {**values, "date_to": "2026-04-01"}
        self.refused(lambda: self.forced("aggression.measure", **whole), ValidationError, "emotion")

    # -- the way of a report --------------------------------------------------------------

    def test_routes(self):
        """M2 to M4: an office without a route, and a receiver that no route names."""
        self.protocol.route_ids.filtered(
            lambda route: route.office_id == self.office("alderman")
        ).unlink()
        self.refused(lambda: self.report(hit="alderman"), UserError, "no route for the office")
        stranger = self.role("alderman").id
        self.refused(
            lambda: self.report(receiver_role_id=stranger), UserError, "that the protocol names"
        )
        empty = [Command.create({"filename": "x"})]
        self.refused(lambda: self.report(file_ids=empty), UserError, "A file is empty")

    def test_reopening(self):
        """N1: a closed case is opened by who handles it, with a reason."""
        self.classify(self.case, "criticism", closing_reason="Talked over.")
        mayor = self.as_user("mayor", self.case)
        self.refused(lambda: mayor._reopen("Because."))
        clerk = self.as_user("clerk", self.case)
        self.refused(lambda: clerk._reopen("  "), UserError, "Say why")
        blank = self.on_case("clerk", "step.note", step="reopen", text="  ")
        self.refused(blank.action_save, UserError, "Write down")

    def test_deciding(self):
        """A1, C3: the decider in office, with a part in this case; nobody else by a remote call."""
        self.classify(self.case, "threat")
        self.refused(lambda: self.as_user("deputy", self.case)._decide({}))
        self.refused(lambda: self.as_user("coordinator", self.case)._decide({}))
        screen = self.decision_screen(self.case)
        self.refused(lambda: self.as_user("deputy", screen).sudo().action_decide())
        other = self.report("desk", causer_kind="person", causer_name="K. Karels").causer_ids
        self.refused(
            lambda: self.decide(self.case, causer_id=other.id), UserError, "causer of this case"
        )
        self.refused(
            lambda: self.decide(self.case, causer_id=False), UserError, "Choose the causer against"
        )
        self.end_access("mayor")
        self.refused(lambda: self.as_user("mayor", self.case)._decide({}))
        self.refused(lambda: self.as_user("mayor", self.case.sudo())._repeat())

    def test_duties(self):
        duty = self.case.duty_ids.filtered(lambda duty: duty.fulfilment == "note")[:1]
        councillor = self.as_user("councillor", duty).sudo()
        self.refused(lambda: councillor._complete("Done.", "Late."))
        screen = self.screen("clerk", "duty.completion", duty_id=duty.id, note="x", late_reason="x")
        self.refused(lambda: self.as_user("secretary", screen).sudo().action_done())
        self.end_access("clerk")
        self.refused(self.as_user("clerk", screen).action_done)

    # -- who comes in, who is kept out ----------------------------------------------------

    def test_letting_in(self):
        """C5: by a handler, with a reason, of this very case, once."""
        self.case._keep_out_now(self.users["uninvolved"], "Brother.")
        exclusion = self.case.exclusion_ids
        mayor = self.as_user("mayor", self.case)
        self.refused(lambda: mayor._let_in(exclusion, "Because."))
        clerk = self.as_user("clerk", self.case)
        self.refused(lambda: clerk._let_in(exclusion, " "), UserError, "Write down why")
        values = {"step": "let_in", "exclusion_id": exclusion.id, "reason": "x"}
        self.refused(lambda: self.on_case("mayor", "exclusion.wizard", **values))
        other = self.report("clerk")
        elsewhere = self.screen("clerk", "exclusion.wizard", incident_id=other.id, **values)
        self.refused(elsewhere.action_save, UserError, "not kept out of this case any more")
        nobody = self.on_case("clerk", "exclusion.wizard", reason="x")
        self.refused(nobody.action_save, UserError, "Say who")

    def test_sharing(self):
        """C3: not with who was hit, nor with somebody outside the case team."""
        hit = self.report("secretary", "mayor")
        values = {"incident_id": hit.id, "user_id": self.users["mayor"].id, "reason": "x"}
        share = self.screen("coordinator", "sharing.wizard", **values)
        self.refused(share.action_share, UserError, "was hit")
        outsider = {"user_id": self.users["employee"].id, "reason": "x"}
        share = self.on_case("clerk", "sharing.wizard", **outsider)
        self.refused(share.action_share, UserError, "not in the case team")

    def test_screens_that_outlive_their_access(self):
        """M5: a screen that was open when access ended takes no step any more."""
        share = {"user_id": self.users["uninvolved"].id, "reason": "x"}
        screens = [
            self.on_case("clerk", "step.note", text="x").action_save,
            self.on_case("clerk", "exclusion.wizard", **share).action_save,
            self.on_case("clerk", "sharing.wizard", **share).action_share,
            self.on_case("clerk", "classification.wizard").action_classify,
        ]
        self.end_access("clerk")
        for step in screens:
            self.refused(step)
        closed = self.as_user("clerk", self.case)._action_show()
        self.assertEqual(closed["type"], "ir.actions.act_window_close")

    def test_screens_of_others(self):
        """C21: nobody drives the screen of another, by code that forgot to ask either."""
        share = {"user_id": self.users["uninvolved"].id, "reason": "x"}
        steps = {
            "action_submit": self.screen(
                "clerk", "report.wizard", **self._report_values("x", "mayor", {})
            ),
            "action_save": self.on_case("clerk", "step.note", text="x"),
            "action_share": self.on_case("clerk", "sharing.wizard", **share),
            "action_make": self.screen("clerk", "council.feedback"),
        }
        for step, screen in steps.items():
            self.refused(getattr(self.as_user("coordinator", screen).sudo(), step))

    def test_two_files_for_one_causer(self):
        """M6: one earlier file at most is confirmed for a causer."""
        for _time in range(2):
            self.report("clerk", causer_kind="person", causer_name="J. Jansen")
        screen = self.on_case(
            "clerk",
            "classification.wizard",
            directed="yes",
            aim="harm",
            behaviour_ids=[Command.set(self.behaviours("threat").ids)],
        )
        self.assertEqual(len(screen.match_ids), 2)
        screen.match_ids.write({"confirmed": True, "reason": "The same address."})
        self.refused(screen.action_classify, ValidationError, "Tick one")
        self.classify(self.case, "threat")
        self.refused(self.as_user("clerk", self.case).action_classify, UserError, "already")

    def test_another_municipality(self):
        """M7: figures of one's own municipality alone."""
        other = self.env["res.company"].create({"name": "Elsewhere"})
        self.refused(lambda: self.screen("clerk", "council.feedback", company_id=other.id))

    # -- the protocol ---------------------------------------------------------------------

    def test_protocol_data(self):
        """N4, A12: what makes no sense is refused where it is typed."""
        duty = self.protocol.duty_type_ids[:1]
        for values, words in (
            ({"term_amount": 0}, "term of at least one hour"),
            ({"reminder_hours": -1}, "term of at least one hour"),
            ({"fulfilment": "talk", "talk_number": 0}, "which talk"),
            ({"who": "role", "role_id": False}, "Choose the role"),
        ):
            self.refused(lambda v=values: duty.write(v), ValidationError, words)
        step = self.protocol.ladder_step_ids[:1]
        self.refused(lambda: step.write({"from_incident": 0}), ValidationError, "number 1")
        ban = self.measure_type("building_ban")
        self.refused(lambda: ban.write({"default_months": 0}), ValidationError, "usually lasts")
        longer = {"default_months": 3, "max_months": 2}
        self.refused(lambda: ban.write(longer), ValidationError, "longer than its longest")

    def test_versions(self):
        """N4: a version is made and put in force by the functional manager, when it is ready."""
        self.refused(self.as_user("employee", self.protocol).action_new_version)
        self.refused(self.as_user("employee", self.protocol).sudo().sudo(False).action_put_in_force)
        self.refused(self.protocol.action_put_in_force, UserError, "does not fit any more")

    def test_handing_over(self):
        """C3: roles are handed over by the functional manager."""
        line = self.role("mayor").assignment_ids[:1]
        screen = self.screen("manager", "handover.wizard", assignment_id=line.id)
        self.refused(self.as_user("administrator", screen).sudo().action_hand_over)
        self.refused(lambda: self.screen("employee", "handover.wizard", assignment_id=line.id))
