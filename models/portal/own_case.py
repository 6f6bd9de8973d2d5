from typing import NamedTuple

from odoo import api, models

from ..police.consent import DECLARATION, PURPOSES
from ..privacy.access import CARER, DECIDER, HANDLER, PERSON_HIT, REPORTER
from ..privacy.asker import REFUSED
from ..privacy.reference import is_reference

# The steps of a case that the people in it may follow; all other duties are the organisation's.
FOLLOWED = ("assess", "decide")


class Step(NamedTuple):
    """What happens in a case, in the words of the protocol: what, by whom, before when."""

    what: str
    who: str
    due_at: object
    done_at: object


class Seer(NamedTuple):
    """Somebody who can see a case, as what, and why."""

    name: str
    role: str
    parts: list


class Reader(NamedTuple):
    """Somebody who looked at a case, how often, and when for the last time."""

    name: str
    times: int
    last_at: object


class Incident(models.Model):
    """What somebody reads of their own case, on the portal.

    Promise: who was hit and who reported it read how far it is, who can see it and what happens
    by when; never the causer's file, a note, or what concerns another person hit (C5, M1).
    """

    _inherit = "aggression.incident"

    @api.model
    def _own_cases(self, *narrower):
        """Return the cases in which the user was hit, or that they reported."""
        parts = [("user_id", "=", self.env.uid), ("role", "in", [PERSON_HIT, REPORTER])]
        return self.search([("team_ids", "any", parts), *narrower])

    @api.model
    def _own_case(self, reference):
        """Return the user's own case with this reference; empty for any other, with a trace."""
        if not is_reference(reference):
            return self.browse()
        case = self._own_cases(("reference", "=", reference))
        if not case:
            hidden = self.sudo().search([("reference", "=", reference)])
            hidden.sudo(False)._note_reading(REFUSED)
        return case

    def _own_line(self):
        """Return the user's own line as a person hit; empty for who only reported it."""
        persons = self.env["aggression.affected.person"]._of(self)
        return persons.filtered(lambda person: person._has_part(PERSON_HIT))

    def _what_follows(self):
        """Return the :class:`Step` s of this case that people in it may follow, in order."""
        self.ensure_one()
        self._require(PERSON_HIT, REPORTER)
        duties = self.sudo().duty_ids.filtered(
            lambda duty: (
                duty.state in ("open", "done")
                and (duty.type_id.event == "informing" or duty.fulfilment in FOLLOWED)
            )
        )
        return [
            Step(duty.type_id.name, duty.role_id.name, duty.due_at, duty.done_at)
            for duty in duties.sorted("due_at")
        ]

    def _who_can_see(self):
        """Return a :class:`Seer` for everybody who can see this case, from the access table."""
        self.ensure_one()
        self.check_access("read")
        words = self._parts_in_words()
        return [
            Seer(
                user.name,
                ", ".join(rows.role_id.mapped("name")),
                [words[part] for part in words if part in rows.mapped("role")],
            )
            for user, rows in self.team_ids.sudo().grouped("user_id").items()
        ]

    def _parts_in_words(self):
        return {
            PERSON_HIT: self.env._("was hit"),
            REPORTER: self.env._("reported it"),
            HANDLER: self.env._("works on the case"),
            DECIDER: self.env._("decides on measures"),
            CARER: self.env._("gives care"),
        }

    def _who_looked(self):
        """Return a :class:`Reader` for everybody else who looked at this case, the last one first.

        For who was hit: the rule of the read log leaves out what concerns another person hit.
        """
        self.ensure_one()
        self._require(PERSON_HIT)
        seen = self.env["aggression.read.log"]._read_group(
            [
                ("incident_id", "=", self.id),
                ("user_id", "!=", self.env.uid),
                ("kind", "!=", REFUSED),
            ],
            ["user_id"],
            ["__count", "at:max"],
        )
        readers = [Reader(user.sudo().name, times, last) for user, times, last in seen]
        return sorted(readers, key=lambda reader: reader.last_at, reverse=True)

    def _own_care(self):
        """Return the care that is offered to the user in this case."""
        return self.env["aggression.aftercare"].search(
            [("incident_id", "=", self.id), ("affected_id", "in", self._own_line().ids)]
        )


class AffectedPerson(models.Model):
    _inherit = "aggression.affected.person"

    def _consents(self):
        """Return [(purpose, label, the standing consent)] of what this person can agree to."""
        labels = dict(
            self.env["aggression.consent"]._fields["purpose"]._description_selection(self.env)
        )
        return [
            (purpose, labels[purpose], self._standing_consent(purpose)) for purpose, _ in PURPOSES
        ]

    def _own_declaration(self):
        return self.env["aggression.declaration"].search(
            [("affected_id", "=", self.id), ("kind", "=", DECLARATION)]
        )
