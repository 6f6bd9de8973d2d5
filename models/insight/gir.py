from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from ..common.choices import choice_in_words
from ..privacy.access import HANDLER
from ..privacy.asker import EXPORTED
from ..privacy.sealing import SealedChar

SHEET_ROWS = 500


class Incident(models.Model):
    """A line of the register goes to GIR, the register of incidents that the protocol uses (M6).

    Promise: the sheet says what happened and what came of it, of whom in terms of the office, and
    names nobody; each case on it is in the read log as exported, and who handles a case writes
    down under which number it was registered.
    """

    _inherit = "aggression.incident"

    gir_reference = SealedChar("Number in GIR", readonly=True)
    gir_on = fields.Date("In GIR since", readonly=True)

    def action_gir_sheet(self):
        """Hand these cases to the browser as lines for GIR. By who handles them.

        :raises UserError: for more lines than fit on one sheet
        """
        self._require(HANDLER)
        if len(self) > SHEET_ROWS:
            raise UserError(
                self.env._("Choose at most %(number)s cases for one sheet.", number=SHEET_ROWS)
            )
        return {
            "type": "ir.actions.act_url",
            "url": f"/aggression/gir?cases={','.join(map(str, self.ids))}",
            "target": "download",
        }

    def action_register_gir(self):
        """Open the screen for the number in GIR."""
        self.ensure_one()
        self._require(HANDLER)
        known = {"reference": self.gir_reference, "day": self.gir_on or self.protocol_id._today()}
        return self._action_wizard("aggression.gir.wizard", self.env._("Register in GIR"), **known)

    def _register_in_gir(self, reference, day):
        """Record under which number this case is in GIR. By who handles it.

        :raises UserError: without a number, or with a day still to come
        """
        self._require(HANDLER)
        case = self.sudo()
        if not (reference or "").strip():
            raise UserError(self.env._("Fill in the number in GIR."))
        if not day or day > case.protocol_id._today():
            raise UserError(self.env._("Fill in a day that is not in the future."))
        case._unlocked().write({"gir_reference": reference.strip(), "gir_on": day})
        case._log("gir")

    def _gir_sheet(self):
        """Return the heads and the rows of the sheet for GIR, as the user may read them."""
        self._require(HANDLER)
        self._note_reading(EXPORTED)
        heads = [
            self.env._("Case"),
            self.env._("Number in GIR"),
            self.env._("In GIR since"),
            self.env._("Happened on"),
            self.env._("Reported on"),
            self.env._("By which way"),
            self.env._("Where"),
            self.env._("Against whom"),
            self.env._("Injury"),
            self.env._("Found to be"),
            self.env._("Level"),
            self.env._("Behaviour"),
            self.env._("Measures"),
            self.env._("Where it stands"),
        ]
        return heads, [case._gir_row() for case in self]

    def _gir_row(self):
        persons = self.affected_ids
        measures = self.measure_ids.type_id
        return [
            self.reference,
            self.gir_reference or "",
            self._as_day(self.gir_on),
            self._as_day(self.protocol_id._day_of(self.occurred_at)),
            self._as_day(self.protocol_id._day_of(self.reported_at)),
            choice_in_words(self, "channel"),
            choice_in_words(self, "place"),
            _joined(choice_in_words(office, "world") for office in persons.office_id),
            _joined(choice_in_words(person, "injury") for person in persons if person.injury),
            choice_in_words(self, "outcome"),
            self.level if self.outcome else "",
            _joined(self.assessment_ids[:1].behaviour_ids.mapped("name")),
            _joined(measures.mapped("name")),
            choice_in_words(self, "state"),
        ]

    def _as_day(self, day):
        return format_date(self.env, day, date_format="yyyy-MM-dd") if day else ""


def _joined(words):
    return ", ".join(dict.fromkeys(filter(None, words)))
