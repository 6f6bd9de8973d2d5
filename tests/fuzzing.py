"""Nasty input: what no screen sends and every attacker tries."""

import string
import sys
import traceback
from pathlib import Path

from odoo.exceptions import UserError

HERE = Path(__file__).resolve().parents[1]
TEXTS = (
    "",
    " ",
    "\x00",
    "a\x00b",
    "x" * 40_000,
    "\u202eevil\u202c",
    "zero\u200bwidth\ufeff",
    "שלום مرحبا",
    "😀" * 500,
    "\ud800".encode("utf-16", "surrogatepass").decode("utf-16", "replace"),
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "data:text/html;base64,PHNjcmlwdD4=",
    "<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
    "' OR 1=1 --",
    "${7*7} {{7*7}} %s %(name)s {0}",
    "../../etc/passwd",
    "2026-13-45",
    "2026-03-06 21:50:00",
    "9999-12-31 23:59:59",
    "0001-01-01",
    "PHN2Zy8+",
    "not base64 at all!",
    "handler",
    "reopen",
    "let_in",
)
NUMBERS = (0, -1, 1, 2**31 - 1, 2**31, 2**63, 10**30, 0.5, 1e308, float("nan"))
ODD = (None, True, False, [], {}, [[]], [[6, 0, [1]]], [[0, 0, {}]], [[2, 1]], [[9, 9, 9]], [None])


class Fuzz:
    """Makes up values from a seed, so that what was found can be found again."""

    def __init__(self, random, ids):
        self.random = random
        self.ids = ids  # {model: ids there are}

    def value(self, field=None):
        """Return a value for a field: fitting, foreign, or of another kind altogether."""
        pick = self.random.random()
        if field is not None and pick < 0.6:
            return self._for(field)
        return self.random.choice(
            (self.random.choice(TEXTS), self.random.choice(NUMBERS), self.random.choice(ODD))
        )

    def _for(self, field):
        if field.comodel_name:
            ids = self.ids.get(field.comodel_name) or [1]
            one = self.random.choice((*ids, 10**7))
            if field.type == "many2one":
                return one
            return self.random.choice(([[6, 0, [one]]], [[4, one]], [[2, one]], [[3, one]], [[5]]))
        if field.type == "selection" and isinstance(field.selection, list):
            return self.random.choice([key for key, _label in field.selection])
        if field.type in ("datetime", "date"):
            return "2026-03-06 21:50:00"[: 19 if field.type == "datetime" else 10]
        if field.type in ("integer", "float"):
            return self.random.choice(NUMBERS)
        return self.random.choice((True, False)) if field.type == "boolean" else self.text()

    def text(self):
        return self.random.choice((*TEXTS, "".join(self.random.choices(string.printable, k=30))))

    def values(self, model, extra=True):
        """Return values for some fields of a model, and now and then for one it does not have."""
        names = [name for name in model._fields if name not in ("id", "display_name")]
        chosen = self.random.sample(names, self.random.randint(1, min(5, len(names))))
        values = {name: self.value(model._fields[name]) for name in chosen}
        if extra and self.random.random() < 0.1:
            values[self.random.choice(("sudo", "__class__", "access_ids", "no_field"))] = 1
        return values

    def context(self, model):
        """Return a context as a client sends it along, with defaults for whatever it likes."""
        if self.random.random() < 0.6:
            return {}
        sent = {f"default_{name}": value for name, value in self.values(model, False).items()}
        odd = {"aggression_key": True, "active_test": False, "lang": "nl_NL", "tz": "No/Where"}
        return {**sent, **dict(self.random.sample(sorted(odd.items()), 2))}


def is_a_sentence(error):
    """Tell whether this is said to the user in words, in one breath."""
    return isinstance(error, UserError) and "Traceback" not in str(error)


def is_ours(error):
    """Tell whether an error was raised by a line of this addon, and not by Odoo itself."""
    frames = traceback.extract_tb(error.__traceback__ or sys.exc_info()[2])
    return bool(frames) and Path(frames[-1].filename).resolve().is_relative_to(HERE)
