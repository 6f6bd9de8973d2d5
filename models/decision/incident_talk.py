from odoo import api, fields, models
from odoo.exceptions import UserError

from ..privacy.access import DECIDER, HANDLER
from ..privacy.sealing import SealedChar, SealedText
from .measure import ENDED

PLANNED, HELD, MISSED = "planned", "held", "missed"


class IncidentTalk(models.Model):
    """The talk with the citizen about what happened, by an appointed representative (A7).

    Promise: who is invited knows with whom, when and where; what was agreed is written down, and
    only then is the measure carried out. Who does not come is invited again.
    """

    _name = "aggression.incident.talk"
    _description = "Incident talk"
    _inherit = ["aggression.confidential", "aggression.stateful", "aggression.letter"]
    _order = "talk_at desc, id desc"

    _letter_kind = "incident_talk"
    _letter_report = "aggression_protocol.report_talk_letter"
    _guarded = frozenset(
        {
            "incident_id",
            "measure_id",
            "representative",
            "talk_at",
            "place",
            "invited_on",
            "state",
            "report",
        }
    )
    _transitions = {(PLANNED, HELD): None, (PLANNED, MISSED): None}

    measure_id = fields.Many2one(
        "aggression.measure", required=True, index=True, readonly=True, ondelete="cascade"
    )
    representative = SealedChar("With whom", required=True, readonly=True)
    talk_at = fields.Datetime("When", required=True, readonly=True)
    place = SealedChar("Where", required=True, readonly=True)
    invited_on = fields.Date(required=True, readonly=True)
    state = fields.Selection(
        [(PLANNED, "Planned"), (HELD, "Held"), (MISSED, "The citizen did not come")],
        required=True,
        default=PLANNED,
        readonly=True,
    )
    report = SealedText("What was said and agreed", readonly=True)

    _one_planned = models.UniqueIndex(
        "(measure_id) WHERE state = 'planned'", "This talk is planned already."
    )

    @api.model
    def _plan(self, measure, values):
        """Invite the citizen for a talk, by a letter that is kept. By a handler or the decider.

        :param dict values: representative, talk_at (naive UTC), place
        :return: the letter, in superuser mode
        :raises AccessError: for who neither handles nor decides the case
        :raises UserError: in one sentence, when something is missing
        """
        measure._require(HANDLER, DECIDER)
        decided = measure.sudo()
        if not decided._is_a_talk() or decided.state == ENDED:
            raise UserError(self.env._("This measure is no talk that has still to be held."))
        if not all((values.get(name) or "").strip() for name in ("representative", "place")):
            raise UserError(self.env._("Say with whom the talk is, and where."))
        if not values.get("talk_at") or values["talk_at"] <= fields.Datetime.now():
            raise UserError(self.env._("Choose a moment in the future for the talk."))
        talk = (
            self.sudo()
            ._unlocked()
            .create(
                {
                    **values,
                    "incident_id": decided.incident_id.id,
                    "measure_id": decided.id,
                    "invited_on": decided.incident_id.protocol_id._today(),
                }
            )
        )
        decided.incident_id._log("talk_planned")
        letters = self.env["aggression.sent.letter"]
        return letters._keep(talk.sudo(False), talk.invited_on)

    def _finish(self, held, report):
        """Record how the talk went. By a handler or the decider.

        :param bool held: False when the citizen did not come
        :param str report: what was said and agreed; required
        :raises AccessError: for who neither handles nor decides the case
        :raises UserError: without a report, before the talk, or when it was recorded already
        """
        self.ensure_one()
        self._require(HANDLER, DECIDER)
        if not (report or "").strip():
            raise UserError(self.env._("Write down what was said and agreed."))
        talk = self.sudo()
        if talk.talk_at > fields.Datetime.now():
            raise UserError(self.env._("This talk still has to be held."))
        talk._move(HELD if held else MISSED, report=report)
        talk.incident_id._log("talk_held" if held else "talk_missed")
        if held:
            self.env["aggression.duty"].sudo()._fulfil_of(talk.measure_id, "incident_talk")
            talk.measure_id._carry_out()

    def _signatory(self):
        """Return the role in whose name the letter goes, and who signs on its behalf."""
        decision, asker = self.sudo().measure_id.decision_id, self.sudo().create_uid
        return decision.decided_as_id.name, self.env._(
            "on behalf of this, %(name)s", name=asker.name
        )


class Measure(models.Model):
    _inherit = "aggression.measure"

    incident_talk_ids = fields.One2many("aggression.incident.talk", "measure_id", "Talks")
    is_talk = fields.Boolean(compute="_compute_is_talk")

    @api.depends("type_id", "state")
    def _compute_is_talk(self):
        for measure in self:
            measure.is_talk = measure.state != ENDED and measure._is_a_talk()

    def _is_a_talk(self):
        return self.type_id.sudo().duty_type_id.fulfilment == "incident_talk"


class Incident(models.Model):
    _inherit = "aggression.incident"

    incident_talk_ids = fields.One2many("aggression.incident.talk", "incident_id", "Incident talks")
