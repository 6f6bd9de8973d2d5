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
        return self._care_earlier(reference, number)

    @page(f"{CARE}/eerder/<int:number>", "POST")
    def care_bring_forward(self, reference, number, **sent):
        """Let a talk be held earlier than the protocol has it (Z8)."""
        return self._care_earlier(reference, number, sent)

    def _care_earlier(self, reference, number, sent=None):
        case, care = self._own_care(reference)
        talk = self._planned(care, number)
        page = self._form_or_done("portal_care_earlier", FORWARD, talk, sent, case=case, talk=talk)
        return page or self._to_care(case, "talks")

    def _proposed(self, care, number):
        """Return the help with this number that waits for an answer, or answer with a 404."""
        help_ = self._numbered(care.referral_ids, number)
        if help_.state != "proposed":
            raise NotFound
        return help_

    @page(f"{CARE}/hulp", "POST")
    def care_accept_help(self, reference, number="", **_sent):
        """Say that help by a professional is wanted (Z3, Z9)."""
        case, care = self._own_care(reference)
        return self._care_step(case, care, "help", self._proposed(care, number).action_accept)

    @page(f"{CARE}/hulp/<int:number>")
    def care_no_help(self, reference, number, **_sent):
        return self._care_no_help(reference, number)

    @page(f"{CARE}/hulp/<int:number>", "POST")
    def care_refuse_help(self, reference, number, **sent):
        """Say that help by a professional is not wanted, and why (Z9)."""
        return self._care_no_help(reference, number, sent)

    def _care_no_help(self, reference, number, sent=None):
        case, care = self._own_care(reference)
        help_ = self._proposed(care, number)
        shown = {"case": case, "number": number, "help": help_}
        page = self._form_or_done("portal_care_no_help", REFUSE, help_, sent, **shown)
        return page or self._to_care(case, "help")

    @page(f"{CARE}/naasten")
    def care_for_others(self, reference, **_sent):
        return self._care_others(reference)

    @page(f"{CARE}/naasten", "POST")
    def care_offer_others(self, reference, **sent):
        """Let care be offered to a witness, or to somebody of the home front (Z1, Z3)."""
        return self._care_others(reference, sent)

    def _care_others(self, reference, sent=None):
        case, care = self._own_care(reference)
        page = self._form_or_done("portal_care_others", BESIDE, care, sent, case=case)
        return page or self._go(f"zaken/{case.reference}/zorg/naasten/aangeboden")

    @page(f"{CARE}/naasten/aangeboden")
    def care_offered_others(self, reference, **_sent):
        """Say that it was offered: who it is and what they say, their carer alone can read."""
        case, _care = self._own_care(reference)
        return self._show("portal_care_offered", case=case)
