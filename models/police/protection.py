from odoo import api, fields, models
from odoo.exceptions import UserError

from ..privacy.access import HANDLER, PROTECTOR
from ..privacy.sealing import SealedText

DECIDERS = [
    ("prosecutor", "The chief public prosecutor"),
    ("national", "The national coordinator (NCTV)"),
]


class AffectedPerson(models.Model):
    _inherit = "aggression.affected.person"

    protection_ids = fields.One2many("aggression.protection", "affected_id", groups=".")


class Protection(models.Model):
    """How a person is protected, as decided outside the municipality (D7).

    Promise: the most restricted of all. It is read by the person and by who recorded it: not by
    the others who handle the case, nor by the mayor; for them nothing shows that it exists, not
    in the timeline and not in the list of who is on the case.
    """

    _name = "aggression.protection"
    _description = "Protection"
    _inherit = "aggression.personal"
    _order = "decided_on desc, id desc"

    _guarded = frozenset(
        {"incident_id", "affected_id", "decided_by", "decided_on", "text", "until"}
    )

    decided_by = fields.Selection(DECIDERS, required=True, readonly=True)
    decided_on = fields.Date(required=True, readonly=True)
    until = fields.Date(readonly=True)
    text = SealedText("What was decided", required=True, readonly=True)

    _ends_after_it_begins = models.Constraint(
        "CHECK (until IS NULL OR until >= decided_on)",
        "Protection cannot end before it was decided. Correct the dates.",
    )

    @api.model
    def _record(self, affected, values):
        """Record what was decided. By a handler of the case, who alone reads it from then on.

        :param aggression.affected.person affected: who is protected
        :param dict values: decided_by, decided_on, until, text
        :raises AccessError: for who does not handle the case
        :raises UserError: without a text
        """
        affected._require(HANDLER)
        if not (values.get("text") or "").strip():
            raise UserError(self.env._("Write down what was decided."))
        case = affected.sudo().incident_id
        handler = case.access_ids.filtered(
            lambda row: row.user_id.id == self.env.uid and row.role == HANDLER
        )
        row = case._access_row(
            self.env.uid, PROTECTOR, "granted", affected.sudo(), handler.role_id[:1].id
        )
        self.env["aggression.access"]._grant([row])
        self.sudo()._unlocked().create(
            {"incident_id": case.id, "affected_id": affected.id, **values}
        )
