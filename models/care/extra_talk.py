from odoo import fields, models
from odoo.exceptions import UserError

from ..common.near import check_near
from ..privacy.access import CARER, PERSON_HIT
from .talk import PLANNED

EXTRA_TALK = "extra_talk"


class Talk(models.Model):
    _inherit = "aggression.talk"

    def _bring_forward(self, due_at):
        """Let this talk be held earlier than the protocol has it (Z8).

        :param datetime due_at: by when, naive UTC
        :raises AccessError: for who neither is the person nor gives this care
        :raises UserError: when the talk is over, or that is not earlier
        """
        self.ensure_one()
        self.aftercare_id._require_part(PERSON_HIT, CARER)
        talk = self.sudo()
        if talk.state != PLANNED:
            raise UserError(self._overtaken())
        now = fields.Datetime.now()
        if not due_at or not now < due_at < talk.due_at:
            raise UserError(
                self.env._("Choose a moment that is still to come and earlier than planned.")
            )
        values = {"due_at": due_at, "from_at": False}
        talk._unlocked().write(values)
        talk._duties()._come_forward(values)


class Aftercare(models.Model):
    """Talks beside the three of the protocol: as many as somebody needs."""

    _inherit = "aggression.aftercare"

    def _plan_extra(self, due_at):
        """Plan one more talk; what waits for care to go on is done by it.

        :param datetime due_at: by when, naive UTC
        :raises AccessError: for who neither is the person nor gives this care
        :raises UserError: for a moment that has passed, or lies years away
        """
        self.ensure_one()
        self._require_part(PERSON_HIT, CARER)
        if not due_at or due_at <= fields.Datetime.now():
            raise UserError(self.env._("Choose a moment that is still to come."))
        check_near(self.env, due_at)
        care = self.sudo()
        care._go_on()
        care._duties()._settle("done")
        return care._add_extra(due_at)

    def _add_extra(self, due_at):
        rule, values = self._extra_talk(self.talk_ids.mapped("number"), due_at)
        talk = self.env["aggression.talk"].sudo()._unlocked().create(values)
        self.env["aggression.duty"]._raise_for_talks(talk, [rule])
        return talk

    def _extra_talk(self, numbers, due_at=None):
        """Return an extra talk as the :class:`DutyRule` it comes from and its values.

        :param numbers: those of the talks in this care, to which it comes last
        :param datetime due_at: by when; by the term of the protocol unless told otherwise
        """
        rule = next(iter(self._rules_of(EXTRA_TALK)), None)
        if not rule:
            raise UserError(self.env._("The protocol has no term for an extra talk. Add one."))
        zone = self.incident_id.protocol_id._playbook().timezone
        return rule, {
            "incident_id": self.incident_id.id,
            "aftercare_id": self.id,
            "number": max(max(numbers, default=0) + 1, rule.talk_number),
            "is_extra": True,
            "due_at": due_at or rule.term.after(fields.Datetime.now(), zone),
        }
