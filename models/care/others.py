from odoo import api, fields, models
from odoo.exceptions import UserError

from ..privacy.access import CARER, HANDLER, PERSON_HIT
from .aftercare import FAMILY, WITNESS


class Aftercare(models.Model):
    """Care for who was not hit but needs it as well: a witness, the home front.

    Promise: they get the same talks on offer, counted from the offer; it is between them and
    their carer, and the person hit does not read it (Z1, Z3, C5).
    """

    _inherit = "aggression.aftercare"

    @api.model
    def _offer_beside(self, person, for_whom, name):
        """Offer care to a witness, or to somebody of the home front.

        :param aggression.affected.person person: beside whom they stand
        :param str for_whom: WITNESS or FAMILY
        :param str name: read by the carer alone from now on
        :raises AccessError: for who has no part in the case that allows this
        :raises UserError: without a name, or when nobody can give the care
        """
        person._require(PERSON_HIT, HANDLER, CARER)
        if for_whom not in (WITNESS, FAMILY) or not (name or "").strip():
            raise UserError(self.env._("Say who needs care, and how they are involved."))
        case = person.sudo().incident_id
        role_id = case._carer_role_id(person.sudo())
        carer_id = case._holder_id(role_id)
        if not carer_id:
            raise UserError(self.env._("Nobody can give this care now. Ask the coordinator."))
        care = (
            self.sudo()
            ._unlocked()
            .create(
                {
                    "incident_id": case.id,
                    "affected_id": person.id,
                    "for_whom": for_whom,
                    "name": name,
                    "carer_id": carer_id,
                }
            )
        )
        row = case._access_row(carer_id, CARER, "route", None, role_id)
        self.env["aggression.access"]._grant([row])
        care._offer_talks()
        return care

    def _offer_talks(self):
        """Put the talks of the protocol on offer, counted from now (superuser mode)."""
        now, book = fields.Datetime.now(), self.incident_id.protocol_id._playbook()
        rules = [rule for rule in self._rules_of("reported") if rule.fulfilment == "talk"]
        talks = (
            self.env["aggression.talk"]
            .sudo()
            ._unlocked()
            .create(
                [
                    {
                        "incident_id": self.incident_id.id,
                        "aftercare_id": self.id,
                        "number": rule.talk_number,
                        "due_at": rule.term.after(now, book.timezone),
                        "from_at": rule.earliest and rule.earliest.after(now, book.timezone),
                    }
                    for rule in rules
                ]
            )
        )
        self.env["aggression.duty"]._raise_for_talks(talks, rules)
