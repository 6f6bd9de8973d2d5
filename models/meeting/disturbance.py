from odoo import api, fields, models

from ..privacy.sealing import SealedChar, SealedText

# The moments of a disturbance, in the order in which they usually come.
MOMENTS = [
    ("suspended_at", "Meeting suspended"),
    ("livestream_off_at", "Livestream stopped"),
    ("police_called_at", "Police called"),
    ("force_used_at", "Physical force used"),
    ("left_at", "They left"),
    ("livestream_on_at", "Livestream on again"),
    ("resumed_at", "Meeting resumed"),
]
# Those present use no force, except for this (H6).
PURPOSES = [
    ("free", "To free a person"),
    ("protect", "To protect a person"),
]


class MeetingDisturbance(models.Model):
    """A meeting that was disturbed: what was done about it, from minute to minute (H3 to H7).

    Promise: one press is one event with the time of the server, whoever presses, in how many
    windows and how often; a time that is wrong is put right with the reason, and both stay in
    the timeline.
    """

    _name = "aggression.meeting.disturbance"
    _description = "Meeting disturbance"
    _inherit = "aggression.confidential"
    _order = "suspended_at desc, id desc"

    _guarded = frozenset(
        {
            "incident_id",
            "company_id",
            "chair_name",
            "live",
            "pressed_at",
            "force_purpose",
            "force_reason",
            *dict(MOMENTS),
        }
    )

    company_id = fields.Many2one("res.company", "Municipality", required=True, readonly=True)
    chair_name = SealedChar("Chair", required=True, readonly=True)
    live = fields.Boolean("Written down during the meeting", readonly=True)
    pressed_at = fields.Datetime("Last step", readonly=True)
    suspended_at = fields.Datetime("Meeting suspended", required=True, readonly=True)
    livestream_off_at = fields.Datetime("Livestream stopped", readonly=True)
    livestream_on_at = fields.Datetime("Livestream on again", readonly=True)
    police_called_at = fields.Datetime("Police called", readonly=True)
    force_used_at = fields.Datetime("Physical force used", readonly=True)
    force_purpose = fields.Selection(PURPOSES, "Force: what for", readonly=True)
    force_reason = SealedText("Force: what happened", readonly=True)
    left_at = fields.Datetime("They left", readonly=True)
    resumed_at = fields.Datetime("Meeting resumed", readonly=True)

    demand_ids = fields.Many2many(
        "aggression.demand", string="Demands to leave", compute="_compute_demands"
    )
    next_demand = fields.Integer("Next demand", compute="_compute_demands")
    demand_limit = fields.Integer("Number of demands", compute="_compute_demands")
    trespass_at = fields.Datetime("Trespass from", compute="_compute_demands")
    is_open = fields.Boolean(compute="_compute_is_open")

    _one_in_a_case = models.UniqueIndex(
        "(incident_id)", "The disturbance of this meeting is written down already."
    )
    _one_at_a_time = models.UniqueIndex(
        "(company_id) WHERE live AND resumed_at IS NULL",
        "The meeting is suspended already. Reload the page.",
    )
    _force_has_a_reason = models.Constraint(
        "CHECK (force_used_at IS NULL OR (force_purpose IS NOT NULL AND force_reason IS NOT NULL))",
        "Say why force was used: to free or to protect a person.",
    )

    @api.depends("incident_id.demand_ids.refused", "incident_id.demand_ids.at")
    @api.depends_context("uid")
    def _compute_demands(self):
        """Count what the user may see: demands outside the meeting belong to the same count."""
        for disturbance in self:
            case = disturbance.incident_id
            demands = self.env["aggression.demand"]._of(case)
            limit = case.sudo().protocol_id.refusals_to_police
            refused = demands.filtered("refused").sorted("number")
            disturbance.demand_ids = demands
            disturbance.demand_limit = limit
            disturbance.next_demand = len(demands) + 1
            disturbance.trespass_at = len(refused) >= limit and refused[limit - 1].at

    @api.depends("incident_id.state")
    def _compute_is_open(self):
        for disturbance in self:
            disturbance.is_open = disturbance.incident_id.state != "closed"


class Incident(models.Model):
    _inherit = "aggression.incident"

    disturbance_ids = fields.One2many("aggression.meeting.disturbance", "incident_id")
