from odoo import api, fields, models
from odoo.tools import format_date, format_datetime

from ..common.choices import choice_in_words
from .police_request import OPEN


class Prosecution(models.Model):
    """What the person hit reads of the prosecution, in plain words (D11)."""

    _inherit = "aggression.prosecution"

    def _lines(self):
        """Return pairs (what it is, what it says) for the person whom it is about."""
        self.ensure_one()
        lines = [
            (self.env._("Where it stands"), choice_in_words(self, "meaning")),
            (self.env._("Since"), format_date(self.env, self.step_ids[:1].day)),
            (self.env._("Outcome"), choice_in_words(self, "outcome")),
            (self.env._("Number at the police"), self.police_number),
            (self.env._("Number at the prosecutor"), self.prosecutor_number),
            (self.env._("Last day to complain to the court"), self._last_day_in_words()),
        ]
        asked = self.request_ids.filtered(lambda request: request.state == OPEN)
        lines += [(self.env._("The police ask"), request._in_words()) for request in asked]
        return [(label, said) for label, said in lines if said]

    def _last_day_in_words(self):
        dismissed = self.state == "dismissed" and self.contest_until
        return dismissed and format_date(self.env, self.contest_until)


class PoliceRequest(models.Model):
    _inherit = "aggression.police.request"

    def _in_words(self):
        due = format_datetime(self.env, self.due_at, dt_format="short")
        return self.env._(
            "%(what)s (of %(whom)s, by %(due)s)", what=self.what, whom=self.of_whom, due=due
        )


class AffectedPerson(models.Model):
    _inherit = "aggression.affected.person"

    def _prosecution_lines(self):
        """Return what this person may read of the prosecution: pairs of words. By them alone.

        :raises AccessError: for anybody else
        """
        self._require_own()
        followed = self.env["aggression.prosecution"].search([("affected_id", "=", self.id)])
        return [line for prosecution in followed for line in prosecution._lines()]


class Incident(models.Model):
    _inherit = "aggression.incident"

    prosecution_words = fields.Text(
        "What police and prosecutor do", compute="_compute_prosecution_words"
    )

    @api.depends("was_hit")
    @api.depends_context("uid", "lang", "tz")
    def _compute_prosecution_words(self):
        """Tell whoever was hit how it stands with their own declaration."""
        for incident in self:
            own = self.env["aggression.affected.person"]
            if incident.was_hit:
                own = own._of(incident).filtered(lambda one: one.user_id == self.env.user)
            lines = [line for person in own for line in person._prosecution_lines()]
            incident.prosecution_words = "\n".join(f"{label}: {said}" for label, said in lines)
