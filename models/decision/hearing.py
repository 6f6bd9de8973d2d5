from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from ..privacy.access import DECIDER, HANDLER
from ..privacy.sealing import SealedText
from .decision import WAYS_OF_SENDING

INVITED, RECEIVED = "invited", "received"
WAYS = [*WAYS_OF_SENDING, ("phone", "By telephone")]


class Hearing(models.Model):
    """The citizen's side: asked for before a burden is laid on somebody, or afterwards (U5).

    Promise: the record says what the citizen was told, until when they could answer and what they
    said (Awb 4:8). Where a decision could not wait (Awb 4:11), the citizen is asked afterwards.
    """

    _name = "aggression.hearing"
    _description = "Hearing the citizen"
    _inherit = ["aggression.confidential", "aggression.stateful", "aggression.letter"]
    _order = "id desc"

    _letter_kind = "hearing"
    _letter_report = "aggression_protocol.report_hearing_letter"
    _guarded = frozenset(
        {
            "incident_id",
            "causer_id",
            "intention",
            "invited_on",
            "how",
            "respond_by",
            "decision_id",
            "afterwards",
            "state",
            "received_on",
            "view",
        }
    )
    _transitions = {(INVITED, RECEIVED): None}

    causer_id = fields.Many2one("aggression.causer", readonly=True, ondelete="set null")
    intention = SealedText("What we intend, and why", required=True, readonly=True)
    invited_on = fields.Date("Asked on", required=True, readonly=True)
    how = fields.Selection(WAYS, required=True, readonly=True)
    respond_by = fields.Date("Can answer until", required=True, readonly=True)
    decision_id = fields.Many2one(
        "aggression.decision",
        "Since",
        index="btree_not_null",
        readonly=True,
        ondelete="cascade",
        help="The decision that counted when it was asked; empty before the first.",
    )
    afterwards = fields.Boolean("After the decision", readonly=True)
    state = fields.Selection(
        [(INVITED, "Asked"), (RECEIVED, "Answered")],
        required=True,
        default=INVITED,
        readonly=True,
    )
    received_on = fields.Date("Answered on", readonly=True)
    view = SealedText("What the citizen said", readonly=True)
    letter_ids = fields.One2many("aggression.sent.letter", "hearing_id", "Letter as it was sent")

    _time_to_answer = models.Constraint(
        "CHECK (respond_by > invited_on)",
        "Give the citizen at least a day to answer. Choose a later date.",
    )

    @api.model
    def _invite(self, incident, values):
        """Ask the causer of a case for their side. By a handler or the decider.

        Where the letter goes by post it is kept as it was sent; the term for deciding is moved to
        after the citizen's answer.

        :param dict values: causer_id, intention, how, respond_by
        :return: the request, in superuser mode
        :raises AccessError: for who neither handles nor decides the case
        :raises UserError: in one sentence, when something is missing
        """
        incident._require(HANDLER, DECIDER)
        case = incident.sudo()
        self._check_invitation(case, values)
        counting = case._counting_decision()
        hearing = (
            self.sudo()
            ._unlocked()
            .create(
                {
                    **values,
                    "incident_id": case.id,
                    "invited_on": case.protocol_id._today(),
                    "decision_id": counting.id,
                    "afterwards": case._owes_a_hearing(),
                }
            )
        )
        hearing._settle_duties()
        if hearing.how != "phone":
            self.env["aggression.sent.letter"]._keep(hearing.sudo(False), hearing.invited_on)
        case._log("invited")
        return hearing

    def _check_invitation(self, case, values):
        if case.outcome != "aggression" or case.state == "closed":
            raise UserError(self.env._("Classify the case first."))
        if values["causer_id"] not in case.causer_ids._known().ids:
            raise UserError(self.env._("Choose a causer of this case whose name is known."))
        if not (values.get("intention") or "").strip():
            raise UserError(self.env._("Write down what you intend, and why."))

    def _settle_duties(self):
        duties, case = self.env["aggression.duty"].sudo(), self.incident_id
        # the citizen has the whole of the last day
        over = case.protocol_id._midnight(fields.Date.add(self.respond_by, days=1))
        for settled in ("react", "invite"):
            duties._fulfil(case, settled)
        duties._raise(case, "invited", at=over)
        duties._grant_time(case, over)

    def _receive(self, day, view):
        """Record what the citizen said. By a handler or the decider.

        :param date day: when the answer came
        :param str view: what the citizen said; required
        :raises AccessError: for who neither handles nor decides the case
        :raises UserError: in one sentence, when something is missing or it was recorded already
        """
        self.ensure_one()
        self._require(HANDLER, DECIDER)
        if not (view or "").strip():
            raise UserError(self.env._("Write down what the citizen said."))
        hearing = self.sudo()
        if not day or not hearing.invited_on <= day <= hearing.incident_id.protocol_id._today():
            raise UserError(self.env._("An answer comes after it was asked, and not in future."))
        hearing._move(RECEIVED, received_on=day, view=view)
        self.env["aggression.duty"]._fulfil(hearing.incident_id, "view", only_one=True)
        hearing.incident_id._log("heard")

    def _close_unanswered(self):
        """Record that nothing came within the time. By a handler or the decider.

        :raises AccessError: for who neither handles nor decides the case
        :raises UserError: while the citizen can still answer
        """
        self.ensure_one()
        self._require(HANDLER, DECIDER)
        case = self.sudo().incident_id
        if self.sudo().state != INVITED or self.sudo().respond_by >= case.protocol_id._today():
            raise UserError(
                self.env._(
                    "The citizen can answer until %(day)s. Wait until that day is over.",
                    day=format_date(self.env, self.sudo().respond_by),
                )
            )
        self.env["aggression.duty"]._fulfil(case, "view", only_one=True)
        case._log("unheard")

    def _went_unanswered(self):
        """Tell whether the citizen was asked for this and let the time to answer pass."""
        return any(
            hearing.state == INVITED
            and not hearing.afterwards
            and hearing.respond_by < hearing.incident_id.protocol_id._today()
            for hearing in self._for_what_comes()
        )

    def _for_what_comes(self):
        """Return those that were asked for the decision to come, not for an earlier one."""
        return self.filtered(lambda one: one.decision_id == one.incident_id._counting_decision())

    def _signatory(self):
        """Return the role in whose name it was asked, and who signs on its behalf."""
        hearing = self.sudo()
        role = self.env["aggression.role"].sudo().browse(hearing.incident_id._decider_role_id())
        return role.name, self.env._("on behalf of this, %(name)s", name=hearing.create_uid.name)


class Incident(models.Model):
    _inherit = "aggression.incident"

    hearing_ids = fields.One2many("aggression.hearing", "incident_id", "Hearing the citizen")

    def _owes_a_hearing(self):
        """Tell whether what was decided could not wait, and the citizen was not asked since."""
        decision = self._counting_decision()
        if self.state != "decided" or decision.hearing != "waived":
            return False
        return not self.hearing_ids.filtered(lambda asked: asked.decision_id == decision)
