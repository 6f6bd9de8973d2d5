from odoo import api, fields, models
from odoo.tools import SQL

from .access_through import AccessThrough

NEW_CASE, ADDED, DUTY, REMINDER, OVERDUE = "new_case", "added", "duty", "reminder", "overdue"
EMERGENCY = "emergency"
DESTRUCTION = "destruction"
APPOINTMENT, APPOINTMENT_SOON = "appointment", "appointment_soon"
DIGEST = "digest"
CLOSED, RISK_TALK, PREVENTION = "closed", "risk_talk", "prevention"
CONSULTATION = "consultation"
QUEUED, SENDING, SENT, DROPPED, FAILED = "queued", "sending", "sent", "dropped", "failed"
NO_PART, DONE, INACTIVE, NO_ADDRESS = "no_part", "done", "inactive", "no_address"

# Why somebody has access when a notice of its own tells them so: that of the duty.
TOLD_BY_DUTY = frozenset({"duty", "overdue"})


# What a notice can be about: a case, or something that belongs to none.
ABOUT = {
    "aggression.incident": "incident_id",
    "aggression.consultation": "consultation_id",
    "aggression.risk.talk": "risk_talk_id",
    "aggression.prevention.activity": "activity_id",
}
COLUMNS = (
    *("key", "user_id", "duty_id", "appointment_id", *ABOUT.values(), "kind", "urgent", "state"),
    *("attempts", "next_try_at", "create_uid", "create_date", "write_uid", "write_date"),
)


class Notice(models.Model):
    """Somebody must hear that something waits for them: the outbox.

    Promise: a notice has no content; what waits is read after logging in, by whoever may read it
    at that moment (C5, M5). There is one row for each thing and person, so that nobody is told
    the same thing twice. Nobody can read the outbox itself, for it shows who is in which case.
    """

    _name = "aggression.notice"
    _description = "Notice"
    _inherit = "aggression.confidential"
    _order = "id"

    _guarded = frozenset(
        {
            "key",
            "user_id",
            "incident_id",
            "duty_id",
            "appointment_id",
            "risk_talk_id",
            "activity_id",
            "consultation_id",
            "kind",
            "urgent",
            "state",
            "drop_reason",
            "attempts",
            "next_try_at",
            "sent_at",
        }
    )

    key = fields.Char(required=True, help="What is told and to whom: once, whatever happens.")
    user_id = fields.Many2one("res.users", "Who", required=True, ondelete="cascade")
    incident_id = AccessThrough(required=False)
    duty_id = fields.Many2one("aggression.duty", index="btree_not_null", ondelete="cascade")
    appointment_id = fields.Many2one(
        "aggression.appointment", index="btree_not_null", ondelete="cascade"
    )
    consultation_id = fields.Many2one(
        "aggression.consultation", index="btree_not_null", ondelete="cascade"
    )
    risk_talk_id = fields.Many2one(
        "aggression.risk.talk", index="btree_not_null", ondelete="cascade"
    )
    activity_id = fields.Many2one(
        "aggression.prevention.activity", index="btree_not_null", ondelete="cascade"
    )
    kind = fields.Selection(
        [
            (NEW_CASE, "Has a part in a case"),
            (ADDED, "Was added to a case"),
            (DUTY, "Something is to be done"),
            (REMINDER, "Something is due soon"),
            (OVERDUE, "Something is overdue"),
            (EMERGENCY, "Somebody was let in in an emergency"),
            (DESTRUCTION, "A case will be destroyed"),
            (APPOINTMENT, "A time for a talk was proposed or changed"),
            (APPOINTMENT_SOON, "A talk is near"),
            (DIGEST, "Has tasks to do today"),
            (CLOSED, "A case was closed"),
            (RISK_TALK, "A talk that carries risk"),
            (PREVENTION, "A meeting or training"),
            (CONSULTATION, "A question or its answer is there"),
        ],
        required=True,
    )
    urgent = fields.Boolean(help="Cannot wait until the quiet hours are over.")
    state = fields.Selection(
        [
            (QUEUED, "Waiting"),
            (SENDING, "Handed to the mail server"),
            (SENT, "Sent"),
            (DROPPED, "Not needed any more"),
            (FAILED, "Failed, tried once a day"),
        ],
        required=True,
        default=QUEUED,
    )
    drop_reason = fields.Selection(
        [
            (NO_PART, "Has no part in the case any more"),
            (DONE, "Is done, or is somebody else's"),
            (INACTIVE, "Cannot log in any more"),
            (NO_ADDRESS, "Has no e-mail address"),
        ],
        "Why it was not sent",
    )
    attempts = fields.Integer("Failed attempts")
    next_try_at = fields.Datetime("Next attempt", help="Empty when there is nothing left to try.")
    sent_at = fields.Datetime("Sent at")

    _once = models.UniqueIndex("(key)")
    _waiting = models.Index("(user_id, next_try_at) WHERE next_try_at IS NOT NULL")
    _about_one_thing = models.Constraint(
        "CHECK (num_nonnulls(incident_id, consultation_id, risk_talk_id, activity_id) "
        "= (kind <> 'digest')::int)",
        "A notice is about one thing; a summary of somebody's tasks is about none.",
    )

    def _cases_read(self):
        return {notice.id: (notice.incident_id.id or None, None) for notice in self.sudo()}

    @api.depends(*ABOUT.values())
    def _compute_display_name(self):
        """Name it by the reference of what it is about, or by nothing but its number."""
        for notice in self:
            reference = (notice.incident_id or notice.consultation_id or notice.risk_talk_id)[:1]
            notice.display_name = reference.reference or f"{self._name},{notice.id}"

    def _about(self):
        """Return what this is about, or None for a summary of somebody's tasks."""
        return next((self[name] for name in ABOUT.values() if self[name]), None)

    @api.model
    def _about_access(self, rows):
        """Tell people that they have a part in a case from now on.

        :param aggression.access rows: just written, in superuser mode
        """
        first = {}
        for row in rows.sorted("id"):
            if row.reason not in TOLD_BY_DUTY:
                first.setdefault((row.user_id.id, row.incident_id.id), row)
        self._queue(
            {
                "key": f"access/{row.id}",
                "user_id": row.user_id.id,
                "about": row.incident_id,
                "kind": ADDED if row.reason == "granted" else NEW_CASE,
            }
            for row in first.values()
        )

    @api.model
    def _about_duties(self, duties, kind):
        """Tell whose duty it is, and who was told that it is overdue.

        A duty that changes hands, or whose term moves, is a new thing to tell.

        :param aggression.duty duties: in superuser mode
        :param str kind: DUTY, REMINDER or OVERDUE
        """
        self._queue(
            {
                "key": f"{kind}/{duty.id}/{user_id}"
                + ("" if kind == DUTY else f"/{duty.due_at:%Y%m%d%H%M%S}"),
                "user_id": user_id,
                "about": duty.incident_id,
                "kind": kind,
                "duty_id": duty.id,
                "urgent": urgent,
            }
            for duty in duties
            for urgent in [duty._is_urgent()]
            for user_id in (duty.user_id | duty.told_ids).ids
        )

    @api.model
    def _about_destruction(self, warned):
        """Tell that a case will be destroyed: once for each day on which that would be.

        :param warned: (case, ids of users, day) of each
        """
        self._queue(
            {
                "key": f"{DESTRUCTION}/{incident.id}/{user_id}/{day:%Y%m%d}",
                "user_id": user_id,
                "about": incident,
                "kind": DESTRUCTION,
            }
            for incident, user_ids, day in warned
            for user_id in user_ids
        )

    @api.model
    def _about_consultation(self, consultation, user_ids):
        """Tell that a question waits for an answer, or that the answer is there (M9)."""
        self._queue(
            {
                "key": f"{CONSULTATION}/{consultation.id}/{consultation.state}/{user_id}",
                "user_id": user_id,
                "about": consultation,
                "kind": CONSULTATION,
            }
            for user_id in sorted(user_ids)
        )

    @api.model
    def _queue(self, notices):
        """Put notices in the outbox, leaving out what is in it already.

        Whoever caused something sits in front of it and needs no message.
        """
        now = fields.Datetime.now()
        self._put_in_outbox(
            [
                SQL("%s", self._row(notice, now))
                for notice in notices
                if notice["user_id"] != self.env.uid
            ]
        )

    @api.model
    def _put_in_outbox(self, rows):
        """Write these rows, in one query."""
        if rows:
            columns = SQL(", ").join(map(SQL.identifier, COLUMNS))
            self.env.execute_query(
                SQL(
                    "INSERT INTO aggression_notice (%s) VALUES %s ON CONFLICT (key) DO NOTHING",
                    columns,
                    SQL(", ").join(rows),
                )
            )

    @api.model
    def _row(self, notice, now):
        about, urgent = notice["about"], notice.get("urgent", False)
        values = {
            **notice,
            **({ABOUT[about._name]: about.id} if about else {}),
            "urgent": urgent,
            "state": QUEUED,
            "attempts": 0,
            "next_try_at": self._leaves_at(now, about, urgent),
            **dict.fromkeys(("create_uid", "write_uid"), self.env.uid),
            **dict.fromkeys(("create_date", "write_date"), now),
        }
        return tuple(values.get(column) for column in COLUMNS)

    @api.model
    def _leaves_at(self, moment, about, urgent):
        """Return when a notice may leave that is ready at ``moment``.

        :param about: what it is about; its protocol says when it is quiet, or else its
            municipality's
        """
        if urgent or not about:
            return moment
        if "protocol_id" in about._fields:
            protocol = about.protocol_id
        else:
            protocol = self.env["aggression.protocol"].sudo()._in_force(about.company_id)
        return protocol._playbook().quiet.after(moment)
