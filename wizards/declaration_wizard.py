from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from ..models.police.consent import DECLARATION
from ..models.police.declaring import ADDRESSES, CONTENT
from ..models.privacy.access import DECIDER, HANDLER, PERSON_HIT
from ..models.privacy.sealing import SealedText
from .prefilled import prefilled

# filled in from what was written before or from the case, and open to better words
DRAFTED = prefilled("_compute_draft")


class DeclarationWizard(models.TransientModel):
    """Write down a declaration; and, for the person hit, agree to its use or take that back.

    Promise: the box that agrees is there for the person hit alone; who else sends it is refused
    (D3). What is typed once in the case is not typed again here (M8).
    """

    _name = "aggression.declaration.wizard"
    _description = "Declaration"
    _inherit = ["aggression.person.wizard", "aggression.declaring"]
    _parts = (PERSON_HIT, HANDLER, DECIDER)

    person = fields.Char("Declaration of")
    complains_here = fields.Boolean(compute="_compute_complains_here")
    agrees = fields.Boolean("The case team may read this and bring it to the police", **DRAFTED)
    text = SealedText("What I declare", **DRAFTED)
    offence_choice_ids = fields.Many2many("aggression.offence", compute="_compute_offence_choice")
    offence_ids = fields.Many2many(**DRAFTED)
    known_on = fields.Date(**DRAFTED)
    address_choice = fields.Selection(ADDRESSES, **DRAFTED)
    under_number = fields.Boolean(**DRAFTED)
    wants_compensation = fields.Boolean(**DRAFTED)
    wants_informed = fields.Boolean(**DRAFTED)
    protective_needs = SealedText(**DRAFTED)
    literal_words = SealedText(**DRAFTED)
    witnesses = SealedText(**DRAFTED)
    who_did_it = SealedText(**DRAFTED)
    what_happened = SealedText(**DRAFTED)
    where_it_was = SealedText(**DRAFTED)
    when_it_was = SealedText(**DRAFTED)
    with_what = SealedText(**DRAFTED)
    in_what_way = SealedText(**DRAFTED)
    why_it_was = SealedText(**DRAFTED)
    complaint_given_on = fields.Date("I gave my own complaint on", **DRAFTED)
    complaint_words = fields.Char(compute="_compute_complaint_words")

    def _offered(self, persons):
        """Return the person hit themself; for who handles the case, those who agreed."""
        own = persons._oneself()
        return own or persons.filtered(lambda person: self._may_be_written(person))

    def _may_be_written(self, person):
        if person._declares_alone():
            return person._agrees(DECLARATION)
        return bool(person.sudo().incident_id._joint_decision())

    @api.depends("affected_id", "is_own")
    @api.depends_context("uid")
    def _compute_complains_here(self):
        for wizard in self:
            person = wizard.affected_id
            wizard.complains_here = bool(person) and (wizard.is_own or not person.user_id)

    @api.depends("incident_id")
    def _compute_offence_choice(self):
        for wizard in self:
            wizard.offence_choice_ids = wizard.incident_id.protocol_id.offence_ids

    @api.depends("affected_id")
    def _compute_draft(self):
        declarations = self.env["aggression.declaration"]
        for wizard in self:
            person = wizard.affected_id._origin
            written = declarations.search(
                [("affected_id", "=", person.id), ("kind", "=", DECLARATION)]
            )
            wizard.update(written._as_drafted() if written else wizard._as_proposed())
            wizard.agrees = bool(person) and person._agrees(DECLARATION)

    def _as_proposed(self):
        person = self.affected_id._origin
        proposed = self._proposed(person) if person else {"text": False, "offence_ids": []}
        blank = {**dict.fromkeys(CONTENT, False), "complaint_given_on": False}
        defaults = self.default_get(["address_choice", "wants_informed"])
        offences = [Command.set(proposed["offence_ids"])]
        return {**blank, **defaults, **proposed, "offence_ids": offences}

    @api.depends("offence_ids", "known_on")
    @api.depends_context("lang")
    def _compute_complaint_words(self):
        for wizard in self:
            wanting = wizard.offence_ids.filtered("complaint_required")
            last = wanting._last_day(wizard.known_on)
            wizard.complaint_words = last and self.env._(
                "%(offences)s: the public prosecutor acts only if the person hit asks for it "
                "themself, at the latest on %(day)s.",
                offences=", ".join(wanting.mapped("name")),
                day=last.strftime("%d-%m-%Y"),
            )

    def action_save(self):
        """Keep the draft, and what the person hit agrees to.

        :raises UserError: in one sentence, when there is no text, no consent or nobody to declare
        """
        self._save()
        return self._finish(self.sudo().incident_id)

    def action_ready(self):
        """Keep it, and say that nothing is missing any more.

        :raises UserError: with what is missing, in one sentence; the screen keeps what was typed
        """
        self._save()._make_ready()
        return self._finish(self.sudo().incident_id)

    def action_refuse(self):
        """Record that the person hit does not want a declaration. By that person (D1)."""
        self._require_case()
        self.affected_id._require_own()
        self.affected_id._refuse(DECLARATION)
        return self._finish(self.sudo().incident_id)

    def _save(self):
        self._require_case()
        person = self.affected_id
        if not person:
            raise UserError(self.env._("Nobody who was hit has agreed to a declaration yet."))
        content = {name: self[name] for name in CONTENT if name != "offence_ids"}
        content["offence_ids"] = [Command.set(self.offence_ids.ids)]
        written = self.env["aggression.declaration"]._draft(person, self.text, content)
        written = written.with_env(self.env)
        if self.complaint_given_on and self.complains_here:
            written._complain(self.complaint_given_on)
        if self.is_own:
            person._agree(DECLARATION) if self.agrees else person._withdraw(DECLARATION)
        return written


class Declaration(models.Model):
    _inherit = "aggression.declaration"

    def _as_drafted(self):
        """Return what was written down, as values for the screen."""
        told = {name: self[name] for name in (*CONTENT, "text", "complaint_given_on")}
        return {**told, "offence_ids": [Command.set(self.offence_ids.ids)]}

    def action_rewrite(self):
        """Open the screen on which this is written. By the person, or the team with consent."""
        self.ensure_one()
        self.check_access("read")
        return self.incident_id._action_wizard(
            "aggression.declaration.wizard",
            self.env._("Declaration"),
            affected_id=self.affected_id.id,
        )


class Incident(models.Model):
    _inherit = "aggression.incident"

    def action_declare(self):
        """Open the declaration: one's own, or that of somebody who agreed."""
        self.ensure_one()
        self._require(PERSON_HIT, HANDLER, DECIDER)
        return self._action_wizard("aggression.declaration.wizard", self.env._("Declaration"))
