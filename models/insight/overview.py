"""The columns that the dashboard asks for: counts in a period and in the one before it.

Each is asked over the records that the rules let the user read; see ``dashboard.py``.
"""

from dateutil.relativedelta import relativedelta

from odoo.tools import SQL


def cases(span):
    """Return open now and at the start; reported and seconds until then, in both periods."""
    now, before = _both("reported_at", span)
    waited = SQL(
        "percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM reported_at - occurred_at))"
    )
    return (
        SQL("count(*) FILTER (WHERE state <> 'closed')"),
        SQL(
            "count(*) FILTER (WHERE reported_at < %s AND (state <> 'closed' OR closed_at >= %s))",
            span.start,
            span.start,
        ),
        _filtered(SQL("count(*)"), now),
        _filtered(SQL("count(*)"), before),
        _filtered(waited, now),
        _filtered(waited, before),
    )


def duties(span):
    """Return those done in time and all of which the term ended, in both periods."""
    in_time = SQL("state = 'done' AND done_at <= due_at")
    return _parts(in_time, SQL("state IN ('done', 'open')"), "due_at", span)


def talks(span):
    """Return those held and all of which the term ended, in both periods."""
    return _parts(
        SQL("talk_id IS NOT NULL AND state = 'done'"), SQL("talk_id IS NOT NULL"), "due_at", span
    )


def measures(day):
    """Return how many are to be kept to on a day; see ``Measure._running_on``."""
    return SQL(
        "count(*) FILTER (WHERE date_from <= %(day)s AND date_to >= %(day)s "
        "AND (ended_on IS NULL OR ended_on > %(day)s))",
        day=day,
    )


def amounts(name, day, span):
    """Return the sums in both periods."""
    total = SQL("sum(%s)", SQL.identifier(name))
    return [_filtered(total, one) for one in _both(day, span, days=True)]


def month(first):
    """Return how many were reported in the month that begins with a day."""
    return _filtered(
        SQL("count(*)"),
        SQL("reported_at >= %s AND reported_at < %s", first, first + relativedelta(months=1)),
    )


def causers(span, readable, of_cases):
    """Return the question which causers came back, now and in the period before.

    :param readable, of_cases: the numbers of the causers and cases that the user may read
    """
    now, before = _both("i.reported_at", span)
    return SQL(
        """
        SELECT causer_id, back, earlier FROM (
            SELECT r.causer_id,
                   bool_or(%(now)s) AND count(*) > 1 AS back,
                   bool_or(%(before)s)
                       AND count(*) FILTER (WHERE i.reported_at < %(start)s) > 1 AS earlier
            FROM aggression_causer_incident_rel r
            JOIN aggression_incident i ON i.id = r.incident_id
            WHERE r.causer_id IN %(readable)s AND r.incident_id IN %(of_cases)s
            GROUP BY r.causer_id) known
        WHERE back OR earlier
        """,
        now=now,
        before=before,
        start=span.start,
        readable=readable,
        of_cases=of_cases,
    )


def _parts(some, of_all, name, span):
    return [
        _filtered(SQL("count(*)"), SQL("%s AND %s", wanted, one))
        for one in _both(name, span)
        for wanted in (some, of_all)
    ]


def _both(name, span, days=False):
    """Return the conditions that a column is in the period, and in the one before it."""
    column = SQL.identifier(*name.split("."))
    # a day counts for the period in which it begins
    shape = "%s::date > %s::date AND %s::date <= %s::date" if days else "%s >= %s AND %s < %s"
    return [
        SQL(shape, column, first, column, last)
        for first, last in ((span.start, span.end), (span.before, span.start))
    ]


def _filtered(value, condition):
    return SQL("%s FILTER (WHERE %s)", value, condition)
