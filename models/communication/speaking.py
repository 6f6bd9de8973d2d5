from odoo import api, fields, models
from odoo.exceptions import UserError

from ..privacy.access import DECIDER, HANDLER
from ..privacy.sealing import SealedText

SPEAKING = "speaking"


class Speaking(models.Model):
    """How a case is handled towards others, and who speaks, as it was settled (C3, C8).

    Promise: who usually speaks and was hit never settles it alone: who decides in the case
    records what was agreed with them, with the deputy and, if need be, with the King's
    Commissioner. The last one recorded counts; those before it stay on record.
    """

    _name = "aggression.speaking"
    _description = "Agreement on who speaks"
    _inherit = "aggression.confidential"
    _order = "settled_at desc, id desc"

    _guarded = frozenset(
        {
            "incident_id",
            "spokesperson_id",
            "with_person_hit",
            "with_commissioner",
            "text",
            "settled_at",
            "settled_by_id",
        }
    )

    spokesperson_id = fields.Many2one(
        "res.users", "Who speaks", required=True, readonly=True, ondelete="restrict"
    )
    with_person_hit = fields.Boolean("Agreed with who usually speaks and was hit", readonly=True)
    with_commissioner = fields.Boolean("Agreed with the King's Commissioner", readonly=True)
    text = SealedText("What was agreed", required=True, readonly=True)
    settled_at = fields.Datetime(
        required=True, readonly=True, default=lambda self: fields.Datetime.now()
    )
    settled_by_id = fields.Many2one(
        "res.users",
        "Recorded by",
        required=True,
        readonly=True,
        default=lambda self: self.env.user,
        ondelete="restrict",
    )

    @api.model
    def _settle(self, incident, values):
        """Record how it is handled and who speaks. By who decides in the case.

        :param dict values: spokesperson_id, with_person_hit, with_commissioner, text
        :raises AccessError: for anybody but the decider in office
        :raises UserError: in one sentence, when something is missing
        """
        incident._require_decider()
        case = incident.sudo()
        if not (values.get("text") or "").strip():
            raise UserError(self.env._("Write down what was agreed."))
        if values.get("spokesperson_id") not in case._working_on_it().ids:
            raise UserError(self.env._("Choose somebody who handles this case or decides in it."))
        if case._usual_speaker_was_hit() and not values.get("with_person_hit"):
            raise UserError(
                self.env._("Settle this together with who usually speaks and was hit, and say so.")
            )
        self.sudo()._unlocked().create({**values, "incident_id": case.id})
        case._log("arranged")
        self.env["aggression.duty"]._fulfil(case, SPEAKING)


class Incident(models.Model):
    """Who speaks about a case: by the protocol, or as it was settled (C1, C3)."""

    _inherit = "aggression.incident"

    def _working_on_it(self):
        """Return the users who handle this case or decide in it (superuser mode)."""
        rows = self.access_ids.filtered(lambda row: row.role in (HANDLER, DECIDER))
        return rows.user_id

    def _usual_speaker_was_hit(self):
        """Tell whether it is who usually speaks that was hit here (superuser mode)."""
        role = self.protocol_id.spokesperson_role_id
        staffing = self.env["aggression.role"]._staffing(self.company_id.id)
        holders = staffing.holders(role.id, self.protocol_id._today())[:1]
        persons = self.affected_ids
        return bool(role.office_id & persons.office_id) or bool({*holders} & {*persons.user_id.ids})

    def _spokesperson(self):
        """Return who speaks about this case today; empty while that must still be settled."""
        case = self.sudo()
        settled = self.env["aggression.speaking"].sudo()
        if counts := settled.search([("incident_id", "=", case.id)], limit=1):
            return counts.spokesperson_id & case._working_on_it()
        users = self.env["res.users"]
        if case._usual_speaker_was_hit():
            return users
        return users.browse(case._holder_id(case.protocol_id.spokesperson_role_id.id) or [])


class Duty(models.Model):
    _inherit = "aggression.duty"

    def _open_speaking(self):
        return self.incident_id.action_arrange()


class Protocol(models.Model):
    _inherit = "aggression.protocol"

    spokesperson_role_id = fields.Many2one(
        "aggression.role",
        "Who speaks",
        ondelete="restrict",
        help="Speaks about a case to the council and the press, unless it was settled otherwise. "
        "When this person was hit, it is settled first how the case is handled.",
    )
