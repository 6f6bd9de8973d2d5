from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, freeze_time

from .common_causers import Recognising


@freeze_time("2026-03-07 10:00:00")
class TestFindings(Recognising):
    def setUp(self):
        super().setUp()
        self.earlier = self.case_of("Jan Jansen", by="desk", hit="employee", office="civil_servant")
        self.classify(self.earlier, "insult")
        self.case = self.case_of("J. Jansen", accounts="@de_waakhond")
        self.known, self.own = self.earlier.causer_ids, self.case.causer_ids

    def findings(self, by="clerk"):
        action = self.as_user(by, self.case).action_show_findings()
        return self.model_as(by, action["res_model"]).search(action["domain"])

    def test_recognised_with_a_reason(self):
        """A12, M6, U2: a person says so and why; the case moves and is the second one then."""
        self.decide(self.classify(self.case, "threat"))
        self.recognise(self.case, self.known)
        self.assertEqual(self.case.causer_ids, self.known)
        self.assertFalse(self.own.exists())
        decided = self.case.decision_ids
        self.assertEqual(decided.causer_id | decided.measure_ids.causer_id, self.known)
        repeat = self.as_user("mayor", self.case)._repeat()
        self.assertEqual((repeat.number, repeat.against_staff), (2, 1))
        self.assertEqual(self.case.entry_ids[0].kind, "causer")
        finding = self.findings(by="mayor")
        self.assertEqual((finding.verdict, finding.earlier_id), ("recognised", self.known))
        self.assertEqual(finding.reason, "The same telephone number.")
        self.assertEqual(finding.by_id, self.users["clerk"])

    def form(self, action):
        """Open a screen, as the web client does."""
        model = self.model_as("clerk", action["res_model"])
        return Form(model.with_context(**action["context"]))

    def test_on_the_screen(self):
        """A12, M6: compared, recognised and separated by what the screens send."""
        form = self.form(self.as_user("clerk", self.case).action_compare_causer())
        with form.line_ids.edit(0) as line:
            self.assertEqual((line.alike, line.incidents), ("similar name", 1))
            line.verdict = "recognised"
            line.reason = "The same voice."
        form.save().action_save()
        self.assertEqual(self.case.causer_ids, self.known)
        form = self.form(self.findings().action_separate())
        self.assertEqual(form.causer_id, self.known)
        form.reason = "A brother."
        form.save().action_save()
        self.assertEqual(self.case.causer_ids.name, "J. Jansen")
        self.case_of("J. Jansen")
        form = self.form(self.as_user("clerk", self.case).action_classify())
        form.behaviour_ids.add(self.behaviours("threat"))
        form.directed, form.aim = "yes", "harm"
        with form.match_ids.edit(0) as line:
            self.assertEqual(line.alike, "same name")
            line.confirmed, line.reason = True, "The same voice."
        form.save().action_classify()
        self.assertEqual(len(self.case.causer_ids.incident_ids), 2)

    def test_somebody_else_is_not_suggested_again(self):
        """M6: who was found to be another, with a reason, does not come back."""
        self.say(self.case, self.known, "told_apart", "Jan was in hospital that day.")
        self.assertEqual(self.case.causer_ids, self.own)
        self.assertFalse(self.suggested(self.case))
        asked = {"verdict": {}, "earlier_id": {"fields": {"display_name": {}}}}
        shown = self.findings().web_read(asked)[0]
        self.assertEqual(shown["verdict"], "told_apart")
        self.assertEqual(shown["earlier_id"]["display_name"], self.known.reference)
        self.assertTrue(self.suggested(self.case_of("J. Jansen")), "in this case alone")

    def test_split_with_what_was_decided(self):
        """A12, M6: the case gets its own file back, with who was in it and its measures."""
        reference = self.own.reference
        self.decide(self.classify(self.case, "threat"))
        self.recognise(self.case, self.known)
        self.assertTrue(self.findings().can_separate)
        self.assertFalse(self.findings("mayor").can_separate)
        self.separate(self.case)
        own = self.case.causer_ids
        self.assertEqual((own.reference, own.name), (reference, "J. Jansen"))
        self.assertEqual((own.kind, own.accounts), ("person", "@de_waakhond"))
        self.assertEqual(self.case.decision_ids.measure_ids.causer_id, own)
        self.assertEqual((self.earlier.causer_ids, self.known.name), (self.known, "Jan Jansen"))
        self.assertEqual(self.as_user("mayor", self.case)._repeat().number, 1)
        self.assertEqual(self.findings().mapped("verdict"), ["separated", "recognised"])
        self.assertEqual(self.case.entry_ids[0].kind, "causer_apart")
        self.assertFalse(self.suggested(self.case), "not again")
        with self.assertRaisesRegex(UserError, "nothing to separate"):
            self.findings()[1].action_separate()
        self.assertNotIn(True, self.findings().mapped("can_separate"))

    def test_back_to_a_file_that_is_still_there(self):
        """M6: where another case kept the file, the split brings the case back to it."""
        third = self.case_of("J. Jansen")
        self.recognise(third, self.own)
        self.recognise(self.case, self.known)
        self.separate(self.case)
        self.assertEqual((self.case | third).causer_ids, self.own)

    def test_never_without_a_reason(self):
        """M6: neither joined, nor told apart, nor separated without saying why."""
        for verdict in ("recognised", "told_apart"):
            with self.assertRaisesRegex(UserError, "how you know"):
                self.say(self.case, self.known, verdict, reason=" ")
        with self.assertRaisesRegex(UserError, "at least one"):
            self.screen(self.case).action_save()
        self.recognise(self.case, self.known)
        with self.assertRaisesRegex(UserError, "how you know"):
            self.separate(self.case, reason=" ")
        with self.assertRaisesRegex(UserError, "which causer"):
            self.separate(self.case, causer_id=False)

    def test_only_what_was_suggested(self):
        """M6, C21: no file is pulled into a case by its number, and each causer is one person."""
        stranger = self.case_of("K. Karels", by="secretary", hit="mayor").causer_ids
        screen = self.screen(self.case)
        screen.line_ids.write({"verdict": "recognised", "reason": "x", "earlier_id": stranger.id})
        with self.assertRaisesRegex(UserError, "not suggested"):
            screen.action_save()
        clerk = self.as_user("clerk", self.case)
        with self.assertRaisesRegex(UserError, "not suggested"):
            clerk._recognise(self.case_of("J. Jansen").causer_ids, self.known, "x")
        screen = self.screen(self.case)
        screen.line_ids.write({"verdict": "recognised", "reason": "x"})
        with self.assertRaisesRegex(UserError, "Tick one"):
            screen.action_save()
        foreign = {"incident_id": self.case.id, "step": "separate", "causer_id": stranger.id}
        screen = self.model_as("clerk", "aggression.causer.wizard").create(
            {**foreign, "reason": "x"}
        )
        with self.assertRaisesRegex(UserError, "nothing to separate"):
            screen.action_save()

    def test_not_where_there_is_no_file(self):
        """U3: a case of an unknown causer has nothing to compare."""
        unknown = self.as_user("clerk", self.report("clerk"))
        with self.assertRaisesRegex(UserError, "no file"):
            unknown.action_compare_causer()

    def test_by_who_handles_the_case(self):
        """C02, M6: deciding on measures is not handling; each step asks for itself."""
        mine = self.as_user("mayor", self.case)
        for step in (
            lambda: self.screen(self.case, "mayor"),
            lambda: mine._recognise(self.own, self.known, "x"),
            lambda: mine._tell_apart(self.own, self.known, "x"),
            lambda: mine._separate(self.known, "x"),
        ):
            with self.assertRaises(AccessError):
                step()

    def test_written_once(self):
        """M6: what was found is changed and deleted by nobody."""
        self.recognise(self.case, self.known)
        finding = self.findings()
        for step in (lambda: finding.write({"reason": "y"}), finding.unlink):
            with self.assertRaises(AccessError):
                step()

    def test_recognised_while_classifying(self):
        """M6, U2: the same from the classification, and likely ones are suggested there too."""
        screen = self.model_as("clerk", "aggression.classification.wizard").create(
            {
                "incident_id": self.case.id,
                "behaviour_ids": [Command.set(self.behaviours("threat").ids)],
                "directed": "yes",
                "aim": "harm",
            }
        )
        self.assertEqual(screen.match_ids.alike, "similar name")
        screen.match_ids.write({"confirmed": True, "reason": "Known at the desk."})
        screen.action_classify()
        self.assertEqual(self.findings().reason, "Known at the desk.")
        self.separate(self.case)
        self.assertEqual(self.case.causer_ids.name, "J. Jansen")

    def test_emotion_keeps_no_finding(self):
        """U3: where no file of the causer is kept, nothing of a comparison is either."""
        self.recognise(self.case, self.known)
        self.classify(self.case, "grief", directed="no", aim="none", closing_reason="Calmed down.")
        self.assertFalse(self.findings())

    def test_an_unnamed_causer_stays_unnamed(self):
        """M8: once the term is over no split brings a name back."""
        self.recognise(self.case, self.known)
        cases = self.case | self.earlier
        clocks = self.env["aggression.retention"]._unlocked()
        clocks.create([{"incident_id": case.id} for case in cases])._unname()
        finding = self.findings()
        self.assertFalse(finding.reason or finding.sudo().identity or self.known.likely_hashes)
        self.separate(self.case)
        self.assertTrue(self.case.causer_ids.unnamed_on)
        self.assertFalse(any(self.case.causer_ids._identity()))
        with self.assertRaises(ValidationError):
            self.case.causer_ids.accounts = "de_waakhond"
