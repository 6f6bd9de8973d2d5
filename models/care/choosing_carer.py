from odoo import models
from odoo.exceptions import UserError

from ..privacy.access import CARER, HANDLER, PERSON_HIT
from ..privacy.groups import TEAM
from .aftercare import HIT
from .talk import HELD, LAPSED, PLANNED


class Aftercare(models.Model):
    """Who gives the care: the protocol's first choice, until the person wishes otherwise (Z2).

    Promise: what was said to one carer is not read by the next, unless the person says so; the
    talks that are still to come go along with the care.
    """

    _inherit = "aggression.aftercare"

    def _carer_choices(self):
        """Return the users who can give this care: of the case team, not hit, not kept out."""
        care = self.sudo()
        team = self.env.ref(TEAM).sudo().all_user_ids
        passed_over = care.incident_id._passed_over()
        return team.filtered(
            lambda user: (
                not user.share
                and user.id not in passed_over
                and user != care.carer_id
                and care.incident_id._is_of_municipality(user)
            )
        )

    def _choose_carer(self, user, wish=False):
        """Let somebody else give the care from now on, as the person hit wishes.

        :param user: the new carer
        :param str wish: what the person said, when somebody who handles the case records it
        :raises AccessError: for who neither is the person nor handles the case
        :raises UserError: for who cannot give this care or names themself, or without a recorded
            wish
        """
        self.ensure_one()
        if not self._is_part(PERSON_HIT):
            self._require(HANDLER)
            if not (wish or "").strip():
                raise UserError(self.env._("Write down what the person hit said they wish."))
            if user == self.env.user:
                raise UserError(
                    self.env._("You cannot name yourself for somebody else. Ask a colleague to.")
                )
        care = self.sudo()
        if care.for_whom != HIT or user not in care._carer_choices():
            raise UserError(
                self.env._(
                    "This person cannot give the care. Choose somebody of the case team who was "
                    "not hit and is not kept out of this case."
                )
            )
        care._change_carer(user)
        said = self.env._("%(name)s gives the care from now on.", name=user.sudo().name)
        care.incident_id.with_env(self.env)._log("access", f"{said} {wish or ''}".strip())

    def _change_carer(self, user):
        duties = self._duties() | self.talk_ids._duties()
        self._carer_rows().filtered(lambda row: row.user_id == self.carer_id)._end()
        self._come_to(user.id)
        row = self.incident_id._access_row(user.id, CARER, "granted", self.affected_id)
        self.env["aggression.access"]._grant([row])
        self.talk_ids.invalidate_recordset()
        (duties | self.talk_ids._duties())._give_to_carer(user.id)

    def _come_to(self, user_id):
        """Let another user be the carer, who begins with a clean sheet (superuser mode)."""
        if self.for_whom == HIT and user_id != self.carer_id.id:
            self.talk_ids._keep_private()
            worded = self.referral_ids.filtered(lambda one: one.reason or one.answer)
            worded._unlocked().write({"kept_private": True})
        self._unlocked().carer_id = user_id

    def action_share_earlier(self):
        """Let the carer there is now read the earlier talks. By the person hit alone."""
        self._require_part(PERSON_HIT)
        for earlier in (self.sudo().talk_ids, self.sudo().referral_ids):
            earlier._unlocked().write({"kept_private": False})


class Talk(models.Model):
    _inherit = "aggression.talk"

    def _keep_private(self):
        """Close these talks to a later carer; one that is still to come starts afresh."""
        begun = self.filtered(
            lambda talk: talk.state == PLANNED and bool(talk.notes or talk.goal_ids)
        )
        for talk in begun:
            fresh = self._unlocked().create(
                {
                    "incident_id": talk.incident_id.id,
                    "aftercare_id": talk.aftercare_id.id,
                    **{name: talk[name] for name in ("number", "is_extra", "from_at", "due_at")},
                }
            )
            talk._duties()._unlocked().write({"talk_id": fresh.id})
        begun._move(LAPSED)
        closed = begun | self.filtered(lambda talk: talk.state == HELD or talk.notes)
        closed._unlocked().write({"kept_private": True})
