from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from ..privacy.reference import random_reference
from ..privacy.sealing import SealedChar, SealedText, blind_index

KINDS = [
    ("person", "Person"),
    ("group", "Group"),
    ("organisation", "Company or organisation"),
    ("unknown", "Unknown"),
]
# What tells who somebody is: sealed, and gone when the term for keeping it is over.
IDENTITY = ("name", "address", "accounts")


class Causer(models.Model):
    """Somebody who crossed the norm. Never a contact: contacts are open to every employee.

    Promise: one file for both worlds, from which an incident is first or repeated whoever was
    hit (M6, A12); seen only by who handles or decides one of its incidents; for emotion no file
    is kept (U3). Name, address and accounts are sealed; equal ones are found by keyed hashes.
    """

    _name = "aggression.causer"
    _description = "Causer"
    _inherit = "aggression.logged"
    _rec_name = "reference"
    _order = "id desc"

    _guarded = frozenset({"reference", "incident_ids", "unnamed_on"})

    reference = fields.Char(
        required=True, readonly=True, copy=False, default=lambda self: random_reference("V")
    )
    kind = fields.Selection(KINDS, required=True, default="unknown")
    name = SealedChar()
    address = SealedText("Name and address for letters")
    accounts = SealedText(
        "E-mail addresses and accounts", help="One a line: an e-mail address or an account name."
    )
    name_hash = fields.Char(
        compute="_compute_name_hash", store=True, precompute=True, groups=".", copy=False
    )
    unnamed_on = fields.Date(
        "No longer named since", readonly=True, help="The term for keeping the identity is over."
    )
    incident_ids = fields.Many2many(
        "aggression.incident",
        "aggression_causer_incident_rel",
        "causer_id",
        "incident_id",
        groups=".",  # walked by the rule: see Incident.access_ids
    )
    case_ids = fields.Many2many(
        "aggression.incident", string="Cases you have a part in", compute="_compute_case_ids"
    )

    _reference_once = models.UniqueIndex("(reference)")
    _by_name = models.Index("(name_hash) WHERE name_hash IS NOT NULL")

    @api.depends("incident_ids")
    @api.depends_context("uid")
    def _compute_case_ids(self):
        cases = self.env["aggression.incident"].search([("causer_ids", "in", self.ids)])
        for causer in self:
            causer.case_ids = cases.filtered(lambda case, causer=causer: causer in case.causer_ids)

    @api.depends("name")
    def _compute_name_hash(self):
        for causer in self:
            causer.name_hash = blind_index(self.env, causer.name)

    @api.constrains("name", "address", "accounts", "unnamed_on")
    def _check_stays_unnamed(self):
        if any(causer.unnamed_on and any(causer._identity()) for causer in self):
            raise ValidationError(
                self.env._("The term for keeping this identity is over: it cannot come back.")
            )

    def _cases_read(self):
        # on many cases perhaps: they are looked up when the log is written
        return dict.fromkeys(self._ids, (None, None))

    def _identity(self):
        """Return what tells who this is, as superuser."""
        self.ensure_one()
        return tuple(self.sudo()[name] or "" for name in IDENTITY)

    def _known(self):
        """Return the causers that can be addressed."""
        return self.filtered(lambda causer: causer.kind != "unknown" and causer.name)

    def _earlier_incidents(self, incident):
        """Return the earlier incidents of aggression by these causers, before ``incident``.

        Counted over office-holders and civil servants, within the protocol's window (A12); a case
        that the user is kept out of does not count for them.
        The caller has checked that the user handles or decides ``incident``.
        """
        months = incident.protocol_id.repeat_window_months
        since = fields.Date.subtract(incident.occurred_at, months=months)
        return (
            self.env["aggression.incident"]
            .sudo()
            .search(
                Domain("causer_ids", "in", self.ids)
                & Domain("outcome", "=", "aggression")
                & Domain("occurred_at", ">=", since)
                & Domain("occurred_at", "<=", incident.occurred_at)
                & Domain("id", "!=", incident.id)
                & incident._existing_for(self.env.uid)
            )
        )

    def _take_over(self, incident, earlier):
        """Record that the causer of ``incident`` is the earlier known ``earlier``."""
        self.ensure_one()
        case = incident.sudo()
        case._unlocked().write({"causer_ids": [(3, self.id), (4, earlier.id)]})
        # decided before the case was opened again: it was decided against the same person
        for decided in (case.decision_ids, case.decision_ids.measure_ids, case.hearing_ids):
            against = decided.filtered(lambda record: record.causer_id == self)
            against._unlocked().causer_id = earlier
        self._drop_without_incidents()

    def _drop_without_incidents(self):
        """Delete the files that hang under no incident any more."""
        self.sudo().filtered(lambda causer: not causer.incident_ids).unlink()
