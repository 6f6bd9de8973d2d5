import re

from odoo import api, fields, models

from ..common.choices import choice_in_words
from ..privacy.access import DECIDER, HANDLER
from ..privacy.sealing import SealedText

HOME, TOWN_HALL = "home", "town_hall"
ADDRESSES = [
    (TOWN_HALL, "The town hall, so that the home address stays out of the file"),
    (HOME, "The home address"),
]
# The seven questions that the police ask.
SEVEN = (
    "who_did_it",
    "what_happened",
    "where_it_was",
    "when_it_was",
    "with_what",
    "in_what_way",
    "why_it_was",
)
CONTENT = (
    *("offence_ids", "known_on", "address_choice", "under_number"),
    *("wants_compensation", "wants_informed", "protective_needs"),
    *("literal_words", "witnesses"),
    *SEVEN,
)
QUOTED = re.compile(r"[\"“„](.+?)[\"”“]", re.DOTALL)


class Declaring(models.AbstractModel):
    """What stands on the form for the police, beside the story itself (M8).

    Promise: nothing that the case knows already is typed again; the seven questions are filled in
    from it and can be put in better words.
    """

    _name = "aggression.declaring"
    _description = "What is declared"

    offence_ids = fields.Many2many("aggression.offence", string="Possible offences")
    known_on = fields.Date(
        "Knew of it since", help="The term for a complaint is counted from this day."
    )
    address_choice = fields.Selection(ADDRESSES, "Address in the police file", default=TOWN_HALL)
    under_number = fields.Boolean("File under a number instead of a name")
    wants_compensation = fields.Boolean("Wants compensation")
    wants_informed = fields.Boolean("Wants to be kept informed", default=True)
    protective_needs = SealedText("What is needed to be safe")
    literal_words = SealedText("Literal words")
    witnesses = SealedText("Who saw or heard it")
    who_did_it = SealedText("Who did it")
    what_happened = SealedText("What was done")
    where_it_was = SealedText("Where")
    when_it_was = SealedText("When")
    with_what = SealedText("With what")
    in_what_way = SealedText("In what way")
    why_it_was = SealedText("Why")

    @api.model
    def _proposed(self, affected):
        """Return what the case says already, as far as the user may read it.

        :param aggression.affected.person affected: whose declaration it is
        :return: dict of the fields in ``CONTENT``, and ``text``
        """
        case = affected.incident_id
        facts = self.env["aggression.facts"].search([("incident_id", "=", case.id)], limit=1)
        found = self.env["aggression.assessment"].search([("incident_id", "=", case.id)], limit=1)
        return {
            "text": facts.story,
            "known_on": case.protocol_id._day_of(case.occurred_at) if case else False,
            "offence_ids": found.behaviour_ids.offence_ids.ids,
            "literal_words": "\n".join(QUOTED.findall(facts.story or "")),
            "who_did_it": self._known_causer(case, facts),
            "what_happened": ", ".join(found.behaviour_ids.mapped("name")),
            "where_it_was": self._told(choice_in_words(case, "place"), facts.where),
            "when_it_was": self._moment_in_words(case),
            "with_what": choice_in_words(case, "channel") if case.channel != "face_to_face" else "",
            "why_it_was": choice_in_words(found, "aim") if found.aim != "unknown" else "",
        }

    @api.model
    def _known_causer(self, case, facts):
        """Name the causers to who handles the case; others read what was reported."""
        names = []
        if case and case._has_role(HANDLER, DECIDER):
            names = [causer.name for causer in case.causer_ids if causer.name]
        return self._told(*names, facts.causer_description)

    @api.model
    def _moment_in_words(self, case):
        if not case:
            return ""
        zoned = self.env["ir.qweb.field.datetime"].value_to_html(
            case.occurred_at, {"format": "d MMMM yyyy, HH:mm", "tz_name": case.protocol_id.timezone}
        )
        return str(zoned)

    @api.model
    def _told(self, *parts):
        return "\n".join(part for part in parts if part)
