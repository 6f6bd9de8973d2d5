from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ...rules.quiet import time_of_day
from ...rules.terms import local
from ...rules.working_days import is_working_day
from ..common.agenda_file import agenda_file
from ..common.near import check_near
from ..privacy.notice import RISK_TALK
from ..privacy.reference import random_reference
from ..privacy.sealing import SealedChar, SealedText

ASKED, ARRANGED, HELD, CANCELLED = "asked", "arranged", "held", "cancelled"
ON_CALL, PRESENT = "on_call", "present"
KEPT = timedelta(days=365)  # own proposal: the protocol gives no term
HELP = [
    (ON_CALL, "Within call, in office hours"),
    (PRESENT, "Arranged beforehand"),
]


class RiskTalk(models.Model):
    """A talk that may get out of hand, with help arranged beforehand (V1 to V3).

    Promise: it is seen by who asked for it, who helps, who joins and who assigns the help, and by
    nobody else; whoever helps hears of it without a word of what it is about.
    """

    _name = "aggression.risk.talk"
    _description = "Talk that carries risk"
    _inherit = ["aggression.beside.cases", "aggression.stateful"]
    _rec_name = "reference"
    _order = "talk_at desc, id desc"

    _guarded = frozenset(
        {
            "reference",
            "company_id",
            "asked_by_id",
            "assigner_id",
            "helper_id",
            "second_id",
            "help_kind",
            "talk_at",
            "minutes",
            "place",
            "topic",
            "state",
            "cancel_reason",
        }
    )
    _transitions = {
        (ASKED, ARRANGED): None,
        (ARRANGED, ARRANGED): None,
        (ARRANGED, ASKED): None,
        (ASKED, CANCELLED): "_too_late",
        (ARRANGED, CANCELLED): "_too_late",
        (ARRANGED, HELD): "_too_early",
        (ASKED, HELD): "_too_early",
    }

    reference = fields.Char(
        required=True, readonly=True, copy=False, default=lambda self: random_reference("G")
    )
    company_id = fields.Many2one("res.company", "Municipality", required=True, readonly=True)
    asked_by_id = fields.Many2one("res.users", "Asked by", required=True, readonly=True, index=True)
    assigner_id = fields.Many2one("res.users", "Assigns the help", readonly=True, index=True)
    helper_id = fields.Many2one("res.users", "Helps", readonly=True, index=True)
    second_id = fields.Many2one("res.users", "Second person at the talk", readonly=True, index=True)
    help_kind = fields.Selection(HELP, "Help", required=True, readonly=True)
    talk_at = fields.Datetime("When", required=True, readonly=True)
    minutes = fields.Integer("Lasts (minutes)", required=True, readonly=True, aggregator=None)
    place = SealedChar("Where", required=True, readonly=True)
    topic = SealedText("What to know beforehand", readonly=True)
    state = fields.Selection(
        [
            (ASKED, "Help asked"),
            (ARRANGED, "Help arranged"),
            (HELD, "Held"),
            (CANCELLED, "Cancelled"),
        ],
        required=True,
        default=ASKED,
        readonly=True,
    )
    cancel_reason = SealedText("Why it is cancelled", readonly=True)
    assigns = fields.Boolean(compute="_compute_assigns")

    _reference_once = models.UniqueIndex("(reference)")

    @api.depends_context("uid")
    @api.depends("assigner_id")
    def _compute_assigns(self):
        for talk in self:
            talk.assigns = talk.assigner_id.id == self.env.uid

    @api.model
    def _ask(self, values):
        """Ask for help with a talk, for oneself: any office-holder or colleague can.

        :param dict values: talk_at (naive UTC), minutes, place, topic, help_kind, second_id
        :return: the talk, in superuser mode
        :raises UserError: in one sentence, when something is missing or cannot be
        """
        protocol = self.env["aggression.protocol"]._in_force(self.env.company).sudo()
        self._check_asked(values, protocol)
        talk = (
            self.sudo()
            ._unlocked()
            .create(
                {
                    **values,
                    "company_id": protocol.company_id.id,
                    "asked_by_id": self.env.uid,
                    "assigner_id": self._assigner_id(protocol),
                }
            )
        )
        talk._tell(talk.assigner_id | talk.second_id)
        return talk

    @api.model
    def _check_asked(self, values, protocol):
        if not values.get("talk_at") or values["talk_at"] <= fields.Datetime.now():
            raise UserError(self.env._("Choose a moment in the future for the talk."))
        check_near(self.env, values["talk_at"])
        if not (values.get("place") or "").strip():
            raise UserError(self.env._("Say where the talk is."))
        if not 0 < (values.get("minutes") or 0) <= 480:
            raise UserError(self.env._("Say how long the talk lasts: at most 480 minutes."))
        self._check_second(self.env["res.users"].sudo().browse(values.get("second_id")), protocol)
        if values["help_kind"] == ON_CALL and not self._in_office_hours(values, protocol):
            raise UserError(
                self.env._(
                    "Staff are within call in office hours only. Choose help that is arranged "
                    "beforehand, or another moment."
                )
            )

    @api.model
    def _check_second(self, second, protocol):
        if second.id == self.env.uid:
            raise UserError(self.env._("The second person is somebody else than you."))
        if second and protocol.company_id not in second.company_ids:
            raise UserError(self.env._("Choose a colleague of your own municipality."))

    @api.model
    def _in_office_hours(self, values, protocol):
        start = local(values["talk_at"], protocol.timezone)
        end = local(values["talk_at"] + timedelta(minutes=values["minutes"]), protocol.timezone)
        opens, closes = time_of_day(protocol.office_from), time_of_day(protocol.office_until)
        same_day = start.date() == end.date() and is_working_day(start.date())
        return same_day and opens <= start.time() and end.time() <= closes

    @api.model
    def _assigner_id(self, protocol):
        """Return who assigns the help today, or somebody else when that is who asks."""
        role = protocol.assignment_role_id
        holders = role._holder_ids_on(protocol._today(), [self.env.uid]) if role else []
        if not holders:
            raise UserError(
                self.env._(
                    "Nobody can arrange help today. Ask the functional manager to appoint somebody."
                )
            )
        return holders[0]

    def _designated(self):
        """Return who can be asked to help: the designated staff of today, not who takes part."""
        protocol = self.env["aggression.protocol"]._in_force(self.env.company).sudo()
        day = protocol._today()
        ids = {
            user for role in protocol.assistance_role_ids for user in role._holder_ids_on(day)
        } - {*self.asked_by_id.ids, *self.second_id.ids}
        return self.env["res.users"].browse(sorted(ids))

    def _assign(self, helper):
        """Let somebody of the designated staff help. By who assigns.

        :raises AccessError: for anybody else
        :raises UserError: when they are not designated, or the talk is over
        """
        self.ensure_one()
        self._require_part("assigner_id")
        if not helper or helper not in self._designated():
            raise UserError(self.env._("Choose somebody of the designated staff."))
        talk = self.sudo()
        if talk.talk_at <= fields.Datetime.now():
            raise UserError(self.env._("This talk has begun already."))
        talk._move(ARRANGED, helper_id=helper.id)
        talk._tell(helper | talk.asked_by_id)

    def _cancel(self, reason):
        """Cancel the talk in time, and tell everybody. By who asked, or who assigns."""
        self.ensure_one()
        self._require_part("asked_by_id", "assigner_id")
        if not (reason or "").strip():
            raise UserError(self.env._("Say why the talk is cancelled."))
        talk = self.sudo()
        talk._move(CANCELLED, cancel_reason=reason)
        talk._tell(talk._people())

    def action_held(self):
        """Record that the talk was held. By who asked for it, or who assigns."""
        self.ensure_one()
        self._require_part("asked_by_id", "assigner_id")
        self.sudo()._move(HELD)

    def _too_late(self):
        if self.talk_at <= fields.Datetime.now():
            return self.env._("This talk has begun already: it cannot be cancelled any more.")
        return None

    def _too_early(self):
        if self.talk_at > fields.Datetime.now():
            return self.env._("This talk still has to be held.")
        return None

    def _may_cancel(self):
        """Tell whether the user can cancel this talk: who asked, or who assigns, in time."""
        talk = self.sudo()
        own = self.env.uid in (talk.asked_by_id.id, talk.assigner_id.id)
        return own and talk.state in (ASKED, ARRANGED) and not talk._too_late()

    def _people(self):
        return self.asked_by_id | self.assigner_id | self.helper_id | self.second_id

    def _require_part(self, *names):
        """Raise AccessError unless the user is one of those named by these fields."""
        talk = self.sudo()
        if self.env.uid not in [talk[name].id for name in names]:
            raise AccessError(self.env._("Only who asked for the talk or assigns the help can."))

    @api.autovacuum
    def _gc_over(self):
        """Forget talks of a year ago, with what was to know beforehand about somebody."""
        over = [("talk_at", "<", fields.Datetime.now() - KEPT)]
        self.sudo().search(over).unlink()

    def _tell(self, users, turn=""):
        self.env["aggression.notice"]._about_prevention(self, RISK_TALK, users, turn=turn)

    def _as_agenda_file(self):
        """Return this talk as the bytes of an iCalendar file."""
        self.ensure_one()
        protocol = self.env["aggression.protocol"].sudo()._in_force(self.company_id)
        return agenda_file(
            self.reference,
            self.env._("Appointment %(reference)s", reference=self.reference),
            self.talk_at,
            self.talk_at + timedelta(minutes=self.minutes),
            protocol.timezone,
            fields.Datetime.now(),
            "CANCELLED" if self.state == CANCELLED else "CONFIRMED",
        )
