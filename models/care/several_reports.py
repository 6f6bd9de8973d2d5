from odoo import api, fields, models, tools
from odoo.fields import Domain

from .extra_talk import EXTRA_TALK


class Protocol(models.Model):
    _inherit = "aggression.protocol"

    light_reports_number = fields.Integer(
        "Reports that call for attention",
        default=3,
        required=True,
        help="Who is hit this often within the period is offered an extra talk, however light "
        "each incident was. Own proposal.",
    )
    light_reports_days = fields.Integer(
        "Within (days)",
        default=90,
        required=True,
        help="The period in which reports about the same person are counted together.",
    )

    _several_reports = models.Constraint(
        "CHECK (light_reports_number >= 2 AND light_reports_days >= 1)",
        "Several reports are two or more, within a period of at least one day.",
    )

    @tools.ormcache("self.id")
    def _several_reports_rule(self):
        """Return (number of reports, days) by which somebody is offered more care."""
        return self.sudo().light_reports_number, self.sudo().light_reports_days


class AffectedPerson(models.Model):
    """Somebody about whom report after report comes in, each of them light.

    Promise: they are offered care, also when no single case would call for it; nothing shows in
    one case that there are others (Z1, C5).
    """

    _inherit = "aggression.affected.person"

    # counted at every report
    _reports_about = models.Index("(user_id) WHERE user_id IS NOT NULL")

    def _has_several_reports(self):
        """Tell whether this person was hit as often, lately, as calls for attention."""
        self.ensure_one()
        person = self.sudo()
        if not person.user_id:
            return False
        number, days = person.incident_id.protocol_id._several_reports_rule()
        last = person.incident_id.reported_at
        about = (
            Domain("user_id", "=", person.user_id.id)
            & Domain("incident_id.reported_at", ">=", fields.Datetime.subtract(last, days=days))
            & Domain("incident_id.reported_at", "<=", last)
        )
        return person.search_count(about, limit=number) >= number


class Aftercare(models.Model):
    _inherit = "aggression.aftercare"

    @api.model
    def _called_for_by_several(self, persons):
        """Return the care in which an extra talk is put on offer: several reports were about them.

        It looks like any extra talk: in this case nothing tells why it is there.

        :param aggression.affected.person persons: of a new case, in superuser mode
        """
        # without a term for it in the protocol nothing has to be counted
        return persons._own_care().filtered(
            lambda care: care._rules_of(EXTRA_TALK) and care.affected_id._has_several_reports()
        )
