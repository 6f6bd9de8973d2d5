from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..common.near import check_near
from ..privacy.access import CARER, PERSON_HIT
from ..privacy.asker import REFUSED
from ..privacy.notice import APPOINTMENT
from ..privacy.reference import random_reference
from ..privacy.sealing import SealedChar
from .aftercare import HIT
from .talk import HELD, PLANNED

PROPOSED, AGREED, KEPT, MISSED, CANCELLED = "proposed", "agreed", "kept", "missed", "cancelled"
STANDING = (PROPOSED, AGREED)
SIDES = [(PERSON_HIT, "The person hit"), (CARER, "The carer")]

SHORTEST, LONGEST = 5, 480  # minutes


class Appointment(models.Model):
    """A time for a talk: proposed by the person hit or the carer, accepted by the other.

    Promise: it stays between these two, like the talk itself (C5), and in no agenda but their
    own; a talk to which one of them did not come is still due, and a new time can be made for it
    (Z6 to Z8).
    """

    _name = "aggression.appointment"
    _description = "Appointment"
    _inherit = ["aggression.personal", "aggression.stateful"]
    _order = "start_at desc, id desc"

    _guarded = frozenset(
        {
            "incident_id",
            "affected_id",
            "aftercare_id",
            "talk_id",
            "reference",
            "start_at",
            "end_at",
            "place",
            "state",
            "proposed_as",
            "missed_as",
            "remind_at",
        }
    )
    _transitions = {
        (PROPOSED, AGREED): "_over_reason",
        (PROPOSED, CANCELLED): None,
        (AGREED, CANCELLED): None,
        (AGREED, KEPT): None,
        (AGREED, MISSED): "_not_begun_reason",
    }

    reference = fields.Char(
        required=True, readonly=True, copy=False, default=lambda self: random_reference("A")
    )
    aftercare_id = fields.Many2one(
        "aggression.aftercare", required=True, readonly=True, index=True, ondelete="cascade"
    )
    talk_id = fields.Many2one(
        "aggression.talk", required=True, readonly=True, index=True, ondelete="cascade"
    )
    number = fields.Integer("Talk", related="talk_id.number", related_sudo=False, aggregator=None)
    start_at = fields.Datetime("Begins", required=True, readonly=True)
    end_at = fields.Datetime("Ends", required=True, readonly=True)
    place = SealedChar("Where", readonly=True)
    state = fields.Selection(
        [
            (PROPOSED, "Proposed"),
            (AGREED, "Agreed"),
            (KEPT, "Talk held"),
            (MISSED, "Did not go ahead"),
            (CANCELLED, "Cancelled"),
        ],
        required=True,
        default=PROPOSED,
        readonly=True,
    )
    proposed_as = fields.Selection(SIDES, "Proposed by", required=True, readonly=True)
    missed_as = fields.Selection(SIDES, "Who did not come", readonly=True)
    remind_at = fields.Datetime(readonly=True, help="When both are reminded; empty afterwards.")
    can_accept = fields.Boolean(compute="_compute_can")
    has_begun = fields.Boolean(compute="_compute_can")

    _reference_once = models.UniqueIndex("(reference)")
    _one_standing = models.UniqueIndex(
        "(talk_id) WHERE state IN ('proposed', 'agreed')",
        "A time for this talk was proposed in the meantime. Reload the page to see it.",
    )
    _ends_later = models.Constraint(
        "CHECK (end_at > start_at)", "An appointment ends later than it begins."
    )
    _missed_by_somebody = models.Constraint(
        "CHECK ((state = 'missed') = (missed_as IS NOT NULL))",
        "Say who did not come.",
    )
    _to_remind = models.Index("(remind_at, id) WHERE remind_at IS NOT NULL")

    @api.depends("state", "proposed_as", "start_at")
    @api.depends_context("uid")
    def _compute_can(self):
        now = fields.Datetime.now()
        for one in self:
            waiting = one.state == PROPOSED and one.start_at > now
            one.can_accept = waiting and one._side() not in (None, one.proposed_as)
            one.has_begun = one.start_at <= now

    @api.model
    def _propose(self, talk, start_at, minutes, place, agreed=False):
        """Propose a time for a talk, instead of the one that stood. By the two of them.

        :param datetime start_at: naive UTC
        :param bool agreed: both know of it already; so it is for a carer whose other half has no
            account; while nobody gives the care, there is nobody who knows
        :raises AccessError: for anybody but the person hit and the carer
        :raises UserError: in one sentence, when this cannot be a time for this talk
        """
        talk.aftercare_id._require_part(CARER, PERSON_HIT)
        about = talk.sudo()
        about._check_time(start_at, minutes)
        standing = about.appointment_ids.filtered(lambda one: one.state in STANDING)
        standing._move(CANCELLED, remind_at=False)
        standing.flush_recordset()
        one = (
            self.sudo()
            ._unlocked()
            .create(
                {
                    "incident_id": about.incident_id.id,
                    "affected_id": about.aftercare_id.affected_id.id,
                    "aftercare_id": about.aftercare_id.id,
                    "talk_id": about.id,
                    "start_at": start_at,
                    "end_at": start_at + timedelta(minutes=minutes),
                    "place": place,
                    "proposed_as": talk.aftercare_id._side_of_user(),
                }
            )
        )
        alone = one.proposed_as == CARER and not one._people() - self.env.user
        if agreed or alone:
            one._agree()
        else:
            one._tell(APPOINTMENT)
        return one

    def action_accept(self):
        """Accept this time. By the one of the two who did not propose it.

        :raises UserError: for who proposed it, or when it is over or replaced
        """
        self.ensure_one()
        if self._require_side() == self.proposed_as:
            raise UserError(self.env._("You proposed this time yourself. The other accepts it."))
        self.sudo()._agree()

    def action_propose_other(self):
        """Open the screen for another time. By the person hit or the carer."""
        self.ensure_one()
        self._require_side()
        return self.talk_id.action_make_appointment()

    def action_cancel(self):
        """Cancel it; the talk stays on offer. By the person hit or the carer."""
        self.ensure_one()
        self._require_side()
        self.sudo()._call_off()

    def action_other_missed(self):
        """Record that the other one did not come; the talk is still due (Z6 to Z8).

        :raises UserError: before the time of the appointment
        """
        self.ensure_one()
        other = {PERSON_HIT: CARER, CARER: PERSON_HIT}
        self._miss(other[self._require_side()])

    def action_i_missed(self):
        """Record that the user could not come; the talk is still due (Z6 to Z8).

        :raises UserError: before the time of the appointment
        """
        self.ensure_one()
        self._miss(self._require_side())

    def action_download(self):
        """Hand the user a file for the own agenda: the time and the reference of the case."""
        self.ensure_one()
        self._require_side()
        return {
            "type": "ir.actions.act_url",
            "url": f"/aggression/appointment/{self.reference}",
            "target": "download",
        }

    def _agree(self):
        """Let this time stand; who agrees on it when it is near needs no reminder."""
        for one in self:
            hours = one.incident_id.protocol_id.appointment_reminder_hours
            moment = one.start_at - timedelta(hours=hours)
            near = moment <= fields.Datetime.now()
            one._move(AGREED, remind_at=False if near else moment)
        self._tell(APPOINTMENT)

    def _call_off(self):
        self._move(CANCELLED, remind_at=False)
        self._tell(APPOINTMENT)

    def _miss(self, side):
        self.sudo()._move(MISSED, missed_as=side, remind_at=False)
        self.sudo()._tell(APPOINTMENT)

    def _over_reason(self):
        if self.start_at <= fields.Datetime.now():
            return self.env._("This time is over. Propose another one.")
        return False

    def _not_begun_reason(self):
        if self.start_at > fields.Datetime.now():
            return self.env._("The time of this appointment has not come yet. You can cancel it.")
        return False

    def _side(self):
        """Return as what the user is in this: the person hit, the carer or None."""
        return self.sudo().aftercare_id._side_of_user()

    def _require_side(self):
        """Return :meth:`_side`; raises AccessError for anybody else."""
        if side := self._side():
            return side
        self._note_reading(REFUSED)
        raise AccessError(self._no_role_sentence())


class Talk(models.Model):
    _inherit = "aggression.talk"

    appointment_ids = fields.One2many("aggression.appointment", "talk_id", "Appointments")

    def action_make_appointment(self):
        """Open the screen on which a time is proposed. By the person hit or the carer."""
        self.ensure_one()
        self.aftercare_id._require_part(CARER, PERSON_HIT)
        name = self.env._("A time for the talk")
        model = "aggression.appointment.wizard"
        return self.incident_id._action_wizard(model, name, talk_id=self.id)

    def _check_time(self, start_at, minutes):
        """Raise UserError unless this can be a time for this talk."""
        if self.state != PLANNED:
            raise UserError(self.env._("This talk needs no appointment any more."))
        if not start_at or start_at <= fields.Datetime.now():
            raise UserError(self.env._("Choose a time that is still to come."))
        check_near(self.env, start_at)
        if not SHORTEST <= minutes <= LONGEST:
            raise UserError(self.env._("A talk takes between 5 minutes and 8 hours."))

    def _move(self, target, **values):
        """A talk that was held, or is not needed, leaves no appointment behind."""
        result = super()._move(target, **values)
        standing = self.sudo().appointment_ids.filtered(lambda one: one.state in STANDING)
        now = fields.Datetime.now()
        kept = standing.filtered(
            lambda one: target == HELD and one.state == AGREED and one.start_at <= now
        )
        kept._move(KEPT, remind_at=False)
        (standing - kept)._call_off()
        return result


class Aftercare(models.Model):
    _inherit = "aggression.aftercare"

    appointment_ids = fields.One2many("aggression.appointment", "aftercare_id", "Appointments")

    def _side_of_user(self):
        """Return the user's part in this care, or None."""
        return next((part for part in (PERSON_HIT, CARER) if self._is_part(part)), None)

    def _people(self):
        """Return the users between whom this care stays (superuser mode)."""
        carers = self._carer_rows().user_id
        if self.for_whom != HIT:
            return carers & self.carer_id
        own = self.affected_id.access_ids.filtered(lambda row: row.role == PERSON_HIT)
        return own.user_id | carers
