from odoo import api, fields, models
from odoo.exceptions import UserError

from ..duty.duty import DONE
from ..privacy.access import HANDLER
from ..protocol.duty_type import EVENT_AT

HARM = ("injury", "hospital", "lasting_harm")
INSPECTORATE = "inspectorate"


class AffectedPerson(models.Model):
    """How badly somebody was hurt can show after the report.

    Promise: whoever handles the case writes it down then, also in a case that was closed; the law
    counts what turns out later, so what serious harm asks is asked at once, counted from that
    moment (D10). Of whom is told to nobody: the timeline says that it was, and no more (C5).
    """

    _inherit = "aggression.affected.person"

    def _note_harm(self, harm):
        """Write down how badly this person turned out to be hurt. By who handles the case.

        :param dict harm: injury, hospital and lasting_harm, as they are now known
        :raises AccessError: for anybody else
        :raises UserError: when that is known already
        """
        self.ensure_one()
        self._require(HANDLER)
        person = self.sudo()
        person.incident_id._stand_in_line()
        news = {name: harm[name] for name in HARM if harm[name] != person[name]}
        if not news:
            raise UserError(self.env._("This is known already. Change what showed later."))
        person.write(news)
        person.incident_id._log("harm")
        if any(value not in (False, "none") for value in news.values()):
            self.env["aggression.duty"]._raise_for_harm(person)


class Duty(models.Model):
    """What serious harm asks: of the whole case at the report, of one person when it shows later.

    Promise: what showed later is settled by a decision about that person alone.
    """

    _inherit = "aggression.duty"

    @api.model
    def _raise_for_harm(self, person):
        """Raise what asks for serious harm and was not asked yet (superuser mode)."""
        case = person.incident_id
        known, raised = case._known_facts(), case.duty_ids.type_id.ids
        rules = [
            rule
            for rule in self._rules_on_harm(case)
            if rule.fulfilment != INSPECTORATE and rule.fits(known) and rule.id not in raised
        ]
        self._raise_on_person(person, rules)
        about = case.inspectorate_ids.filtered(lambda notice: notice.affected_id == person)
        if not about.sent_at:
            self._raise_inspectorate(person)

    @api.model
    def _raise_inspectorate(self, person):
        """Ask to decide on telling the inspectorate of this person, where nothing asks it now."""
        if not self._waiting_inspectorate(person):
            rules = self._inspectorate_rules(person.incident_id)
            self._raise_on_person(person, rules[:1])

    @api.model
    def _waiting_inspectorate(self, person):
        waiting = self._waiting_for(person.incident_id, INSPECTORATE)
        return waiting.filtered(lambda duty: duty.affected_id in (person, person.browse()))

    @api.model
    def _settle_inspectorate(self, person, told, everybody):
        """Settle what asks to tell the inspectorate.

        :param bool told: of this person it is decided, and carried out
        :param bool everybody: of everybody in the case who was seriously hurt
        """
        waiting = self._waiting_inspectorate(person)
        of_one = waiting.filtered("affected_id")
        (of_one if told else self.browse())._settle(DONE)
        (waiting - of_one if everybody else self.browse())._settle(DONE)

    @api.model
    def _raise_on_person(self, person, rules):
        case, now = person.incident_id, fields.Datetime.now()
        # counted from now: nobody is late with what could not be known before
        rows = [
            self._duty_values(case, rule._replace(anchor=EVENT_AT), False, False, now)
            for rule in rules
        ]
        self._raise_rows([{**row, "affected_id": person.id} for row in rows])

    @api.model
    def _rules_on_harm(self, case):
        events = ("reported", "assessed") if case.outcome == "aggression" else ("reported",)
        book = case.protocol_id._playbook()
        return [
            rule
            for event in events
            for rule in book.duties.get(event, ())
            if (rule.only_injury or rule.only_lasting) and rule.fulfilment != "talk"
        ]

    @api.model
    def _inspectorate_rules(self, case):
        book = case.protocol_id._playbook()
        return [rule for rule in book.duty_by_id.values() if rule.fulfilment == INSPECTORATE]

    @api.model
    def _asking_inspectorate(self, person):
        """Return the rules by which it is asked, or would be, whether it is told of this person."""
        waiting = self._waiting_inspectorate(person)
        return [duty._rule() for duty in waiting] or self._inspectorate_rules(person.incident_id)

    def _counts_otherwise(self):
        """What showed later counts from when it showed, whatever is corrected."""
        rule = self._rule()
        on_harm = (rule.only_injury or rule.only_lasting) and not self._care()
        return super()._counts_otherwise() or bool(on_harm and self.affected_id)
