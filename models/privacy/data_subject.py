from typing import NamedTuple

from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import format_date, format_datetime

from ..common.choices import choice_in_words
from .access import PERSON_HIT, PROTECTOR
from .asker import PRINTED
from .sealing import blind_index

# Before a decision nobody has told the causer of the case, and telling it now could harm whoever
# reported it, or an investigation (UAVG, article 41).
TOLD = ("decided", "closed")


class Section(NamedTuple):
    """What is kept about somebody in one case: rows of (label, value)."""

    title: str
    rows: list


class DataSubject(models.AbstractModel):
    """What is kept about one person, gathered from all cases to be handed to that person.

    Promise: data about the person and about nobody else (AVG, article 15(4)): no name of another,
    no word that anybody typed, save the care notes that the person may read anyway. Who is kept
    out of a case does not learn of it here either. Nothing of it is stored (C5).
    """

    _name = "aggression.data.subject"
    _description = "What is kept about a person"

    @api.model
    def _about_user(self, user, companies):
        """Return the sections about somebody with an account.

        Who prints their own gets the notes of their care too; to everybody else they stay shut.
        """
        incidents = self.env["aggression.incident"].sudo()
        mine = Domain("access_ids.user_id", "=", user.id) | Domain(
            "affected_ids.user_id", "=", user.id
        )
        found = incidents.search(
            mine & incidents._existing_for(user.id) & Domain("company_id", "in", companies.ids)
        )
        found.with_user(self.env.user)._note_reading(PRINTED)
        return [
            Section(
                case.reference,
                self._head(case)
                + self._parts(case, user)
                + self._hit(case.affected_ids.filtered(lambda person: person.user_id == user)),
            )
            for case in found
        ]

    @api.model
    def _about_name(self, name, reference, companies):
        """Return the sections about somebody without an account, as causer or as person hit.

        :param str reference: of a case, to tell namesakes apart
        :raises UserError: when the name alone is not enough to know who it is
        """
        own = Domain("company_id", "in", companies.ids)
        if reference:
            own &= Domain("reference", "=", reference.strip())
        causers, persons = self._causers_named(name, own), self._persons_named(name, own)
        if len(causers) + len(persons) > 1 and not reference:
            raise UserError(
                self.env._(
                    "More than one file has this name. Ask the person for the reference on a "
                    "letter of ours, and fill it in."
                )
            )
        told = causers.incident_ids.filtered(
            lambda case: case.state in TOLD and case.company_id in companies
        )
        (told | persons.incident_id).with_user(self.env.user)._note_reading(PRINTED)
        sections = [
            Section(
                case.reference, self._head(case) + self._caused(case, causers & case.causer_ids)
            )
            for case in told
        ]
        return sections + [
            Section(
                person.incident_id.reference, self._head(person.incident_id) + self._hit(person)
            )
            for person in persons
        ]

    def _causers_named(self, name, own):
        key = blind_index(self.env, name)
        return (
            self.env["aggression.causer"]
            .sudo()
            .search(Domain("name_hash", "=", key) & Domain("incident_ids", "any", own))
        )

    def _persons_named(self, name, own):
        key = blind_index(self.env, name)
        persons = self.env["aggression.affected.person"].sudo()
        without_account = Domain("user_id", "=", False) & Domain("name", "!=", False)
        return persons.search(without_account & Domain("incident_id", "any", own)).filtered(
            lambda person: blind_index(self.env, person.name) == key
        )

    # -- what may be told ---------------------------------------------------------------

    def _head(self, case):
        occurred = case.protocol_id._day_of(case.occurred_at)
        return [
            (self.env._("Date of the incident"), format_date(self.env, occurred)),
            (self.env._("How it came in"), choice_in_words(case, "channel")),
            (self.env._("What happened, as told to us"), self._withheld()),
        ]

    def _parts(self, case, user):
        untold = {PERSON_HIT} if user == self.env.user else {PERSON_HIT, PROTECTOR}
        rows = case.access_ids.filtered(lambda row: row.user_id == user)
        return [
            (self.env._("Your part in it"), choice_in_words(row, "role"))
            for row in rows.sorted("id")
            if row.role not in untold
        ]

    def _hit(self, persons):
        rows = []
        for person in persons:
            rows += [
                (self.env._("Your part in it"), self.env._("You were hit")),
                (self.env._("Your office"), person.office_id.name),
                (self.env._("Injury"), choice_in_words(person, "injury")),
                (self.env._("Admitted to hospital"), self._yes_no(person.hospital)),
                (self.env._("Lasting harm to health"), self._yes_no(person.lasting_harm)),
                (self.env._("Family was hit too"), self._yes_no(person.family_hit)),
                (self.env._("What it does to you"), self._own_words(person, person.impact)),
            ]
            rows += self._talks(person)
            if person.user_id == self.env.user:
                rows += self._on_own_print(person)
        return rows

    def _talks(self, person):
        return [
            (
                self.env._("Talk %(number)s", number=talk.number),
                ". ".join(
                    filter(
                        None, (choice_in_words(talk, "state"), self._own_words(person, talk.notes))
                    )
                ),
            )
            for talk in person._own_care().talk_ids
        ]

    def _on_own_print(self, person):
        """Return what stands on the person's own print alone.

        For everybody else nothing shows that it is there (D3, D7).
        """
        return [
            *((self.env._("Your declaration"), one.text) for one in person._declaration()),
            *((self.env._("How you are protected"), one.text) for one in person.protection_ids),
        ]

    def _own_words(self, person, text):
        """Return what others may not read: on that person's own print only."""
        if not text or person.user_id == self.env.user:
            return text or ""
        return self.env._("[in your own file: open your case to read it]")

    def _caused(self, case, causers):
        assessment, decision = case.assessment_ids[:1], case.decision_ids[:1]
        rows = [(self.env._("Your part in it"), self.env._("You caused it"))]
        for causer in causers:
            rows += [
                (self.env._("Your name"), causer.name),
                (self.env._("Your address"), causer.address or ""),
                (self.env._("Your e-mail addresses and accounts"), causer.accounts or ""),
                (self.env._("Number of your file"), causer.reference),
            ]
        rows += [
            (self.env._("Behaviour"), ", ".join(assessment.behaviour_ids.mapped("name"))),
            (self.env._("What we found"), choice_in_words(case, "outcome")),
            (self.env._("Whether you were heard"), choice_in_words(decision, "hearing")),
            (self.env._("Grounds and your view"), self._withheld()),
        ]
        against = case.measure_ids.filtered(lambda measure: measure.causer_id in causers)
        rows += [(measure.type_id.name, self._period(measure)) for measure in against]
        rows += self._sent_and_said(case, causers)
        due = format_date(self.env, case.retention_ids.causer_due_on)
        return [*rows, (self.env._("We keep your name until"), due or self._not_known_yet())]

    def _sent_and_said(self, case, causers):
        letters = case.letter_ids.filtered(lambda letter: letter._addressee() in causers)
        heard = case.hearing_ids.filtered(lambda hearing: hearing.causer_id in causers)
        desk = case.measure_ids.front_desk_ids.filtered(
            lambda line: line.measure_id.causer_id in causers
        )
        return [
            *((self.env._("Your side, as we wrote it down"), one.view or "") for one in heard),
            *(
                (self.env._("Letter we sent you"), format_date(self.env, letter.sent_on))
                for letter in letters
            ),
            *(
                (self.env._("Known to our front desk until"), format_date(self.env, line.date_to))
                for line in desk
            ),
        ]

    def _period(self, measure):
        days = (format_date(self.env, day) for day in (measure.date_from, measure.date_to))
        return " – ".join(filter(None, days))

    def _moment(self, moment):
        zone = self.env["aggression.protocol"]._in_force(self.env.company).timezone
        return format_datetime(self.env, moment, tz=zone, dt_format="short")

    def _withheld(self):
        return self.env._("[withheld: about others]")

    def _not_known_yet(self):
        return self.env._("not known yet: the case or its measure still runs")

    def _yes_no(self, value):
        return self.env._("yes") if value else self.env._("no")
