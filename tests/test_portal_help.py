from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import HttpCase, tagged

from ..rules.terms import local
from .common import ProtocolCase
from .portal_pages import ROOT, PortalPages


@tagged("post_install", "-at_install")
class TestPortalHelp(PortalPages, HttpCase, ProtocolCase):
    """What an office-holder finds on the portal beside their own cases."""

    def setUp(self):
        super().setUp()
        self.log_in("councillor")

    def ask(self, **values):
        then = local(fields.Datetime.now() + timedelta(days=20), "Europe/Amsterdam")
        moment = {"talk_at_on": then.date().isoformat(), "talk_at_time": "10:30"}
        sent = {"minutes": "60", "place": "Room 1", "help_kind": "present", "topic": "A plan."}
        answer = self.send("hulp", **{**moment, **sent, **values})
        self.env.invalidate_all()
        return answer

    def talks(self):
        return self.env["aggression.risk.talk"].search([])

    def test_ask_for_help(self):
        """V1, V2: asked on the portal, in one's agenda without its content, cancelled in time."""
        known = self.talks()
        self.ask(second_id=str(self.users["clerk"].id))
        talk = self.talks() - known
        self.assertEqual(talk.asked_by_id, self.users["councillor"])
        self.assertEqual((talk.second_id.login, talk.place), ("clerk", "Room 1"))
        page = self.text_of(f"{ROOT}/hulp/{talk.reference}")
        self.assertIn("A plan.", page)
        agenda = self.url_open(f"/aggression/risk-talk/{talk.reference}")
        self.assertNotIn("A plan.", agenda.text)
        self.log_in("other_councillor")
        self.assertEqual(self.url_open(f"{ROOT}/hulp/{talk.reference}").status_code, 404)
        self.assertEqual(self.send(f"hulp/{talk.reference}", reason="x").status_code, 404)
        self.assertNotIn(talk.reference, self.text_of(f"{ROOT}/hulp"))
        self.log_in("councillor")
        empty = self.send(f"hulp/{talk.reference}", reason=" ")
        self.assertIn("Say why", self.problems_on(empty)["reason"])
        page = self.send(f"hulp/{talk.reference}", reason="It is solved.").text
        self.assertIn("The talk was cancelled.", page)

    def test_what_is_missing(self):
        """V1: said at its field; nothing is asked."""
        known = self.talks()
        for name, sentence in (("place", "Say where"), ("minutes", "whole number")):
            self.assertIn(sentence, self.problems_on(self.ask(**{name: ""}))[name])
        empty = self.ask(talk_at_on="", talk_at_time="")
        self.assertIn("in the future", self.problems_on(empty)["talk_at"])
        self.assertEqual(self.talks(), known)

    def test_invitations(self):
        """V4: who is invited reads when and where; nobody else is shown it."""
        self.assertNotIn("My invitations", self.text_of("/my"))
        kind = self.env["aggression.prevention.kind"].search([], limit=1)
        activities = self.env["aggression.prevention.activity"]._unlocked()
        activities.create(
            {
                "kind_id": kind.id,
                "state": "planned",
                "held_at": fields.Datetime.now() + timedelta(days=9),
                "place": "Council hall",
                "invited_ids": [Command.link(self.users["councillor"].id)],
            }
        )
        self.assertIn("My invitations", self.text_of("/my"))
        page = self.text_of(f"{ROOT}/bijeenkomsten")
        self.assertIn("Council hall", page)
        self.assertIn(kind.name, page)
        self.log_in("other_councillor")
        self.assertNotIn("Council hall", self.text_of(f"{ROOT}/bijeenkomsten"))

    def test_ask_for_a_training(self):
        """V6: asked on the portal, on the clerk's list at once, planned for the whole office."""
        self.assertIn("Ask for a training", self.text_of("/my"))
        kind = self.protocol.prevention_kind_ids.filtered(lambda one: one.clause == "V6")
        soon = (fields.Date.today() + timedelta(days=40)).isoformat()
        asked = {"kind_id": str(kind.id), "due_on": soon, "whole_office": "1"}
        self.assertIn("still to be planned", self.send("bijeenkomsten", **asked).text)
        self.env.invalidate_all()
        training = self.env["aggression.prevention.activity"].search([("kind_id", "=", kind.id)])
        self.assertEqual((training.state, training.asked_by_id.login), ("due", "councillor"))
        self.assertEqual(training.office_ids, self.office("councillor"))
        notice = self.env["aggression.notice"].search([("kind", "=", "prevention")])
        self.assertEqual(notice.user_id.login, "clerk")
        clerks = self.as_user("clerk", training)
        clerks.held_at = fields.Datetime.now() + timedelta(days=9)
        clerks.action_plan()
        self.log_in("other_councillor")
        self.assertIn(kind.name, self.text_of(f"{ROOT}/bijeenkomsten").partition("Ask for a")[0])

    def test_a_training_that_cannot_be_asked(self):
        """V6: said at its field; what is asked is asked once, and only what is on request."""
        kinds = self.protocol.prevention_kind_ids
        right = kinds.filtered(lambda one: one.clause == "V6")
        wrong = kinds.filtered(lambda one: one.clause == "V5")
        for sent, field, sentence in (
            ({"kind_id": ""}, "kind_id", "Choose a training"),
            ({"kind_id": str(wrong.id)}, "kind_id", "in the list"),
            ({"kind_id": str(right.id), "due_on": "2020-01-01"}, "due_on", "still to come"),
            ({"kind_id": str(right.id), "due_on": "x"}, "due_on", "Fill in a day"),
        ):
            problems = self.problems_on(self.send("bijeenkomsten", **sent))
            self.assertIn(sentence, problems[field])
        self.send("bijeenkomsten", kind_id=str(right.id))
        again = self.send("bijeenkomsten", kind_id=str(right.id))
        self.assertIn("already", self.problems_on(again)["kind_id"])
        activities = self.env["aggression.prevention.activity"]
        self.assertEqual(activities.search_count([("kind_id", "=", right.id)]), 1)
        asking = self.model_as("stranger", activities._name)
        with self.assertRaises(AccessError):
            asking._ask_for(right.id, False, False)

    def test_home(self):
        """U1, Z4, Z5: the step card and the help stand on the first page."""
        home = self.text_of("/my")
        for words in ("/aggression/card", "Ask for help with a talk", "De Vertrouwenslijn"):
            self.assertIn(words, home)

    def test_own_print(self):
        """C5: the print of what is kept lists what one asked and a report that was begun."""
        asked = self.model_as("councillor", "aggression.consultation")._ask(
            "Is this over the line?", self.role("council_clerk")
        )
        draft = self.model_as("councillor", "aggression.report.draft").create({"story": "Begun."})
        known = self.talks()
        self.ask()
        talk = self.talks() - known
        user = self.users["councillor"]

        def printed(login):
            subject = self.model_as(login, "aggression.data.subject")
            sections = subject._about_user(user, self.env.company)
            return str(sections)

        mine = printed("councillor")
        for words in (asked.reference, "Is this over the line?", draft.story, "A plan."):
            self.assertIn(words, mine)
        theirs = printed("clerk")
        self.assertIn(asked.reference, theirs)
        for words in ("Is this over the line?", "Begun.", talk.reference, "A plan."):
            self.assertNotIn(words, theirs)
