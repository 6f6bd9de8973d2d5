from werkzeug.exceptions import NotFound

from odoo import fields
from odoo.exceptions import AccessError, LockError, UserError
from odoo.http import request

from ..rules.terms import local
from ..wizards.report_draft import STEPS
from .portal import OfficeHolderPage, page

LAST = max(STEPS)


class ReportPages(OfficeHolderPage):
    """Report in three short steps, each of which is kept (M1)."""

    @page("melden")
    def start(self, **_sent):
        """Go on with what was begun, or begin."""
        self._enter()
        return self._step(request.env["aggression.report.draft"]._mine(), 1)

    @page("melden/<int:step>")
    def show(self, step, **_sent):
        self._enter()
        draft = request.env["aggression.report.draft"]._mine()
        if step not in STEPS:
            raise NotFound
        if step > 1 and not draft:
            return self._go("melden")
        return self._step(draft, step)

    @page("melden/<int:step>", "POST")
    def keep(self, step, go="next", **sent):
        """Keep what was filled in, and go where the button said.

        :param str go: next, back, stop, or remove and the number of a file; save, while typing
        """
        self._enter()
        if step not in STEPS:
            raise NotFound
        draft = request.env["aggression.report.draft"]._begin()
        problems = draft._take(step, sent)
        if go == "save":
            return self._saved(problems)
        if step == 1:
            problems |= self._keep_files(draft, sent)
        if go.startswith("remove-") and go[7:].isdecimal():
            draft._remove_file(int(go[7:9]))
            return self._go("melden/1#files")
        if go in ("back", "stop") and not problems:
            return self._go(f"melden/{step - 1}") if go == "back" and step > 1 else self._home()
        problems = {**draft._missing(step), **problems}
        if problems:
            return self._step(draft, step, problems, sent)
        return self._go(f"melden/{step + 1}") if step < LAST else self._send(draft)

    def _saved(self, problems):
        """Tell the page on which somebody types when it was saved; nothing, if not all of it."""
        now = local(fields.Datetime.now(), self._protocol().timezone)
        headers = [("Content-Type", "text/plain; charset=utf-8"), ("Cache-Control", "no-store")]
        return request.make_response("" if problems else now.strftime("%H:%M"), headers)

    def _keep_files(self, draft, sent):
        uploads = self._uploads()
        if not uploads:
            return {}
        moment, problems = draft.file_ids._parsed(["taken_at"], sent)
        try:
            draft._add_files(uploads, moment.get("taken_at"))
        except UserError as error:
            problems["files"] = str(error)
        return problems

    def _send(self, draft):
        try:
            with request.env.cr.savepoint():
                incident = draft._send()
        except LockError:
            return self._go("zaken")  # the first press of the button is at work
        except AccessError:
            raise
        except UserError as error:
            return self._step(draft, LAST, {"send": str(error)})
        return self._go(f"zaken/{incident.reference}/gemeld")

    @page("melden/weg", "POST")
    def throw_away(self, **_sent):
        self._enter()
        request.env["aggression.report.draft"]._throw_away()
        return self._home()

    def _home(self):
        return request.redirect("/my", code=303)

    def _step(self, draft, step, problems=None, sent=None):
        empty = draft or draft.new({})
        filled = {}
        for name in STEPS[step]:
            filled |= empty._filled_in(name)
        # what could not be understood is shown again as it was typed
        wrong = problems or {}
        for name, value in (sent or {}).items():
            if name.removesuffix("_on").removesuffix("_time") in wrong:
                filled[name] = value
        return self._show(
            f"portal_report_{step}",
            draft=empty,
            saved=bool(draft),
            step=step,
            last=LAST,
            filled=filled,
            problems=wrong,
        )

    @page("zaken/<string:reference>/gemeld")
    def confirmation(self, reference, **_sent):
        """Say who will see the report, and what happens by when."""
        self._enter()
        case = request.env["aggression.incident"]._own_case(reference)
        if not case:
            raise NotFound
        return self._show("portal_reported", case=case)
