from typing import NamedTuple

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from ..models.privacy.asker import PRINTED


class Point(NamedTuple):
    """What the agenda says of one case: who was hit and who caused it are not among it."""

    reference: str
    day: str
    level: int
    behaviours: str
    causers: str
    question: str


class TriangleAgenda(models.TransientModel):
    """Print the agenda of the triangle, to be discussed at a table (A11).

    Promise: on the paper stand only cases that its printer may see at that moment; nobody who was
    hit is named and a causer is a number of a file. Each print is in the read log of each case.
    """

    _name = "aggression.triangle.agenda"
    _description = "Agenda of the triangle"
    _inherit = "aggression.own.wizard"

    meeting_on = fields.Date("Day of the meeting", required=True, default=fields.Date.context_today)
    item_ids = fields.Many2many(
        "aggression.triangle.item",
        "aggression_triangle_agenda_rel",
        string="Cases to discuss",
        default=lambda self: self._default_items(),
    )

    @api.model
    def _default_items(self):
        """Return what was selected in the list, or else all that is to be discussed."""
        context, items = self.env.context, self.env["aggression.triangle.item"]
        if context.get("active_model") == items._name and context.get("active_ids"):
            return items.search([("id", "in", context["active_ids"])])
        return items.search([("state", "=", "to_discuss")])

    @api.constrains("item_ids")
    def _check_items(self):
        self.item_ids.sudo(False).check_access("read")  # constraints run as superuser

    def action_print(self):
        """Print the agenda."""
        self._require_own()
        if not self.item_ids:
            raise UserError(self.env._("Choose at least one case to discuss."))
        return self.env.ref("aggression_protocol.report_triangle_agenda").report_action(self)

    def _points(self):
        """Return a :class:`Point` for each case on the agenda that the user may see now."""
        self._require_own()
        items = self.env["aggression.triangle.item"].search([("id", "in", self.item_ids.ids)])
        items._note_reading(PRINTED)
        return [item._as_point() for item in items]


class TriangleItem(models.Model):
    _inherit = "aggression.triangle.item"

    def _as_point(self):
        case = self.incident_id
        return Point(
            reference=case.reference,
            day=format_date(self.env, case.protocol_id._day_of(case.occurred_at)),
            level=case.level,
            behaviours=", ".join(case.assessment_ids[:1].behaviour_ids.mapped("name")),
            causers=", ".join(case.causer_ids.mapped("reference")),
            question=self.question,
        )


class TriangleAgendaReport(models.AbstractModel):
    """Hands the printed agenda its points, and nothing that they were gathered from."""

    _name = "report.aggression_protocol.triangle_agenda"
    _description = "Agenda of the triangle, printed"

    @api.model
    def _get_report_values(self, docids, data=None):
        agenda = self.env["aggression.triangle.agenda"].browse(docids)
        return {"docs": agenda, "points": agenda._points()}
