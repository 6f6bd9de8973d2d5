from odoo import api, fields, models
from odoo.tools import SQL

from ...rules import retention

CLOCKS = [(retention.CAUSER, "Causer no longer named"), (retention.CASE, "Case destroyed")]

KEPT = """
    SELECT i.id, i.outcome, i.closed_at, i.protocol_id,
        ARRAY(SELECT m.type_id FROM counting m WHERE m.incident_id = i.id),
        (SELECT max(m.date_to) FROM counting m WHERE m.incident_id = i.id),
        EXISTS (SELECT FROM aggression_duty d JOIN aggression_duty_type t ON t.id = d.type_id
            WHERE d.incident_id = i.id AND d.state = 'open' AND d.talk_id IS NULL
            AND t.optional IS NOT TRUE)
        OR EXISTS (SELECT FROM aggression_prosecution p
            JOIN aggression_declaration e ON e.id = p.declaration_id
            WHERE p.incident_id = i.id AND p.state <> 'final'
            AND (e.needs_consent IS NOT TRUE OR EXISTS (SELECT FROM aggression_consent c
                WHERE c.affected_id = p.affected_id AND c.purpose = 'declaration'
                AND c.answer = 'agreed' AND c.withdrawn_at IS NULL))),
        (SELECT max(h.until) FROM aggression_retention_hold h
            WHERE h.incident_id = i.id AND h.lifted_at IS NULL)
    FROM aggression_incident i
    WHERE i.id = ANY(%s) ORDER BY i.id
"""
# A prosecution that somebody follows is owed to whoever declared, until it is final (D11).
# The measures of decisions that a later one took the place of do not count. A claim on a causer
# counts as the measure by which damage is recovered, whether or not that was decided on.
COUNTING = """
    SELECT m.incident_id, m.type_id, LEAST(m.date_to, m.ended_on) AS date_to
    FROM aggression_measure m JOIN aggression_decision d ON d.id = m.decision_id
    WHERE d.superseded IS NOT TRUE
    UNION ALL
    SELECT c.incident_id, k.id, c.closed_on
    FROM aggression_damage_claim c JOIN aggression_incident i ON i.id = c.incident_id
    JOIN aggression_measure_type k ON k.protocol_id = i.protocol_id
    JOIN aggression_duty_type t ON t.id = k.duty_type_id AND t.fulfilment = 'claim'
    WHERE COALESCE(c.material, 0) + COALESCE(c.immaterial, 0) > 0
"""


class Retention(models.Model):
    """The two clocks of a case: when its causer is no longer named, when it is destroyed.

    Promise: what stands here follows from the case and from the protocol's terms, and is worked
    out anew before anything is done by it; so a case that was opened again, is held or still owes
    something is never destroyed by a day that was once right. Who handles a case sees its days.
    """

    _name = "aggression.retention"
    _description = "Retention of a case"
    _inherit = "aggression.confidential"
    _order = "destroy_due_on, id"

    _guarded = frozenset(
        {
            "incident_id",
            "term_id",
            "causer_due_on",
            "destroy_due_on",
            "unnamed_on",
            "warned_on",
            "warned_for",
            "looked_on",
            "run_id",
            "run_clock",
        }
    )

    term_id = fields.Many2one("aggression.retention.term", ondelete="set null")
    causer_due_on = fields.Date("Causer named until", readonly=True)
    destroy_due_on = fields.Date("Destroyed from", readonly=True)
    unnamed_on = fields.Date("Causer no longer named since", readonly=True)
    warned_on = fields.Date(readonly=True)
    warned_for = fields.Date(readonly=True, help="The day of destruction that was told.")
    looked_on = fields.Date(readonly=True, help="When the scheduled action looked at it last.")
    # the list itself is the privacy officer's
    run_id = fields.Many2one(
        "aggression.retention.run", index="btree_not_null", ondelete="restrict", groups="."
    )
    run_clock = fields.Selection(CLOCKS, groups=".")

    _once = models.UniqueIndex("(incident_id)")
    _ends = models.Index("(destroy_due_on, id) WHERE destroy_due_on IS NOT NULL")

    @api.model
    def _refresh(self, incidents):
        """Work out the clocks of these cases from what is so now, in three queries.

        :return: their rows, in superuser mode
        """
        everything = self.sudo()
        self.env.flush_all()
        counting = SQL("WITH counting AS (%s) %s", SQL(COUNTING), SQL(KEPT, incidents.ids))
        rows = [everything._clock_row(*found) for found in self.env.execute_query(counting)]
        if not rows:
            return everything.browse()
        names = ("incident_id", "term_id", "causer_due_on", "destroy_due_on", "looked_on")
        self.env.cr.execute(
            SQL(
                "INSERT INTO aggression_retention (%s) VALUES %s "
                "ON CONFLICT (incident_id) DO UPDATE SET %s RETURNING id",
                SQL(", ").join(map(SQL.identifier, names)),
                SQL(", ").join(SQL("%s", row) for row in rows),
                SQL(", ").join(
                    SQL("%s = excluded.%s", SQL.identifier(name), SQL.identifier(name))
                    for name in names
                ),
            )
        )
        ids = [id_ for (id_,) in self.env.cr.fetchall()]
        self.invalidate_model()
        return everything.browse(ids)

    def _clock_row(self, incident_id, outcome, closed_at, protocol_id, kinds, last, owed, held):
        protocol = self.env["aggression.protocol"].browse(protocol_id)
        book = protocol._playbook()
        kept = retention.Kept(
            outcome=outcome,
            measures=frozenset(kinds),
            closed_on=closed_at and protocol._day_of(closed_at),
            last_day=last,
            owed=owed,
            held_until=held,
        )
        found = retention.clocks(kept, book.retention) or (None, None, None)
        return (incident_id, *found, protocol._today())
