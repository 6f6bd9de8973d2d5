from odoo import api, fields, models
from odoo.exceptions import UserError

from .consent import DECLARATION

COMPLAIN = "complain"


class Declaration(models.Model):
    """The complaint that some offences need: stalking is prosecuted only when its victim asks.

    Promise: it is the person's own, each person hit gives their own, and its last day by law is
    worked out from the day on which they came to know of it (D1; art. 66 and 285b).
    """

    _inherit = "aggression.declaration"

    complaint_last_day = fields.Date("Last day to complain", compute="_compute_complaint_last_day")

    @api.depends("offence_ids", "known_on")
    def _compute_complaint_last_day(self):
        for declaration in self:
            wanting = declaration.offence_ids.filtered("complaint_required")
            declaration.complaint_last_day = wanting._last_day(declaration.known_on)

    def _complain(self, day):
        """Record that the person hit gave their complaint on this day. By that person.

        For somebody without account it is recorded by the case team, with their consent.

        :raises AccessError: for anybody else
        :raises UserError: in one sentence, when the day cannot be right or is too late
        """
        self.ensure_one()
        person = self.affected_id
        if person.sudo().user_id:
            person._require_own()
        else:
            person._require_may_declare()
        declaration = self.sudo()
        if day == declaration.complaint_given_on:
            return
        declaration._check_complaint(day)
        declaration._unlocked().complaint_given_on = day
        if person._agrees(DECLARATION):  # else nobody finds out that there is one
            declaration.incident_id._log("complained")
            declaration.incident_id._settle_complaints()

    def _check_complaint(self, day):
        protocol = self.incident_id.protocol_id
        if not day or not (self.known_on or day) <= day <= protocol._today():
            raise UserError(self.env._("Fill in on which day the complaint was given."))
        if self.complaint_last_day and day > self.complaint_last_day:
            raise UserError(
                self.env._(
                    "The last day to complain was %(day)s. Ask the lawyer what can still be done.",
                    day=self.complaint_last_day.strftime("%d-%m-%Y"),
                )
            )

    def _lacks_complaint(self):
        """Return the offences that nobody is prosecuted for, as there is no complaint yet."""
        wanting = self.offence_ids.filtered("complaint_required")
        return wanting if not self.complaint_given_on else wanting.browse()


class Incident(models.Model):
    _inherit = "aggression.incident"

    def _complaints_over(self):
        """Return when the first complaint that this case can need comes too late, naive UTC."""
        offences = self.assessment_ids[:1].behaviour_ids.offence_ids
        day = self.protocol_id._day_of(self.occurred_at)
        last = offences.filtered("complaint_required")._last_day(day)
        return last and self.protocol_id._midnight(fields.Date.add(last, days=1))

    def _settle_complaints(self):
        """Settle the help with a complaint, once everybody gave theirs or wants no declaration."""
        self._stand_in_line()
        persons = self.affected_ids.filtered(lambda person: person._declares_alone())
        given = persons.filtered(
            lambda person: person._agrees(DECLARATION) and person._declaration().complaint_given_on
        )
        if all(person._refuses(DECLARATION) for person in persons - given):
            self.env["aggression.duty"]._settle_police(self, COMPLAIN, done=bool(given))
