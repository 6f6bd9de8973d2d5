import json

from odoo import api, fields, models

from ..privacy.sealing import SealedText
from .causer import IDENTITY

RECOGNISED, TOLD_APART, SEPARATED = "recognised", "told_apart", "separated"
VERDICTS = [
    (RECOGNISED, "The same one"),
    (TOLD_APART, "Somebody else"),
    (SEPARATED, "Somebody else after all"),
]


class Identification(models.Model):
    """Who found, and why, that the causer of a case is an earlier one, or is not (A12, M6, U2).

    Promise: nobody's file is joined with another's without a person who says why; what was found
    is written once and changed never, and holds what is needed to undo it. It names nobody to who
    reads it, and its words go when the causer may no longer be named (M8).
    """

    _name = "aggression.causer.identification"
    _description = "Finding on who the causer is"
    _inherit = "aggression.confidential"
    _order = "at desc, id desc"

    _guarded = frozenset(
        {
            "incident_id",
            "verdict",
            "reference",
            "earlier_id",
            "reason",
            "identity",
            "by_id",
            "at",
        }
    )

    verdict = fields.Selection(VERDICTS, "Found", required=True, readonly=True)
    reference = fields.Char("File of this case", required=True, readonly=True)
    earlier_id = fields.Many2one(
        "aggression.causer",
        "Earlier file",
        index="btree_not_null",
        ondelete="set null",
        readonly=True,
    )
    reason = SealedText("Why", readonly=True)
    # Read by code alone, when the case gets a file of its own again.
    identity = SealedText("Who it was before", groups=".", readonly=True)
    by_id = fields.Many2one(
        "res.users", required=True, default=lambda self: self.env.user, readonly=True
    )
    at = fields.Datetime(required=True, default=lambda self: fields.Datetime.now(), readonly=True)

    @api.model
    def _note(self, incident, verdict, causer, earlier, reason):
        """Write down what was found about ``causer`` of ``incident``, by the person behind it."""
        values = {
            "incident_id": incident.id,
            "verdict": verdict,
            "reference": causer.sudo().reference,
            "earlier_id": earlier.id,
            "reason": reason,
        }
        if verdict == RECOGNISED:
            values["identity"] = causer._as_text()
        return self.sudo()._unlocked().create(values)

    def _told_apart(self):
        """Return the causers of whom these, the newest first, say that they are somebody else."""
        latest = {}
        for finding in self.sudo().sorted(lambda finding: (finding.at, finding.id)):
            latest[finding.earlier_id] = finding.verdict
        apart = [one.id for one, found in latest.items() if one and found != RECOGNISED]
        return self.env["aggression.causer"].sudo().browse(apart)

    def _recognised(self):
        """Return what these say last of each causer, where that is: the same one."""
        newest = self.browse()
        for _earlier, findings in self.sudo().grouped("earlier_id").items():
            newest |= findings.sorted(lambda finding: (finding.at, finding.id))[-1:]
        return newest.filtered(lambda finding: finding.verdict == RECOGNISED and finding.earlier_id)

    @api.model
    def _unname(self, incidents, causers):
        """Take away the words about these causers, in whatever case they were written (M8)."""
        theirs = self.sudo().search(
            [
                "|",
                ("incident_id", "in", (incidents | causers.incident_ids).ids),
                ("earlier_id", "in", causers.ids),
            ]
        )
        theirs._unlocked().write({"reason": False, "identity": False})

    @api.model
    def _forget(self, incidents):
        """Delete what was found in cases that keep no file of their causer (U3)."""
        self.sudo().search([("incident_id", "in", incidents.ids)]).unlink()


class Causer(models.Model):
    _inherit = "aggression.causer"

    def _as_text(self):
        """Return who this is, for :meth:`_values_of` to read."""
        values = dict(zip(IDENTITY, self._identity(), strict=True))
        return json.dumps({**values, "kind": self.sudo().kind})

    @api.model
    def _values_of(self, text):
        """Return the values of a causer that was written down as a text."""
        return {name: value or False for name, value in json.loads(text or "{}").items()}


class Incident(models.Model):
    _inherit = "aggression.incident"

    # Read by code alone; on the screen the findings are a list of their own.
    identification_ids = fields.One2many(
        "aggression.causer.identification", "incident_id", groups="."
    )
