from odoo import api, fields, models
from odoo.exceptions import UserError

from ..privacy.access import DECIDER, HANDLER
from ..privacy.sealing import SealedChar

LAST_REFUSAL = "refused_to_leave"


class Demand(models.Model):
    """One time that somebody was told to leave, and whether they did (A5).

    Promise: every office-holder can tell a citizen to leave, in a meeting and outside it, and
    whoever works on the case writes down when, where and by whom. The refusal at which the
    protocol calls it trespass brings the police, once.
    """

    _name = "aggression.demand"
    _description = "Demand to leave"
    _inherit = "aggression.confidential"
    _order = "incident_id, number"

    _guarded = frozenset({"incident_id", "number", "at", "by_name", "where", "refused"})

    number = fields.Integer("Which time", required=True, readonly=True, aggregator=None)
    at = fields.Datetime("When", required=True, readonly=True)
    by_name = SealedChar("By whom", required=True, readonly=True)
    where = SealedChar(readonly=True)
    refused = fields.Boolean(readonly=True)

    # of two who write at once, one would not count the refusal of the other
    _one_at_a_time = models.UniqueIndex(
        "(incident_id, number)",
        "Somebody else wrote down a demand to leave at the same moment. Try again.",
    )

    @api.model
    def _of(self, incident):
        """Return the demands in a case that the user may see.

        Looked up apart, as a list read by somebody who does not see all of it stays in the cache.
        """
        return self.search([("incident_id", "=", incident.id)])

    @api.model
    def _record(self, incident, values):
        """Write down that somebody was told to leave. By who handles or decides.

        :param dict values: at (naive UTC), by_name, where, refused
        :raises UserError: in one sentence, for a closed case or a moment still to come
        """
        incident.ensure_one()
        incident._require(HANDLER, DECIDER)
        case = incident.sudo()
        self._check(case, values)
        earlier = self.sudo()._of(case)
        demand = (
            self.sudo()
            ._unlocked()
            .create({"incident_id": case.id, "number": len(earlier) + 1, **values})
        )
        case._log("told_to_leave", (earlier | demand)._sentence())
        if demand.refused:
            demand._call_the_police(earlier | demand)

    @api.model
    def _check(self, case, values):
        case._check_still_open()
        if not (values.get("by_name") or "").strip():
            raise UserError(self.env._("Say who told them to leave."))
        if not values.get("at") or values["at"] > fields.Datetime.now():
            raise UserError(self.env._("Fill in when it was said: not in the future."))

    def _call_the_police(self, demands):
        """Raise the duty to call the police at the refusal that makes it trespass, once."""
        case = self.incident_id
        if not demands._is_trespass() or self._was_trespass(case):
            return
        case._log("trespass")
        self.env["aggression.duty"]._raise(case, LAST_REFUSAL, at=self.at)

    def _was_trespass(self, case):
        told = [("incident_id", "=", case.id), ("kind", "=", "trespass")]
        return bool(self.env["aggression.entry"].sudo().search_count(told, limit=1))

    def _refusals(self):
        return len(self.filtered("refused"))

    def _limit(self):
        return self.incident_id.sudo().protocol_id.refusals_to_police

    def _is_trespass(self):
        return self._refusals() >= self._limit()

    def _sentence(self):
        """Say in words how often somebody refused in one case; these are all its demands."""
        times = self._refusals()
        if not times:
            return self.env._("Was told to leave, and left.")
        if self._is_trespass():
            return self.env._(
                "Refused to leave %(times)s times: this is trespass. Call the police.",
                times=times,
            )
        return self.env._(
            "Refused to leave %(times)s of %(limit)s times.", times=times, limit=self._limit()
        )


class Incident(models.Model):
    _inherit = "aggression.incident"

    demand_ids = fields.One2many("aggression.demand", "incident_id", "Demands to leave")
    told_to_leave = fields.Char("Told to leave", compute="_compute_told_to_leave")

    @api.depends("demand_ids.refused")
    @api.depends_context("uid", "lang")
    def _compute_told_to_leave(self):
        """Count the refusals, for who may see them."""
        may_read = self.env["aggression.demand"].has_access("read")
        for incident in self:
            demands = may_read and incident.demand_ids
            incident.told_to_leave = demands._sentence() if demands else False

    def action_refused_again(self):
        """Record with one click: told once more, by the same person at the same place, refused."""
        self.ensure_one()
        self._require(HANDLER, DECIDER)
        demands = self.env["aggression.demand"]
        last = demands._of(self)[-1:]
        if not last:
            raise UserError(self.env._("Nobody was told to leave yet. Record that first."))
        again = {"by_name": last.by_name, "where": last.where, "refused": True}
        demands._record(self, {"at": fields.Datetime.now(), **again})
