from odoo.exceptions import AccessError
from odoo.tests import Form, freeze_time
from odoo.tools import mute_logger

from ..models.succession import handing_over
from .visibility import VisibilityCase

MARCH_6, MARCH_7 = "2026-03-06 22:10:00", "2026-03-07 22:10:00"


class TestSuccession(VisibilityCase):
    """A role changes hands: open work goes along, and the old holder sees nothing any more."""

    def close(self, incident):
        """Classify a case as emotion, which closes it, and decline the talk on offer."""
        self.classify(incident, "banging_table", directed="no", closing_reason="He apologised.")
        self.as_user("councillor", incident.affected_ids.aftercare_ids).action_decline()
        self.assertEqual(incident.state, "closed")

    def parts(self, incident):
        """Return who has which part and which open task, as a value that can be compared."""
        duties = incident.duty_ids.filtered(lambda duty: duty.state == "open")
        return (
            self.who(incident),
            sorted((duty.type_id.code, duty.user_id.login) for duty in duties),
            incident.affected_ids.aftercare_ids.carer_id.login,
        )

    @freeze_time(MARCH_6)
    def test_who_was_added_stays_when_a_role_passes(self):
        """M5: somebody who stood in for a role and was added by a person besides keeps the case."""
        self.line("aggression_coordinator", "coordinator").unlink()
        incident = self.report(hit="alderman")
        self.assertIn("handler", self.who(incident)["secretary"], "for the vacant role")
        add = {"user_id": self.users["secretary"].id, "reason": "Knows the town."}
        self.model_as("mayor", "aggression.sharing.wizard").create(
            {"incident_id": incident.id, **add}
        ).action_share()
        self.appoint("mayor", "aggression_coordinator")
        self.assertIn("handler", self.who(incident).get("secretary", ()))
        [row] = incident.access_ids.filtered(lambda row: row.user_id == self.users["secretary"])
        self.assertEqual((row.reason, row.note), ("granted", "Knows the town."))

    @freeze_time(MARCH_6)
    def test_a_new_holder(self):
        """C5: open cases and tasks go to the new coordinator; the old one sees none, old or new."""
        incident, closed = self.report(), self.report()
        self.close(closed)
        self.appoint("uninvolved", "aggression_coordinator")
        self.assertIn("handler", self.who(incident)["uninvolved"], "both hold the role now")
        self.assertEqual(self.duties(incident, "assess").user_id.login, "coordinator")
        self.line("aggression_coordinator", "coordinator").date_to = "2026-03-05"
        self.assertEqual(self.duties(incident, "assess").user_id.login, "uninvolved")
        for case in (incident, closed, self.report()):
            self.assertUnknown("coordinator", case)
        self.assertUnknown("uninvolved", closed)
        self.classify(incident, "threat", by="uninvolved")

    @freeze_time(MARCH_6)
    def test_the_timeline_says_it_once(self):
        """C3: one entry for each case, by the functional manager, who sees none of it."""
        first, second = self.report(), self.report()
        self.line("council_clerk").user_id = self.users["uninvolved"]
        for incident in (first, second):
            entry = incident.entry_ids.filtered(lambda entry: entry.kind == "handed_over")
            self.assertEqual(
                entry.text,
                "No longer on this case: Name of clerk. Takes over: Name of uninvolved.",
            )
            self.assertUnknown("manager", incident)

    def test_a_date_that_passes(self):
        """C3: the mayor's last day is over, and the next morning the deputy answers."""
        with freeze_time(MARCH_6):
            incident = self.classify(self.report(), "threat")
            self.line("mayor").date_to = "2026-03-06"
            self.sweep("hand_over")
            self.assertSeen("mayor", incident)
        with freeze_time(MARCH_7):
            self.sweep("hand_over")
            self.assertUnknown("mayor", incident)
            self.assertEqual(self.who(incident)["deputy"], {"decider", "carer"})
            self.decide(incident, by="deputy")
            before, entries = self.parts(incident), len(incident.entry_ids)
            self.sweep("hand_over")
            self.assertEqual((self.parts(incident), len(incident.entry_ids)), (before, entries))

    @freeze_time(MARCH_6)
    def test_back_and_forth(self):
        """Editing the dates back and forth ends where it began."""
        incident = self.classify(self.report("desk"), "threat")
        before = self.parts(incident)
        for code in ("aggression_coordinator", "mayor", "council_clerk"):
            line = self.line(code)
            line.date_to = "2026-03-05"
            away = self.parts(incident)
            line.date_to = "2026-03-05"
            self.assertEqual(self.parts(incident), away)
            self.assertUnknown(line.user_id.login, incident)
            line.date_to = False
            self.assertEqual(self.parts(incident), before)

    @freeze_time(MARCH_6)
    def test_nobody_to_take_over(self):
        """A vacant role loses nothing: the next holder finds the work waiting."""
        incident = self.report("councillor")
        self.line("council_clerk").unlink()
        self.assertUnknown("clerk", incident)
        duty = self.duties(incident, "inform_mayor")
        self.assertEqual((duty.state, duty.user_id.ids), ("open", []))
        self.assertIn("Nobody can take over a task here", incident.entry_ids[0].text)
        self.appoint("uninvolved", "council_clerk")
        self.assertEqual(duty.user_id.login, "uninvolved")
        self.assertSeen("uninvolved", incident)

    @freeze_time(MARCH_6)
    def test_another_role_stays(self):
        """Who keeps another role keeps what that role gives."""
        self.appoint("clerk", "aggression_coordinator", "2026-03-01")
        incident = self.report("councillor")
        self.line("council_clerk", "clerk").date_to = "2026-03-05"
        self.assertEqual(self.who(incident)["clerk"], {"handler"})
        self.assertFalse(self.duties(incident, "inform_mayor").user_id)
        self.line("aggression_coordinator", "clerk").date_to = "2026-03-05"
        self.assertUnknown("clerk", incident)

    @freeze_time(MARCH_6)
    def test_own_part_stays(self):
        """M5: being hit does not end with the office; what was reported in office does."""
        incident = self.report("councillor")
        self.line("councillor", "councillor").date_to = "2026-03-05"
        self.assertSeen("councillor", incident)
        witnessed = self.report("other_councillor", "alderman")
        self.line("councillor", "other_councillor").date_to = "2026-03-06"
        with freeze_time(MARCH_7):
            self.sweep("hand_over")
            self.assertUnknown("other_councillor", witnessed)
            later = self.report("other_councillor", "alderman")
            self.sweep("hand_over")
            self.assertSeen("other_councillor", later)

    @freeze_time(MARCH_6)
    def test_who_was_added_by_hand(self):
        """C5: they too see nothing any more once their last role has ended."""
        incident = self.report()
        self.appoint("uninvolved", "deputy_clerk")
        self.model_as("clerk", "aggression.sharing.wizard").create(
            {"incident_id": incident.id, "user_id": self.users["uninvolved"].id, "reason": "Knows."}
        ).action_share()
        self.line("deputy_clerk").unlink()
        self.assertUnknown("uninvolved", incident)

    @freeze_time(MARCH_6)
    def test_archived(self):
        """C5: an archived account sees nothing; who returns gets the own case back, no more."""
        incident = self.report("secretary", "mayor")
        other = self.report()
        for login in ("mayor", "coordinator", "clerk"):
            self.users[login].active = False
            for case in (incident, other):
                self.assertUnknown(login, case)
        self.assertEqual(self.duties(other, "assess").user_id.login, "secretary")
        self.assertEqual(self.duties(other, "talk_1").user_id.login, "deputy")
        self.line("mayor").unlink()
        self.users["mayor"].active = True
        self.assertEqual(self.who(incident)["mayor"], {"person_hit"})
        self.assertUnknown("mayor", other)

    def test_who_was_told_of_something_overdue(self):
        """M5: the secretary was told; the next secretary is, when the first one goes."""
        with freeze_time(MARCH_6):
            incident = self.report()
        with freeze_time("2026-03-08 12:00:00"):
            self.sweep()
            self.assertEqual(self.duties(incident, "assess").escalated_to_id.login, "secretary")
            self.sweep("hand_over")
            self.assertSeen("secretary", incident)
            self.line("municipal_secretary").user_id = self.users["uninvolved"]
            self.assertEqual(self.duties(incident, "assess").escalated_to_id.login, "uninvolved")
            self.assertUnknown("secretary", incident)
            self.assertSeen("uninvolved", incident)

    @freeze_time(MARCH_6)
    def test_the_talk_on_offer_after_an_emotion(self):
        """Z1: the case is closed and its care goes on with who answers now."""
        incident = self.report()
        self.classify(incident, "banging_table", directed="no", closing_reason="He apologised.")
        self.line("mayor").date_to = "2026-03-05"
        self.assertEqual(self.who(incident)["deputy"], {"carer"})
        self.assertEqual(self.duties(incident, "talk_1").user_id.login, "deputy")
        self.assertUnknown("mayor", incident)

    @freeze_time(MARCH_6)
    def test_opened_again(self):
        """A case that is opened again comes to who holds the roles by then."""
        incident = self.report("councillor")
        self.close(incident)
        self.appoint("uninvolved", "aggression_coordinator")
        self.line("aggression_coordinator", "coordinator").unlink()
        self.assertUnknown("uninvolved", incident)
        self.as_user("clerk", incident)._reopen("More became known.")
        self.assertSeen("uninvolved", incident)

    @freeze_time(MARCH_6)
    def test_one_case_that_cannot_be_handed_over(self):
        """It holds up none of the others; access ends all the same, the rest in the next run."""
        self.patch(handing_over, "BATCH", 2)
        poisoned, healthy, last = self.report(), self.report(), self.report()
        fill = type(poisoned)._fill_parts

        def fail_on_poisoned(cases):
            if poisoned in cases:
                raise ZeroDivisionError
            return fill(cases)

        self.patch(type(poisoned), "_fill_parts", fail_on_poisoned)
        with mute_logger("odoo.addons.aggression_protocol.models.succession.handing_over"):
            self.line("aggression_coordinator").date_to = "2026-03-05"
        for case in (poisoned, healthy, last):
            self.assertUnknown("coordinator", case)
        self.assertNotIn("secretary", self.who(poisoned))
        self.assertIn("secretary", self.who(last))
        self.patch(type(poisoned), "_fill_parts", fill)
        self.sweep("hand_over")
        self.assertEqual(self.who(poisoned)["secretary"], {"handler"})

    @freeze_time(MARCH_6)
    def test_the_screen_tells_how_much_moves(self):
        """C3: numbers only, for the functional manager; not of what is kept from them."""
        self.report(), self.report()
        kept_from = self.report()
        self.keep_out(kept_from, "manager")
        line = self.line("aggression_coordinator")
        action = self.as_user("manager", line).action_hand_over()
        form = Form(self.model_as("manager", action["res_model"]).with_context(**action["context"]))
        self.assertEqual((form.case_count, form.duty_count), (2, 2))
        self.assertEqual(form.takes_over, "Name of secretary")
        form.successor_id = self.users["uninvolved"]
        self.assertEqual(form.takes_over, "Name of uninvolved")
        form.last_day = "2026-03-05"
        form.save().action_hand_over()
        self.assertUnknown("coordinator", kept_from)
        self.assertEqual(self.duties(kept_from, "assess").user_id.login, "uninvolved")
        self.assertNotIn("secretary", self.who(kept_from), "never by way of the substitute")
        with self.assertRaises(AccessError):
            self.as_user("clerk", line).action_hand_over()
