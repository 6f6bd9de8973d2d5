"""The readings of a transaction: they wait until it ends, well or badly, and are written then."""

import logging
from collections import Counter, defaultdict
from functools import partial
from typing import NamedTuple

from odoo import fields
from odoo.tools import SQL

from .asker import REFUSED

_logger = logging.getLogger(__name__)

# Where they wait: in the data of the cursor's own hooks, which lives as long as the transaction.
WAITING = "aggression_protocol.readings"
CAUSER = "aggression.causer"


class Key(NamedTuple):
    """What is noted once in a transaction, for each case."""

    user_id: int
    superuser: bool
    way: str
    kind: str
    model: str


def waiting(env, key):
    """Return what waits for the transaction of ``env`` to end under ``key``, to add to.

    :param Key key: who reads what, and how
    :return: {id of the record: (incident id or None, affected person id or None)}; it stays
        empty for a reading of no case in particular
    """
    cr = env.cr
    if WAITING not in cr.postcommit.data:
        cr.postcommit.data[WAITING] = cr.postrollback.data[WAITING] = {}
        cr.postcommit.add(partial(_keep, env.registry, cr.postcommit))
        cr.postrollback.add(partial(_keep_anyhow, env.registry, cr.postrollback))
    return cr.postcommit.data[WAITING].setdefault(key, {})


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

    :param dict readings: {key: what waits under it}
    """
    _find_cases_of_causers(cr, readings)
    rows = list(_counted(readings))
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
            SQL(", ".join(["%s"] * len(rows)), *rows),
        )
    )


def _find_cases_of_causers(cr, readings):
    """Give the causers in ``readings`` the cases through which the reader sees them.

    A causer can belong to many cases, so this is left to the end and costs the request nothing.
    """
    read = {key: ids for key, ids in readings.items() if key.model == CAUSER and ids}
    if not read:
        return
    cr.execute(
        SQL(
            """
            SELECT r.causer_id, r.incident_id, array_agg(a.user_id)
            FROM aggression_causer_incident_rel r
            LEFT JOIN aggression_access a ON a.incident_id = r.incident_id
            WHERE r.causer_id = ANY(%s) GROUP BY 1, 2
            """,
            [id_ for ids in read.values() for id_ in ids],
        )
    )
    cases = defaultdict(list)
    for causer, incident, users in cr.fetchall():
        cases[causer].append((incident, users))
    for key, ids in read.items():
        passes = key.superuser or key.kind == REFUSED
        readings[key] = {
            (id_, incident): (incident, None)
            for id_ in ids
            for incident in [i for i, users in cases[id_] if passes or key.user_id in users]
            or [None]
        }


def _counted(readings):
    """Yield a row for each reading and case, or one of no case."""
    for key, records in readings.items():
        for (incident, affected), number in Counter(records.values()).items():
            yield (*key, incident, affected, number)
        if not records:
            yield (*key, None, None, 0)
