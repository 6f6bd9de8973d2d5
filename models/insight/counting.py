"""The questions that the figures ask of the database: counts by what may be printed, no rows."""

# Each case once, by the behaviour that made it as serious as it is: level, kind, form, reaction.
BEHAVIOUR = """
    SELECT CASE WHEN i.outcome IS NULL THEN 'unclassified'
                WHEN i.outcome = 'emotion' THEN '0' ELSE worst.level END,
           CASE WHEN i.outcome IS NULL THEN '' WHEN i.outcome = 'emotion' THEN 'emotion'
                ELSE worst.kind END,
           CASE WHEN i.outcome = 'aggression' THEN worst.form ELSE '' END,
           CASE WHEN i.outcome IS DISTINCT FROM 'aggression' THEN ''
                WHEN i.decided_at IS NULL THEN 'open'
                WHEN i.decided_at <= i.reported_at + interval '1 day' THEN 'day'
                WHEN i.decided_at <= i.reported_at + interval '3 days' THEN 'three_days'
                WHEN i.decided_at <= i.reported_at + interval '7 days' THEN 'week'
                ELSE 'later' END,
           count(*)
    FROM aggression_incident i
    LEFT JOIN LATERAL (
        SELECT b.level, b.kind, b.form
        FROM aggression_assessment a
        JOIN aggression_assessment_aggression_behaviour_rel r
            ON r.aggression_assessment_id = a.id
        JOIN aggression_behaviour b ON b.id = r.aggression_behaviour_id
        WHERE a.incident_id = i.id AND b.level = i.level::varchar
        ORDER BY a.id DESC, b.sequence, b.id
        LIMIT 1) worst ON TRUE
    WHERE %s
    GROUP BY 1, 2, 3, 4
"""

# Each quarter on the municipality's own calendar.
QUARTER = """
    SELECT to_char(i.reported_at AT TIME ZONE 'UTC' AT TIME ZONE %s, 'YYYY-Q'), count(*)
    FROM aggression_incident i
    WHERE %s
    GROUP BY 1
"""

CHANNEL = "SELECT i.channel, count(*) FROM aggression_incident i WHERE %s GROUP BY 1"

# Never by single office: the mayor is a group of one.
WORLD = """
    SELECT (SELECT o.world
            FROM aggression_affected_person p JOIN aggression_office o ON o.id = p.office_id
            WHERE p.incident_id = i.id ORDER BY p.id LIMIT 1), count(*)
    FROM aggression_incident i
    WHERE %s
    GROUP BY 1
"""

TALK = """
    SELECT t.number, CASE WHEN t.state = 'held' AND t.held_at > t.due_at THEN 'late'
                          ELSE t.state END, count(*)
    FROM aggression_talk t JOIN aggression_incident i ON i.id = t.incident_id
    JOIN aggression_aftercare c ON c.id = t.aftercare_id AND c.for_whom = 'hit'
    WHERE %s AND i.outcome = 'aggression'
      AND NOT (t.state = 'lapsed' AND t.kept_private IS TRUE)
    GROUP BY 1, 2
"""

# Each case once for each kind of measure: whether one of that kind was to be kept to at the end.
MEASURE = """
    SELECT code, running, count(*)
    FROM (
        SELECT k.code, bool_or(m.date_from <= %s AND m.date_to >= %s
                               AND (m.ended_on IS NULL OR m.ended_on > %s)) IS TRUE AS running
        FROM aggression_measure m
        JOIN aggression_decision d ON d.id = m.decision_id AND d.superseded IS NOT TRUE
        JOIN aggression_measure_type k ON k.id = m.type_id
        JOIN aggression_incident i ON i.id = m.incident_id
        WHERE %s
        GROUP BY k.code, i.id) decided
    GROUP BY 1, 2
"""

DELAY = """
    SELECT CASE WHEN i.reported_at <= i.occurred_at + interval '1 day' THEN 'day'
                WHEN i.reported_at <= i.occurred_at + interval '3 days' THEN 'three_days'
                WHEN i.reported_at <= i.occurred_at + interval '7 days' THEN 'week'
                ELSE 'later' END, count(*)
    FROM aggression_incident i
    WHERE %s
    GROUP BY 1
"""

# What was paid to people and what came in, for each case: the case itself leaves with nobody.
PAID = """
    SELECT sum(g.granted)
    FROM aggression_damage g JOIN aggression_incident i ON i.id = g.incident_id
    WHERE %s AND g.state = 'paid'
    GROUP BY i.id
"""
RECOVERED = """
    SELECT sum(p.amount)
    FROM aggression_damage_payment p JOIN aggression_incident i ON i.id = p.incident_id
    WHERE %s
    GROUP BY i.id
"""
