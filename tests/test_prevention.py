from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, TransactionCase, freeze_time

from ..rules.prevention import ON_REQUEST, ONCE_A_PERIOD, YEARLY, due_on, round_of
from .common import ProtocolCase

NOW = "2026-06-01 09:00:00"
DAYS = st.dates(date(2000, 1, 1), date(2100, 12, 31))


class TestRounds(TransactionCase):
    """V4, V5: when what comes back is due, worked out from the day alone."""

    @given(DAYS)
    def test_yearly(self, today):
        """V5: every day lies in one round, which begins on 1 January and is due on 31 December."""
        begun = round_of(YEARLY, today, None)
        due = due_on(YEARLY, begun, 13)
        self.assertTrue(begun <= today <= due)
        self.assertEqual((begun.year, due.year), (today.year, today.year))
        self.assertEqual(round_of(YEARLY, due + timedelta(days=1), None).year, today.year + 1)

    @given(DAYS, DAYS, st.integers(1, 200))
    def test_once_a_period(self, today, since, weeks):
        """V4: a round begins with the council period, and not before."""
        begun = round_of(ONCE_A_PERIOD, today, since)
        if since > today:
            self.assertIsNone(begun)
        else:
            self.assertEqual(begun, since)
            self.assertEqual((due_on(ONCE_A_PERIOD, begun, weeks) - since).days, 7 * weeks)

    @given(DAYS)
    def test_no_round(self, today):
        self.assertIsNone(round_of(ON_REQUEST, today, today))
        self.assertIsNone(round_of(ONCE_A_PERIOD, today, None))


@freeze_time(NOW)
class TestPrevention(ProtocolCase):
    """V4 to V6: meetings and training, planned and held, and flagged when overdue."""

    def setUp(self):
        super().setUp()
        self.kinds = {kind.clause[:2]: kind for kind in self.protocol.prevention_kind_ids}
        self.activities = self.env["aggression.prevention.activity"]

    def come_round(self, at=NOW):
        with freeze_time(at):
            self.activities._cron_come_round()
        return self.activities.search([])

    def of(self, clause):
        return self.activities.search([("kind_id", "=", self.kinds[clause].id)])

    def told(self, kind="prevention"):
        notices = self.env["aggression.notice"].search([("kind", "=", kind)])
        return sorted(notice.user_id.login for notice in notices)

    def form(self, activity, by="clerk"):
        return Form(self.as_user(by, activity))

    def test_what_comes_back(self):
        """V4, V5: one for the council period, one for the year, however often one looks."""
        self.come_round()
        self.assertEqual(len(self.come_round()), 2)
        meeting, talk = self.of("V4"), self.of("V5")
        self.assertEqual(str(meeting.due_on), "2026-09-24", "26 weeks after 26 March")
        self.assertEqual(str(talk.due_on), "2026-12-31")
        for topic in ("norm", "alarm", "report", "aftercare"):
            self.assertIn(topic, meeting.agenda)
        self.assertFalse(self.told(), "nothing is overdue yet")

    def test_the_next_round(self):
        """V4, V5: a new year and a new council period bring new ones."""
        self.come_round()
        self.come_round("2027-01-02 09:00:00")
        self.assertEqual(self.of("V5").mapped("round_from"), [date(2026, 1, 1), date(2027, 1, 1)])
        self.protocol.council_period_from = "2030-03-28"
        self.come_round("2030-03-27 09:00:00")
        self.assertEqual(len(self.of("V4")), 1)
        self.come_round("2030-03-28 09:00:00")
        self.assertEqual(len(self.of("V4")), 2)

    def test_a_new_version_of_the_protocol(self):
        """V5: what was put on the list by the old version is not asked for twice."""
        self.come_round()
        draft = self.protocol.copy()
        draft.action_put_in_force()
        self.assertEqual(len(self.come_round()), 2)

    def test_overdue(self):
        """V5: what is overdue is flagged in the list, and the clerk hears so, once."""
        self.come_round()
        for _time in range(2):
            self.come_round("2026-09-25 09:00:00")
        self.assertEqual(self.told(), ["clerk"])
        with freeze_time("2026-09-25 09:00:00"):
            self.env.invalidate_all()
            late = self.activities.search([("is_overdue", "=", True)])
            self.assertEqual(late, self.of("V4"))
            self.assertTrue(late.is_overdue)
            self.assertFalse(self.of("V5").is_overdue)

    def plan(self, activity, at="2026-06-10 17:00:00"):
        with self.form(activity) as form:
            form.held_at = at
            form.place = "Room 1"
            form.invited_ids.add(self.users["councillor"])
            form.invited_ids.add(self.users["mayor"])
        self.as_user("clerk", activity).action_plan()

    def test_planned_and_held(self):
        """V4: invited, told without content, held, with who came."""
        self.come_round()
        meeting = self.of("V4")
        self.plan(meeting)
        self.assertEqual(self.told(), ["councillor", "mayor"])
        self.assertEqual(meeting.state, "planned")
        with self.assertRaisesRegex(UserError, "not in the future"):
            self.as_user("clerk", meeting).action_held()
        with freeze_time("2026-06-11 09:00:00"):
            with self.assertRaisesRegex(UserError, "who came"):
                self.as_user("clerk", meeting).action_held()
            with self.form(meeting) as form:
                form.attended_ids.add(self.users["mayor"])
                form.others = 12
            self.as_user("clerk", meeting).action_held()
        self.assertEqual(meeting.state, "held")
        self.assertEqual(len(self.come_round("2026-10-01 09:00:00")), 2, "done for this period")
        self.assertEqual(self.told(), ["councillor", "mayor"], "and not overdue")

    def test_training_on_request(self):
        """V6: for a target group, asked for by somebody, with participants."""
        form = Form(self.model_as("clerk", "aggression.prevention.activity"))
        form.kind_id = self.kinds["V6"]
        form.asked_by_id = self.users["councillor"]
        form.office_ids.add(self.office("councillor"))
        form.held_at = "2026-06-20 17:00:00"
        training = form.save()
        training.action_plan()
        self.assertEqual(training.state, "planned")
        councillors = ["councillor", "other_councillor"]
        self.assertEqual(sorted(training.invited_ids.mapped("login")), councillors)
        self.assertEqual(self.told(), councillors)
        self.assertEqual(
            self.model_as("other_councillor", training._name)._to_come_for_me(), training
        )
        training.action_cancel()
        self.assertEqual(training.state, "cancelled")

    def test_training_behind_the_page(self):
        """V6, C5: what is asked for is looked at again where it is put down."""
        training = self.model_as("councillor", "aggression.prevention.activity")
        kind = self.kinds["V6"].id
        for about, words in (
            ((0, False), "Choose a training"),
            ((kind, date(2020, 1, 1)), "still"),
        ):
            with self.assertRaisesRegex(UserError, words):
                training._ask_for(*about, whole_office=False)
        with self.assertRaises(AccessError):
            self.model_as("stranger", training._name)._ask_for(kind, False, whole_office=False)
        self.assertTrue(training._ask_for(kind, False, whole_office=False))

    def test_what_cannot_be(self):
        """V4, V5: no plan without a moment and people; what comes back is not dropped."""
        self.come_round()
        talk = self.as_user("clerk", self.of("V5"))
        with self.assertRaisesRegex(UserError, "moment in the future"):
            talk.action_plan()
        talk.held_at = "2026-06-10 17:00:00"
        with self.assertRaisesRegex(UserError, "who is invited"):
            talk.action_plan()
        office = self.env["aggression.office"].create({"name": "Vacant", "code": "vacant"})
        talk.office_ids = office
        with self.assertRaisesRegex(UserError, "Nobody holds one of these offices"):
            talk.action_plan()
        with self.assertRaisesRegex(UserError, "Plan it later"):
            talk.action_cancel()
        with self.assertRaisesRegex(UserError, "below zero"):
            talk.others = -1

    def test_who_organises(self):
        """V4, V6: the clerk; everybody reads what there is, and nobody else plans it."""
        self.come_round()
        talk = self.of("V5")
        for login in ("mayor", "coordinator", "uninvolved"):
            theirs = self.as_user(login, talk)
            self.assertFalse(theirs.can_organise)
            self.assertTrue(theirs.read(["kind_id"]))
            for attempt in (
                lambda t=theirs: t.write({"place": "Elsewhere"}),
                lambda t=theirs: t.create({"kind_id": self.kinds["V6"].id}),
                theirs.action_plan,
                theirs.action_held,
                theirs.action_cancel,
            ):
                with self.assertRaises(AccessError):
                    attempt()
        with self.assertRaises(AccessError):
            self.as_user("stranger", talk).read(["kind_id"])

    def test_nothing_confidential(self):
        """V5: neither meetings nor lessons point at a case, or hold a place to tell of one."""
        for name in ("prevention.activity", "lesson", "risk.talk"):
            fields = self.env[f"aggression.{name}"]._fields.values()
            towards = {field.comodel_name for field in fields if field.comodel_name}
            confidential = self.env.registry.descendants(["aggression.logged"], "_inherit")
            self.assertFalse(towards & set(confidential), name)
        texts = {
            name
            for name, field in self.activities._fields.items()
            if field.store and field.type in ("text", "html")
        }
        self.assertFalse(texts)
