from odoo import fields, models
from odoo.exceptions import AccessError, UserError

from ..privacy.access import DECIDER, HANDLER
from .consent import DECLARATION, REFUSED
from .declaration import FILED, NOTIFICATION

DECLARE, NOTIFY = "declare", "notify"


class Declaration(models.Model):
    """Filing with the police.

    Promise: a declaration is filed by the authorised representative and by nobody else, while
    the person hit agrees and nothing that the law asks for is missing; what was handed over is
    kept as it was, and the duty to declare is fulfilled by this step alone (D1, A9).
    """

    _inherit = "aggression.declaration"

    def _file(self, at=None, mandate=None):
        """Record that this was filed, keep the form as it was handed over, settle its duties.

        :param datetime at: when it was filed (naive UTC); now, unless told otherwise
        :param str mandate: by which mandate the representative files
        :raises AccessError: for who does not file declarations in this case
        :raises UserError: in one sentence, when something is missing or the moment cannot be right
        """
        self.ensure_one()
        self._require_filer()
        declaration = self.sudo()
        if declaration.kind == DECLARATION:
            declaration.affected_id.sudo(False)._require_may_declare()
        at = at or fields.Datetime.now()
        if not declaration.incident_id.occurred_at <= at <= fields.Datetime.now():
            raise UserError(
                self.env._("Fill in when it was filed: after it happened, not in the future.")
            )
        declaration._move(FILED, filed_at=at, filed_by_id=self.env.uid, mandate=mandate)
        self.env["aggression.police.form"]._keep(self)
        declaration._settle_filed()

    def _settle_filed(self):
        case = self.incident_id
        if self.kind == NOTIFICATION:
            case._log("notified")
            self.env["aggression.duty"]._settle_police(case, NOTIFY, done=True)
        else:
            case._log("declared")
            case._settle_declarations()

    def _require_filer(self):
        """Raise AccessError unless the user files this: by the protocol, in this case."""
        self._require(HANDLER, DECIDER)
        if self.sudo().kind == DECLARATION and self.env.uid not in self._filer_ids():
            raise AccessError(
                self.env._("The authorised representative of the municipality files this.")
            )

    def _filer_ids(self):
        """Return the ids of who files declarations in this case, in order."""
        case = self.sudo().incident_id
        duties = case.protocol_id.duty_type_ids.filtered(lambda kind: kind.fulfilment == DECLARE)
        found = [user for role in duties.role_id for user in case._answering_ids(role.id)]
        return list(dict.fromkeys(found)) or case._handler_ids()

    def _not_complete(self):
        """Return in one sentence why this cannot be filed yet, or None."""
        if self.kind == NOTIFICATION:
            return None
        if self.needs_consent and not self.affected_id._agrees(DECLARATION):
            return self.env._("This needs the consent of the person hit.")
        if not self.needs_consent and not self.incident_id._joint_decision():
            return self.env._("This is decided together first.")
        if not self.offence_ids:
            return self.env._("Choose which offences are possible.")
        if lacking := self._lacks_complaint():
            return self.env._(
                "%(offence)s is prosecuted only when the person hit asks for it themself. Record "
                "on which day they gave their complaint, or leave this offence out.",
                offence=lacking[0].name,
            )
        return None


class AffectedPerson(models.Model):
    _inherit = "aggression.affected.person"

    def _heard_about_declaring(self):
        """Let the duties of the case follow what this person answered (superuser mode)."""
        case = self.incident_id
        case._settle_declarations()
        case._settle_complaints()
        if self._agrees(DECLARATION) and self._refused_before():
            self.env["aggression.duty"]._raise(case, "agreed_after_all")

    def _refused_before(self):
        answers = self.consent_ids.filtered(lambda one: one.purpose == DECLARATION)
        return answers.sorted("id")[-2:-1].answer == REFUSED

    def _declared(self):
        return self._declaration().state == FILED

    def _declares_not(self):
        """Tell whether there will be no declaration: refused, or decided against together."""
        if self._declares_alone():
            return self._refuses(DECLARATION)
        return self.sudo().incident_id._joint_decision() is False


class Incident(models.Model):
    _inherit = "aggression.incident"

    def _settle_declarations(self):
        """Settle the duty to declare, once everybody hit has declared or does not want to (D1)."""
        self._stand_in_line()
        persons = self.affected_ids
        declared = persons.filtered(lambda person: person._declared())
        if all(person._declares_not() for person in persons - declared):
            self.env["aggression.duty"]._settle_police(self, DECLARE, done=bool(declared))
