from werkzeug.exceptions import NotFound

from odoo.exceptions import AccessError, UserError
from odoo.http import request

from ..models.police.consent import PURPOSES
from .portal import OfficeHolderPage, page

CASE = "zaken/<string:reference>"


class CasePages(OfficeHolderPage):
    """One's own cases: how far they are, who looked, and consents (C5, D3)."""

    @page("zaken")
    def cases(self, **_sent):
        self._enter()
        return self._show("portal_cases", cases=request.env["aggression.incident"]._own_cases())

    @page(CASE)
    def case(self, reference, **_sent):
        return self._case_page(self._own(reference))

    def _own(self, reference):
        """Return the case with this reference that is the user's own, or answer with a 404."""
        self._enter()
        case = request.env["aggression.incident"]._own_case(reference)
        if not case:
            raise NotFound
        return case

    def _own_person(self, reference):
        """Return the user as a person hit in this case, or answer with a 404."""
        person = self._own(reference)._own_line()
        if not person:
            raise NotFound
        return person

    def _case_page(self, case, problems=None, filled=None):
        person = case._own_line()
        return self._show(
            "portal_case",
            case=case,
            person=person,
            care=case._own_care() if person else (),
            problems=problems or {},
            filled=filled or {},
        )

    def _back(self, case, part):
        return self._go(f"zaken/{case.reference}#{part}")

    @page(f"{CASE}/toestemming", "POST")
    def consent(self, reference, purpose="", answer="", **_sent):
        """Agree to something, or take that back (D1, D3)."""
        person = self._own_person(reference)
        if purpose not in dict(PURPOSES) or answer not in ("give", "withdraw"):
            raise NotFound
        if answer == "give":
            person._agree(purpose)
        else:
            person._withdraw(purpose)
        return self._back(person.incident_id, "consents")

    @page(f"{CASE}/samenvatting", "POST")
    def approve_briefing(self, reference, version="", **_sent):
        """Approve the words that a colleague may read: those that stood on the page (C4)."""
        person = self._own_person(reference)
        briefing = person._own_briefing()
        if not briefing:
            raise NotFound
        if briefing.state == "written":
            read = briefing.version if version == str(briefing.version) else 0
            try:
                with request.env.cr.savepoint():
                    briefing.with_context(version_read=read).action_approve()
            except AccessError:
                raise
            except UserError as error:
                return self._case_page(person.incident_id, {"send": str(error)})
        return self._back(person.incident_id, "consents")

    @page(f"{CASE}/bestand", "POST")
    def add_files(self, reference, **sent):
        """Add files to a case that was reported before (M1)."""
        case = self._own(reference)
        files = request.env["aggression.report.draft.file"]
        moment, problems = files._parsed(["taken_at"], sent)
        try:
            if not (uploads := self._uploads()):
                raise UserError(request.env._("Choose a file first."))
            checked = files._checked(uploads)
        except UserError as error:
            problems["files"] = str(error)
        if problems:
            return self._case_page(case, problems, sent)
        case._add_files([{**file, **moment} for file in checked])
        return self._back(case, "files")
