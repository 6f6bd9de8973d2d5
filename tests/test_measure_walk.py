from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.sql_db import Savepoint
from odoo.tests import freeze_time, new_test_user

from ..models.decision.measure import APPLIES, DECIDED, ENDED
from .common import TEAM
from .measured import NOON, MeasureCase
from .screens import FILE

LATER = "2026-03-10 11:00:00"
OVER = "2026-09-10 06:00:00"
ROLES = {
    "mayor": "decides",
    "coordinator": "handles",
    "clerk": "handles",
    "councillor": "was hit",
    "confidant": "gives care",
    "deputy": "would decide if the mayor were hit",
    "uninvolved": "of the team, without a part",
    "other_councillor": "another councillor",
    "receptionist": "at the front desk",
    "officer": "privacy officer",
    "employee": "an employee",
    "administrator": "administrator",
}
MAYOR, HANDLING = {"mayor"}, {"mayor", "coordinator", "clerk"}
GONE = "somebody has handled it in the meantime"
NOT_NOW = "This measure does not apply now"
NO_LETTER = "no letter was sent about it"
NOT_THEN = "did not apply at that moment"
NOT_SHOWN = "no such measure on its list"
HELD = "no talk that has still to be held"
NO_OBJECTION = "Open this from the decision"

# step: {state: (who, the state it leads to) or the sentence for those who might have taken it}
STEPS = {
    "send": (HANDLING, {DECIDED: APPLIES, APPLIES: GONE, ENDED: GONE}),
    "lift": (MAYOR, {DECIDED: NOT_NOW, APPLIES: ENDED, ENDED: NOT_NOW}),
    "keep": (HANDLING, {DECIDED: NOT_NOW, APPLIES: APPLIES, ENDED: NOT_NOW}),
    "ignored": (HANDLING, {DECIDED: NOT_THEN, APPLIES: APPLIES, ENDED: NOT_THEN}),
    "picture": (HANDLING, {DECIDED: NOT_SHOWN, APPLIES: APPLIES, ENDED: NOT_SHOWN}),
    "talk": (HANDLING, {DECIDED: DECIDED, APPLIES: APPLIES, ENDED: HELD}),
    "carried_out": (HANDLING, {DECIDED: ENDED, APPLIES: ENDED, ENDED: GONE}),
    "replace": (MAYOR, {DECIDED: ENDED, APPLIES: ENDED, ENDED: ENDED}),
    "object": (HANDLING, {DECIDED: NO_LETTER, APPLIES: APPLIES, ENDED: ENDED}),
    "annul": (MAYOR, {DECIDED: NO_OBJECTION, APPLIES: ENDED, ENDED: ENDED}),
    # by itself, whoever is looking
    "expire": (None, {DECIDED: ENDED, APPLIES: ENDED, ENDED: ENDED}),
}
# who gets the sentence, where that are others than who may take the step
TOLD = {("annul", DECIDED): HANDLING}
HOW_IT_ENDS = {
    "lift": "lifted",
    "carried_out": "done",
    "replace": "replaced",
    "annul": "annulled",
    "expire": "expired",
}


@freeze_time(LATER)
class TestMeasureWalk(MeasureCase):
    """Every step, from every state, by everybody: taken, or refused in a sentence."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        groups = {"confidant": TEAM, "receptionist": "aggression_protocol.group_front_desk"}
        for login, group in groups.items():
            cls.users[login] = new_test_user(cls.env, login, group, name=f"Name of {login}")
        person = cls.incident.affected_ids
        row = cls.incident._access_row(cls.users["confidant"].id, "carer", "granted", person)
        cls.env["aggression.access"]._grant([row])
        with freeze_time(NOON):
            cls.decision = cls().decide_on(
                *(cls().line(code, "2026-09-09") for code in ("building_ban", "incident_talk")),
                cls().line("other", "2026-09-09"),
            )
        cls.measures = cls.decision.measure_ids
        cls.by_code = {one.type_id.code: one for one in cls.measures}

    def test_the_table_is_whole(self):
        """A2 to A7: every state and every transition of the model is walked here."""
        model = self.env["aggression.measure"]
        states = set(dict(model._fields["state"].selection))
        for step, (_who, outcomes) in STEPS.items():
            self.assertEqual(set(outcomes), states, step)
        walked = {
            (start, end)
            for _who, outcomes in STEPS.values()
            for start, end in outcomes.items()
            if end in states and start != end
        }
        self.assertEqual(walked, set(model._transitions))
        reasons = dict(model._fields["end_reason"].selection)
        # a declaration that the person hit does not want: test_declaration
        self.assertEqual({*HOW_IT_ENDS.values(), "not_wanted"}, set(reasons))

    def test_decided(self):
        """A1, A4, A7: decided and not told: it binds nobody, it can be sent, done or replaced."""
        self.walk(DECIDED)

    def test_applies(self):
        """A1, A3, A4, A6: told: every step is open to who may take it, and to nobody else."""
        self.send(self.decision)
        self.walk(APPLIES)

    def test_ended(self):
        """A1, A4: what has ended stays as it ended, whoever tries."""
        self.send(self.decision)
        with freeze_time(OVER):
            self.night_run()
            self.walk(ENDED)

    def walk(self, state):
        self.assertEqual(set(self.measures.mapped("state")), {state})
        self.before = self.picture()
        for step, (who, outcomes) in STEPS.items():
            for login in ROLES if who else ["administrator"]:
                with self.subTest(state=state, step=step, login=login):
                    may = who is None or login in TOLD.get((step, state), who)
                    self.go(step, login, state, outcomes[state], may)

    def go(self, step, login, state, outcome, may):
        savepoint = self.savepoint()
        try:
            if not may:
                self.refused(step, login, AccessError, ".{20,}")
            elif outcome in (DECIDED, APPLIES, ENDED):
                getattr(self, f"do_{step}")(login)
                self.check_taken(step, state, outcome)
                return
            else:
                self.refused(step, login, UserError, outcome)
            savepoint.rollback()
            self.forget()
            self.assertEqual(self.picture(), self.before, "and nothing has changed")
        finally:
            savepoint.close(rollback=True)
            self.forget()

    def refused(self, step, login, error, words):
        """See it refused, and that before the refusal nothing was written but the refusal."""
        with self.assertRaisesRegex(error, words) as caught:
            getattr(self, f"do_{step}")(login)
        self.assertNotIn("J. Jansen", str(caught.exception))

    def check_taken(self, step, state, outcome):
        self.env.flush_all()
        self.forget()
        measure = self.measure_of(step)
        self.assertEqual(measure.state, outcome)
        if outcome == ENDED:
            how = "expired" if state == ENDED else HOW_IT_ENDS[step]
            self.assertEqual(measure.end_reason, how)

    def measure_of(self, step):
        codes = {"talk": "incident_talk", "carried_out": "other"}
        return self.by_code[codes.get(step, "building_ban")]

    def savepoint(self):
        self.env.flush_all()
        return Savepoint(self.env.cr)

    def forget(self):
        self.env.cr.clear()
        self.env.invalidate_all(flush=False)

    def picture(self):
        """Return all that a step could change."""
        case = self.incident
        kept = (case, self.measures, self.decision, case.duty_ids, case.entry_ids)
        more = (case.letter_ids, case.violation_ids, case.objection_ids, case.incident_talk_ids)
        records = [*kept, *more, case.decision_ids, self.measures.front_desk_ids]
        return [record.read(load=None) for record in records]

    # -- the steps, as a remote call takes them -------------------------------------------

    def screen(self, login, name, **values):
        return self.model_as(login, name).create({"incident_id": self.incident.id, **values})

    def with_measure(self, login, step, **values):
        measure = self.measure_of(step).id
        name = "aggression.measure.wizard"
        self.screen(
            login, name, measure_id=measure, step=step, text="Because.", **values
        ).action_save()

    def do_send(self, login):
        name = "aggression.sending.wizard"
        self.screen(login, name, decision_id=self.decision.id).action_send()

    def do_lift(self, login):
        self.with_measure(login, "lift")

    def do_keep(self, login):
        self.with_measure(login, "keep")

    def do_ignored(self, login):
        self.with_measure(login, "ignored")

    def do_picture(self, login):
        self.with_measure(login, "picture", picture=FILE)

    def do_talk(self, login):
        when = {"talk_at": "2027-03-12 10:00:00", "place": "Room 2"}
        talk = self.measure_of("talk").id
        name = "aggression.incident.talk.wizard"
        self.screen(login, name, measure_id=talk, **when).action_invite()

    def do_carried_out(self, login):
        duty = self.incident.duty_ids.filtered(lambda one: one.type_id.code == "carry_out")
        values = {"duty_id": duty.id, "note": "Done.", "late_reason": "It was busy."}
        self.model_as(login, "aggression.duty.completion").create(values).action_done()

    def do_replace(self, login):
        lines = [Command.clear(), self.line("oral_warning")]
        self.decide(self.incident, by=login, line_ids=lines, deviation_reason="Enough.")

    def do_object(self, login):
        values = {"decision_id": self.decision.id, "text": "Not true."}
        self.screen(login, "aggression.objection.wizard", **values).action_save()

    def do_annul(self, login):
        if self.decision.sent_on:
            self.do_object("coordinator")
        objection = self.decision.objection_ids.id
        values = {"objection_id": objection, "outcome": "upheld", "text": "Not proven."}
        name = "aggression.objection.wizard"
        self.screen(login, name, step="settle", **values).action_save()

    def do_expire(self, _login):
        kept = patch.object(type(self.env["ir.cron"]), "_commit_progress", lambda *_, **__: 1)
        with freeze_time(OVER), kept:
            self.env["aggression.measure"]._cron_end()
