"""A large register, made by the set: what a sweep has to go through."""

from odoo.tools import SQL, mute_logger

from .common import ProtocolCase

SWEEP = "odoo.addons.aggression_protocol.models.duty.duty_sweep"
CROWD = """
    WITH cases AS (
        INSERT INTO aggression_incident (reference, company_id, protocol_id, state,
            occurred_at, reported_at, channel, place)
        SELECT 'M-' || %(type)s || '-' || n, %(company)s, %(protocol)s, 'reported', moment, moment,
            'email', 'online'
        FROM generate_series(1, %(cases)s) n,
            LATERAL (SELECT timestamp '2026-01-01' + n * interval '1 minute' AS moment) m
        RETURNING id),
    hit AS (
        INSERT INTO aggression_affected_person (incident_id, user_id, office_id, injury)
        SELECT id, %(hit)s, %(office)s, 'none' FROM cases),
    readers AS (
        INSERT INTO aggression_access (incident_id, user_id, role, reason)
        SELECT id, %(reader)s, 'handler', 'route' FROM cases)
    INSERT INTO aggression_duty (incident_id, type_id, user_id, state, rung, due_at, sweep_at)
    SELECT id, %(type)s, %(reader)s, 'open', 0, moment, moment
    FROM (SELECT id, row_number() OVER () - 1 AS n FROM cases) c,
        generate_series(1, %(each)s) d,
        LATERAL (SELECT CASE WHEN n * %(each)s + d <= %(due)s * %(each)s AND d = 1
            THEN timestamp '2026-03-01' + n * interval '1 second'
            ELSE timestamp '2027-03-01' END AS moment) m
"""


class CrowdedCase(ProtocolCase):
    """The protocol in force, and thousands of duties of which some are due."""

    def crowd(self, duties, due, each=4, kind="assess"):
        """Add so many duties, ``each`` in a case; the first one of ``due`` cases is due."""
        kind = self.protocol.duty_type_ids.filtered(lambda one: one.code == kind)
        self.env.cr.execute(
            CROWD,
            {
                "company": self.env.company.id,
                "protocol": self.protocol.id,
                "cases": duties // each,
                "each": each,
                "due": due,
                "hit": self.users["councillor"].id,
                "office": self.office("councillor").id,
                "reader": self.users["coordinator"].id,
                "type": kind.id,
            },
        )
        for model in ("incident", "access", "duty", "affected.person"):
            table = SQL.identifier(self.env[f"aggression.{model}"]._table)
            self.env.cr.execute(SQL("ANALYZE %s", table))

    def poison(self, duty_ids):
        """Let these duties fail whenever they are handled."""
        duties = type(self.env["aggression.duty"])
        escalate = duties._escalation_user_id

        def fail(duty, role_id):
            if duty.id in duty_ids:
                raise ZeroDivisionError
            return escalate(duty, role_id)

        self.patch(duties, "_escalation_user_id", fail)
        self.enterContext(mute_logger(SWEEP))
