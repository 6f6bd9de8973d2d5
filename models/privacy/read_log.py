from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.tools import SQL

from .access import PERSON_HIT, REPORTER
from .asker import REFUSED
from .groups import OFFICER

KINDS = [
    ("opened", "Opened"),
    ("listed", "Saw in a list"),
    ("printed", "Printed"),
    ("exported", "Exported"),
    ("downloaded", "Downloaded"),
    (REFUSED, "Was refused"),
]
WAYS = [
    ("screen", "Screen"),
    ("portal", "Portal"),
    ("report", "Print"),
    ("export", "Export"),
    ("file", "File"),
    ("api", "Other program (JSON)"),
    ("rpc", "Other program (RPC)"),
    ("page", "Other page"),
    ("server", "On the server"),
]


class Lasting(fields.Many2one):
    """A reference that outlives what it refers to: without a foreign key, which would also cost
    a look at the other table for every row."""

    def update_db_foreign_key(self, model, column):
        """Leave it out."""


class ReadLog(models.Model):
    """Who opened, listed, printed, exported, downloaded or was refused what, when, by which way.

    Promise: no values, no addresses, no words; written also when the request fails, and before
    the answer leaves; changed and deleted by nobody. The privacy officer reads it all, a person
    hit reads what concerns their own case and not another's care (C5, M5).
    """

    _name = "aggression.read.log"
    _description = "Read log"
    _inherit = "aggression.append.only"
    _order = "id desc"
    _log_access = False
    # Of a case that is destroyed it keeps who looked when, and not at what.
    _retained = ("incident_id", "reference", "concerns_id")

    at = fields.Datetime("When", required=True, readonly=True)
    user_id = Lasting("res.users", "Who", required=True, readonly=True)
    su = fields.Boolean(
        "Past the rules", readonly=True, help="Passing by the rules that say who may see what."
    )
    kind = fields.Selection(KINDS, "Did", required=True, readonly=True)
    model = fields.Char("Record", required=True, readonly=True)
    what = fields.Char(compute="_compute_what")
    way = fields.Selection(WAYS, "How", required=True, readonly=True)
    records = fields.Integer("Number", readonly=True, aggregator=None)
    incident_id = Lasting("aggression.incident", "Case record", readonly=True)
    reference = fields.Char("Case", readonly=True)
    company_id = Lasting("res.company", "Municipality", required=True, readonly=True)
    personal = fields.Boolean(readonly=True, help="About one person hit and nobody else.")
    concerns_id = Lasting("res.users", "Concerns", readonly=True, groups=".")
    without_task = fields.Boolean(
        "Without a task on the case",
        compute="_compute_without_task",
        search="_search_without_task",
        groups=OFFICER,
    )

    _of_case = models.Index("(incident_id, id) WHERE incident_id IS NOT NULL")
    _by_time = models.Index("USING brin (at)")

    @api.depends("model")
    def _compute_what(self):
        kinds = self.env["ir.model"].sudo()
        for row in self:
            row.what = kinds._get(row.model).name or row.model

    def _compute_without_task(self):
        listed = self.search([("id", "in", self.ids), ("without_task", "=", True)])
        for row in self:
            row.without_task = row in listed

    def _search_without_task(self, operator, value):
        """Readings by people who had no duty on the case, were not hit and did not report it."""
        if operator != "in":
            return NotImplemented
        for name in ("aggression.duty", "aggression.access"):
            self.env[name].flush_model()
        found = SQL(
            """(
            SELECT r.id FROM aggression_read_log r
            WHERE r.incident_id IS NOT NULL AND r.kind != %s
            AND NOT EXISTS (
                SELECT FROM aggression_duty d WHERE d.incident_id = r.incident_id
                AND (r.user_id IN (d.user_id, d.escalated_to_id, d.done_by_id) OR EXISTS (
                    SELECT FROM aggression_duty_told_rel t
                    WHERE t.duty_id = d.id AND t.user_id = r.user_id)))
            AND NOT EXISTS (
                SELECT FROM aggression_access a WHERE a.incident_id = r.incident_id
                AND a.user_id = r.user_id AND a.role IN %s))""",
            REFUSED,
            (PERSON_HIT, REPORTER),
        )
        return Domain("id", "in" if True in value else "not in", found)

    @api.model_create_multi
    def create(self, vals_list):  # pylint: disable=method-required-super
        # rows come from readings.append and from nowhere else
        raise AccessError(self._unchangeable_sentence())
