from odoo import models
from odoo.exceptions import UserError
from odoo.fields import Command

from ..privacy.access import HANDLER
from .identification import RECOGNISED, SEPARATED, TOLD_APART


class Incident(models.Model):
    """Finding out who the causer of a case is: each step by who handles it, with a reason.

    Promise: only who was suggested can be recognised, so that no file is pulled into a case by
    its number (M6); a case that was added to a file by mistake gets its own file back, with who
    was in it and with what was decided against them (A12).
    """

    _inherit = "aggression.incident"

    def _recognise(self, causer, earlier, reason):
        """Record that ``causer`` of this case is the earlier known ``earlier``.

        :raises UserError: without a reason, or when that was not suggested
        """
        self._check_finding(causer, earlier, reason)
        self.env["aggression.causer.identification"]._note(
            self, RECOGNISED, causer, earlier, reason
        )
        causer._take_over(self, earlier)
        self._log("causer", earlier.sudo().reference)

    def _tell_apart(self, causer, earlier, reason):
        """Record that ``earlier`` is somebody else, which is then suggested no more."""
        self._check_finding(causer, earlier, reason)
        self.env["aggression.causer.identification"]._note(
            self, TOLD_APART, causer, earlier, reason
        )

    def _check_finding(self, causer, earlier, reason):
        self.ensure_one()
        self._require(HANDLER)
        self._check_reason(reason)
        own = causer.sudo() in self.sudo().causer_ids
        suggested = own and [one.earlier for one in causer._suggestions(self)]
        if not own or earlier.sudo() not in suggested:
            raise UserError(
                self.env._(
                    "This file is not suggested any more: somebody has handled it in the "
                    "meantime. Open the screen again to see where it stands."
                )
            )

    def _check_reason(self, reason):
        if not (reason or "").strip():
            raise UserError(self.env._("Say how you know."))

    def _separate(self, causer, reason):
        """Record that this case is not of ``causer`` after all, and give it its own file back.

        :raises UserError: without a reason, or when the case was not added to that file
        """
        self.ensure_one()
        self._require(HANDLER)
        self._check_reason(reason)
        finding = self._separable().filtered(lambda one: one.earlier_id.id == causer.id)
        if not finding:
            raise UserError(self._not_separable_sentence())
        mistaken = finding.earlier_id
        own = self._own_file_again(finding)
        self.env["aggression.causer.identification"]._note(self, SEPARATED, own, mistaken, reason)
        mistaken._take_over(self, own)
        self._log("causer_apart", mistaken.reference)

    def _separable(self):
        """Return the findings, as superuser, by which this case came to the files it is in."""
        case = self.sudo()
        findings = case.identification_ids._recognised()
        return findings.filtered(lambda one: one.earlier_id in case.causer_ids)

    def _not_separable_sentence(self):
        return self.env._(
            "The causer of this case was not recognised as an earlier one: there is nothing to "
            "separate."
        )

    def _own_file_again(self, finding):
        """Return the file this case was in before: it may still be there, for another case."""
        causers = self.env["aggression.causer"].sudo()
        if there := causers.search([("reference", "=", finding.reference)]):
            return there
        known = {"kind": finding.earlier_id.kind, **causers._values_of(finding.identity)}
        return causers._unlocked().create(
            {
                **known,
                "reference": finding.reference,
                "unnamed_on": finding.earlier_id.unnamed_on,
                "incident_ids": [Command.link(self.id)],
            }
        )
