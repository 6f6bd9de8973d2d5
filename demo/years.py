"""Two years of ordinary cases, so that lists, figures and trends have something to show.

Made by chance from the same seed each time: the same municipality, told from the day on which
the demo is installed. Everything in them is invented; they are played by the same screens as the
stories that were written by hand.
"""

import random
from datetime import timedelta

from ..rules.terms import local
from .clock import ZONE
from .year_texts import CAUSERS, HAPPENINGS, LEARNED, TOLD, VIEWS

SEED, NUMBER = 2025, 160
COORDINATOR = "aggression_coordinator"
FIRST_DAY, LAST_DAY = 730, 50  # days ago: what is newer was written by hand
# What is older has come to its end; of the others some still run.
SETTLED_DAY = 120
# Council meetings and budgets make autumn and spring busier than summer.
SEASON = (9, 9, 12, 11, 9, 8, 4, 5, 10, 12, 13, 8)
HIT = {
    "councillor": ("councillor", "mayor", 30),
    "second_councillor": ("councillor", "mayor", 18),
    "alderman": ("alderman", "mayor", 20),
    "committee_member": ("committee_member", "mayor", 8),
    "mayor": ("mayor", "deputy_mayor", 6),
    None: ("civil_servant", "municipal_secretary", 38),
}


def stories(now):
    """Return the stories of two years up to ``now`` (naive UTC), the oldest first."""
    chance = random.Random(SEED)
    today = local(now, ZONE).replace(tzinfo=None, minute=0, second=0, microsecond=0)
    days = [_day(chance, today) for _number in range(NUMBER)]
    told = [
        _story(chance, number, day, (today - day).days > SETTLED_DAY)
        for number, day in enumerate(sorted(days))
    ]
    told[0]["steps"] += _nights(sorted(days)[0], today)
    for story in told:
        story["steps"] = [step for step in story["steps"] if step["at"] < _text(today)]
    return told


def _nights(first, today):
    """Return a night in each month, in which the measures end that are over."""
    ends = range(31, (today - first).days, 31)
    nights = (first + timedelta(days=days) for days in ends)
    return [{"do": "night", "by": COORDINATOR, "at": _text(night)} for night in nights]


def _day(chance, today):
    """Return an hour of a day that is likelier in a busy month."""
    while True:
        day = today - timedelta(days=chance.randint(LAST_DAY, FIRST_DAY))
        if chance.random() * max(SEASON) <= SEASON[day.month - 1]:
            return day.replace(hour=chance.choice((9, 10, 11, 13, 14, 16, 19, 20, 21, 22)))


def _story(chance, number, occurred, settled):
    hit = chance.choices(list(HIT), [weight for _office, _carer, weight in HIT.values()])[0]
    office = HIT[hit][0]
    kind = chance.choices(HAPPENINGS, [one["weight"] for one in HAPPENINGS])[0]
    reported = occurred + timedelta(minutes=chance.choice((20, 45, 90, 240, 1500, 2900)))
    return {
        "id": f"year-{number}",
        "occurred": _text(occurred),
        "reported": _text(reported),
        "reporter": hit or "desk",
        "channel": kind["channel"],
        "place": kind["place"],
        "where": False,
        "story": chance.choice(kind["stories"]),
        "persons": [_person(chance, hit, office)],
        "causer": _causer(chance),
        "steps": list(_steps(chance, kind, hit, reported, settled)),
    }


def _person(chance, hit, office):
    impact = chance.choice(("Geschrokken.", "Valt mee.", "Slaapt er slecht van.", "Vooral boos."))
    person = {"office": office, "impact": impact}
    return {**person, "user": hit} if hit else {**person, "name": "Medewerker"}


def _causer(chance):
    if chance.random() < 0.25:
        return {"kind": "unknown"}
    # a few come back, most do not
    place = min(int(chance.expovariate(0.03)), len(CAUSERS) - 1)
    return {"kind": "person", "name": CAUSERS[place]}


def _steps(chance, kind, hit, reported, settled):
    """Yield what was done with it; some new cases have not come to their end."""
    _office, carer, _weight = HIT[hit]
    at = reported + timedelta(hours=chance.choice((1, 3, 20)))
    yield {
        "do": "classify",
        "by": COORDINATOR,
        "at": _text(at),
        "behaviours": [kind["behaviour"]],
        "directed": kind["aim"] != "none",
        "aim": kind["aim"],
        "closing_reason": "Emotie over een besluit, niet gericht op de persoon.",
        "recognised": "Dezelfde naam, en het ging over hetzelfde.",
    }
    yield {"do": "work_off", "by": COORDINATOR, "at": _text(at), "only": ["note", "declare"]}
    at += timedelta(hours=chance.choice((1, 2, 3)))
    talks = chance.random() < 0.7
    yield {"do": "care" if talks else "no_care", "by": carer, "at": _text(at)}
    if kind["aim"] == "none":
        yield from _cared_for(carer, talks, at)
        return
    if chance.random() < 0.25:
        yield from _told_council(chance, hit, at)
    at += timedelta(hours=chance.choice((4, 20, 50, 120, 240)))
    decider = "deputy_mayor" if hit == "mayor" else "mayor"
    decided = {"do": "decide_by_ladder", "by": decider, "at": _text(at)}
    yield {**decided, "view": chance.choice(VIEWS)}
    if kind["behaviour"] in ("damage", "pushing") and hit:
        yield from _damage(chance, hit, at)
    if chance.random() < 0.9 or settled:
        yield from _to_the_end(chance, (carer, decider), talks, at)


def _to_the_end(chance, people, talks, at):
    """Yield how what is still owed was done, and the case closed.

    :param tuple people: who gives care and who decides
    """
    carer, _decider = people
    yield {"do": "work_off", "by": COORDINATOR, "at": _text(at + timedelta(hours=3))}
    yield from _cared_for(carer, talks, at)
    learned = chance.choices(LEARNED, (8, 8, 8, 1, 1, 1))[0]
    for days in (43, 60, 135, 250, 390):  # the last ones: when a measure that was decided is over
        yield from _worked_off(people, at + timedelta(days=days))
        yield from _ended(learned, at + timedelta(days=days + 1))


def _cared_for(carer, talks, at):
    """Yield the talks that followed; who declined is asked once more."""
    for days in (2, 33, 36):
        step = {"do": "care" if talks else "no_care", "by": carer}
        yield {**step, "at": _text(at + timedelta(days=days))}


def _worked_off(people, at):
    """Yield how each took the steps that waited for them."""
    yield {"do": "work_off", "by": COORDINATOR, "at": _text(at)}
    for person in (COORDINATOR, *people):
        yield {"do": "own_tasks", "by": person, "at": _text(at)}


def _ended(learned, at):
    """Yield how the case was closed and looked back on, if it was not yet."""
    yield {"do": "close_if_done", "by": COORDINATOR, "at": _text(at)}
    yield {"do": "evaluate_if_closed", "by": COORDINATOR, **learned, "at": _text(at)}


def _told_council(chance, hit, at):
    """Yield how the council heard of it, where the person hit agreed."""
    if hit not in ("councillor", "second_councillor", "alderman"):
        return
    told = {"audience": "council_confidential", "text": chance.choice(TOLD)}
    steps = (
        {"do": "agree", "by": hit, "to": ["communication"]},
        {"do": "write_statement", "by": "mayor", **told},
        {"do": "approve_statement", "by": "mayor"},
        {"do": "tell", "by": "mayor"},
    )
    for minutes, step in enumerate(steps, 1):
        yield {**step, "at": _text(at + timedelta(minutes=minutes))}


def _damage(chance, hit, at):
    """Yield what it cost, what was reimbursed and what came in from the causer."""
    amount = chance.choice((85, 120, 145, 180, 210, 265, 310, 389))
    yield {"do": "damage", "by": hit, "at": _text(at + timedelta(hours=1)), **_lost(chance, amount)}
    yield {
        "do": "reimburse_and_pay",
        "by": "municipal_secretary",
        "at": _text(at + timedelta(days=3)),
    }
    if chance.random() < 0.8:
        recovered = {"do": "recover", "by": COORDINATOR, "share": chance.choice((1, 1, 0.5))}
        yield {**recovered, "at": _text(at + timedelta(days=9))}


def _lost(chance, amount):
    what = chance.choice(("Jas", "Bril", "Autobanden", "Ruit van de voordeur", "Telefoon"))
    return {"what": what, "amount": float(amount)}


def _text(moment):
    return moment.strftime("%Y-%m-%d %H:%M")
