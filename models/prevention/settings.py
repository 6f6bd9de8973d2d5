from odoo import fields, models


class Protocol(models.Model):
    _inherit = "aggression.protocol"

    assistance_role_ids = fields.Many2many(
        "aggression.role",
        "aggression_protocol_assistance_role_rel",
        string="Designated staff",
        help="Who holds one of these roles can be asked to help with a talk that carries risk.",
    )
    assignment_role_id = fields.Many2one(
        "aggression.role",
        "Assigns designated staff",
        help="Who holds this role chooses who helps with a talk.",
    )
    prevention_role_ids = fields.Many2many(
        "aggression.role",
        "aggression_protocol_prevention_role_rel",
        string="Organise prevention",
        help="Who holds one of these roles plans meetings and training, and hears what is overdue.",
    )
    council_period_from = fields.Date(
        "Council period from",
        help="The day on which the present council took office. A new period brings a new meeting.",
    )
    office_from = fields.Float("Office hours from", default=9, help="Own proposal.")
    office_until = fields.Float("Office hours until", default=17, help="Own proposal.")
    prevention_kind_ids = fields.One2many(
        "aggression.prevention.kind", "protocol_id", "Prevention", copy=True
    )

    _office_on_the_clock = models.Constraint(
        "CHECK (office_from >= 0 AND office_from < office_until AND office_until < 24)",
        "Give the office hours as times of one day, the first before the last.",
    )
