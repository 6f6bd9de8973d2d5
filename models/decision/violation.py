from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import format_date

from ..privacy.access import DECIDER, HANDLER
from ..privacy.sealing import SealedChar, SealedText
from .measure import ANNULLED, ENDED, EXPIRED


class Violation(models.Model):
    """A measure that was ignored (A6).

    Promise: it stands on the measure that was ignored, and the police are told within the hour.
    Who handles the case in which it was seen learns which measure it was, and nothing of the case
    that the measure comes from.
    """

    _name = "aggression.violation"
    _description = "Measure that was ignored"
    _inherit = "aggression.confidential"
    _order = "occurred_at desc, id desc"

    _guarded = frozenset({"incident_id", "measure_id", "ban", "occurred_at", "text"})

    # its name would be the reference of another case
    measure_id = fields.Many2one(
        "aggression.measure", required=True, index=True, groups=".", ondelete="cascade"
    )
    ban = SealedChar("What was ignored", required=True, readonly=True)
    occurred_at = fields.Datetime("When", required=True, readonly=True)
    text = SealedText("What happened", readonly=True)

    _once = models.UniqueIndex(
        "(measure_id, incident_id, occurred_at)", "This was written down already."
    )

    @api.model
    def _record(self, measure, at, text):
        """Record in its own case that a measure was ignored, and raise what must be done.

        :param datetime at: when it happened, naive UTC
        :param str text: what happened; required
        :raises AccessError: for who neither handles nor decides the case
        :raises UserError: in one sentence, when something is missing or it did not apply then
        """
        measure._require(HANDLER, DECIDER)
        ignored = measure.sudo()
        if not (text or "").strip():
            raise UserError(self.env._("Write down what happened."))
        if not at or at > fields.Datetime.now():
            raise UserError(self.env._("Say when it happened. That cannot be in the future."))
        day = ignored.incident_id.protocol_id._day_of(at)
        if not ignored._applied_on(day):
            raise UserError(self.env._("This measure did not apply at that moment."))
        self._note(ignored, ignored.incident_id, at, text)
        self.env["aggression.duty"]._raise(ignored.incident_id, "ignored")

    @api.model
    def _note(self, measures, seen_in, at, text=False):
        """Write down for each measure that it was ignored, in the case in which it was seen."""
        known = self.sudo().search(
            [("incident_id", "=", seen_in.id), ("measure_id", "in", measures.ids)]
        )
        if not text:
            measures -= known.measure_id
        self.sudo()._unlocked().create(
            [
                {
                    "incident_id": seen_in.id,
                    "measure_id": measure.id,
                    "ban": measure._in_words(),
                    "occurred_at": at,
                    "text": text,
                }
                for measure in measures
            ]
        )
        for measure in measures:
            measure.incident_id._log("ignored", measure._in_words())


class Measure(models.Model):
    _inherit = "aggression.measure"

    violation_ids = fields.One2many("aggression.violation", "measure_id", groups=".")
    times_ignored = fields.Integer("Times ignored", compute="_compute_times_ignored")

    @api.depends("violation_ids")
    def _compute_times_ignored(self):
        counts = dict(
            self.env["aggression.violation"]
            .sudo()
            ._read_group([("measure_id", "in", self.ids)], ["measure_id"], ["__count"])
        )
        for measure in self:
            measure.times_ignored = counts.get(measure._origin.sudo(), 0)

    def _applied_on(self, day):
        """Return those of these that the citizen had to keep to on ``day``.

        It may be over by now: what is written down today can have happened on its last day.
        """
        return self.filtered(lambda measure: measure._bound_on(day))

    def _bound_on(self, day):
        told = self.decision_id.sent_on
        if not told or not self.date_to or not max(told, self.date_from) <= day <= self.date_to:
            return False
        if self.state == ENDED and self.end_reason != EXPIRED:
            return self.end_reason != ANNULLED and day < self.ended_on
        return True

    def _in_words(self):
        """Name the measure and its last day: "Building ban until 1 October 2026"."""
        if not self.date_to:
            return self.type_id.name
        lang = self.incident_id.company_id.partner_id.lang
        return self.env._(
            "%(measure)s until %(day)s",
            measure=self.type_id.name,
            day=format_date(self.env, self.date_to, lang_code=lang, date_format="d MMMM y"),
        )


class Incident(models.Model):
    _inherit = "aggression.incident"

    violation_ids = fields.One2many("aggression.violation", "incident_id", "Ignored measures")

    def _note_ignored_measures(self):
        """Note that this incident broke the measures that ran against its causers (A6, M6).

        Only measures that keep somebody out can be ignored by being there.
        """
        day = self.protocol_id._day_of(self.occurred_at)
        ignored = self.causer_ids._measures_against(Domain("date_to", ">=", day))
        ignored = ignored._applied_on(day).filtered(
            lambda one: one.type_id.front_desk and one.incident_id != self
        )
        self.env["aggression.violation"]._note(ignored, self, self.occurred_at)

    def _ignores_measures(self):
        """Tell whether this was found to be, among other things, ignoring a measure."""
        found = self.assessment_ids[:1].behaviour_ids
        return self.outcome == "aggression" and any(found.mapped("ignores_measure"))


class Causer(models.Model):
    _inherit = "aggression.causer"

    def _take_over(self, incident, earlier):
        """Note what was ignored also where the causer is recognised after the classification."""
        taken = super()._take_over(incident, earlier)
        if incident.sudo()._ignores_measures():
            incident.sudo()._note_ignored_measures()
        return taken
