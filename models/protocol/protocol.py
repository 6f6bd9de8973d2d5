from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from odoo.addons.base.models.res_partner import _tz_get

DRAFT, IN_FORCE, RETIRED = "draft", "in_force", "retired"


class Protocol(models.Model):
    """One dated version of a municipality's aggression protocol.

    Promise: the protocol is data. Everything by which a case is judged, routed and timed hangs
    under one of these records, and a case keeps the version under which it was reported. The
    principles and the norm are readable for everyone who works with it (U1, N1).
    """

    _name = "aggression.protocol"
    _description = "Aggression protocol"
    _inherit = ["aggression.policy", "aggression.stateful"]
    _order = "valid_from desc, id desc"

    _guarded = frozenset({"state"})
    _importable = True
    _transitions = {(DRAFT, IN_FORCE): "_not_ready_reason", (IN_FORCE, RETIRED): None}

    name = fields.Char(required=True, translate=True)
    company_id = fields.Many2one(
        "res.company", "Municipality", required=True, default=lambda self: self.env.company
    )
    state = fields.Selection(
        [(DRAFT, "Draft"), (IN_FORCE, "In force"), (RETIRED, "Retired")],
        default=DRAFT,
        required=True,
        copy=False,
        readonly=True,
    )
    valid_from = fields.Date(required=True, default=fields.Date.context_today, copy=False)
    principles = fields.Html(translate=True, help="The principles of the protocol (section 2).")
    norm = fields.Html(
        "Organisation norm", translate=True, help="The norm as the protocol words it (2.1)."
    )
    timezone = fields.Selection(
        _tz_get,
        "Time zone",
        default="Europe/Amsterdam",
        required=True,
        help="Terms in days and weeks keep the time of day of this zone.",
    )
    repeat_window_months = fields.Integer(
        "Repeat counts within (months)",
        default=24,
        required=True,
        help="Earlier incidents of the same causer within this period make it a repeat.",
    )
    refusals_to_police = fields.Integer(
        "Refusals until the police are called",
        default=3,
        required=True,
        help="Whoever refuses to leave as often as this commits trespass.",
    )
    publication_threshold = fields.Integer(
        "Smallest figure to publish",
        default=5,
        required=True,
        help="A count below this figure is left blank in every report, and so is any other "
        "count from which it could be worked out.",
    )
    feedback_role_id = fields.Many2one(
        "aggression.role",
        "Approves the feedback to the council",
        ondelete="restrict",
        help="Who holds this role approves the figures before they go to the council.",
    )
    quiet_from = fields.Float(
        "Quiet from",
        help="Between these times no message leaves that can wait until afterwards; what is due "
        "within hours always leaves. Twice the same time: there are no quiet hours.",
    )
    quiet_until = fields.Float("Quiet until", help="Messages that were held leave at this time.")
    appointment_reminder_hours = fields.Integer(
        "Reminder of a talk (hours before)",
        default=24,
        required=True,
        help="Own proposal: the protocol gives no term for it.",
    )
    digest = fields.Boolean(
        "Daily summary by e-mail",
        default=True,
        help="Who has tasks that are overdue or due today gets one message a day that says how "
        "many, and nothing else. Everybody can choose another hour, or none.",
    )
    digest_at = fields.Float("Summary at", default=8.0)
    behaviour_ids = fields.One2many("aggression.behaviour", "protocol_id", "Behaviours", copy=True)
    measure_type_ids = fields.One2many(
        "aggression.measure.type", "protocol_id", "Measure types", copy=True
    )
    measure_exception_ids = fields.One2many(
        "aggression.measure.exception", "protocol_id", "What always stays open", copy=True
    )
    ladder_step_ids = fields.One2many(
        "aggression.ladder.step", "protocol_id", "Ladder of measures", copy=True
    )
    route_ids = fields.One2many("aggression.route", "protocol_id", "Routes", copy=True)
    duty_type_ids = fields.One2many("aggression.duty.type", "protocol_id", "Duty types", copy=True)
    contact_line_ids = fields.One2many(
        "aggression.contact.line", "protocol_id", "Contact lines", copy=True
    )
    retention_term_ids = fields.One2many(
        "aggression.retention.term", "protocol_id", "Retention terms", copy=True
    )
    destruction_role_ids = fields.Many2many(
        "aggression.role",
        string="Warned before destruction",
        help="Who holds one of these roles and has a part in a case is told before it is "
        "destroyed; where nobody is left of them, everybody who handles it.",
    )
    doubt_role_ids = fields.Many2many(
        "aggression.role",
        "aggression_protocol_doubt_role_rel",
        string="Asked in doubt",
        help="To whom somebody who is in doubt can put a question on the portal.",
    )
    destruction_notice_days = fields.Integer(
        "Warned beforehand (days)",
        default=28,
        required=True,
        help="No case is destroyed sooner than this after the warning.",
    )

    _one_in_force = models.UniqueIndex(
        "(company_id) WHERE state = 'in_force'",
        "A municipality has one protocol in force. Retire the other one first.",
    )
    _threshold_protects = models.Constraint(
        "CHECK (publication_threshold >= 3)",
        "A smallest figure below 3 would point at persons. Choose 3 or more.",
    )
    _refused_at_least_once = models.Constraint(
        "CHECK (refusals_to_police >= 1)",
        "The police are called after a refusal: fill in 1 or more.",
    )
    _time_to_object = models.Constraint(
        "CHECK (destruction_notice_days >= 7)",
        "Warn at least a week before a case is destroyed, so that somebody can still keep it.",
    )
    # 23:59 at the latest: half a minute more would round to the next day
    _quiet_on_the_clock = models.Constraint(
        "CHECK (quiet_from >= 0 AND quiet_from < 23.99 AND quiet_until >= 0 "
        "AND quiet_until < 23.99)",
        "Give the quiet hours as times of the day, from 00:00 to 23:59.",
    )

    _reminded_beforehand = models.Constraint(
        "CHECK (appointment_reminder_hours >= 1)",
        "A reminder comes at least an hour before the talk.",
    )
    _digest_on_the_clock = models.Constraint(
        "CHECK (digest_at >= 0 AND digest_at < 23.99)",
        "Give the hour of the summary as a time of the day, from 00:00 to 23:59.",
    )

    def action_put_in_force(self):
        """Make this version the one under which new cases are reported.

        :raises UserError: when somebody a route needs is not appointed, or the catalogue has
            nothing to judge by
        """
        self.ensure_one()
        self.check_access("write")
        running = self.search(
            Domain("company_id", "=", self.company_id.id) & Domain("state", "=", IN_FORCE)
        )
        (running - self)._move(RETIRED)
        running.flush_recordset()
        self._move(IN_FORCE)

    def _not_ready_reason(self):
        if not self.behaviour_ids:
            return self.env._("Add the behaviours of the protocol before you put it in force.")
        if not self.route_ids:
            return self.env._("Add at least one route before you put the protocol in force.")
        today = fields.Date.context_today(self)
        vacant = self.route_ids._roles()._vacant_on(today)
        if vacant:
            return self.env._(
                "Nobody holds the role %(role)s today. Appoint a holder or a substitute first.",
                role=", ".join(vacant.mapped("name")),
            )
        return False

    @api.model
    def _applied_on(self, company, day):
        """Return the version that applied in a municipality on a day, or the first there was."""
        versions = self.sudo().search(
            Domain("company_id", "=", company.id) & Domain("state", "!=", DRAFT)
        )
        return self.browse(
            (versions.filtered(lambda v: v.valid_from <= day) or versions[-1:])[:1].id
        )

    @api.model
    def _in_force(self, company):
        """Return the protocol in force for a municipality.

        :raises UserError: when there is none
        """
        protocol = self.browse(self._in_force_id(company.id))
        if not protocol:
            raise UserError(
                self.env._(
                    "No protocol is in force for %(municipality)s. "
                    "Ask the functional manager to put one in force.",
                    municipality=company.name,
                )
            )
        return protocol
