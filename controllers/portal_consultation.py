from werkzeug.exceptions import NotFound

from odoo.exceptions import UserError
from odoo.http import request

from .portal import OfficeHolderPage, page


class ConsultationPages(OfficeHolderPage):
    """In doubt: ask the council clerk or the mayor, and read the answer (M9)."""

    @page("twijfel")
    def questions(self, **_sent):
        self._enter()
        return self._ask_page()

    def _ask_page(self, problems=None, filled=None):
        consultations = request.env["aggression.consultation"]
        return self._show(
            "portal_consultations",
            asked=consultations.search([("asked_by_id", "=", request.env.uid)]),
            roles=consultations._receivers(),
            problems=problems or {},
            filled=filled or {},
        )

    @page("twijfel", "POST")
    def ask(self, question="", role="", **_sent):
        self._enter()
        consultations = request.env["aggression.consultation"]
        chosen = consultations._receivers().filtered(lambda receiver: receiver.code == role)
        filled = {"question": question, "role": role}
        if not chosen:
            return self._ask_page({"role": request.env._("Choose whom you want to ask.")}, filled)
        try:
            words = request.env["aggression.typed.in"]._text(question, 20_000)
            with request.env.cr.savepoint():
                asked = consultations._ask(words, chosen)
        except UserError as error:
            return self._ask_page({"question": str(error)}, filled)
        return self._go(f"twijfel/{asked.reference}")

    @page("twijfel/<string:reference>")
    def question(self, reference, **_sent):
        self._enter()
        mine = request.env["aggression.consultation"]._own(reference)
        if not mine:
            raise NotFound
        return self._show("portal_consultation", asked=mine)
