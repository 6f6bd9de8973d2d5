from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_datetime

from ..models.common.choices import choice_in_words
from ..models.damage.inspectorate_notice import ASKED, DECISIONS, WAYS
from ..models.privacy.access import DECIDER, HANDLER
from ..models.privacy.sealing import SealedBinary, SealedChar, SealedText
from .prefilled import prefilled

PREFILLED = prefilled("_compute_answers")


class InspectorateWizard(models.TransientModel):
    """Decide on telling the Labour Inspectorate, gather what it asks, record that it was told.

    Promise: what the case knows is filled in, what is missing is named, and nothing that is
    missing holds up telling (D10).
    """

    _name = "aggression.inspectorate.wizard"
    _description = "Labour Inspectorate"
    _inherit = "aggression.person.wizard"
    _parts = (HANDLER, DECIDER)

    person = fields.Char("Who was hurt")
    decision = fields.Selection(DECISIONS, **PREFILLED)
    reason = SealedText("Why", **PREFILLED)
    employer = SealedChar(**PREFILLED)
    employer_number = SealedChar("Chamber of Commerce number", **PREFILLED)
    reporter = SealedChar("Who reports it, with telephone number", **PREFILLED)
    victim = SealedChar("Name of the victim", **PREFILLED)
    birth_date = SealedChar("Date of birth", **PREFILLED)
    victim_role = SealedChar("Office or job", **PREFILLED)
    occurred = SealedChar("Date and time", **PREFILLED)
    where = SealedChar("Place", **PREFILLED)
    course = SealedText("What happened, in short", **PREFILLED)
    injury = SealedChar(**PREFILLED)
    hospital = SealedChar("Which hospital, since when", **PREFILLED)
    work = SealedChar("The work at that moment", **PREFILLED)
    witnesses = SealedText(**PREFILLED)
    police = SealedChar("Police involved", **PREFILLED)
    scene = SealedChar("Whether the place was left as it was", **PREFILLED)
    missing = fields.Char("Still missing", compute="_compute_missing")
    is_told = fields.Boolean(compute="_compute_is_told")
    who_may_leave = fields.Char(compute="_compute_who_may_leave")
    sent_at = fields.Datetime("Notified at", default=lambda self: fields.Datetime.now())
    sent_how = fields.Selection(WAYS, "How")
    number = SealedChar("Number of the notice")
    filename = SealedChar("File name")
    proof = SealedBinary()

    def _offered(self, persons):
        """Return those who were seriously hurt; everybody, where that is written down of nobody."""
        return persons.filtered(lambda person: person._seriously_hurt()) or persons

    @api.depends("affected_id")
    def _compute_answers(self):
        """Take what was kept before, else what the case knows."""
        for wizard in self:
            kept = wizard._kept()
            known = {} if kept else wizard._known()
            for name in ("decision", "reason", *ASKED):
                wizard[name] = kept[name] if kept else known.get(name, False)

    @api.depends("affected_id")
    def _compute_is_told(self):
        for wizard in self:
            wizard.is_told = bool(wizard._kept().sent_at)

    def _kept(self):
        """Return what was kept of this person, as far as the user may read it."""
        about = [("affected_id", "=", self.affected_id.id)]
        return self.env["aggression.inspectorate.notice"].search(about)

    @api.depends("affected_id")
    def _compute_who_may_leave(self):
        """Name who says that it need not be notified."""
        for wizard in self:
            person = wizard._readable("affected_id")
            notices = self.env["aggression.inspectorate.notice"]
            wizard.who_may_leave = notices._who_may_leave(person.sudo()) if person else False

    def _known(self):
        """Return what the case knows of what the inspectorate asks."""
        person, case = self.affected_id, self.incident_id
        if not person or not case:
            return {}
        company = case.company_id
        zone = case.protocol_id.timezone
        return {
            "employer": company.name,
            "employer_number": company.company_registry,
            "reporter": self.env.user.name,
            "victim": person._person_name(),
            "victim_role": person.office_id.name,
            "occurred": format_datetime(self.env, case.occurred_at, tz=zone, dt_format="short"),
            "where": case.where or choice_in_words(case, "place"),
            "course": case.story,
            "injury": person.injury != "none" and choice_in_words(person, "injury"),
        }

    @api.depends(*ASKED)
    @api.depends_context("lang")
    def _compute_missing(self):
        for wizard in self:
            wizard.missing = ", ".join(
                self.env["aggression.inspectorate.notice"]._missing_in(wizard)
            )

    def action_save(self):
        """Keep the decision and the answers so far."""
        self._save()
        return self._finish(self.sudo().incident_id)

    def action_print(self):
        """Keep the decision and the answers, and print what the inspectorate asks."""
        return self._save().action_print()

    def action_told(self):
        """Keep the answers, and record that the inspectorate was told, with the proof."""
        self._save(told=True)._sent(self.sent_at, self.sent_how, self.number, self._proof())
        return self._finish(self.sudo().incident_id)

    def action_add_proof(self):
        """Keep a proof that came in after it was notified, as a confirmation does."""
        self._require_case()
        notice, proof = self._kept(), self._proof()
        if not notice or not proof:
            raise UserError(self.env._("Add the file with the proof."))
        notice._add_proof(self.number, proof)
        return self._finish(self.sudo().incident_id)

    def _proof(self):
        filename = self.filename or self.env._("Proof")
        return {"filename": filename, "content": self.proof} if self.proof else None

    def _save(self, told=False):
        self._require_case()
        if not self.affected_id:
            raise UserError(self.env._("Say who was hurt."))
        answers = {name: self[name] for name in ASKED}
        return self.env["aggression.inspectorate.notice"]._decide(
            self.affected_id, self.decision, self.reason, answers, told
        )


class Incident(models.Model):
    _inherit = "aggression.incident"

    def action_notify_inspectorate(self):
        """Open the screen for the Labour Inspectorate."""
        self.ensure_one()
        self._require(HANDLER, DECIDER)
        name = self.env._("Labour Inspectorate")
        return self._action_wizard("aggression.inspectorate.wizard", name)


class AffectedPerson(models.Model):
    _inherit = "aggression.affected.person"

    def action_notify_inspectorate(self):
        """Open the screen for the Labour Inspectorate, about this person."""
        self.ensure_one()
        self._require(HANDLER, DECIDER)
        action = self.incident_id.action_notify_inspectorate()
        return {**action, "context": {**action["context"], "default_affected_id": self.id}}
