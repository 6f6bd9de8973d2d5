from odoo.http import request

from .portal import page
from .portal_cases import CASE, CasePages
from .portal_form import FormPage

STEPS = f"{CASE}/stappen"


class StepPages(CasePages, FormPage):
    """Tick afterwards which steps of the card one took, and when (H1, H2)."""

    @page(STEPS)
    def steps(self, reference, **_sent):
        return self._steps_page(self._own(reference))

    def _steps_page(self, case, problems=None, sent=None):
        screen = request.env["aggression.step.taken.wizard"].new({"at": case.occurred_at})
        return self._show(
            "portal_steps",
            case=case,
            cards=case._steps_to_tick(),
            filled=sent or screen._filled_in("at"),
            problems=problems or {},
        )

    @page(STEPS, "POST")
    def note_steps(self, reference, **sent):
        case = self._own(reference)
        values, problems = request.env["aggression.step.taken.wizard"]._parsed(["at"], sent)
        if not problems:
            problem = self._tried(lambda: case._note_own_steps(sent, values["at"]))
            problems = {"send": problem} if problem else {}
        if problems:
            return self._steps_page(case, problems, sent)
        return self._back(case, "taken")
