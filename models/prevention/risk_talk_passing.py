from odoo import api, fields, models

from .risk_talk import ARRANGED, ASKED


class RiskTalk(models.Model):
    """Talks that carry risk follow the roles: who left one reads none of them, old or new (V2).

    Promise: a talk to come goes along to who assigns from now on, and asks for help again when
    its helper can give none any more; one that is over stays closed to who comes after.
    """

    _inherit = "aggression.risk.talk"

    @api.model
    def _pass_on(self):
        """Let who assigns and who helps today see these talks, and nobody who no longer does."""
        protocols = self.env["aggression.protocol"].sudo()
        everything = self.sudo().search([("id", "!=", False)])
        for company, talks in everything.grouped("company_id").items():
            protocol = protocols.browse(protocols._in_force_id(company.id))
            for talk in talks if protocol else ():
                talk._follow_helper(protocol.assistance_role_ids)
                talk._follow_assigner(protocol.assignment_role_id)

    def _follow_assigner(self, role):
        """Close this to who assigned before; hand it on when help can still be arranged."""
        answering = self._answering(role)
        if self.assigner_id.id in answering:
            return
        if answering and self._is_coming():
            self._unlocked().write({"assigner_id": answering[0]})
            self._tell(self.assigner_id)
        elif self.assigner_id and not self._stands(role, self.assigner_id):
            self._unlocked().write({"assigner_id": False})

    def _follow_helper(self, roles):
        """Close this to who helped before; who asked and who assigns hear that help is needed."""
        helper = self.helper_id
        if not helper or self._stands(roles, helper):
            return
        if any(helper.id in self._answering(role) for role in roles):
            return
        if self.state == ARRANGED and self._is_coming():
            self._move(ASKED, helper_id=False)
            self._tell(self.asked_by_id | self.assigner_id, turn=f"without {helper.id}")
        else:
            self._unlocked().write({"helper_id": False})

    def _is_coming(self):
        return self.state in (ASKED, ARRANGED) and self.talk_at > fields.Datetime.now()

    def _answering(self, role):
        """Return the ids of who answers for a role today; who asked arranges no own help."""
        return (
            role._holder_ids_on(role._today(role.company_id), self.asked_by_id.ids) if role else []
        )

    def _stands(self, roles, user):
        """Tell whether somebody holds one of these roles today, absent or not."""
        return any(
            role._staffing(role.company_id.id).stands(
                role.id, user.id, role._today(role.company_id)
            )
            for role in roles
        )


class Succession(models.AbstractModel):
    _inherit = "aggression.succession"

    @api.model
    def _run(self, *args, **kwargs):
        result = super()._run(*args, **kwargs)
        self.env["aggression.risk.talk"]._pass_on()
        return result
