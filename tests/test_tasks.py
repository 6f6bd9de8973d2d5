from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.fields import Domain
from odoo.tests import freeze_time

from ..rules.terms import is_midnight, last_day, local_midnight
from .common import ProtocolCase

ZONE = "Europe/Amsterdam"
NIGHT = "2026-03-06 22:10:00"
MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 31)).map(
    lambda moment: moment.replace(microsecond=0)
)
AROUND = st.one_of(
    st.integers(-3, 3),  # seconds
    st.integers(-12, 12).map(lambda days: days * 86_400),
    st.integers(-1_000_000, 1_000_000),
)


class TestTasks(ProtocolCase):
    """My tasks: what, who and by when, in columns by how soon it is due."""

    def setUp(self):
        super().setUp()
        with freeze_time(NIGHT):
            self.incident = self.report()

    def tasks(self, login="coordinator"):
        return self.model_as(login, "aggression.duty")

    def columns(self, login="coordinator"):
        """Return {column: names of the tasks in it}, in the order in which they are shown."""
        tasks = self.tasks(login)
        answer = tasks.with_context(read_group_expand=True).web_read_group(
            list(tasks._mine()),
            ["urgency"],
            auto_unfold=True,
            unfold_read_specification={"type_id": {"fields": {"display_name": {}}}},
        )
        return {
            group["urgency"]: [task["type_id"]["display_name"] for task in group["__records"]]
            for group in answer["groups"]
        }

    @freeze_time("2026-03-07 10:00:00")
    def test_columns_by_how_soon(self):
        """Z6 to Z8: all four columns are there in order, also the empty ones."""
        columns = self.columns("mayor")
        self.assertEqual(list(columns), ["overdue", "today", "soon", "later"])
        self.assertEqual([len(tasks) for tasks in columns.values()], [0, 1, 1, 1])
        with freeze_time("2026-03-07 22:00:00"):
            self.assertEqual([len(tasks) for tasks in self.columns("mayor").values()], [1, 0, 1, 1])

    def due(self, moment):
        """Let the classification be due at another moment."""
        duty = self.duties(self.incident, "assess")
        duty._unlocked().due_at = moment
        return duty

    def told(self, moment, today="2026-03-10 10:00:00"):
        """Return (last day, in words, how soon) of what is due at a moment."""
        with freeze_time(today):
            duty = self.as_user("coordinator", self.due(moment))
            return str(duty.due_on), duty.due_text, duty.urgency

    def test_due_on_a_day(self):
        """U5, A4: what must be done on a day is told by that day, and due until it is over."""
        end_of_12 = "2026-03-12 23:00:00"  # 00:00 of the 13th on the clock
        expected = ("2026-03-12", "by the end of Thu 12 Mar", "soon")
        self.assertEqual(self.told(end_of_12), expected)
        self.assertEqual(self.told(end_of_12, "2026-03-12 22:59:59")[2], "today")
        self.assertEqual(self.told(end_of_12, "2026-03-12 23:00:00")[2], "overdue")
        self.assertEqual(self.told("2026-03-12 22:30:00")[1], "Thu 12 Mar, 23:30")
        self.assertEqual(self.told("2027-01-01 09:00:00")[1], "Fri 1 Jan 2027, 10:00")
        # in summer midnight is another hour of the world's clock
        self.assertEqual(self.told("2026-04-12 22:00:00")[0], "2026-04-12")
        self.assertEqual(self.told("2026-04-12 23:00:00")[0], "2026-04-13")

    def test_in_dutch(self):
        """Z6: the day is named in the language of who reads it."""
        self.env["res.lang"]._activate_lang("nl_NL")
        duty = self.due("2026-03-12 23:00:00").with_context(lang="nl_NL")
        self.assertIn("do 12 mrt", duty.due_text)

    @given(now=MOMENTS, seconds=AROUND)
    @settings(max_examples=60)
    def test_the_same_line_everywhere(self, now, seconds):
        """Z6 to Z8: list, columns and filters never disagree on how soon something is due."""
        with freeze_time(now):
            duty = self.due(now + timedelta(seconds=seconds))
            duties = duty.with_user(self.users["coordinator"])
            told = duties.urgency
            for name in ("overdue", "today", "soon", "later"):
                found = duties.search([("id", "=", duty.id), ("urgency", "=", name)])
                self.assertEqual(bool(found), name == told, name)
                left = duties.search([("id", "=", duty.id), ("urgency", "!=", name)])
                self.assertEqual(bool(left), name != told, name)
            groups = duties._read_group([("id", "=", duty.id)], ["urgency"], ["__count"])
            self.assertEqual(groups, [(told, 1)])
            today = now.replace(tzinfo=UTC).astimezone(ZoneInfo(ZONE)).date()
            ahead = (duty.due_on - today).days
            by_day = "today" if ahead <= 0 else "soon" if ahead <= 7 else "later"
            self.assertEqual(told, "overdue" if seconds <= 0 else by_day)

    @given(moment=MOMENTS)
    def test_last_day(self, moment):
        """A4: the last day to do something holds the whole day, whatever the clock does."""
        day = last_day(moment, ZONE)
        self.assertLess(local_midnight(day, ZONE), moment)
        end = local_midnight(day + timedelta(days=1), ZONE)
        self.assertLessEqual(moment, end)
        self.assertEqual(is_midnight(moment, ZONE), moment == end)
        self.assertTrue(is_midnight(end, ZONE))
        self.assertEqual(last_day(end, ZONE), day)

    @freeze_time("2026-03-07 10:00:00")
    def test_one_click_to_the_step(self):
        """Z6: a task opens the step that fulfils it."""
        task = self.tasks("mayor").search([("talk_id", "!=", False)], limit=1)
        action = task.action_open_step()
        self.assertEqual(action["res_model"], "aggression.aftercare")
        self.assertEqual(action["res_id"], self.incident.affected_ids.aftercare_ids.id)


@freeze_time("2026-03-07 23:30:00")
class TestTaskCounter(ProtocolCase):
    """The number in the bar at the top."""

    def setUp(self):
        super().setUp()
        with freeze_time(NIGHT):
            self.incident = self.report()

    def count(self, login):
        return self.model_as(login, "aggression.duty").count_mine()

    def test_own_tasks(self):
        """Z6, C5: what is overdue or due today for this person, and for nobody else."""
        self.assertEqual(self.count("mayor"), {"overdue": 1, "today": 0})
        with freeze_time("2026-03-07 10:00:00"):
            self.assertEqual(self.count("mayor"), {"overdue": 0, "today": 1})
        for login in ("uninvolved", "councillor", "employee", "administrator", "stranger"):
            with self.subTest(login=login):
                self.assertEqual(self.count(login), {"overdue": 0, "today": 0})

    def test_done_is_not_counted(self):
        """Z6: as soon as the step was taken, and also for who was told that it is overdue."""
        talk = self.incident.affected_ids.aftercare_ids.talk_ids[0]
        duty = self.incident.duty_ids.filtered(lambda duty: duty.talk_id == talk)
        before = self.count("coordinator")["overdue"]
        duty._unlocked().told_ids = self.users["secretary"] + self.users["coordinator"]
        self.assertEqual(self.count("coordinator")["overdue"], before + 1)
        self.as_user("mayor", talk).action_hold()
        self.assertEqual(self.count("mayor")["overdue"], 0)
        self.assertEqual(self.count("coordinator")["overdue"], before)

    def test_the_list_is_what_is_counted(self):
        """Z6: a task is mine when I must do it, and when I was told that it lies undone."""
        talk = self.incident.affected_ids.aftercare_ids.talk_ids[0]
        duty = self.incident.duty_ids.filtered(lambda duty: duty.talk_id == talk)
        duty._unlocked().told_ids = self.users["coordinator"]
        tasks = self.model_as("coordinator", "aggression.duty")
        found = tasks.search([("is_mine", "=", True)])
        self.assertIn(duty.id, found.ids)
        self.assertEqual(found, tasks.search([]).filtered("is_mine"))
        overdue = tasks.search_count(tasks._mine() & Domain("urgency", "=", "overdue"))
        self.assertEqual(overdue, self.count("coordinator")["overdue"])
        self.as_user("mayor", talk).action_hold()
        self.assertNotIn(duty.id, tasks.search([("is_mine", "=", True)]).ids)

    def test_two_questions(self):
        """C5: the bar asks the database two things, however many cases there are, and leaves no
        trace of it in the read log."""
        duties = self.model_as("coordinator", "aggression.duty")
        log = self.env["aggression.read.log"].search_count([])
        counts = []
        for _size in range(2):
            duties.count_mine()
            self.env.flush_all()
            before = self.env.cr.sql_log_count
            duties.count_mine()
            counts.append(self.env.cr.sql_log_count - before)
            for _number in range(5):
                with freeze_time(NIGHT):
                    self.report()
        self.assertEqual(counts, [2, 2])
        self.assertEqual(self.env["aggression.read.log"].search_count([]), log)
