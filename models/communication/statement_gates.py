from odoo import models

from ..police.consent import COMMUNICATION
from .statement import PERSON, PRESS, PUBLICLY

IN_PUBLIC = (PRESS, PUBLICLY)


class Statement(models.Model):
    """Why something may not be told: one sentence, or None. The first gate that is shut speaks.

    Promise: a gate looks at the case as it is now, never at what was true when somebody wrote the
    words. To the person hit everything may be told, save what is never told in public.
    """

    _inherit = "aggression.statement"

    _gates = (
        "_police_measures_in_public",
        "_consent_missing",
        "_investigation_runs",
        "_nobody_speaks",
        "_other_speaker",
    )

    def _not_speakable(self):
        """Return in one sentence why this may not be told now, or None (superuser mode)."""
        self.ensure_one()
        return next(filter(None, (getattr(self, gate)() for gate in self._gates)), None)

    def _police_measures_in_public(self):
        """C7: hard, whoever agrees."""
        if self.about_police_measures and self.audience in IN_PUBLIC:
            return self.env._(
                "Police measures in public space are never told to the press or in public."
            )
        return None

    def _consent_missing(self):
        """C4, D3: by everybody who was hit, whoever else agrees."""
        if self.audience == PERSON or all(
            person._agrees(COMMUNICATION) for person in self._persons_told_about()
        ):
            return None
        if self.about_declaration:
            return self.env._(
                "Nothing is told about a declaration without the consent of everybody who was "
                "hit. They can give it themselves, in the case."
            )
        return self.env._(
            "Others are told about this with the consent of everybody who was hit. They can give "
            "it themselves, in the case."
        )

    def _persons_told_about(self):
        """Return whom this is about; a meeting that was disturbed is nobody."""
        return self.incident_id.affected_ids.filtered(lambda one: one.user_id or one.name)

    def _investigation_runs(self):
        """C6: the press is left to the prosecutor, and so is what is public about a declaration."""
        public = self.audience == PRESS or (self.audience == PUBLICLY and self.about_declaration)
        if public and self.env["aggression.prosecution"]._running_in(self.incident_id):
            return self.env._(
                "A criminal investigation runs. The prosecutor speaks to the press, in agreement "
                "with the mayor and the police."
            )
        return None

    def _nobody_speaks(self):
        """C1, C3: by the protocol, or as was settled when that person was hit."""
        if self.audience == PERSON or self.incident_id._spokesperson():
            return None
        return self.env._(
            "It is not settled who speaks about this case. Who decides in it records first what "
            "was agreed on that."
        )

    def _other_speaker(self):
        """C8: an agreement counts while the same person is the spokesperson."""
        spokesperson = self.incident_id._spokesperson()
        if self.audience == PERSON or spokesperson in (self.speaker_id, self.agreed_by_id):
            return None
        return self.env._(
            "%(spokesperson)s speaks about this case. Somebody else can do so with their "
            "agreement.",
            spokesperson=spokesperson.name,
        )
