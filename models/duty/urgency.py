from functools import lru_cache

from babel.dates import format_date

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL, babel_locale_parse, get_lang

from ...rules.terms import is_midnight, last_day, local, local_midnight

OVERDUE, TODAY, SOON, LATER = "overdue", "today", "soon", "later"


class Duty(models.Model):
    """How soon something is due, in the words and by the calendar of who must do it.

    Promise: list, columns, filters, counter and summary draw the same lines, so that they never
    disagree; what is due on a day is due until that day ends, and is called by that day.
    """

    _inherit = "aggression.duty"

    due_on = fields.Date(
        "Last day",
        compute="_compute_due_on",
        store=True,
        precompute=True,
        help="The last day on which it can be done in time.",
    )
    due_text = fields.Char("When", compute="_compute_due_text")
    # Computed by the clock, so it is in no column; the database works it out where it must.
    urgency = fields.Selection(
        [(OVERDUE, "Overdue"), (TODAY, "Today"), (SOON, "This week"), (LATER, "Later")],
        compute="_compute_urgency",
        search="_search_urgency",
        group_expand=True,
    )

    @api.depends("due_at")
    def _compute_due_on(self):
        for duty in self:
            zone = duty.incident_id.protocol_id.timezone
            duty.due_on = duty.due_at and last_day(duty.due_at, zone)

    @api.depends("due_at")
    @api.depends_context("lang")
    def _compute_due_text(self):
        """A term that ends with a day is told by that day, not as 00:00 of the next one."""
        due = self.filtered("due_at")
        (self - due).due_text = False
        lang = get_lang(self.env).code
        # superuser mode: who may see the duty may read by which clock it counts
        protocols = due.sudo().grouped(lambda duty: duty.incident_id.protocol_id)
        for protocol, duties in protocols.items():
            zone, year = protocol._playbook().timezone, protocol._today().year
            for duty in duties.with_env(self.env):
                duty.due_text = duty._due_in_words(zone, year, lang)

    def _due_in_words(self, zone, this_year, lang):
        last = last_day(self.due_at, zone)
        day = _day_in_words(last, "EEE d MMM" if last.year == this_year else "EEE d MMM y", lang)
        if is_midnight(self.due_at, zone):
            return self.env._("by the end of %(day)s", day=day)
        return f"{day}, {local(self.due_at, zone):%H:%M}"

    @api.model
    def _urgency_bounds(self):
        """Return until when something is overdue, is due today and is due this week.

        Each moment belongs to the time before it.
        """
        now = fields.Datetime.now()
        today = fields.Datetime.context_timestamp(self, now).date()
        zone = self.env.tz.zone
        return (
            now,
            local_midnight(fields.Date.add(today, days=1), zone),
            local_midnight(fields.Date.add(today, days=8), zone),
        )

    @api.depends("due_at")
    @api.depends_context("tz")
    def _compute_urgency(self):
        now, tonight, week = self._urgency_bounds()
        for duty in self:
            due = duty.due_at
            duty.urgency = (
                OVERDUE
                if due <= now
                else TODAY
                if due <= tonight
                else SOON
                if due <= week
                else LATER
            )

    @api.model
    def _search_urgency(self, operator, value):
        if operator != "in":
            return NotImplemented
        now, tonight, week = self._urgency_bounds()
        periods = {
            OVERDUE: Domain("due_at", "<=", now),
            TODAY: Domain("due_at", ">", now) & Domain("due_at", "<=", tonight),
            SOON: Domain("due_at", ">", tonight) & Domain("due_at", "<=", week),
            LATER: Domain("due_at", ">", week),
        }
        return Domain.OR(period for name, period in periods.items() if name in value)

    def _read_group_groupby(self, alias, groupby_spec, query):
        if groupby_spec != "urgency":
            return super()._read_group_groupby(alias, groupby_spec, query)
        now, tonight, week = self._urgency_bounds()
        return SQL(
            "CASE WHEN %(due)s <= %(now)s THEN 'overdue' WHEN %(due)s <= %(tonight)s THEN 'today' "
            "WHEN %(due)s <= %(week)s THEN 'soon' ELSE 'later' END",
            due=self._field_to_sql(alias, "due_at", query),
            now=now,
            tonight=tonight,
            week=week,
        )


@lru_cache(maxsize=2048)
def _day_in_words(day, pattern, lang):
    """A list names the same days each time that it is drawn, and a pattern is slow to follow."""
    return format_date(day, pattern, locale=babel_locale_parse(lang))
