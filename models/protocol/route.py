from odoo import fields, models


class Route(models.Model):
    """The way of a report: who receives it, who may see it, who cares, who decides.

    Promise: who sees a case follows from this record and nothing else (M2 to M5). There is one
    route for each office that can be hit.
    """

    _name = "aggression.route"
    _description = "Route of a report"
    _inherit = "aggression.protocol.part"
    _order = "protocol_id, sequence, id"
    _rec_name = "office_id"

    sequence = fields.Integer(default=10)
    office_id = fields.Many2one("aggression.office", "Office of the person hit", required=True)
    receiver_id = fields.Many2one("aggression.role", "Received by", required=True)
    other_receiver_ids = fields.Many2many(
        "aggression.role",
        "aggression_route_receiver_rel",
        string="Or received by",
        help="If the reporter would rather report to one of these.",
    )
    reader_ids = fields.Many2many(
        "aggression.role",
        "aggression_route_reader_rel",
        string="Also handled by",
        help="These roles work on every case of this route.",
    )
    carer_role_id = fields.Many2one("aggression.role", "Care given by", required=True)
    decider_role_id = fields.Many2one("aggression.role", "Measures decided by", required=True)
    inform_ids = fields.One2many("aggression.route.inform", "route_id", "Informing", copy=True)

    _office_once = models.UniqueIndex(
        "(protocol_id, office_id)", "This protocol already has a route for that office."
    )

    def _roles(self):
        """Return every role that has a part in these routes."""
        return (
            self.receiver_id
            | self.other_receiver_ids
            | self.reader_ids
            | self.carer_role_id
            | self.decider_role_id
            | self.inform_ids.informer_id
            | self.inform_ids.informed_id
        )


class RouteInform(models.Model):
    """Who tells whom after a report (M2 to M4)."""

    _name = "aggression.route.inform"
    _description = "Who informs whom"
    _inherit = "aggression.policy"
    _order = "route_id, id"
    _rec_name = "informed_id"

    route_id = fields.Many2one("aggression.route", required=True, index=True, ondelete="cascade")
    informer_id = fields.Many2one("aggression.role", "Who informs", required=True)
    informed_id = fields.Many2one("aggression.role", "Who is informed", required=True)
    duty_type_id = fields.Many2one(
        "aggression.duty.type", "As duty", required=True, ondelete="restrict"
    )
