from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..duty.duty import DONE, LAPSED, OPEN, WAIVED
from .consent import AGREED, DECLARATION
from .police_request import OPEN as ASKED
from .prosecution_states import DISMISSED, REFUSED

EVENTS = ("prosecution_step", "police_refusal", "contest_term", "police_request")


class Duty(models.Model):
    """Duties that come with a declaration of one person hit (D5, D11).

    Promise: they go to the council clerk or the municipal secretary by the office of that person
    alone, whoever else was hit in the same case; and end when the person takes back consent, for
    then nobody may do them any more (D3). When the person agrees again, what the police still ask
    and the next step that has a term are to be done again.
    """

    _inherit = "aggression.duty"

    police_request_id = fields.Many2one(
        "aggression.police.request", index="btree_not_null", readonly=True, ondelete="cascade"
    )

    def _outlives_emotion(self):
        """What was brought to the police goes on there, whatever the case turns out to be."""
        return super()._outlives_emotion() or self.type_id.event in EVENTS

    @api.model
    def _raise_for_person(self, person, event, at=None, **values):
        """Raise the duties that ``event`` brings for one person hit.

        :param aggression.affected.person person: in superuser mode
        :param datetime at: when it happened (naive UTC); now, unless told otherwise
        :param values: what these duties have in common
        """
        case = person.incident_id
        book = case.protocol_id._playbook()
        known = {**case._known_facts(), "offices": {person.office_id.id}}
        rules = [rule for rule in book.duties.get(event, ()) if rule.fits(known)]
        at = at or fields.Datetime.now()
        rows = [self._duty_values(case, rule, False, False, at) for rule in rules]
        about = {"affected_id": person.id, **values}
        return self._raise_rows([self._due_as_asked({**row, **about}) for row in rows])

    @api.model
    def _due_as_asked(self, row):
        """Let what the police ask be due when they want it, instead of by a term."""
        request = self.env["aggression.police.request"].sudo().browse(row.get("police_request_id"))
        if not request:
            return row
        before = row["due_at"] - row["sweep_at"]
        return {**row, "due_at": request.due_at, "sweep_at": request.due_at - before}

    @api.model
    def _raise_request(self, request):
        self._raise_for_person(request.affected_id, "police_request", police_request_id=request.id)

    @api.model
    def _settle_request(self, request, needed):
        asked = Domain("police_request_id", "=", request.id) & Domain("state", "=", OPEN)
        self.sudo().search(asked)._settle(DONE if needed else WAIVED)

    @api.model
    def _open_for_person(self, person):
        about = Domain("affected_id", "=", person.id) & Domain("state", "=", OPEN)
        return self.sudo().search(about)

    @api.model
    def _fulfil_for_person(self, person, fulfilment):
        """Mark the open duties about this person done that this step fulfils."""
        waiting = self._open_for_person(person)
        waiting.filtered(lambda duty: duty.fulfilment == fulfilment)._settle(DONE)

    @api.model
    def _drop_for_person(self, person, *events):
        """Let the open duties lapse that these events brought for this person."""
        waiting = self._open_for_person(person)
        waiting.filtered(lambda duty: duty.type_id.event in events)._move(LAPSED)

    def _open_prosecution(self):
        followed = self.env["aggression.prosecution"].search(
            [("affected_id", "=", self.affected_id.id)]
        )
        if not followed:
            raise UserError(self._overtaken())
        return followed.action_record_step()

    def _open_police_request(self):
        return self.sudo().police_request_id.with_env(self.env).action_answer()


class AffectedPerson(models.Model):
    _inherit = "aggression.affected.person"

    def _end_answer(self, standing):
        """Take back what was agreed to; what waited for it lapses with it (D3)."""
        agreed = standing.filtered(lambda one: one.answer == AGREED)
        result = super()._end_answer(standing)
        if DECLARATION in agreed.mapped("purpose"):
            self.env["aggression.duty"]._drop_for_person(self.sudo(), *EVENTS)
        return result

    def _heard_about_declaring(self):
        """Let what was waiting for consent wait for somebody again (D5, D11)."""
        result = super()._heard_about_declaring()
        if self._agrees(DECLARATION):
            followed = self.env["aggression.prosecution"].search([("affected_id", "=", self.id)])
            followed._raise_again()
        return result


class Prosecution(models.Model):
    _inherit = "aggression.prosecution"

    def _raise_again(self):
        """Raise the duties for what is still open, now that there is consent again."""
        duties = self.env["aggression.duty"]
        for request in self.request_ids.filtered(lambda one: one.state == ASKED):
            duties._raise_request(request)
        for one in self.filtered(lambda one: one.state == REFUSED):
            duties._raise_for_person(one.affected_id, "police_refusal")
        for one in self.filtered(lambda one: one.state == DISMISSED and one.contest_until):
            if one.contest_until >= one.incident_id.protocol_id._today():
                one._raise_contest_term()

    def _raise_contest_term(self):
        """Have somebody watch the last day to complain to the court."""
        at = self.incident_id.protocol_id._midnight(self.contest_until)
        self.env["aggression.duty"]._raise_for_person(self.affected_id, "contest_term", at=at)
