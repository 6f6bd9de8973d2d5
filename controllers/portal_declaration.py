from werkzeug.exceptions import NotFound

from odoo.http import content_disposition, request

from ..models.police.consent import DECLARATION
from ..models.police.declaring import SEVEN
from ..models.police.police_form import FORM, REPORTS
from .portal import page
from .portal_cases import CASE, CasePages
from .portal_form import Form, FormPage

DECLARE = f"{CASE}/aangifte"
MORE = (
    *("literal_words", "witnesses", "protective_needs"),
    *("wants_compensation", "wants_informed", "under_number"),
    *("known_on", "complaint_given_on"),
)
FIELDS = Form("action_declare", ("text", "agrees", *SEVEN, *MORE), ("agrees", *SEVEN, *MORE))
BUTTONS = {"keep": "action_save", "ready": "action_ready"}


class DeclarationPages(CasePages, FormPage):
    """One's own declaration, and what the police and the prosecutor do with it (D1, D3, D11)."""

    @page(DECLARE)
    def declaration(self, reference, **_sent):
        return self._declaration_page(self._own_person(reference))

    def _declaration_page(self, person, problems=None, sent=None):
        case = person.incident_id
        screen = self._opened(case.action_declare())
        return self._show(
            "portal_declaration",
            case=case,
            person=person,
            written=person._own_declaration(),
            screen=screen,
            seven=SEVEN,
            filled=sent or self._begun(screen, FIELDS),
            problems=problems or {},
        )

    @page(DECLARE, "POST")
    def declare(self, reference, go="keep", **sent):
        """Keep what is declared, say that it is ready, or that no declaration is wanted (D1)."""
        person = self._own_person(reference)
        if go == "refuse":
            person._refuse(DECLARATION)
            return self._back(person.incident_id, "declaration")
        if go not in BUTTONS:
            raise NotFound
        screen = self._opened(person.incident_id.action_declare())
        if problems := self._taken(screen, FIELDS, sent, BUTTONS[go]):
            return self._declaration_page(person, problems, sent)
        return self._go(f"zaken/{reference}/aangifte")

    @page(f"{DECLARE}/formulier")
    def declaration_form(self, reference, **_sent):
        """Hand the person the form for the police: as it is now, or as it was filed (M8)."""
        written = self._own_person(reference)._own_declaration()
        if not written:
            raise NotFound
        if kept := written.form_ids.filtered(lambda form: form.kind == FORM):
            return request.redirect(f"/aggression/file/{kept.reference}", code=303)
        content, kind = request.env["ir.actions.report"]._render_qweb_pdf(
            REPORTS[FORM], written.ids
        )
        types = {"pdf": "application/pdf", "html": "text/html; charset=utf-8"}
        return request.make_response(
            content,
            [
                ("Content-Type", types[kind]),
                ("Content-Disposition", content_disposition(f"{reference}.{kind}")),
                ("X-Content-Type-Options", "nosniff"),
                ("Content-Security-Policy", "sandbox; default-src 'none'"),
                ("Cache-Control", "no-store"),
            ],
        )
