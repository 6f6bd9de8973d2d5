from werkzeug.exceptions import NotFound

from odoo.http import request

from .portal import page
from .portal_cases import CASE, CasePages
from .portal_form import Form, FormPage

CARE = f"{CASE}/zorg"
FORMS = {
    "wens": ("portal_care_wish", Form("action_record_wish", ("text",))),
    "verzorger": (
        "portal_care_carer",
        Form("action_choose_carer", ("user_id", "share_earlier"), ("share_earlier",)),
    ),
    "extra": ("portal_care_extra", Form("action_plan_talk", ("due_at",))),
    "afronden": (
        "portal_care_verdict",
        Form("action_round_off", ("verdict", "text"), ("text",)),
    ),
    "hulpverlener": (
        "portal_care_refer",
        Form("action_refer", ("provider_id", "help_for", "text"), ("text",)),
    ),
}
TIME = Form("action_make_appointment", ("start_at", "minutes", "place"), ("place",))
ANSWERS = {
    "accept": "action_accept",
    "cancel": "action_cancel",
    "i_missed": "action_i_missed",
    "other_missed": "action_other_missed",
}
ARRANGED = {
    "wished": "action_wished",
    "arranged": "action_arranged",
    "not_needed": "action_not_needed",
}


class CarePages(CasePages, FormPage):
    """One's own care: when, by whom and whether at all (Z2, Z9 to Z11)."""

    @page(CARE)
    def care(self, reference, **_sent):
        return self._care_page(*self._own_care(reference))

    def _own_care(self, reference):
        """Return the case and the user's own care in it, or answer with a 404."""
        case = self._own_person(reference).incident_id
        care = case._own_care()
        if not care:
            raise NotFound
        return case, care

    def _care_page(self, case, care, problems=None):
        return self._show("portal_care", case=case, care=care, problems=problems or {})

    def _to_care(self, case, part):
        return self._go(f"zaken/{case.reference}/zorg#{part}")

    def _care_step(self, case, care, part, step):
        problem = self._tried(step)
        if problem:
            return self._care_page(case, care, {"send": problem})
        return self._to_care(case, part)

    def _numbered(self, records, number):
        """Return the record with this number, from 0, of those on a page, or answer with a 404."""
        for place, record in enumerate(records):
            if str(place) == str(number):
                return record
        raise NotFound

    def _planned(self, care, number):
        """Return the talk with this number that is still on offer, or answer with a 404."""
        talk = care.talk_ids.filtered(
            lambda talk: str(talk.number) == str(number) and talk.state == "planned"
        )
        if not talk:
            raise NotFound
        return talk[0]

    @page(f"{CARE}/gesprek", "POST")
    def care_talk(self, reference, number="", answer="", time="", **_sent):
        """Accept, cancel or miss the time that stood on the page, or decline the talk
        (Z6 to Z8, Z11)."""
        case, care = self._own_care(reference)
        talk = self._planned(care, number)
        if answer == "decline":
            return self._care_step(case, care, "talks", talk.action_decline)
        standing = talk.appointment_ids.filtered(lambda one: one.state in ("proposed", "agreed"))
        if answer not in ANSWERS:
            raise NotFound
        if not standing or standing.reference != time:
            changed = request.env._(
                "This time was changed in the meantime. Look first at what stands there now."
            )
            return self._care_page(case, care, {"send": changed})
        return self._care_step(case, care, "talks", getattr(standing, ANSWERS[answer]))

    @page(f"{CARE}/alles", "POST")
    def care_whole(self, reference, answer="", **_sent):
        """Decline all that is on offer, or let the carer read the earlier talks (Z2, Z11)."""
        case, care = self._own_care(reference)
        steps = {"decline": care.action_decline, "share": care.action_share_earlier}
        if answer not in steps:
            raise NotFound
        return self._care_step(case, care, "talks", steps[answer])

    @page(f"{CARE}/regelen", "POST")
    def care_matter(self, reference, number="", answer="", **_sent):
        """Say of a practical matter whether it is wished for (Z10)."""
        case, care = self._own_care(reference)
        matter = self._numbered(care.arrangement_ids, number)
        if answer not in ARRANGED:
            raise NotFound
        if matter.state == answer:
            return self._to_care(case, "matters")
        return self._care_step(case, care, "matters", getattr(matter, ARRANGED[answer]))

    @page(f"{CARE}/tijd/<int:number>")
    def care_time(self, reference, number, **_sent):
        return self._care_time(reference, number)

    @page(f"{CARE}/tijd/<int:number>", "POST")
    def care_propose(self, reference, number, **sent):
        """Propose a time for a talk, instead of the one that stood (Z6 to Z8)."""
        return self._care_time(reference, number, sent)

    def _care_time(self, reference, number, sent=None):
        case, care = self._own_care(reference)
        talk = self._planned(care, number)
        page = self._form_or_done("portal_care_time", TIME, talk, sent, case=case, talk=talk)
        return page or self._to_care(case, "talks")

    @page(f"{CARE}/<string:step>")
    def care_form(self, reference, step, **_sent):
        return self._care_form(reference, step)

    @page(f"{CARE}/<string:step>", "POST")
    def care_keep(self, reference, step, **sent):
        """Say what is wished, who gives the care, or how it was; or ask for a talk (Z2, Z9)."""
        return self._care_form(reference, step, sent)

    def _care_form(self, reference, step, sent=None):
        case, care = self._own_care(reference)
        if step not in FORMS:
            raise NotFound
        template, form = FORMS[step]
        if page := self._form_or_done(template, form, care, sent, case=case, care=care):
            return page
        request.env.invalidate_all()
        return self._to_care(case, "talks")
