from datetime import timedelta

from odoo import fields, models
from odoo.exceptions import UserError

from ..privacy.access import DECIDER, HANDLER


class Decision(models.Model):
    """How the decision reaches the citizen (A2 to A4).

    Promise: a decision counts for the citizen from the day on which it was sent; from then on the
    letter is what was sent, and the term for objection is known and watched.
    """

    _inherit = "aggression.decision"

    _letter_kind = "decision"
    _letter_report = "aggression_protocol.report_decision_letter"

    letter_ids = fields.One2many("aggression.sent.letter", "decision_id", "Letter as it was sent")

    def action_print_letter(self):
        """Print the letter to the causer: as it was sent, or as it stands until then."""
        self.ensure_one()
        if not self._letter_lines():
            raise UserError(self.env._("This decision holds no measure that goes by letter."))
        if self.letter_ids:
            return self.letter_ids.action_download()
        return self.env.ref(self._letter_report).report_action(self)

    def action_send(self):
        """Open the screen for sending the letter."""
        self.ensure_one()
        self._check_sendable()
        return self.incident_id._action_wizard(
            "aggression.sending.wizard", self.env._("Send the letter"), decision_id=self.id
        )

    def _send(self, day, how):
        """Record that the letter is sent, keep it as it is, and let its measures count.

        :param date day: the date on the letter, on which it is sent or handed over
        :param str how: one of the ways of sending
        :return: the letter that is kept, in superuser mode
        :raises AccessError: for who neither handles nor decides the case
        :raises UserError: in one sentence, when it was sent already or the day cannot be right
        """
        self._check_sendable()
        decision = self.sudo()
        protocol = decision.incident_id.protocol_id
        if not day or not protocol._day_of(decision.decided_at) <= day <= protocol._today():
            raise UserError(
                self.env._("A letter is sent after it was decided, and not later than today.")
            )
        decision._unlocked().write({"sent_on": day, "sent_how": how})
        letter = self.env["aggression.sent.letter"]._keep(self, day)
        decision.incident_id._log("sent")
        decision._let_it_count()
        return letter

    def _check_sendable(self):
        self.ensure_one()
        self._require(HANDLER, DECIDER)
        decision = self.sudo()
        if decision.superseded or decision.sent_on:
            raise UserError(decision.incident_id._overtaken())
        if not decision._letter_lines():
            raise UserError(self.env._("This decision holds no measure that goes by letter."))

    def _let_it_count(self):
        duties, case = self.env["aggression.duty"], self.incident_id
        for settled in ("letter", "react"):
            duties._fulfil(case, settled)
        self._letter_lines().filtered(lambda one: one.state == "decided")._take_effect(self.sent_on)
        if self.last_day_to_object:
            over = self.last_day_to_object + timedelta(days=1)
            duties._raise(case, "sent", at=case.protocol_id._midnight(over))
