from base64 import b64encode

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...rules import money
from ..privacy.access import DECIDER, HANDLER
from .consent import DECLARATION
from .declaration import FILED
from .declaring import SEVEN

FORM, SHEET = "form", "sheet"
REPORTS = {
    FORM: "aggression_protocol.report_police_form",
    SHEET: "aggression_protocol.report_police_sheet",
}


class PoliceForm(models.Model):
    """The form for the police, or the closed sheet beside it, exactly as it was handed over.

    Promise: the very bytes of the PDF, sealed, with their fingerprint; read by who reads the
    declaration that it belongs to, as long as they do (D3, M8).
    """

    _name = "aggression.police.form"
    _description = "Form as it was filed"
    _inherit = ["aggression.kept.file", "aggression.personal"]
    _order = "id"

    _prefix = "P"
    _guarded = frozenset(
        {
            "incident_id",
            "affected_id",
            "declaration_id",
            "kind",
            "needs_consent",
            "reference",
            "content",
            "filename",
            "sha256",
            "size",
        }
    )

    declaration_id = fields.Many2one(
        "aggression.declaration", required=True, index=True, readonly=True, ondelete="cascade"
    )
    kind = fields.Selection(
        [(FORM, "Form for the police"), (SHEET, "Closed sheet with the personal data")],
        required=True,
        readonly=True,
    )
    needs_consent = fields.Boolean(readonly=True)

    _reference_once = models.UniqueIndex("(reference)")
    _one_of_a_kind = models.UniqueIndex("(declaration_id, kind)")

    @api.model
    def _keep(self, declaration):
        """Print what is handed over and keep it; the caller has checked that the user may file.

        :raises UserError: when it cannot be printed; nothing is kept then
        """
        # a form is paper even where a test would be content with the text
        printer = self.env["ir.actions.report"].with_context(force_report_rendering=True)
        for kind in declaration._papers():
            pdf, _type = printer._render_qweb_pdf(REPORTS[kind], declaration.ids)
            self.sudo()._unlocked().create(declaration._paper_values(kind, pdf))


class Declaration(models.Model):
    """What the form for the police says.

    Promise: the form names the office and not the person hit; who that is stands on a closed
    sheet of its own. What is missing is told before it is printed (M8, D4).
    """

    _inherit = "aggression.declaration"

    form_ids = fields.One2many("aggression.police.form", "declaration_id", "As it was filed")
    lang = fields.Char(compute="_compute_lang")
    missing = fields.Text("Still missing", compute="_compute_missing")
    can_file = fields.Boolean(compute="_compute_can_file")
    offence_words = fields.Char("Offences", compute="_compute_offence_words")

    @api.depends("incident_id")
    def _compute_lang(self):
        for declaration in self:
            declaration.lang = declaration.sudo().incident_id.company_id.partner_id.lang

    @api.depends("offence_ids")
    @api.depends_context("lang")
    def _compute_offence_words(self):
        for declaration in self:
            words = [offence._in_words() for offence in declaration.offence_ids]
            declaration.offence_words = ", ".join(words)

    @api.depends("offence_ids", "complaint_given_on", "state", "witnesses", *SEVEN)
    @api.depends_context("uid", "lang")
    def _compute_missing(self):
        for declaration in self:
            declaration.missing = "\n".join(declaration._missing()) or False

    @api.depends("state")
    @api.depends_context("uid")
    def _compute_can_file(self):
        for declaration in self:
            works_on_it = declaration.incident_id._has_role(HANDLER, DECIDER)
            declaration.can_file = (
                works_on_it
                and declaration.state != FILED
                and self.env.uid in declaration._filer_ids()
            )

    def _missing(self):
        """Return what is missing, a sentence each: first what stops it, then what the police ask.

        :return: list of sentences, in the user's language
        """
        if self.kind != DECLARATION or self.state == FILED:
            return []
        unanswered = [self._fields[name]._description_string(self.env) for name in SEVEN]
        unanswered = [
            label for name, label in zip(SEVEN, unanswered, strict=True) if not self[name]
        ]
        lines = [self.sudo()._not_complete()]
        if unanswered:
            questions = ", ".join(unanswered)
            lines.append(self.env._("Not answered yet: %(questions)s.", questions=questions))
        if not self.literal_words:
            lines.append(self.env._("The literal words are not written down."))
        if not self.witnesses:
            lines.append(self.env._("No witnesses are named."))
        if not self._evidence_lines():
            lines.append(self.env._("There are no files as evidence."))
        return [line for line in lines if line]

    def _papers(self):
        """Return what is printed: who did not have to agree is on no closed sheet."""
        return (FORM, SHEET) if self.needs_consent else (FORM,)

    def _paper_values(self, kind, pdf):
        case = self.sudo().incident_id
        return {
            "incident_id": case.id,
            "affected_id": self.affected_id.id,
            "declaration_id": self.id,
            "needs_consent": self.needs_consent,
            "kind": kind,
            "filename": f"{case.reference}.pdf",
            "content": b64encode(pdf),
        }

    def _evidence_lines(self):
        """Return the files of the case that the user may read."""
        return self.env["aggression.evidence"].search([("incident_id", "=", self.incident_id.id)])

    def _suspect_names(self):
        """Name the causers to who handles the case, where the declaration does not."""
        case = self.incident_id
        if not case._has_role(HANDLER, DECIDER) or self.kind != DECLARATION:
            return ""
        told = (self.who_did_it or "").casefold()
        names = case.causer_ids.mapped(lambda causer: causer.name or "")
        return ", ".join(name for name in names if name and name.casefold() not in told)

    def _damage_lines(self):
        """Return what was damaged, as (description, amount in words)."""
        in_words = self.env["aggression.damage"]._in_words
        lines = self.incident_id._damage_lines(self.affected_id)
        return [(what, in_words(money.cents(amount))) for what, amount in lines]

    def _seven_questions(self):
        """Return (question, answer) of each of the seven that has an answer."""
        labels = ((name, self._fields[name]._description_string(self.env)) for name in SEVEN)
        return [(label, self[name]) for name, label in labels if self[name]]

    def _earlier_words(self):
        """Say how often the causer was there before, to who handles the case: numbers alone."""
        case = self.incident_id
        if not case._has_role(HANDLER, DECIDER):
            return ""
        repeat = case._repeat_sentence(case._repeat())
        earlier = case.sudo().causer_ids._known()._earlier_incidents(case)
        filed = earlier.declaration_ids.filtered(lambda one: one.state == FILED)
        if not filed:
            return repeat
        number = len(filed)
        more = self.env._("Filed with the police before: %(number)s.", number=number)
        return f"{repeat} {more}"

    def _contact_officer(self):
        """Say whom the police can ask, and in which role: who files it."""
        case = self.sudo().incident_id
        officer = self.sudo().filed_by_id.ids or self._filer_ids()[:1]
        user = self.env["res.users"].sudo().browse(officer)
        kinds = case.protocol_id.duty_type_ids.filtered(lambda kind: kind.fulfilment == "declare")
        known = (user.name, kinds.role_id[:1].name, case.company_id.phone)
        return ", ".join(part for part in known if part)

    def _domicile(self):
        """Return the address of the town hall on one line."""
        company = self.sudo().incident_id.company_id
        return " ".join(part for part in (company.street, company.zip, company.city) if part)

    def action_print_form(self):
        """Print the form for the police: the draft, or as it was filed.

        :return: the action that hands it to the browser
        """
        return self._print(FORM)

    def action_print_sheet(self):
        """Print the closed sheet with the personal data of the person hit.

        :raises UserError: for a notification or a meeting, which have none
        """
        return self._print(SHEET)

    def _print(self, kind):
        self.ensure_one()
        self.check_access("read")
        if kind not in self._papers():
            raise UserError(self.env._("There is no sheet with personal data with this."))
        kept = self.form_ids.filtered(lambda form: form.kind == kind)
        if kept:
            return kept.action_download()
        # as superuser: people with a portal account may not read what a report is
        return self.env.ref(REPORTS[kind]).sudo().report_action(self)

    def _forget_causer(self):
        """Take away who did it, when the term for keeping that is over."""
        self.form_ids._unlocked().unlink()  # with the name on them
        self._unlocked().write({"who_did_it": False})
