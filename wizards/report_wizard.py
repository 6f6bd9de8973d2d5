from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command, Domain

from ..models.case.affected_person import INJURIES
from ..models.case.causer import KINDS
from ..models.case.incident import CHANNELS, PLACES
from ..models.privacy.sealing import SealedBinary, SealedChar, SealedText


class ReportWizard(models.TransientModel):
    """Report an incident within a minute, for oneself or on behalf of somebody.

    Most reports arrive as a talk, so the person who listens fills this in; who was hit can do it
    just as well (M1 to M4).
    """

    _name = "aggression.report.wizard"
    _description = "Report an incident"
    _inherit = "aggression.own.wizard"

    person_ids = fields.One2many(
        "aggression.report.person", "wizard_id", "Who was hit", default=lambda self: self._myself()
    )
    occurred_at = fields.Datetime("When did it happen", required=True)
    reported_at = fields.Datetime("When was it told", required=True, default=fields.Datetime.now)
    channel = fields.Selection(CHANNELS, "How", required=True)
    place = fields.Selection(PLACES, "Where", required=True)
    where = SealedChar("Where exactly")
    story = SealedText("What happened", required=True)
    causer_kind = fields.Selection(KINDS, "Who did it", required=True, default="unknown")
    causer_name = SealedChar("Name")
    causer_description = SealedText("What is known")
    excluded_ids = fields.Many2many(
        "res.users",
        "aggression_report_excluded_rel",
        context={"active_test": False},  # who is away now may come back
        string="Who must not see this",
        help="Somebody who is involved, or too close to who did it. They cannot find out about it.",
    )
    exclusion_reason = SealedChar("Why they must not see it")
    file_ids = fields.One2many("aggression.report.file", "wizard_id", "Files")
    receiver_role_id = fields.Many2one("aggression.role", "Report to")
    receiver_choice_ids = fields.Many2many(
        "aggression.role", compute="_compute_receiver_choice_ids"
    )

    @api.model
    def _myself(self):
        """Propose the user as the person hit when the user holds an office."""
        office = self.env["aggression.report.person"]._office_of(self.env.user)
        if not office or office.world != "political":
            return []
        return [Command.create({"user_id": self.env.uid, "office_id": office.id})]

    @api.depends("person_ids.office_id")
    def _compute_receiver_choice_ids(self):
        for wizard in self:
            office = wizard.person_ids[:1].office_id
            routes = (
                self.env["aggression.route"]
                .sudo()
                .search(
                    [("protocol_id.state", "=", "in_force"), ("office_id", "=", office.id)], limit=1
                )
            )
            wizard.receiver_choice_ids = routes.receiver_id | routes.other_receiver_ids

    def action_submit(self):
        """Open the case, delete this screen and show the case to who may see it.

        :raises UserError, ValidationError: in one sentence; what was typed is still there
        """
        return self._finish(self._submit())

    def _submit(self):
        """Open the case and return it, in superuser mode."""
        self._require_own()
        self._check_complete()
        return self.env["aggression.incident"]._report(self._as_report())

    def _check_complete(self):
        if self.causer_kind != "unknown" and not (
            (self.causer_name or "").strip() or (self.causer_description or "").strip()
        ):
            raise ValidationError(
                self.env._("Say who did it: give a name or a description, or choose Unknown.")
            )
        if self.file_ids.filtered(lambda file: not file.content):
            raise UserError(self.env._("A file is empty. Choose it again or remove the line."))

    def _as_report(self):
        """Return what was filled in as ``aggression.incident._report`` wants it."""
        return {
            **{
                name: self[name]
                for name in ("occurred_at", "reported_at", "channel", "place", "where", "story")
            },
            "receiver_role_id": self.receiver_role_id.id,
            "excluded": self.sudo().excluded_ids.ids,
            "exclusion_reason": self.exclusion_reason,
            "persons": [person._as_person() for person in self.person_ids],
            "causer": {
                "kind": self.causer_kind,
                "name": self.causer_name,
                "description": self.causer_description,
            },
            "files": [file._as_file() for file in self.file_ids],
        }


class ReportPerson(models.TransientModel):
    """One person hit, on the report form."""

    _name = "aggression.report.person"
    _description = "Person hit, on the report"
    _inherit = "aggression.own.line"
    _rec_name = "wizard_id"  # the name of a record is shown to everybody who asks

    wizard_id = fields.Many2one(
        "aggression.report.wizard", required=True, index=True, ondelete="cascade"
    )
    user_id = fields.Many2one("res.users", "Person")
    name = SealedChar("Name, without account")
    office_id = fields.Many2one(
        "aggression.office",
        required=True,
        compute="_compute_office_id",
        store=True,
        readonly=False,
        precompute=True,
    )
    family_hit = fields.Boolean("Family too")
    injury = fields.Selection(INJURIES, required=True, default="none")
    hospital = fields.Boolean()
    lasting_harm = fields.Boolean()
    impact = SealedText("What it does to this person")

    @api.depends("user_id")
    def _compute_office_id(self):
        for person in self.filtered("user_id"):
            person.office_id = self._office_of(person.user_id) or person.office_id

    @api.model
    def _office_of(self, user):
        """Return the office this user holds today: public knowledge, from the role they have."""
        assignments = self.env["aggression.role.assignment"].sudo()
        lines = assignments.search(
            assignments._running_on(fields.Date.context_today(self))
            & Domain("user_id", "=", user.id)
            & Domain("role_id.office_id", "!=", False)
            & Domain("replaces_id", "=", False)
        )
        return lines.role_id.office_id.sorted("sequence")[:1]

    def _as_person(self):
        names = (
            "name",
            "family_hit",
            "injury",
            "hospital",
            "lasting_harm",
            "impact",
        )
        return {
            "user_id": self.user_id.id,
            "office_id": self.office_id.id,
            **{name: self[name] for name in names},
        }


class ReportFile(models.TransientModel):
    """One file, on the report form."""

    _name = "aggression.report.file"
    _description = "File, on the report"
    _inherit = "aggression.own.line"

    wizard_id = fields.Many2one(
        "aggression.report.wizard", required=True, index=True, ondelete="cascade"
    )
    filename = SealedChar("File name")
    content = SealedBinary("File")
    source = SealedChar("Where it comes from")
    taken_at = fields.Datetime("Made at")

    def _as_file(self):
        return {name: self[name] for name in ("filename", "content", "source", "taken_at")}
