from odoo import api, models
from odoo.exceptions import UserError

from ..privacy.access import DECIDER, HANDLER
from .consent import DECLARATION
from .declaration import NOTIFICATION

# Nothing that the person hit said themself.
OF_THE_MUNICIPALITY = ("what_happened", "where_it_was", "when_it_was", "with_what")


class Declaration(models.Model):
    """Notifying the police: the lesser step, also where the behaviour is no offence (A8).

    Promise: the municipality notifies in its own words, so that nobody who was hit has to agree;
    it names none of them as long as they do not, and takes over nothing that they said.
    """

    _inherit = "aggression.declaration"

    @api.model
    def _notify(self, affected, text, at=None):
        """Record that the police were notified. By who decides or handles the case.

        :param aggression.affected.person affected: who was hit
        :param str text: what was told, in words of the municipality
        :param datetime at: when (naive UTC); now, unless told otherwise
        :return: the notification, in superuser mode
        :raises AccessError: for anybody else
        :raises UserError: without a text, or when it names who did not agree to that
        """
        affected.ensure_one()
        affected._require(HANDLER, DECIDER)
        if not (text or "").strip():
            raise UserError(self.env._("Write down what the police are told."))
        self._check_names_nobody(affected, text)
        proposed = self._proposed(affected)
        told = {name: proposed[name] for name in OF_THE_MUNICIPALITY}
        notification = self._begin(
            affected,
            {**told, "kind": NOTIFICATION, "text": text, "needs_consent": False},
        )
        notification.with_env(self.env)._file(at)
        return notification

    @api.model
    def _check_names_nobody(self, affected, text):
        for person in affected.sudo().incident_id.affected_ids:
            name = person._declares_alone() and person._person_name()
            if name and name.casefold() in text.casefold() and not person._agrees(DECLARATION):
                raise UserError(
                    self.env._("Leave the name of the person hit out: they have not agreed.")
                )
