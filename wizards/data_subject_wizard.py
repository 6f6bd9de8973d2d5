from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..models.privacy.groups import OFFICER
from ..models.privacy.sealing import SealedChar

SELF, ACCOUNT, NAME = "self", "account", "name"


class DataSubjectWizard(models.TransientModel):
    """Print what is kept about one person: by that person, or by the privacy officer on request.

    Promise: everybody can print their own; of somebody else only the privacy officer, who has
    checked who asks, and gets a paper on which nothing is told of others (AVG, article 15). What
    is filled in and what is found is nowhere but here and on the paper (C5).
    """

    _name = "aggression.data.subject.wizard"
    _description = "What is kept about a person"
    _inherit = "aggression.own.wizard"

    about = fields.Selection(
        [
            (SELF, "Me"),
            (ACCOUNT, "Somebody with an account"),
            (NAME, "Somebody without an account"),
        ],
        required=True,
        default=SELF,
    )
    user_id = fields.Many2one("res.users", "Who")
    person_name = SealedChar("Name, as in our file")
    case_reference = SealedChar("Reference on our letter", help="Tells namesakes apart.")
    received_on = fields.Date(default=fields.Date.context_today)
    identity_checked = fields.Boolean("I checked who asks this")
    request_id = fields.Many2one("aggression.data.request")
    is_officer = fields.Boolean(compute="_compute_is_officer")
    lang = fields.Char(compute="_compute_is_officer")

    @api.depends_context("uid")
    def _compute_is_officer(self):
        for wizard in self:
            wizard.is_officer = self.env.user.has_group(OFFICER)
            wizard.lang = self.env.company.sudo().partner_id.lang

    @api.constrains("about", "request_id")
    def _check_officer(self):
        """Let nobody but a privacy officer of the municipality begin on another person."""
        if others := self.filtered(lambda wizard: wizard.about != SELF or wizard.request_id):
            others.request_id.sudo(False).check_access("read")  # constraints run as superuser

    def action_register(self):
        """Put the request in the register without answering it yet."""
        self._require_own()
        self._require_officer()
        self._registered()
        return self._close()

    def action_print(self):
        """Print what is kept about this person, and write in the register that it was done."""
        sections = self._gather()
        if self.about != SELF:
            self._registered()._answer(len(sections))
        # as superuser: people with a portal account may not read what a report is
        return self.env.ref("aggression_protocol.report_data_subject").sudo().report_action(self)

    def _require_officer(self):
        if not self.env.user.has_group(OFFICER):
            raise AccessError(self.env._("Only the privacy officer answers requests of others."))

    def _registered(self):
        """Return the request of this screen, put in the register when it is not there yet."""
        if not self.request_id:
            if not self.received_on or self.received_on > fields.Date.context_today(self):
                raise UserError(self.env._("Fill in on which day the request came in."))
            self.request_id = self.env["aggression.data.request"]._receive(
                self.env.company, self.received_on
            )
        return self.request_id.sudo()

    def _gather(self):
        """Return what is kept about this person, for the paper.

        :raises AccessError: for whoever asks about another and is no privacy officer
        :raises UserError: in one sentence, when it is not clear about whom
        """
        self._require_own()
        subject, companies = self.env["aggression.data.subject"], self.env.user.company_ids
        if self.about == SELF:
            return subject._about_user(self.env.user, companies)
        self._require_officer()
        if not self.identity_checked:
            raise UserError(self.env._("First check who asks this, and say that you did."))
        if self.about == ACCOUNT and self.user_id:
            return subject._about_user(self.user_id, companies)
        if self.about == NAME and (self.person_name or "").strip():
            return subject._about_name(self.person_name, self.case_reference, companies)
        raise UserError(self.env._("Say about whom."))


class DataSubjectReport(models.AbstractModel):
    """Hands the paper what was gathered, and nothing that it was gathered from."""

    _name = "report.aggression_protocol.data_subject"
    _description = "What is kept about a person, printed"

    @api.model
    def _get_report_values(self, docids, data=None):
        screen = self.env["aggression.data.subject.wizard"].browse(docids)
        return {
            "docs": screen,
            "sections": screen._gather(),
            "reference": screen.sudo().request_id.reference,
            "today": fields.Date.context_today(screen),
            # people with a portal account may not read the address of the municipality
            "municipality": self.env.company.sudo(),
        }
