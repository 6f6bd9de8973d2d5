from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..privacy.access import DECIDER, HANDLER
from ..privacy.sealing import SealedChar, SealedText
from .declaration import FILED
from .prosecution_states import (
    CONTESTED,
    DISMISSED,
    FINAL,
    MEANINGS,
    NEXT,
    NOT_RUNNING,
    OUTCOMES,
    REFUSED,
    REPORTED,
    STATES,
    WITH_NOTE,
)

DETAILS = (
    "police_number",
    "vpt_code",
    "contacts",
    "prosecutor_number",
    "prosecutor_told_on",
)


class Prosecution(models.Model):
    """What the police and the prosecutor do with one declaration (A9, D6, D11).

    Promise: it is read by whoever may read the declaration, and closes with it when consent is
    taken back. Each step is written down once, and raises the duty to tell those involved and
    the council of it. A declaration that the police refuse, or that is dismissed, does not end
    there in silence: the next step is a duty with a term.
    """

    _name = "aggression.prosecution"
    _description = "Prosecution"
    _inherit = ["aggression.personal", "aggression.stateful"]
    _order = "filed_on desc, id desc"

    _guarded = frozenset(
        {
            "incident_id",
            "affected_id",
            "declaration_id",
            "state",
            "filed_on",
            "told_on",
            "contest_until",
            "outcome",
            "step_ids",
            "request_ids",
            *DETAILS,
        }
    )
    _transitions = {(state, target): None for state in NEXT for target in NEXT[state]}

    declaration_id = fields.Many2one(
        "aggression.declaration", required=True, readonly=True, ondelete="cascade"
    )
    state = fields.Selection(STATES, required=True, default=REPORTED, readonly=True)
    meaning = fields.Selection(MEANINGS, "In plain words", compute="_compute_meaning")
    filed_on = fields.Date("Filed on", required=True, readonly=True)
    police_number = SealedChar("Number at the police", readonly=True)
    vpt_code = SealedChar(
        "VPT code",
        readonly=True,
        help="By this code the police and the prosecutor treat it as violence against somebody "
        "with a public task. Ask for it.",
    )
    contacts = SealedText("Contact persons at the police", readonly=True)
    prosecutor_number = SealedChar("Number at the prosecutor", readonly=True)
    prosecutor_told_on = fields.Date("Prosecutor told by the police on", readonly=True)
    told_on = fields.Date("Person hit told of the dismissal on", readonly=True)
    contest_until = fields.Date("Last day to complain to the court", readonly=True)
    outcome = fields.Selection(OUTCOMES, readonly=True)
    step_ids = fields.One2many("aggression.prosecution.step", "prosecution_id", "Steps")
    request_ids = fields.One2many(
        "aggression.police.request", "prosecution_id", "What the police ask"
    )
    can_follow = fields.Boolean(compute="_compute_can_follow")

    _once = models.UniqueIndex("(declaration_id)", "This declaration is followed already.")
    _final_with_an_outcome = models.Constraint(
        "CHECK ((state = 'final') = (outcome IS NOT NULL))",
        "Say what the outcome is when it is final, and not before.",
    )

    @api.depends("state")
    def _compute_meaning(self):
        for prosecution in self:
            prosecution.meaning = prosecution.state

    @api.depends("incident_id")
    @api.depends_context("uid")
    def _compute_can_follow(self):
        for prosecution in self:
            prosecution.can_follow = prosecution.incident_id._has_role(HANDLER, DECIDER)

    @api.model
    def _running_in(self, incident):
        """Tell whether a criminal investigation runs in this case (C6)."""
        running = Domain("incident_id", "=", incident.id) & Domain("state", "not in", NOT_RUNNING)
        return bool(self.sudo().search_count(running, limit=1))

    @api.model
    def _begin(self, declaration, details):
        """Follow a declaration that was filed. By who handles or decides, with consent.

        :param dict details: any of DETAILS
        :raises AccessError: for who neither handles nor decides the case
        :raises UserError: without consent, or before it was filed
        """
        declaration.ensure_one()
        declaration._require(HANDLER, DECIDER)
        filed = declaration.sudo()
        case = filed.incident_id
        filed.affected_id.sudo(False)._require_may_declare()
        if filed.state != FILED:
            raise UserError(self.env._("File the declaration first. Then it can be followed."))
        filed_on = case.protocol_id._day_of(filed.filed_at)
        whose = {"incident_id": case.id, "affected_id": filed.affected_id.id}
        prosecution = (
            self.sudo()
            ._unlocked()
            .create({**whose, "declaration_id": filed.id, "filed_on": filed_on})
        )
        prosecution._unlocked().write({name: details.get(name) for name in DETAILS})
        prosecution._write_step(filed_on, False)
        return prosecution

    def _require_followed(self):
        """Return this one in superuser mode, for who follows it with consent."""
        self.ensure_one()
        self._require(HANDLER, DECIDER)
        self.sudo().affected_id.sudo(False)._require_may_declare()
        return self.sudo()

    def _note_details(self, details, told_on=False):
        """Write down numbers, contact persons and when the prosecutor or the person was told.

        :param dict details: any of DETAILS
        :param date told_on: when the person hit was told of the dismissal
        """
        prosecution = self._require_followed()
        known = {name: value for name, value in details.items() if name in DETAILS}
        prosecution._check_past(known.get("prosecutor_told_on"))
        prosecution._unlocked().write(known)
        if told_on and told_on != prosecution.told_on:
            prosecution._count_from(told_on)

    def _take(self, target, day, note=False, told_on=False, outcome=False):
        """Record the next step. By who handles or decides, with consent.

        :param str target: one of STATES
        :param date day: on which it happened
        :param str note: why, or what it is; some steps need it
        :param date told_on: for a dismissal: when the person hit was told, if they were
        :param str outcome: one of OUTCOMES, for the last step alone
        :raises UserError: in one sentence, when it does not fit or something is missing
        """
        prosecution = self._require_followed()
        prosecution._check_step(target, day, note, outcome)
        prosecution._move(target, **prosecution._known_at(target, outcome))
        self.env["aggression.duty"]._fulfil_for_person(prosecution.affected_id, "prosecution")
        prosecution._write_step(day, note)
        if target == DISMISSED and told_on:
            prosecution._count_from(told_on)

    def _known_at(self, target, outcome):
        """Return what is known once this step was taken.

        A second dismissal has a term of its own: nobody was told of it yet.
        """
        known = {"outcome": target == FINAL and outcome}
        if target == DISMISSED:
            known |= {"told_on": False, "contest_until": False}
        return known

    def _check_step(self, target, day, note, outcome):
        if reason := self._blocker(target):
            raise UserError(reason)
        self._check_past(day)
        if not day or day < max(self.step_ids.mapped("day")):
            raise UserError(self.env._("Fill in the day: not before the step that came earlier."))
        if target == CONTESTED and self.contest_until and day > self.contest_until:
            raise UserError(self.env._("The last day to complain to the court was earlier."))
        if target in WITH_NOTE and not (note or "").strip():
            raise UserError(self.env._("Write down why, or what it is."))
        if target == FINAL and outcome not in dict(OUTCOMES):
            raise UserError(self.env._("Say what the outcome is."))

    def _check_past(self, day):
        if day and day > self.incident_id.protocol_id._today():
            raise UserError(self.env._("Fill in a day that is not in the future."))

    def _count_from(self, told_on):
        """Count the time to complain to the court from the day the person was told."""
        if self.state != DISMISSED:
            raise UserError(self.env._("It was not dismissed."))
        self._check_past(told_on)
        protocol = self.incident_id.protocol_id
        last = told_on + relativedelta(months=protocol.contest_months)
        self._unlocked().write({"told_on": told_on, "contest_until": last})
        self.env["aggression.duty"]._drop_for_person(self.affected_id, "contest_term")
        self._raise_contest_term()

    def _write_step(self, day, note):
        """Write down the step just taken, and raise what comes with it (D11)."""
        self.env["aggression.prosecution.step"]._write_down(self, day, note)
        self.incident_id._log("prosecution")
        duties = self.env["aggression.duty"]
        duties._raise_for_person(self.affected_id, "prosecution_step")
        if self.state == REFUSED:
            duties._raise_for_person(self.affected_id, "police_refusal")


class Protocol(models.Model):
    _inherit = "aggression.protocol"

    contest_months = fields.Integer(
        "Months to complain about a dismissal",
        default=3,
        required=True,
        help="Counted from the day on which somebody was told that the suspect is not prosecuted "
        "(Code of Criminal Procedure, article 12l).",
    )

    _time_to_contest = models.Constraint(
        "CHECK (contest_months >= 1)",
        "There is time to complain about a dismissal: fill in 1 or more.",
    )
