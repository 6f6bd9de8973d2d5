from odoo import api, models
from odoo.fields import Domain

from ..common.choices import choices
from .figures import BEHAVIOUR, TALKS, UNCLASSIFIED


class FigureWords(models.AbstractModel):
    """What the figures are called: a figure is kept by its key and read in one's own language."""

    _inherit = "aggression.figures"

    @api.model
    def _subjects(self):
        """Return {subject: its title}, in the order in which they are printed."""
        return {
            "level": self.env._("How serious it was"),
            "kind": self.env._("What kind it was"),
            "form": self.env._("In which form"),
            "days": self.env._("Days until the reaction to aggression"),
            "quarter": self.env._("Reports in each quarter"),
            "channel": self.env._("By which way it came"),
            "delay": self.env._("Time from the incident to the report"),
            "world": self.env._("Whom it was against"),
            **{
                subject: self.env._("Care after aggression: talk %(number)s", number=number)
                for subject, number in TALKS.items()
            },
            "measure": self.env._("Measures"),
            "running": self.env._("Measures that still ran at the end of the period"),
            "damage": self.env._("Damage, rounded to hundreds of euros"),
        }

    @api.model
    def _shares(self, subject):
        """Tell whether the figures on a subject are parts of all reports."""
        return subject in (*BEHAVIOUR, "quarter", "channel", "delay", "world")

    @api.model
    def _is_drawn(self, subject):
        """Tell whether a picture of the figures goes before them: the trend, and care in time."""
        return subject == "quarter" or subject in TALKS

    def _keys(self, subject):
        return list(self._words(subject))

    @api.model
    def _label(self, subject, key):
        """Return what a figure is called, in the user's language."""
        if subject == "quarter":
            year, quarter = key.split("-")
            return self.env._("Quarter %(quarter)s of %(year)s", quarter=quarter, year=year)
        if subject in ("measure", "running"):
            kinds = self.env["aggression.measure.type"].sudo()
            own = Domain("protocol_id.company_id", "=", self.env.company.id)
            return kinds.search(own & Domain("code", "=", key), limit=1).name or key
        return self._words(subject).get(key, key)

    def _words(self, subject):
        if subject in TALKS:
            return {
                "held": self.env._("Held in time"),
                "late": self.env._("Held later"),
                "declined": self.env._("Declined"),
                "planned": self.env._("Still on offer"),
                "lapsed": self.env._("Not needed"),
            }
        if subject == "damage":
            return {
                "paid": self.env._("Paid to who was hit, in euros"),
                "recovered": self.env._("Recovered from causers, in euros"),
            }
        if subject in ("days", "delay"):
            words = {
                "day": self.env._("Within a day"),
                "three_days": self.env._("Within three days"),
                "week": self.env._("Within a week"),
                "later": self.env._("Later than a week"),
            }
            waiting = {"open": self.env._("Not decided yet")} if subject == "days" else {}
            return {**words, **waiting}
        if subject == "level":
            level = choices(self.env["aggression.behaviour"], "level")
            return {**level, UNCLASSIFIED: self.env._("Not classified yet")}
        models_of = {"channel": "aggression.incident", "world": "aggression.office"}
        return choices(self.env[models_of.get(subject, "aggression.behaviour")], subject)
