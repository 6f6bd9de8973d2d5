import re
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from odoo import models
from odoo.exceptions import UserError

from ...rules import money
from ...rules.terms import local, to_utc

LONGEST_TEXT, LONGEST_LINE = 20_000, 250
DAY_FAR_OFF = (1900, 2200)
# An amount as people type it: 12, 12,50, 12.50, 1.234,56, with or without the sign.
AMOUNT = re.compile(r"([0-9]{1,9}|[0-9]{1,3}(?:\.[0-9]{3}){1,2})(?:[,.]([0-9]{1,2}))?")
# All but the line ends and the tab: nobody types these, and no paper can print them.
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")


class TypedIn(models.AbstractModel):
    """Text from a form, turned into values.

    Promise: whatever was sent, each field gets a value that fits or a sentence that says what to
    do; a choice is one of those that were offered.
    """

    _name = "aggression.typed.in"
    _description = "What was typed into a form"

    def _parsed(self, names, sent):
        """Return (values, problems) of these fields.

        :param dict sent: what the form sent, as text; a moment as two: ``x_on`` and ``x_time``
        """
        values, problems = {}, {}
        for name in names:
            field = self._fields[name]
            try:
                values[name] = getattr(self, f"_parsed_{field.type}")(field, sent)
            except UserError as error:
                problems[name] = str(error)
        return values, problems

    def _parsed_char(self, field, sent):
        return self._text(sent.get(field.name), LONGEST_LINE).replace("\n", " ")

    def _parsed_text(self, field, sent):
        return self._text(sent.get(field.name), LONGEST_TEXT)

    def _text(self, value, longest):
        """Return what was typed without what cannot be printed.

        :raises UserError: when it is too long
        """
        text = CONTROL.sub("", value if isinstance(value, str) else "").strip()
        if len(text) > longest:
            raise UserError(
                self.env._("This is too long. Use %(number)s characters at most.", number=longest)
            )
        return text

    def _parsed_selection(self, field, sent):
        chosen = sent.get(field.name) or False
        if chosen and chosen not in field.get_values(self.env):
            raise UserError(self._not_offered())
        return chosen

    def _parsed_many2one(self, field, sent):
        chosen = sent.get(field.name) or False
        offered = {str(id_): id_ for id_, _label in self._choices(field.name)}
        if chosen and chosen not in offered:
            raise UserError(self._not_offered())
        return offered.get(chosen, False)

    def _not_offered(self):
        return self.env._("Choose one of the answers in the list.")

    def _parsed_datetime(self, field, sent):
        on, at = (sent.get(f"{field.name}_{part}") or "" for part in ("on", "time"))
        if not on and not at:
            return False
        try:
            day, moment = date.fromisoformat(on), time.fromisoformat(at)
            self._check_year(day)
            zone = ZoneInfo(self._zone())
            return to_utc(datetime.combine(day, moment.replace(tzinfo=None), zone)).replace(
                microsecond=0
            )
        except (TypeError, ValueError, OverflowError):
            raise UserError(
                self.env._("Fill in a day and a time, for example 26-11-2026 and 21:30.")
            ) from None

    def _parsed_date(self, field, sent):
        typed = sent.get(field.name) or False
        if not typed:
            return False
        try:
            day = date.fromisoformat(typed)
            self._check_year(day)
        except (TypeError, ValueError):
            raise UserError(self.env._("Fill in a day, for example 26-11-2026.")) from None
        return day

    def _check_year(self, day):
        """Raise ValueError for a year that nobody means: 0026 is what a hasty hand types."""
        if not DAY_FAR_OFF[0] <= day.year <= DAY_FAR_OFF[1]:
            raise ValueError("a year too far off")

    def _parsed_boolean(self, field, sent):
        return bool(sent.get(field.name))

    def _parsed_integer(self, field, sent):
        typed = self._text(sent.get(field.name), LONGEST_LINE)
        if not re.fullmatch(r"[0-9]{1,6}", typed):
            raise UserError(self.env._("Fill in a whole number, for example 60."))
        return int(typed)

    def _parsed_monetary(self, field, sent):
        typed = self._text(sent.get(field.name), LONGEST_LINE)
        found = AMOUNT.fullmatch(re.sub(r"[€\s]", "", typed))
        if not found:
            raise UserError(self.env._("Fill in an amount in euros, for example 12,50."))
        whole, rest = found[1].replace(".", ""), (found[2] or "").ljust(2, "0")
        return money.euros(int(whole) * 100 + int(rest))

    def _zone(self):
        """Return the time zone of the municipality, in which everybody reads the clock."""
        return self.env["aggression.protocol"]._in_force(self.env.company).timezone

    def _choices(self, name):
        """Return [(value, label)] of what can be chosen in a field."""
        field = self._fields[name]
        if field.type == "selection":
            return field._description_selection(self.env)
        return getattr(self, f"_choices_{name}")()

    def _filled_in(self, name):
        """Return {name of the input: its text} of a field, for the form that shows it again."""
        value, kind = self[name], self._fields[name].type
        if kind == "many2one":
            return {name: str(value.id or "")}
        if kind == "date":
            return {name: value and value.isoformat()}
        if kind != "datetime":
            return {name: value}
        moment = value and local(value, self._zone())
        return {
            f"{name}_on": moment and moment.date().isoformat(),
            f"{name}_time": moment and moment.strftime("%H:%M"),
        }
