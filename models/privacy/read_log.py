import logging
from collections import Counter
from functools import partial

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.tools import SQL

from .access import PERSON_HIT, REPORTER
from .asker import REFUSED

_logger = logging.getLogger(__name__)

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
# Where the readings of a transaction wait for its end.
WAITING = "aggression_protocol.readings"


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

    at = fields.Datetime("When", required=True, readonly=True)
    user_id = Lasting("res.users", "Who", required=True, readonly=True, ondelete="restrict")
    su = fields.Boolean(
        "As superuser", readonly=True, help="Passing by the rules that say who may see what."
    )
    kind = fields.Selection(KINDS, "Did", required=True, readonly=True)
    model = fields.Char("Record", required=True, readonly=True)
    what = fields.Char(compute="_compute_what")
    way = fields.Selection(WAYS, "How", required=True, readonly=True)
    records = fields.Integer("Number", readonly=True, aggregator=None)
    incident_id = Lasting("aggression.incident", "Case record", readonly=True)
    reference = fields.Char("Case", readonly=True)
    company_id = Lasting(
        "res.company", "Municipality", required=True, readonly=True, ondelete="restrict"
    )
    personal = fields.Boolean(readonly=True, help="About one person hit and nobody else.")
    concerns_id = Lasting("res.users", "Concerns", readonly=True, groups=".")
    without_task = fields.Boolean(
        "Without a task on the case",
        compute="_compute_without_task",
        search="_search_without_task",
        groups="aggression_protocol.group_privacy_officer",
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
                AND r.user_id IN (d.user_id, d.escalated_to_id, d.done_by_id))
            AND NOT EXISTS (
                SELECT FROM aggression_access a WHERE a.incident_id = r.incident_id
                AND a.user_id = r.user_id AND a.role IN %s))""",
            REFUSED,
            (PERSON_HIT, REPORTER),
        )
        return Domain("id", "in" if True in value else "not in", found)

    # -- how it is written ----------------------------------------------------------------

    @api.model
    def _note(self, key, rows):
        """Keep a reading until the transaction ends, well or badly.

        :param tuple key: user id, whether as superuser, way, kind, model
        :param rows: (incident id, affected person id, id) of each record; none for a reading of
            no case in particular
        """
        cr = self.env.cr
        if WAITING not in cr.postcommit.data:
            cr.postcommit.data[WAITING] = cr.postrollback.data[WAITING] = {}
            cr.postcommit.add(partial(_keep, self.pool, cr.postcommit))
            cr.postrollback.add(partial(_keep_anyhow, self.pool, cr.postrollback))
        cr.postcommit.data[WAITING].setdefault(key, set()).update(rows)

    @api.model_create_multi
    def create(self, vals_list):
        raise AccessError(self._unchangeable_sentence())


def _keep(registry, queue):
    """Write the readings that wait in ``queue``, in a transaction of their own.

    When this fails, the request fails: nothing that was read leaves without a trace.
    """
    if readings := queue.data.pop(WAITING, None):
        with registry.cursor() as cr:
            append(cr, readings)


def _keep_anyhow(registry, queue):
    """Write them after a failed request, whose own error must reach the person."""
    try:
        _keep(registry, queue)
    except Exception:
        _logger.exception("The readings of a failed request could not be kept")


def append(cr, readings):
    """Write readings in one statement; those of a case that never came to be are left out.

    :param dict readings: {key: rows}, as :meth:`ReadLog._note` keeps them
    """
    rows = SQL(", ").join(SQL("%s", row) for row in _counted(readings))
    cr.execute(
        SQL(
            """
            INSERT INTO aggression_read_log (at, user_id, su, way, kind, model, incident_id,
                reference, company_id, personal, concerns_id, records)
            SELECT %s, u.id, r.su, r.way, r.kind, r.model, i.id, i.reference,
                COALESCE(i.company_id, u.company_id), r.affected_id IS NOT NULL, p.user_id,
                r.records
            FROM (VALUES %s)
                r (user_id, su, way, kind, model, incident_id, affected_id, records)
            JOIN res_users u ON u.id = r.user_id
            LEFT JOIN aggression_incident i ON i.id = r.incident_id::integer
            LEFT JOIN aggression_affected_person p ON p.id = r.affected_id::integer
            WHERE r.incident_id IS NULL OR i.id IS NOT NULL
            """,
            fields.Datetime.now(),
            rows,
        )
    )


def _counted(readings):
    """Yield a row for each reading and case; one of no case where nothing more exact is known."""
    exact = {(*key[:2], *key[3:]) for key, rows in readings.items() if rows}
    for key, rows in readings.items():
        cases = Counter((incident, affected or None) for incident, affected, _id in rows)
        for (incident, affected), number in cases.items():
            yield (*key, incident or None, affected, number)
        if not rows and (*key[:2], *key[3:]) not in exact:
            yield (*key, None, None, 0)
