from contextlib import suppress
from unittest.mock import patch

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.sql_db import Savepoint
from odoo.tests import freeze_time, new_test_user
from odoo.tools import mute_logger

from ..models.decision import measure_steps
from .measured import NOON, MeasureCase

STEPS_LOG = "odoo.addons.aggression_protocol.models.decision.measure_steps"


@freeze_time(NOON)
class TestMeasureEnd(MeasureCase):
    """A measure ends by itself, early with a reason, or by a new decision."""

    def three(self):
        codes = ("building_ban", "service_restriction", "contact_arrangement")
        decision = self.decide_on(*(self.line(code, "2026-05-09") for code in codes))
        self.send(decision)
        return decision.measure_ids

    def told(self, measures):
        """Return what a second run could have doubled."""
        duties = self.incident.duty_ids.mapped(lambda one: (one.type_id.code, one.state))
        ends = [(one.state, one.end_reason, one.ended_on) for one in measures]
        return ends, sorted(duties), self.incident.entry_ids.mapped("kind")

    def test_over_in_the_night(self):
        """A4: on its last day it applies, in the night after it it ends: also in the nights in
        which summer time begins and ends."""
        receptionist = new_test_user(
            self.env, "receptionist", "aggression_protocol.group_front_desk", tz="Europe/Amsterdam"
        )
        nights = [
            # last day, still on the list, off the list (ours), ended (UTC)
            ("2026-03-28", "2026-03-28 22:59:00", "2026-03-28 23:01:00", "2026-03-29 00:05:00"),
            ("2026-06-09", "2026-06-09 21:59:00", "2026-06-09 22:01:00", "2026-06-10 00:05:00"),
            ("2026-10-24", "2026-10-24 21:59:00", "2026-10-24 22:01:00", "2026-10-25 00:05:00"),
        ]
        lines = self.env["aggression.front.desk.line"].with_user(receptionist)
        for last, shown, gone, ended in nights:
            with self.subTest(last=last):
                self.at(NOON)
                ban = self.running_ban(last)
                for moment, count in ((shown, 1), (gone, 0)):
                    self.at(moment)
                    self.night_run()
                    found = lines.with_context(tz="Europe/Amsterdam").search_count([])
                    self.assertEqual((ban.state, found), ("applies", count), moment)
                self.at(ended)
                self.night_run()
                self.assertEqual((ban.state, ban.end_reason), ("ended", "expired"))
                self.assertEqual(str(ban.ended_on), last, "not the day on which it was noticed")

    def test_killed_half_way(self):
        """A4: what had ended stays ended, the rest ends in the next run, nothing twice."""
        measures = self.three()
        self.at("2026-05-10")
        self.enterContext(patch.object(measure_steps, "BATCH", 1))
        kept = []

        def keep_or_die(*_args, **_values):
            self.env.flush_all()
            kept.append(Savepoint(self.env.cr))
            if len(kept) > 2:
                kept[1].rollback()  # as far as it was kept, after the first of the three
                raise KeyboardInterrupt
            return 1

        crons = type(self.env["ir.cron"])
        with suppress(KeyboardInterrupt), patch.object(crons, "_commit_progress", keep_or_die):
            self.env["aggression.measure"]._cron_end()
        self.env.invalidate_all(flush=False)
        self.assertEqual(sorted(measures.mapped("state")), ["applies", "applies", "ended"])
        self.night_run()
        self.assertEqual(set(measures.mapped("end_reason")), {"expired"})
        once = self.told(measures)
        self.night_run()
        self.assertEqual(self.told(measures), once)

    def test_one_that_cannot_end_holds_up_no_other(self):
        """A4: it is told in the log of the server, without a word of the case."""
        measures = self.three()
        end = type(measures)._end

        def fail_on_first(these, *args, **values):
            if measures[0] in these:
                raise ZeroDivisionError
            return end(these, *args, **values)

        self.patch(type(measures), "_end", fail_on_first)
        self.at("2026-05-10")
        with mute_logger("odoo.sql_db"), self.assertLogs(STEPS_LOG, "ERROR") as log:
            self.night_run()
        self.assertEqual(measures.mapped("state"), ["applies", "ended", "ended"])
        self.assertNotIn("Jansen", str(log.output))
        self.assertNotIn(self.incident.reference, str(log.output))

    def test_never_told_and_over(self):
        """A4: what was decided and never sent ends as well."""
        ban = self.ban("2026-05-09")
        self.at("2026-05-10")
        self.night_run()
        self.assertEqual(ban.end_reason, "expired")

    def test_what_hangs_on_it_lapses(self):
        """A4: nobody looks again at what is over."""
        ban = self.running_ban()
        self.at("2026-09-10")
        self.night_run()
        hanging = self.incident.duty_ids.filtered(lambda duty: duty.measure_id == ban)
        self.assertEqual(set(hanging.mapped("type_id.code")), {"review_measure", "measure_ends"})
        self.assertEqual(set(hanging.mapped("state")), {"lapsed"})

    def test_lifted_early(self):
        """A3, A4: by who decides and nobody else, with a reason; the citizen is told."""
        ban = self.running_ban()
        self.at("2026-04-09")
        for login in ("coordinator", "clerk", "deputy", "administrator"):
            with self.subTest(login), self.assertRaises(AccessError):
                self.take(login, ban, "action_lift", "action_save", text="No need.")
        with self.assertRaisesRegex(UserError, "Say why the measure is lifted"):
            self.take("mayor", ban, "action_lift", "action_save", text=" ")
        self.take("mayor", ban, "action_lift", "action_save", text="He apologised.")
        self.assertEqual((ban.end_reason, ban.end_note), ("lifted", "He apologised."))
        duty = self.duties(self.incident, "tell_lifted")
        self.assertEqual((duty.state, str(duty.due_at)), ("open", "2026-04-11 11:00:00"))
        self.assertFalse(duty.measure_id, "it does not end with the measure")

    def test_nothing_from_the_screen(self):
        """A3: what a step makes does not hang on the measure that its screen was opened for."""
        duties = self.env["aggression.duty"].with_context(default_measure_id=self.running_ban().id)
        self.assertFalse(duties._raise(self.incident, "lifted").measure_id)

    def test_decide_again(self):
        """A1, A4: a longer ban is a new decision; of two windows the second one is told."""
        ban = self.running_ban()
        self.at("2026-08-31")
        late = self.decision_screen(self.incident, deviation_reason="x")
        longer = self.ban("2026-12-09")
        self.assertEqual((ban.end_reason, ban.date_to.month), ("replaced", 9))
        self.assertFalse(ban.front_desk_ids)
        self.assertEqual(longer.state, "decided", "and binds nobody who was not told of it")
        with self.confirmed(), self.assertRaisesRegex(UserError, "in the meantime"):
            late.action_reject()
        self.assertEqual(self.incident._counting_decision(), longer.decision_id)
        with self.assertRaisesRegex(UserError, "in the meantime"):
            self.send(ban.decision_id)

    def test_grounds_of_its_own(self):
        """A1, U5: a later decision borrows nothing of the earlier one."""
        self.running_ban()
        self.at("2026-08-31")
        screen = self.decision_screen(self.incident)
        names = ("grounds", "proportionality", "deviation_reason", "view", "hearing", "heard_on")
        self.assertFalse([name for name in names if screen[name]])
        wanted = {"grounds": "exactly what was done", "proportionality": "in proportion"}
        for name, words in wanted.items():
            with self.subTest(name), self.assertRaisesRegex(ValidationError, words):
                self.ban("2026-12-09", **{name: " "})

    def test_the_letter_that_was_not_sent(self):
        """A1: decided again before the letter left: of the first nothing remains to be sent."""
        self.ban()
        self.decide_on(self.line("police_notification"))
        letters = self.duties(self.incident, "send_letter")
        self.assertEqual(letters.mapped("state"), ["lapsed"], "and there is no second letter")

    def test_emotion_after_all(self):
        """U3, A1: what applies is lifted by who decides first; then nothing is kept of anybody."""
        ban = self.running_ban()
        self.do_all()
        self.incident.duty_ids.filtered(lambda one: one.state == "open")._move("lapsed")
        self.as_user("clerk", self.incident).action_close()
        self.as_user("clerk", self.incident)._reopen("A witness came forward.")
        emotion = {"directed": "no", "aim": "none", "closing_reason": "He was desperate."}
        with self.assertRaisesRegex(UserError, "Who decides lifts it first"):
            self.classify(self.incident, "criticism", **emotion)
        causer = self.incident.causer_ids
        self.take("mayor", ban, "action_lift", "action_save", text="A witness.")
        self.classify(self.incident, "criticism", **emotion)
        self.assertEqual(self.incident.state, "closed")
        self.assertFalse(causer.exists())
