from werkzeug.exceptions import NotFound

from .portal import page
from .portal_care import CARE, CarePages
from .portal_form import Form

FORWARD = Form("action_bring_forward", ("due_at",))
REFUSE = Form("action_refuse", ("text",))
BESIDE = Form("action_offer_care", ("for_whom", "name"))


class CareBesidePages(CarePages):
    """What the care has beside its three talks (Z1, Z3, Z8, Z9).

    A talk earlier, help by a professional, and care for who stands beside the person hit.
    """

    @page(f"{CARE}/eerder/<int:number>")
    def care_earlier(self, reference, number, **_sent):
        case, care = self._own_care(reference)
        return self._earlier_page(case, self._planned(care, number))

    def _earlier_page(self, case, talk, problems=None, sent=None):
        return self._show(
            "portal_care_earlier",
            case=case,
            talk=talk,
            filled=sent or {},
            problems=problems or {},
        )

    @page(f"{CARE}/eerder/<int:number>", "POST")
    def care_bring_forward(self, reference, number, **sent):
        """Let a talk be held earlier than the protocol has it (Z8)."""
        case, care = self._own_care(reference)
        talk = self._planned(care, number)
        screen = self._opened(talk.action_bring_forward())
        if problems := self._taken(screen, FORWARD, sent):
            return self._earlier_page(case, talk, problems, sent)
        return self._to_care(case, "talks")

    def _proposed(self, care, number):
        """Return the help with this number that waits for an answer, or answer with a 404."""
        numbered = {str(number): help_ for number, help_ in enumerate(care.referral_ids)}
        help_ = numbered.get(str(number))
        if not help_ or help_.state != "proposed":
            raise NotFound
        return help_

    @page(f"{CARE}/hulp", "POST")
    def care_accept_help(self, reference, number="", **_sent):
        """Say that help by a professional is wanted (Z3, Z9)."""
        case, care = self._own_care(reference)
        return self._care_step(case, care, "help", self._proposed(care, number).action_accept)

    @page(f"{CARE}/hulp/<int:number>")
    def care_no_help(self, reference, number, **_sent):
        case, care = self._own_care(reference)
        return self._no_help_page(case, number, self._proposed(care, number))

    def _no_help_page(self, case, number, help_, problems=None, sent=None):
        return self._show(
            "portal_care_no_help",
            case=case,
            number=number,
            help=help_,
            filled=sent or {},
            problems=problems or {},
        )

    @page(f"{CARE}/hulp/<int:number>", "POST")
    def care_refuse_help(self, reference, number, **sent):
        """Say that help by a professional is not wanted, and why (Z9)."""
        case, care = self._own_care(reference)
        help_ = self._proposed(care, number)
        screen = self._opened(help_.action_refuse())
        if problems := self._taken(screen, REFUSE, sent):
            return self._no_help_page(case, number, help_, problems, sent)
        return self._to_care(case, "help")

    @page(f"{CARE}/naasten")
    def care_for_others(self, reference, **_sent):
        return self._others_page(*self._own_care(reference))

    def _others_page(self, case, care, problems=None, sent=None):
        screen = self._opened(care.action_offer_care())
        return self._show(
            "portal_care_others",
            case=case,
            screen=screen,
            filled=sent or self._begun(screen, BESIDE),
            problems=problems or {},
        )

    @page(f"{CARE}/naasten", "POST")
    def care_offer_others(self, reference, **sent):
        """Let care be offered to a witness, or to somebody of the home front (Z1, Z3)."""
        case, care = self._own_care(reference)
        screen = self._opened(care.action_offer_care())
        if problems := self._taken(screen, BESIDE, sent):
            return self._others_page(case, care, problems, sent)
        return self._go(f"zaken/{case.reference}/zorg/naasten/aangeboden")

    @page(f"{CARE}/naasten/aangeboden")
    def care_offered_others(self, reference, **_sent):
        """Say that it was offered: who it is and what they say, their carer alone can read."""
        case, _care = self._own_care(reference)
        return self._show("portal_care_offered", case=case)
