from odoo.exceptions import AccessError, UserError
from odoo.fields import Date
from odoo.tests import freeze_time

from ..models.privacy.reference import random_reference
from .common import ProtocolCase


@freeze_time("2026-12-31 10:00:00")
class TestDashboard(ProtocolCase):
    """M6, M7: the figures of one's own cases, each with the records behind it."""

    def cards(self, login="clerk", period="year"):
        dashboard = self.model_as(login, "aggression.dashboard").figures(period)
        return {card["title"]: card for card in dashboard["cards"]}

    def behind(self, card, login="clerk"):
        action = card["action"]
        return self.model_as(login, action["res_model"]).search(action["domain"])

    def test_own_cases_only(self):
        """M6, C5: what somebody may not open is not counted for them either."""
        for _case in range(3):
            self.report(hit="councillor")
        self.assertEqual(self.cards("clerk")["Open cases"]["now"], "3")
        self.assertEqual(self.cards("uninvolved")["Open cases"]["now"], "0")
        for login in ("employee", "administrator", "councillor", "officer"):
            with self.subTest(login=login), self.assertRaises(AccessError):
                self.cards(login)
        with self.assertRaises(UserError):
            self.cards(period="forever")

    def test_a_click_shows_what_was_counted(self):
        """M7: the list behind a figure has as many records as the figure says."""
        for _case in range(2):
            self.decide(
                self.classify(self.report(causer_name="J.", causer_kind="person"), "threat")
            )
        cards = self.cards()
        for title in ("Open cases", "Reports", "Running measures", "Causers who came back"):
            with self.subTest(title=title):
                self.assertEqual(len(self.behind(cards[title])), int(cards[title]["now"]))
        for title in ("Terms met", "Care talks held"):
            with self.subTest(title=title):
                self.assertIn(f"of {len(self.behind(cards[title]))} ", cards[title]["now"])

    def test_beside_the_period_before(self):
        """M7: the trend; a recount in Python over the records says the same."""
        for month, number in {"2024-05": 1, "2025-03": 2, "2025-11": 1, "2026-02": 3}.items():
            for _case in range(number):
                self.report(occurred_at=f"{month}-06 20:00:00", reported_at=f"{month}-06 22:00:00")
        cases = self.env["aggression.incident"].search([])
        years = [case.reported_at.year for case in cases]
        card = self.cards()["Reports"]
        self.assertEqual((card["now"], card["before"]), (str(years.count(2026)), "3"))
        self.assertEqual(self.cards(period="quarter")["Reports"]["now"], "0")
        self.assertEqual(self.cards()["Time until the report"]["now"], "2 hours")
        self.assertEqual(self.cards()["Open cases"]["before"], "4")

    def test_terms_met_is_a_recount(self):
        """M7: done in time, of all of which the term ended."""
        case = self.report()
        self.classify(case, "insult")
        duties = case.duty_ids.filtered(
            lambda duty: duty.state in ("open", "done") and duty.due_at.year == 2026
        )
        met = duties.filtered(lambda duty: duty.state == "done" and duty.done_at <= duty.due_at)
        self.assertIn(f"{len(met)} of {len(duties)} ", self.cards()["Terms met"]["now"])

    def test_causers_as_counts(self):
        """M6: who came back is counted, and named to nobody."""
        for name in ("J. Jansen", "J. Jansen", "P. Peters"):
            self.report(causer_kind="person", causer_name=name)
        causer = self.env["aggression.causer"].search([], limit=1)
        cases = self.env["aggression.incident"].search([])
        causer._unlocked().write({"incident_ids": [(6, 0, cases[:2].ids)]})
        shown = self.model_as("clerk", "aggression.dashboard").figures("year")
        card = {one["title"]: one for one in shown["cards"]}["Causers who came back"]
        self.assertEqual((card["now"], card["before"]), ("1", "0"))
        for words in ("Jansen", causer.reference, "in the words of who was there"):
            self.assertNotIn(words, str(shown))

    def test_damage(self):
        """D2, D12: paid and recovered, as far as the user may see it."""
        case = self.report()
        damage = self.model_as("councillor", "aggression.damage")._note(
            self.as_user("councillor", case),
            self.as_user("councillor", case.affected_ids),
            {"what": "Glasses", "amount": 389.0},
        )
        damage._ask()
        self.as_user("secretary", damage)._decide(300.0, "The rest was old.")
        self.as_user("secretary", damage)._pay(Date.to_date("2026-12-31"), "2026-0042")
        card = self.cards("secretary")["Damage paid"]
        self.assertIn("300", card["now"])
        self.assertEqual(self.behind(card, "secretary"), self.as_user("secretary", damage))
        self.assertNotIn("300", self.cards("uninvolved")["Damage paid"]["now"])

    def test_graph_and_pivot(self):
        """M7: graphs and tables of one's own cases; sealed texts cannot be grouped by."""
        for channel in ("phone", "phone", "email"):
            self.report(channel=channel)
        views = [
            (self.env.ref(f"aggression_protocol.incident_view_{kind}").id, kind)
            for kind in ("graph", "pivot")
        ]
        for login, number in (("clerk", 3), ("uninvolved", 0)):
            cases = self.model_as(login, "aggression.incident")
            self.assertEqual(set(cases.get_views(views)["views"]), {"graph", "pivot"})
            groups = cases.formatted_read_group([], ["channel"], ["__count"])
            self.assertEqual(sum(group["__count"] for group in groups), number)
        described = cases.fields_get(["gir_reference", "channel"], ["groupable", "sortable"])
        self.assertEqual(
            (described["gir_reference"]["groupable"], described["channel"]["groupable"]),
            (False, True),
        )

    def test_queries_do_not_grow(self):
        """M7: as many questions over two hundred cases as over twenty."""
        counts = []
        for number in (20, 200):
            self.fill(number)
            self.cards()
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.cards()
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(counts[0], counts[1])
        self.assertLessEqual(counts[0], 40)

    def fill(self, number):
        incidents = self.env["aggression.incident"]
        values = {
            "company_id": self.env.company.id,
            "protocol_id": self.protocol.id,
            "occurred_at": "2026-03-01 10:00:00",
            "reported_at": "2026-03-02 10:00:00",
            "channel": "email",
            "place": "online",
        }
        missing = number - incidents.search_count([])
        cases = incidents._unlocked().create(
            [{**values, "reference": random_reference("M")} for _case in range(missing)]
        )
        rows = [case._access_row(self.users["clerk"].id, "handler", "route") for case in cases]
        self.env["aggression.access"]._grant(rows)
