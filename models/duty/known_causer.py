from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from ..privacy.access import HANDLER


class Incident(models.Model):
    """Who did it becomes known later than the report.

    Promise: from that moment the case asks what it would have asked from the start of a causer
    who is known, each with its full term: a reaction, the recovery of the damage (N1, D2).
    """

    _inherit = "aggression.incident"

    def _name_causer(self, values, how):
        """Record who the causer of this case is. By who handles it.

        :param dict values: kind, name, address, accounts
        :param str how: how it became known; required
        :raises AccessError: for who does not handle the case
        :raises UserError: in one sentence, when something is missing
        """
        self.ensure_one()
        self._require(HANDLER)
        self._check_reason(how)
        if values.get("kind") in (False, None, "unknown") or not (values.get("name") or "").strip():
            raise UserError(self.env._("Fill in who it is."))
        case = self.sudo()
        case._check_still_open()
        if case.outcome == "emotion":
            raise UserError(self.env._("For emotion no file of a causer is kept."))
        known = {**values, "incident_ids": [Command.link(case.id)]}
        self.env["aggression.causer"].sudo()._unlocked().create(known)
        case._log("causer_named", how)
        case._causer_became_known()

    def _causer_became_known(self):
        """Raise the duties that waited for the causer of these cases to be known."""
        for case in self.sudo():
            if case.outcome == "aggression" and case.state != "closed":
                self.env["aggression.duty"]._raise_for_known_causer(case)


class Causer(models.Model):
    _inherit = "aggression.causer"

    def write(self, vals):
        """Notice that a causer who could not be addressed is known from now on."""
        unknown = self - self.sudo()._known().sudo(False)
        result = super().write(vals)
        unknown.sudo()._known().incident_ids._causer_became_known()
        return result

    def _take_over(self, incident, earlier):
        unknown = not self.sudo()._known()
        result = super()._take_over(incident, earlier)
        if unknown and earlier.sudo()._known():
            incident._causer_became_known()
        return result


class Duty(models.Model):
    _inherit = "aggression.duty"

    @api.model
    def _raise_for_known_causer(self, case):
        """Raise what was left out as long as the causer of this case was not known.

        Counted from now: nobody is late with what could not be done before.
        """
        book, known = case.protocol_id._playbook(), case._known_facts()
        raised = set(case.duty_ids.type_id.ids)
        rules = [
            rule._replace(anchor="event_at")
            for event in ("reported", "assessed")
            for rule in book.duties.get(event, ())
            if rule.only_causer_known and rule.id not in raised and rule.fits(known)
        ]
        now = fields.Datetime.now()
        self._raise_rows([self._duty_values(case, rule, False, False, now) for rule in rules])
