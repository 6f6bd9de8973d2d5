from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command, Domain

from ..models.case.affected_person import INJURIES
from ..models.case.causer import KINDS
from ..models.case.incident import CHANNELS, PLACES
from ..models.privacy.sealing import SealedChar, SealedText

TWO_WEEKS = 14 * 24
ME, OTHER, BOTH = "me", "other", "both"
STEPS = {
    1: ("story", "channel"),
    2: ("occurred_at", "place", "where"),
    3: (
        *("hit", "colleague_id", "colleague_name", "office_id", "injury", "impact"),
        *("causer_kind", "causer_name", "causer_description"),
        *("receiver_role_id", "excluded_id", "exclusion_reason"),
    ),
}


class ReportDraft(models.TransientModel):
    """A report that is being written on the portal, in three short steps (M1).

    Promise: what was typed is kept after every step, also when the telephone falls silent, and is
    read by whoever typed it and nobody else. It is gone as soon as it is sent or thrown away, and
    two weeks after it was last touched.
    """

    _name = "aggression.report.draft"
    _description = "Report that is not sent yet"
    _inherit = ["aggression.own.wizard", "aggression.typed.in"]
    _order = "id desc"
    _transient_max_hours = TWO_WEEKS
    _transient_max_count = 0

    story = SealedText("What happened")
    channel = fields.Selection(CHANNELS, "How")
    occurred_at = fields.Datetime("When did it happen")
    place = fields.Selection(PLACES, "Where")
    where = SealedChar("Where exactly")
    hit = fields.Selection(
        [(ME, "Me"), (OTHER, "Somebody else"), (BOTH, "Me and somebody else")], "Who was hit"
    )
    colleague_id = fields.Many2one("res.users")
    colleague_name = SealedChar("Name, without account")
    office_id = fields.Many2one("aggression.office")
    injury = fields.Selection(INJURIES, default="none")
    impact = SealedText("What it does to this person")
    causer_kind = fields.Selection(KINDS, "Who did it", default="unknown")
    causer_name = SealedChar("Name")
    causer_description = SealedText("What is known")
    receiver_role_id = fields.Many2one("aggression.role", "Report to")
    excluded_id = fields.Many2one("res.users", "Who must not see this")
    exclusion_reason = SealedChar("Why they must not see it")
    file_ids = fields.One2many("aggression.report.draft.file", "wizard_id", "Files")

    @api.model
    def _mine(self):
        """Return what this user has begun and not sent: the last one that was begun."""
        return self.search([("create_uid", "=", self.env.uid)], limit=1)

    @api.model
    def _begin(self):
        return self._mine() or self.create({})

    def _take(self, step, sent):
        """Keep what was filled in on a step, as far as it can be understood.

        :param int step: one of ``STEPS``
        :param dict sent: what the form sent, as text
        :return: {field: in one sentence what is wrong with it}
        """
        self._require_own()
        values, problems = self._parsed(STEPS[step], sent)
        self.write(values)
        return problems

    def _missing(self, step):
        """Return {field: in one sentence what is missing} of a step."""
        self._require_own()
        return getattr(self, f"_missing_{step}")()

    def _missing_1(self):
        say = {
            "story": self.env._("Write down what happened."),
            "channel": self.env._("Choose how it reached you."),
        }
        return {name: sentence for name, sentence in say.items() if not self[name]}

    def _missing_2(self):
        say = {
            "occurred_at": self.env._("Fill in the day and the time at which it happened."),
            "place": self.env._("Choose where it happened."),
        }
        missing = {name: sentence for name, sentence in say.items() if not self[name]}
        incidents = self.env["aggression.incident"]
        if self.occurred_at and (problem := incidents._impossible_moment(self.occurred_at)):
            missing["occurred_at"] = problem
        return missing

    def _missing_3(self):
        if not self.hit:
            return {"hit": self.env._("Say who was hit.")}
        missing = {}
        if self.hit != ME and not (self.colleague_id or self.colleague_name):
            missing["colleague_id"] = self.env._("Choose your colleague, or fill in a name below.")
        elif not all(person["office_id"] for person in self._persons()):
            missing["office_id"] = self.env._("Choose the office of this person.")
        if self.causer_kind != "unknown" and not (self.causer_name or self.causer_description):
            missing["causer_name"] = self.env._(
                "Say who did it: give a name or a description, or choose Unknown."
            )
        return missing

    def _persons(self):
        """Return the people hit, as the report's screen wants them."""
        office_of = self.env["aggression.report.person"]._office_of
        harm = {"injury": self.injury or "none", "impact": self.impact}
        persons = []
        if self.hit in (ME, BOTH):
            mine = office_of(self.env.user) or self.office_id
            persons.append({"user_id": self.env.uid, "office_id": mine.id, **harm})
            harm = {}
        if self.hit in (OTHER, BOTH):
            colleague = self.sudo().colleague_id
            theirs = (colleague and office_of(colleague)) or self.office_id
            name = False if colleague else self.colleague_name
            persons.append({"user_id": colleague.id, "name": name, "office_id": theirs.id, **harm})
        return persons

    def _send(self):
        """Open the case by the report's own screen, and throw away everything that was typed.

        :return: the case, in superuser mode
        :raises UserError: in one sentence, when something is missing; what was typed is kept then
        :raises LockError: when it is being sent at this very moment
        """
        self._require_own()
        for step in STEPS:
            if missing := self._missing(step):
                raise UserError(next(iter(missing.values())))
        self.lock_for_update()
        screen = self.env["aggression.report.wizard"].create(self._as_screen())
        # one of those that were offered; on the portal nobody reads the accounts of others
        screen.sudo().excluded_ids = self.sudo().excluded_id
        incident = screen._submit()
        screen.sudo().unlink()
        self._throw_away()
        return incident

    def _as_screen(self):
        names = ("occurred_at", "channel", "place", "where", "story")
        return {
            **{name: self[name] for name in names},
            **{name: self[name] for name in ("causer_name", "causer_description")},
            "causer_kind": self.causer_kind or "unknown",
            "person_ids": [Command.create(person) for person in self._persons()],
            "receiver_role_id": self.receiver_role_id.id,
            "exclusion_reason": self.exclusion_reason,
            "file_ids": [Command.create(file._as_line()) for file in self.file_ids],
        }

    def _add_files(self, uploads, taken_at=False):
        """Keep files with the report.

        :param uploads: (name, bytes) of each
        :raises UserError: in one sentence, about the first that cannot be taken
        """
        self._require_own()
        files = self.env["aggression.report.draft.file"]
        checked = files._checked(uploads, already=len(self.file_ids))
        files.create([{**file, "taken_at": taken_at, "wizard_id": self.id} for file in checked])

    def _remove_file(self, number):
        """Take the file with this number (from 0) off the report; any other number does nothing."""
        self._require_own()
        self.file_ids[number : number + 1].sudo().unlink()

    @api.model
    def _throw_away(self):
        """Delete everything that this user began and did not send."""
        self.sudo().search([("create_uid", "=", self.env.uid)]).unlink()

    # -- what can be chosen ---------------------------------------------------------------

    def _choices_colleague_id(self):
        """Return who holds an office today, except the user: public knowledge."""
        return self._holders_of([("role_id.office_id.world", "=", "political")])

    def _choices_excluded_id(self):
        return self._holders_of([])

    @api.model
    def _holders_of(self, domain):
        """Return [(user id, name)] of who holds a role now, without the user."""
        assignments = self.env["aggression.role.assignment"].sudo()
        lines = assignments.search(
            assignments._running_on(self.env["aggression.role"]._today(self.env.company))
            & Domain(domain)
            & Domain("role_id.company_id", "=", self.env.company.id)
            & Domain("user_id", "!=", self.env.uid)
        )
        return [(user.id, user.name) for user in lines.user_id.sorted("name")]

    def _choices_office_id(self):
        """Return the offices that somebody can hold; a meeting is nobody."""
        protocol = self.env["aggression.protocol"]._in_force(self.env.company)
        held = protocol.route_ids.office_id.filtered(lambda office: office.world != "meeting")
        return [(office.id, office.name) for office in held]

    def _choices_receiver_role_id(self):
        """Return who can receive the report of the first person hit."""
        protocol = self.env["aggression.protocol"]._in_force(self.env.company)
        office = self.env["aggression.report.person"]._office_of(self.env.user)
        route = protocol.route_ids.filtered(lambda route: route.office_id == office)
        roles = route.receiver_id | route.other_receiver_ids
        return [(role.id, role.name) for role in roles]


class ReportDraftFile(models.TransientModel):
    """One file, with a report that is not sent yet; it goes when the draft goes."""

    _name = "aggression.report.draft.file"
    _description = "File, with a report that is not sent yet"
    _inherit = ["aggression.own.line", "aggression.upload"]
    _order = "id"
    _transient_max_hours = 0  # not before the draft itself
    _transient_max_count = 0

    wizard_id = fields.Many2one(
        "aggression.report.draft", required=True, index=True, ondelete="cascade"
    )

    def _as_line(self):
        names = ("filename", "content", "source", "taken_at")
        return {name: self[name] for name in names}
