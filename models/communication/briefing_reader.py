from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from ..police.consent import BRIEFING
from ..privacy.access import DECIDER, HANDLER
from ..privacy.groups import TEAM
from .briefing import APPROVED

HOLDER = "aggression_protocol.group_office_holder"


class BriefingReader(models.Model):
    """A colleague who may read a briefing, until a day (C4).

    Promise: this row opens the briefing and nothing else; after its day it opens nothing, though
    it stays on record who was informed. Nobody who is kept out of the case, or was hit in it,
    gets one.
    """

    _name = "aggression.briefing.reader"
    _description = "Colleague who was informed"
    _inherit = "aggression.personal"
    _order = "id"

    _guarded = frozenset({"incident_id", "affected_id", "briefing_id", "user_id", "until"})

    briefing_id = fields.Many2one(
        "aggression.briefing", required=True, readonly=True, ondelete="cascade"
    )
    user_id = fields.Many2one(
        "res.users", "Colleague", required=True, readonly=True, ondelete="restrict"
    )
    until = fields.Date("Reads it until", required=True, readonly=True)

    _once = models.UniqueIndex("(briefing_id, user_id)")

    @api.model
    def _inform(self, briefing, user, until):
        """Let a colleague read a briefing until a day. By who handles or decides.

        :param date until: the last day; of one who reads it already it takes the place
        :raises AccessError: for who neither handles nor decides the case
        :raises UserError: in one sentence, when the person hit has not approved it, or for
            somebody who cannot read it
        """
        briefing.ensure_one()
        briefing._require(HANDLER, DECIDER)
        approved = briefing.sudo()
        case = approved.incident_id
        approved.affected_id._require_consent(BRIEFING)
        if approved.state != APPROVED:
            raise UserError(self.env._("The person hit has not approved these words yet."))
        self._check_colleague(case, user)
        if not until or until < case.protocol_id._today():
            raise UserError(self.env._("Say until which day this colleague reads it."))
        rows = self.sudo()._unlocked()
        earlier = rows.search([("briefing_id", "=", approved.id), ("user_id", "=", user.id)])
        if earlier:
            earlier.until = until
            return
        whose = {"incident_id": case.id, "affected_id": approved.affected_id.id}
        rows.create({**whose, "briefing_id": approved.id, "user_id": user.id, "until": until})
        case._log("briefed", user.name)

    @api.model
    def _check_colleague(self, case, user):
        if user in case._kept_out():
            raise UserError(self.env._("This person is kept out of this case."))
        if user in case.affected_ids.user_id | case._working_on_it():
            raise UserError(self.env._("This person knows the case already."))
        colleague = any(user.has_group(group) for group in (HOLDER, TEAM, "base.group_user"))
        if not colleague or not case._is_of_municipality(user):
            raise UserError(self.env._("Choose a colleague with an account."))

    def _in_words(self):
        return self.env._(
            "%(colleague)s until %(day)s",
            colleague=self.user_id.name,
            day=format_date(self.env, self.until),
        )
