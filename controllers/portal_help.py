from werkzeug.exceptions import NotFound

from odoo.http import request

from ..models.privacy.reference import is_reference
from .portal import page
from .portal_form import Form, FormPage

ASK = Form(
    "", ("talk_at", "minutes", "place", "topic", "help_kind", "second_id"), ("topic", "second_id")
)
CANCEL = Form("action_cancel", ("reason",))


class HelpPages(FormPage):
    """What is about no case of one's own: help with a talk, meetings, what a colleague told."""

    @page("hulp")
    def help_asked(self, **_sent):
        self._enter()
        return self._help_page()

    def _help_page(self, problems=None, sent=None):
        screen = self._opened({"res_model": "aggression.risk.talk.wizard", "context": {}})
        return self._show(
            "portal_help",
            talks=request.env["aggression.risk.talk"].search([]),
            screen=screen,
            filled=sent or self._begun(screen, ASK),
            problems=problems or {},
        )

    @page("hulp", "POST")
    def help_ask(self, **sent):
        """Ask for help with a talk that carries risk (V1, V2)."""
        self._enter()
        screen = self._opened({"res_model": "aggression.risk.talk.wizard", "context": {}})
        if problems := self._taken(screen, ASK, sent, "action_ask"):
            return self._help_page(problems, sent)
        return self._go("hulp#asked")

    def _own_talk(self, reference):
        """Return the talk with this reference in which the user takes part, or a 404."""
        self._enter()
        talks = request.env["aggression.risk.talk"]
        talk = is_reference(reference) and talks.search([("reference", "=", reference)])
        if not talk:
            raise NotFound
        return talk

    @page("hulp/<string:reference>")
    def help_talk(self, reference, **_sent):
        return self._talk_page(self._own_talk(reference))

    def _talk_page(self, talk, problems=None, sent=None):
        return self._show(
            "portal_help_talk",
            talk=talk,
            cancels=talk._may_cancel(),
            filled=sent or {},
            problems=problems or {},
        )

    @page("hulp/<string:reference>", "POST")
    def help_cancel(self, reference, **sent):
        """Cancel the talk, in time; everybody who takes part hears of it."""
        talk = self._own_talk(reference)
        if not talk._may_cancel():
            raise NotFound
        screen = self._opened(talk.action_cancel())
        if problems := self._taken(screen, CANCEL, sent, "action_cancel_talk"):
            return self._talk_page(talk, problems, sent)
        return self._go(f"hulp/{reference}")

    @page("bijeenkomsten")
    def meetings(self, **_sent):
        """Show the meetings and trainings to which the user is invited (V4 to V6)."""
        self._enter()
        return self._meetings_page()

    def _meetings_page(self, problems=None, sent=None):
        activities = request.env["aggression.prevention.activity"]
        kinds = activities._choices_kind_id()
        return self._show(
            "portal_meetings",
            meetings=activities._to_come_for_me(),
            asked=activities._asked_by_me(),
            kinds=kinds,
            office=activities._own_office(),
            filled=sent or {"kind_id": str(kinds[0][0]) if len(kinds) == 1 else ""},
            problems=problems or {},
        )

    @page("bijeenkomsten", "POST")
    def training_ask(self, **sent):
        """Ask for a training, for oneself or for all who hold the same office (V6)."""
        self._enter()
        activities = request.env["aggression.prevention.activity"]
        values, problems = activities._parsed(("kind_id", "due_on"), sent)
        problems = problems or activities._asked_problems(**values)
        if problems:
            return self._meetings_page(problems, sent)
        activities._ask_for(**values, whole_office=bool(sent.get("whole_office")))
        return self._go("bijeenkomsten#asked")

    @page("ingelicht")
    def briefed(self, **_sent):
        """Show what colleagues who were hit let the user read (C4)."""
        self._enter()
        return self._show("portal_briefed", told=request.env["aggression.briefing"]._told_to_me())
