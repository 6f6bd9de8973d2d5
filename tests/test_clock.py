from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from odoo.tests import freeze_time

from .common import ProtocolCase

ZONE = ZoneInfo("Europe/Amsterdam")
HOUR = timedelta(hours=1)

# The days off of the years that the moments below lead to, as the calendar on the wall has them.
FREE = {
    date.fromisoformat(day)
    for day in (
        *("2026-01-01", "2026-04-03", "2026-04-05", "2026-04-06", "2026-04-27", "2026-05-05"),
        *("2026-05-14", "2026-05-24", "2026-05-25", "2026-12-25", "2026-12-26"),
        *("2027-01-01", "2027-03-26", "2027-03-28", "2027-03-29", "2027-04-27", "2027-05-05"),
    )
}

# The shipped terms, written down once more: counted from, number, unit, and not before.
TERMS = {
    "inform_mayor": ("reported_at", 2, "hours"),
    "inform_secretary": ("reported_at", 2, "hours"),
    "inform_clerk": ("reported_at", 2, "hours"),
    "involve_public_order_officer": ("reported_at", 2, "hours"),
    "assess": ("reported_at", 24, "hours"),
    "talk_1": ("occurred_at", 24, "hours"),
    "talk_2": ("occurred_at", 3, "days"),
    "talk_3": ("occurred_at", 6, "weeks", 4, "weeks"),
    "decide": ("assessed_at", 24, "hours"),
    "police_at_once": ("reported_at", 1, "hours"),
    "inspectorate": ("occurred_at", 24, "hours"),
    "settle_handling": ("assessed_at", 24, "hours"),
    "kings_commissioner": ("assessed_at", 24, "hours"),
    "nctv": ("assessed_at", 24, "hours"),
    "meeting_declaration": ("assessed_at", 2, "days"),
    "declaration": ("assessed_at", 2, "working_days"),
    "complaint": ("occurred_at", 12, "weeks"),
    "damage_claim": ("event_at", 2, "weeks"),
    "reimbursement": ("assessed_at", 1, "weeks"),
    "send_letter": ("decided_at", 2, "days"),
    "trespass": ("event_at", 1, "hours"),
    "triangle": ("event_at", 2, "weeks"),
    "react": ("assessed_at", 24, "hours"),
    "record_view": ("event_at", 1, "days"),
    "offer_hearing": ("event_at", 1, "weeks"),
    "notify_police": ("event_at", 1, "days"),
    "hold_incident_talk": ("event_at", 3, "weeks"),
    "carry_out": ("event_at", 1, "weeks"),
    "objection_term": ("event_at", 1, "weeks"),
    "decide_objection": ("event_at", 6, "weeks"),
    "review_measure": ("event_at", 1, "weeks"),
    "measure_ends": ("event_at", 1, "days"),
    "ban_ignored_police": ("event_at", 1, "hours"),
    "ban_ignored_declaration": ("event_at", 2, "working_days"),
    "tell_lifted": ("event_at", 2, "days"),
}

# When it was reported, on the clock in the Netherlands.
MOMENTS = {
    "an ordinary Wednesday": "2026-03-04 10:15",
    "a Friday night": "2026-03-06 22:50",
    "a Saturday": "2026-03-07 11:00",
    "four weeks before summer time": "2026-03-01 09:30",
    "the day before summer time, at a time that does not come back": "2026-03-28 02:30",
    "the evening before summer time": "2026-03-28 20:00",
    "the last minute of winter time": "2026-03-29 01:59",
    "the first minute of summer time": "2026-03-29 03:00",
    "six weeks before winter time": "2026-09-13 02:30",
    "the day before winter time, at a time that comes twice": "2026-10-24 02:30",
    "the evening before winter time": "2026-10-24 20:00",
    "half past two, the first time": "2026-10-25 02:30",
    "half past two, the second time": "2026-10-25 02:30+01:00",
    "the day before Good Friday": "2026-04-02 09:00",
    "Easter Monday": "2026-04-06 12:00",
    "the Friday before King's day": "2026-04-24 17:00",
    "King's day": "2026-04-27 08:00",
    "the day before Christmas": "2026-12-24 16:00",
    "Christmas": "2026-12-25 23:59",
    "the last minute of the year": "2026-12-31 23:59",
}
LATE = {"at once": timedelta(0), "reported two days late": timedelta(days=2, minutes=7)}


def utc(text):
    """Return the UTC moment of a time on the clock in the Netherlands."""
    read = datetime.fromisoformat(text)
    return (read if read.tzinfo else read.replace(tzinfo=ZONE)).astimezone(UTC).replace(tzinfo=None)


def after(start, number, unit):
    """Work out the end of a term by the calendar and the clock on the wall."""
    if unit == "hours":
        return start + number * HOUR
    wall = start.replace(tzinfo=UTC).astimezone(ZONE).replace(tzinfo=None)
    if unit == "working_days":
        end = _working_day(wall, number)
    else:
        end = wall + number * {"days": timedelta(days=1), "weeks": timedelta(weeks=1)}[unit]
    return _on_the_wall(end)


def _working_day(wall, number):
    while number:
        wall += timedelta(days=1)
        number -= wall.weekday() < 5 and wall.date() not in FREE
    return wall


def _on_the_wall(end):
    """Return the first UTC moment at which the wall shows this time, or an hour later."""
    guesses = (end - 2 * HOUR, end - HOUR)
    for moment in guesses:
        shown = moment.replace(tzinfo=UTC).astimezone(ZONE).replace(tzinfo=None)
        if shown == end:
            return moment
    return _on_the_wall(end + HOUR)


class TestClock(ProtocolCase):
    """Every term of the protocol, at every difficult moment of the year."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # the same councillor again and again: no extra talk for that here
        cls.protocol.light_reports_number = 999

    def term(self, kind):
        """Return what counts for a duty type: as written down here, or else as in the data."""
        asked = (kind.anchor, kind.term_amount, kind.term_unit)
        if kind.earliest_amount:
            asked += (kind.earliest_amount, kind.earliest_unit)
        return TERMS.get(kind.code, asked)

    def expected(self, kind, facts):
        anchor, number, unit, *opening = self.term(kind)
        opens = after(facts[anchor], *opening) if opening else None
        return opens, after(facts[anchor], number, unit)

    def facts(self, text, late):
        """Return when everything happened, in a case that was reported then."""
        reported = utc(text)
        return {
            "occurred_at": reported - late,
            "reported_at": reported,
            "assessed_at": reported + 3 * HOUR,
            "decided_at": reported + 30 * HOUR,
            "event_at": reported + 33 * HOUR,
        }

    def every_case(self):
        for moment, text in MOMENTS.items():
            for late, delay in LATE.items():
                yield f"{moment}, {late}", self.facts(text, delay)

    def test_the_table_is_the_data(self):
        """Z6 to Z8, D10: what the protocol asks is what it ships."""
        kinds = {kind.code: kind for kind in self.protocol.duty_type_ids}
        self.assertLessEqual(TERMS.keys(), kinds.keys())
        for code, term in TERMS.items():
            kind = kinds[code]
            shipped = (kind.anchor, kind.term_amount, kind.term_unit)
            window = (kind.earliest_amount, kind.earliest_unit) if kind.earliest_amount else ()
            self.assertEqual(term, shipped + window, code)

    def test_every_duty_type(self):
        """Z6 to Z8, D10, U5: each term ends at the minute that the wall clock says."""
        incident = self.report()
        book = self.protocol._playbook()
        for name, facts in self.every_case():
            values = {key: moment for key, moment in facts.items() if key != "event_at"}
            incident._unlocked().write(values)
            with self.subTest(at=name):
                for kind in self.protocol.duty_type_ids:
                    window = incident._window(book.duty_by_id[kind.id], facts["event_at"])
                    self.assertEqual(window, self.expected(kind, facts), kind.code)

    def test_as_reported(self):
        """Z6 to Z8: the duties of a real report, and its talks, at each of these moments."""
        for name, facts in self.every_case():
            with self.subTest(at=name), freeze_time(facts["reported_at"]):
                told = {key: facts[key] for key in ("occurred_at", "reported_at")}
                incident = self.report(**told, injury="physical")
                self.assertGreaterEqual(len(incident.duty_ids), 5)
                for duty in incident.duty_ids:
                    opens, due = self.expected(duty.type_id, facts)
                    self.assertEqual((duty.from_at or None, duty.due_at), (opens, due))
                talks = self.env["aggression.talk"].search([("incident_id", "=", incident.id)])
                duties = self.duties(incident, "talk_1", "talk_2", "talk_3")
                self.assertEqual(talks.mapped("due_at"), duties.sorted("due_at").mapped("due_at"))

    def test_a_corrected_date(self):
        """Z6 to Z8: it was earlier, or later: a term follows, a promise is never put off."""
        for name, facts in self.every_case():
            for moved in (-30 * HOUR, 26 * HOUR):
                with self.subTest(at=name, moved=moved):
                    self.check_corrected(facts, moved)

    def check_corrected(self, facts, moved):
        with freeze_time(facts["reported_at"]):
            told = {key: facts[key] for key in ("occurred_at", "reported_at")}
            incident = self.report(**told)
        now = {**facts, "occurred_at": facts["occurred_at"] + moved}
        now["reported_at"] = max(facts["reported_at"], now["occurred_at"])
        with freeze_time(facts["reported_at"] + 27 * HOUR):
            right = {key: now[key] for key in ("occurred_at", "reported_at")}
            self.as_user("coordinator", incident)._correct(right, "The camera.")
        for duty in incident.duty_ids:
            before, ends = (
                self.expected(duty.type_id, facts)[1],
                self.expected(duty.type_id, now)[1],
            )
            due = min(before, ends) if duty.talk_id else ends
            self.assertEqual(duty.due_at, due, duty.type_id.code)
            self.assertEqual(duty.talk_id.due_at or due, due)
