import logging

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..common.one_by_one import each_safely
from ..privacy.access import DECIDER, HANDLER
from .measure import ANNULLED, APPLIES, DECIDED, DONE, ENDED, EXPIRED, LIFTED, REPLACED

_logger = logging.getLogger(__name__)

BATCH = 500


class Measure(models.Model):
    """The steps of a measure: told, looked at again, lifted, carried out, over (A2 to A7).

    Promise: the way out is always open. A measure that is no longer needed is lifted by who
    decides, with a reason; one that is over ends in the night after its last day, whether or not
    somebody thinks of it.
    """

    _inherit = "aggression.measure"

    def _take_effect(self, day):
        """Let these count from the day on which the citizen was told.

        What has no period and no duty of its own is carried out by telling it: a warning in
        words, a letter.

        :param date day: on which the letter was sent
        """
        lasting = self.filtered("date_to")
        lasting._move(APPLIES)
        (self - lasting).filtered(lambda one: not one.type_id.duty_type_id)._end(DONE, day)
        for measure in lasting:
            measure._raise_dated("review", measure.review_on)
            measure._raise_dated("ending", measure.date_to)

    def _raise_dated(self, event, day):
        if day:
            at = self.incident_id.protocol_id._midnight(day)
            self.env["aggression.duty"]._raise_for(self, event, at=at)

    def _raise_carrying_out(self):
        """Raise the duty by which each of these is carried out, or take the one there is.

        Where that duty was done before, the measure is done with it; one that is asked once in a
        case also when it was done for an earlier decision.
        """
        duties = self.env["aggression.duty"].sudo()
        for measure in self.filtered("type_id.duty_type_id"):
            kind = measure.type_id.duty_type_id
            known = measure.incident_id.duty_ids.filtered(
                lambda duty, kind=kind: duty.type_id == kind
            )
            unclaimed = known.filtered(lambda duty: not duty.measure_id)
            if open_ones := unclaimed.filtered(lambda duty: duty.state == "open"):
                open_ones[0]._unlocked().measure_id = measure
            elif done := (known if kind.once else unclaimed).filtered(
                lambda duty: duty.state == "done"
            ):
                day = measure.incident_id.protocol_id._day_of(done[0].done_at)
                measure._end(DONE, day)
            else:
                duties._raise_of_kind(measure, kind)

    def _end(self, reason, day=None, note=False):
        """End these, and the duties that hang on them; whoever calls has checked that it may."""
        if not self:
            return
        self._move(
            ENDED,
            end_reason=reason,
            ended_on=day or self.incident_id[:1].protocol_id._today(),
            end_note=note,
        )
        duties = self.env["aggression.duty"].sudo()
        duties.search([("measure_id", "in", self.ids), ("state", "=", "open")])._move("lapsed")

    def _end_what_stands(self, reason):
        self.filtered(lambda measure: measure.state != ENDED)._end(reason)

    def _carry_out(self):
        """End these because what they ask for was done."""
        self._end_what_stands(DONE)

    def _replace(self):
        """End these because a later decision takes their place."""
        self._end_what_stands(REPLACED)

    def _annul(self):
        """End these because an objection was upheld."""
        self._end_what_stands(ANNULLED)

    def _lift(self, reason):
        """Lift this measure before its end. By who decides in the case.

        :param str reason: why it is no longer needed; required
        :raises AccessError: for anybody else
        :raises UserError: without a reason, or when it does not apply: what nobody was told yet
            is taken back by a new decision, for the letter would still tell it
        """
        self.ensure_one()
        self.incident_id.sudo().with_env(self.env)._require_decider()
        if not (reason or "").strip():
            raise UserError(self.env._("Say why the measure is lifted."))
        measure = self.sudo()
        measure._check_applies()
        measure._end(LIFTED, note=reason)
        measure.incident_id._log("lifted", f"{measure.type_id.name}. {reason}")
        if measure.type_id.letter:
            self.env["aggression.duty"]._raise(measure.incident_id, "lifted")

    def _keep(self, reason):
        """Record that this measure was looked at and is still needed (A3, A4).

        :param str reason: why; required
        :raises AccessError: for who neither handles nor decides the case
        :raises UserError: without a reason, or when it does not apply
        """
        self.ensure_one()
        self._require(HANDLER, DECIDER)
        if not (reason or "").strip():
            raise UserError(self.env._("Say why the measure is still needed."))
        measure = self.sudo()
        measure._check_applies()
        duties = self.env["aggression.duty"].sudo()
        duties._fulfil_of(measure, "review")
        today = measure.incident_id.protocol_id._today()
        measure._unlocked().review_on = measure.type_id._review_day(today, measure.date_to)
        measure._raise_dated("review", measure.review_on)
        measure.incident_id._log("reviewed", f"{measure.type_id.name}. {reason}")

    def _check_applies(self):
        if self.state != APPLIES:
            raise UserError(self.env._("This measure does not apply now."))

    # -- over by itself -------------------------------------------------------------------

    @api.model
    def _cron_end(self):
        """End what is over, in batches that are kept one by one."""
        progress = self.env["ir.cron"]._commit_progress
        over, last = self._over_domain(), 0
        progress(remaining=self.search_count(over))
        while batch := self.search(over & Domain("id", ">", last), limit=BATCH, order="id"):
            last = batch[-1].id
            each_safely(
                batch.try_lock_for_update().filtered_domain(over),
                lambda measures: measures._end_over(),
                lambda measure, error: measure._tell(error),
            )
            if not progress(len(batch)):
                return

    @api.model
    def _over_domain(self):
        # The date in UTC turns an hour or two after ours: nothing ends too soon.
        return Domain("state", "!=", ENDED) & Domain("date_to", "<", fields.Date.today())

    def _end_over(self):
        for measure in self:
            measure._end(EXPIRED, day=measure.date_to)

    def _tell(self, error):
        _logger.error("measure %s could not be ended (%s)", self.id, type(error).__name__)


class Incident(models.Model):
    _inherit = "aggression.incident"

    def _take_back_decisions(self, reason):
        """Let nothing that was decided stand against anybody: it was emotion after all (U3).

        What the citizen was told is lifted by who decides, before this.
        """
        untold = self.measure_ids.filtered(lambda one: one.state == DECIDED)
        untold._end(LIFTED, note=reason)
        ended = self.measure_ids.filtered(lambda one: one.state == ENDED)
        self.decision_ids._unlocked().causer_id = False
        ended._unlocked().causer_id = False
