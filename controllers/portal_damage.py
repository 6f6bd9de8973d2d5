from werkzeug.exceptions import NotFound

from odoo.exceptions import UserError
from odoo.http import request

from ..models.portal.upload import RECEIPTS
from .portal import page
from .portal_cases import CASE, CasePages
from .portal_form import Form, FormPage

DAMAGE = f"{CASE}/schade"
NEW = Form("action_note_damage", ("what", "amount"))
STEPS = {"ask": "action_ask", "withdraw": "action_withdraw"}


class DamagePages(CasePages, FormPage):
    """One's own damage: written down, asked to be reimbursed, decided on and paid (D12)."""

    @page(DAMAGE)
    def damages(self, reference, **_sent):
        return self._damages_page(self._own_person(reference))

    def _damages_page(self, person, problems=None, sent=None):
        return self._show(
            "portal_damages",
            case=person.incident_id,
            damages=person._own_damage(),
            filled=sent or {"asks": True},
            problems=problems or {},
        )

    @page(DAMAGE, "POST")
    def note_damage(self, reference, **sent):
        """Write down what was damaged or what it cost, with its receipts."""
        person = self._own_person(reference)
        screen = self._opened(person.incident_id.action_note_damage())
        values, problems = screen._parsed(NEW.fields, sent)
        receipts, wrong = self._receipts()
        problems |= wrong
        if not problems:
            asks = bool(sent.get("asks"))
            problem = self._tried(lambda: person._note_damage(values, receipts, asks))
            problems = {"what": problem} if problem else {}
        if problems:
            return self._damages_page(person, problems, sent)
        return self._go(f"zaken/{reference}/schade")

    def _receipts(self, already=0):
        """Return the receipts that were sent, and {field: what is wrong with them}."""
        files = request.env["aggression.report.draft.file"]
        try:
            return files._checked(self._uploads("receipts"), already, RECEIPTS), {}
        except UserError as error:
            return [], {"receipts": str(error)}

    def _own_damage(self, reference, number):
        """Return the person and their damage with this number, or answer with a 404."""
        person = self._own_person(reference)
        damage = person._own_damage()[number - 1 : number] if number > 0 else None
        if not damage:
            raise NotFound
        return person, damage

    @page(f"{DAMAGE}/<int:number>")
    def damage(self, reference, number, **_sent):
        return self._damage_page(*self._own_damage(reference, number), number)

    def _damage_page(self, person, damage, number, problems=None):
        return self._show(
            "portal_damage",
            case=person.incident_id,
            damage=damage,
            number=number,
            problems=problems or {},
        )

    @page(f"{DAMAGE}/<int:number>", "POST")
    def damage_step(self, reference, number, go="", **_sent):
        """Add receipts to damage, ask that it is reimbursed, or take it back."""
        person, damage = self._own_damage(reference, number)
        if go == "receipt":
            problems = self._add_receipts(damage)
        elif go in STEPS:
            problem = self._tried(getattr(damage, STEPS[go]))
            problems = {"send": problem} if problem else {}
        else:
            raise NotFound
        if problems:
            return self._damage_page(person, damage, number, problems)
        return self._go(f"zaken/{reference}/schade/{number}")

    def _add_receipts(self, damage):
        receipts, problems = self._receipts(len(damage.receipt_ids))
        if not receipts and not problems:
            return {"receipts": request.env._("Choose a file first.")}
        for receipt in receipts:
            damage._add_receipt(receipt)
        return problems
