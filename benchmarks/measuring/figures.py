"""Figures: how often a causer came back, and the feedback to the council."""

from datetime import date
from functools import partial

from dateutil.relativedelta import relativedelta

from measuring.stopwatch import in_turn


def measure(ours, clerk):
    """Return {name: Figure}, and over how many cases the feedback counted.

    :param Ours clerk: who reports to the council
    """
    case = _with_causer(ours)
    causer = case.causer_ids[:1]
    months = _months(clerk)
    calls = {
        "repeat_count": (ours.env, partial(causer._earlier_incidents, case)),
        "likely_causers": (ours.env, lambda: list(causer._suggestions(case))),
        "feedback": (clerk.env, partial(_feedback, clerk, *months)),
    }
    return in_turn(calls), _counted(clerk, *months)


def _with_causer(ours):
    """Return a case of a causer who has several."""
    ours.cr.execute(
        """
        SELECT r.incident_id FROM aggression_causer_incident_rel r
        JOIN aggression_access a ON a.incident_id = r.incident_id AND a.user_id = %s
        WHERE r.causer_id IN (SELECT causer_id FROM aggression_causer_incident_rel
            GROUP BY causer_id HAVING count(*) > 4 LIMIT 50)
        ORDER BY r.incident_id DESC LIMIT 1
        """,
        [ours.env.uid],
    )
    return ours.su[ours.model].browse(ours.cr.fetchone()[0])


def _months(clerk):
    """Return the first and last day of two years of whole quarters, up to now."""
    today = date.today()
    end = today.replace(month=(today.month - 1) // 3 * 3 + 1, day=1) - relativedelta(days=1)
    return end + relativedelta(days=1, years=-2), end


def _feedback(clerk, start, end):
    clerk.env["aggression.figures"]._publish(clerk.env.company, start, end)


def _counted(clerk, start, end):
    return clerk.su[clerk.model].search_count(
        [
            ("company_id", "=", clerk.env.company.id),
            ("reported_at", ">=", start),
            ("reported_at", "<=", end),
        ]
    )
