from functools import partial

from markupsafe import Markup

from odoo import api, fields, models
from odoo.tools import email_normalize

from ..privacy.asker import asker
from ..privacy.groups import OFFICER
from ..privacy.read_log import Lasting
from ..privacy.sealing import _in_words
from . import sealing_changes

ADDED, CHANGED, REMOVED = "added", "changed", "removed"
STEPS = [(ADDED, "Added"), (CHANGED, "Changed"), (REMOVED, "Removed")]
KINDS = [
    ("group", "Member of a group"),
    ("account", "Account"),
    ("rule", "Record rule"),
    ("right", "Right on a kind of record"),
    ("access", "Access to a case"),
    ("exclusion", "Kept out of a case"),
    ("role", "Holder of a role"),
    ("emergency", "Emergency access"),
    ("setting", "Setting"),
    ("schedule", "Scheduled action"),
    ("code", "Server action with code"),
    ("screen", "Screen"),
    ("module", "Module"),
]
SEALING = "aggression_protocol.sealing"


class RightsChange(models.Model):
    """Who changed what anybody may see or do here, when, and for whom.

    Promise: each change that goes through Odoo leaves a row in the same transaction, by the
    administrator too; the row tells no content; nobody changes or deletes it, and whoever does so
    in the database itself is found by :meth:`action_verify` (C5, M5).
    """

    _name = "aggression.rights.change"
    _description = "Change of rights"
    _inherit = ["aggression.append.only", "aggression.guarded"]
    _order = "id desc"
    _log_access = False

    _guarded = frozenset(
        {"at", "by_id", "kind", "step", "user_id", "reference", "what", "company_id"}
    )

    at = fields.Datetime("When", required=True, readonly=True)
    by_id = Lasting("res.users", "Who", required=True, readonly=True)
    kind = fields.Selection(KINDS, required=True, readonly=True)
    step = fields.Selection(STEPS, "Did", required=True, readonly=True)
    user_id = Lasting("res.users", "Whom", readonly=True)
    reference = fields.Char("Case", readonly=True)
    what = fields.Char(readonly=True)
    company_id = Lasting("res.company", "Municipality", readonly=True)

    _by_time = models.Index("USING brin (at)")

    @api.model
    def _add(self, rows):
        """Keep changes that were just made, by the person behind the call.

        :param rows: dicts of kind, step, what, and where it applies user_id, incident
        """
        rows = list(rows)
        if not rows or not self.pool.ready:  # what a module brings along is in its files
            return
        someone = asker(self.env)
        about = {
            "at": fields.Datetime.now(),
            "by_id": someone.user_id if someone else self.env.uid,
        }
        changes = self.sudo()._unlocked().create([{**about, **self._place(row)} for row in rows])
        changes.flush_recordset()
        self._seal_after_commit()

    @api.model
    def _place(self, row):
        incident = row.get("incident")
        values = {name: value for name, value in row.items() if name != "incident"}
        if incident:
            values.update(reference=incident.reference, company_id=incident.company_id.id)
        return values

    @api.model
    def _seal_after_commit(self):
        queue = self.env.cr.postcommit
        if SEALING not in queue.data:
            queue.data[SEALING] = True
            queue.add(partial(sealing_changes.seal_safely, self.env.registry))

    @api.model
    def _tell(self, users):
        """Mail these people that there is something to read, without saying what, or by whom."""
        sender = self.env.company.sudo().email_formatted or False
        self.env["mail.mail"].sudo().create(
            [
                {
                    "subject": person.env._("Something is ready for you"),
                    "body_html": Markup("<p>%s</p>")
                    % person.env._("Something is ready for you. Log in to read it."),
                    "email_to": email_normalize(person.email, strict=False),
                    **{"email_from": sender, "reply_to": sender, "author_id": False},
                    "auto_delete": True,
                }
                for user in users
                for person in user.with_context(lang=user.lang)
                if email_normalize(user.email, strict=False)
            ]
        )

    @api.model
    def _officers(self):
        """Return the privacy officers, in superuser mode."""
        return self.env.ref(OFFICER).sudo().all_user_ids.filtered("active")

    @api.model
    def _forget_before(self, moment):
        gone = super()._forget_before(moment)
        self.env["aggression.rights.seal"]._forget_before(moment)
        return gone

    def action_verify(self):
        """Check that no row was changed or taken out in the database; by the privacy officer.

        :return: a notification that says so, or which rows are wrong
        :raises AccessError: for everybody else
        """
        self.check_access("read")
        with _in_words(self.env):
            troubles = sealing_changes.verify(self.env)
        words = {
            "changed": self.env._("row %s was changed"),
            "gone": self.env._("row %s was taken out"),
            "unlinked": self.env._("something before row %s was taken out"),
            "unsealed": self.env._("row %s is not sealed"),
        }
        told = ", ".join(words[kind] % number for number, kind in troubles)
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "danger" if troubles else "success",
                "sticky": bool(troubles),
                "message": self.env._("Not as it was written: %s.", told)
                if troubles
                else self.env._("Every row is as it was written."),
            },
        }
