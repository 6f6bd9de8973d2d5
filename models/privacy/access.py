from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError

from .sealing import SealedChar

PERSON_HIT, REPORTER, HANDLER, DECIDER, CARER, PROTECTOR = (
    "person_hit",
    "reporter",
    "handler",
    "decider",
    "carer",
    "protector",
)
CASE_ROLES = [
    (PERSON_HIT, "Person hit"),
    (REPORTER, "Reporter"),
    (HANDLER, "Handler"),
    (DECIDER, "Decides on measures"),
    (CARER, "Gives care"),
    (PROTECTOR, "Knows how somebody is protected"),
]
REASONS = [
    ("hit", "Is the person hit"),
    ("reported", "Reported it"),
    ("route", "By the protocol's route"),
    ("duty", "Has a duty in it"),
    ("overdue", "A duty was overdue"),
    ("granted", "Added by somebody on the case"),
    ("emergency", "In an emergency, for 24 hours"),
]


class Access(models.Model):
    """Who sees which case, in which role, and why: the only source of visibility (M5, C5).

    Promise: without a row here nobody can see a case or find out that it exists; every record
    rule of this addon is one plain predicate on this table. Rows come from the protocol's
    routes, or from a person on the case through a wizard that leaves an entry. They end with the
    role that they came from, and nobody who is kept out of a case ever has one.
    """

    _name = "aggression.access"
    _description = "Access to a case"
    _inherit = "aggression.confidential"
    _order = "incident_id, role, id"

    _guarded = frozenset(
        {"incident_id", "user_id", "role", "role_id", "affected_id", "reason", "note", "since"}
    )

    user_id = fields.Many2one("res.users", "Who", required=True, ondelete="restrict")
    role = fields.Selection(CASE_ROLES, required=True)
    role_id = fields.Many2one(
        "aggression.role",
        "As",
        index="btree_not_null",
        ondelete="restrict",
        help="The role of the protocol that gave it. It ends when that role passes to another.",
    )
    affected_id = fields.Many2one(
        "aggression.affected.person",
        "Concerning",
        index="btree_not_null",
        ondelete="cascade",
        help="For the person hit and the carer: whose care it is about.",
    )
    reason = fields.Selection(REASONS, required=True)
    note = SealedChar("In words")
    since = fields.Datetime(default=lambda self: fields.Datetime.now(), readonly=True)

    _once = models.UniqueIndex("(user_id, incident_id, role, COALESCE(affected_id, 0))")

    def _auto_init(self):
        """Let the database know of each person how many cases are theirs.

        Otherwise it expects many of who has few, and walks through a large register for them.
        """
        result = super()._auto_init()
        self.env.cr.execute(
            "ALTER TABLE aggression_access ALTER COLUMN user_id SET STATISTICS 1000"
        )
        return result

    @api.constrains("incident_id", "user_id")
    def _check_not_kept_out(self):
        for row in self.sudo():
            if row.user_id in row.incident_id._kept_out():
                raise ValidationError(self.env._("This person must not see this case."))

    @api.model
    def _grant(self, rows, new_case=False):
        """Give access, and tell so; who already has that role keeps the row there is.

        A row that came with a role of the protocol and is now given by a person is that person's:
        it does not end with the role any more. Who is kept out of a case is passed over, whatever
        the reason for giving it.

        :param rows: dicts of values; the caller has decided that they are right
        :param bool new_case: nobody has access to these cases yet
        :return: the new rows
        """
        if not rows:
            return self
        everything = self.sudo()
        cases = everything.incident_id.browse({row["incident_id"] for row in rows})
        kept_out = {(case.id, user) for case in cases for user in case._kept_out().ids}
        known = {} if new_case else everything._rows_of(cases)
        fresh = {}
        for row in rows:
            key = (row["incident_id"], row["user_id"], row["role"], row.get("affected_id", False))
            if key in known:
                known[key]._give_by_hand(row)
            elif key[:2] not in kept_out:
                fresh.setdefault(key, row)
        granted = everything._unlocked().create(list(fresh.values()))
        self.env["aggression.notice"]._about_access(granted)
        return granted

    @api.model
    def _rows_of(self, cases):
        """Return {what may be there once: the row} of these cases."""
        rows = self.search([("incident_id", "in", cases.ids)])
        return {
            (row.incident_id.id, row.user_id.id, row.role, row.affected_id.id): row for row in rows
        }

    def _give_by_hand(self, values):
        if self.role_id and values["reason"] == "granted" and not values.get("role_id"):
            note = values.get("note")
            self._unlocked().write({"role_id": False, "reason": "granted", "note": note})

    def _end(self):
        """Take this access away. Who calls this writes it in the timeline."""
        self.sudo()._unlocked().unlink()

    @api.ondelete(at_uninstall=False)
    def _unlink_except_by_protocol(self):
        if not self._holds_key():
            raise AccessError(self.env._("Access to a case ends by the protocol's own steps."))
