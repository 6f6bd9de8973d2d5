from odoo import models

from ..privacy.access import PERSON_HIT, REPORTER


class Incident(models.Model):
    _inherit = "aggression.incident"

    def _add_files(self, files):
        """Add files to a case that was reported before, by who was hit or reported it (M1).

        :param files: dicts of values of the evidence, checked
        :raises AccessError: for anybody else
        """
        self.ensure_one()
        self._require(PERSON_HIT, REPORTER)
        self.env["aggression.evidence"].sudo()._unlocked().create(
            [{**file, "incident_id": self.id} for file in files]
        )
        if files:
            self._log("file")
