"""The stories of ``stories.json``, played through the screens that people use.

Every case comes in by the report, is judged in the classification and is decided in the
decision, by the person whose step it is and with nothing but that person's rights.
"""

import json
from pathlib import Path

from odoo import fields

from ..rules.terms import local
from . import year_texts, years
from .clock import WEEK, ZONE, clock, moment, naive
from .scenes import DOERS, report


def read():
    """Return the stories, in the order in which they happened."""
    text = Path(__file__).with_name("stories.json").read_text(encoding="utf-8")
    return sorted(json.loads(text)["stories"], key=lambda story: story["reported"])


def load(env):
    """Tell every story as if its last step was taken shortly before now."""
    stories = read()
    now = fields.Datetime.now()
    shifts = weeks_to_move(stories, now)
    scenes = [
        (moment(scene["at"], shifts[story["id"]]), story, scene)
        for story in stories
        for scene in scenes_of(story, story["demo"]["steps"])
    ]
    ordinary = years.stories(now)
    shifts.update({story["id"]: 0 for story in ordinary})
    scenes += [
        (moment(scene["at"]), story, scene) for story in ordinary for scene in scenes_of(story)
    ]
    cases = {}
    for at, story, scene in sorted(scenes, key=lambda scene: scene[0]):
        with clock(at):
            case = cases.get(story["id"])
            cases[story["id"]] = play(env, story, scene, case, shifts[story["id"]])
    report_to_council(env, local(now, ZONE).date())


def report_to_council(env, today):
    """Let the clerk count last year and the quarters of this year that are over.

    The mayor has approved last year, and the clerk writes down what that year taught.
    """
    clerk, mayor = (
        env.ref(f"aggression_protocol.user_{one}") for one in ("council_clerk", "mayor")
    )
    own = as_person(env, clerk)
    reports = own["aggression.council.report"]
    quarter = fields.Date.start_of(today, "quarter")
    new_year = fields.Date.start_of(today, "year")
    last_year = fields.Date.subtract(new_year, years=1)
    end = fields.Date.subtract(new_year, days=1)
    counted = reports._make(clerk.company_id, last_year, end)
    counted.with_env(as_person(env, mayor)).action_approve()
    if new_year < quarter:
        reports._make(clerk.company_id, new_year, fields.Date.subtract(quarter, days=1))
    own["aggression.protocol.evaluation"].create({"year": last_year.year, **year_texts.EVALUATED})


def scenes_of(story, steps=None):
    """Return the report and the first ``steps`` steps of a story, all of them by default."""
    first = {"do": "report", "by": story["reporter"], "at": story["reported"]}
    return [first, *story["steps"][:steps]]


def weeks_to_move(stories, now):
    """Return by how many weeks each story moves; the day of the week and the hour stay.

    :return: {id of the story: number of weeks}
    """
    today = local(now, ZONE).replace(tzinfo=None)
    weeks = {}
    for story in stories:
        if "weeks_ago" in story["demo"]:
            last = naive(scenes_of(story, story["demo"]["steps"])[-1]["at"])
            weeks[story["id"]] = (today - last) // WEEK - story["demo"]["weeks_ago"]
    for story in stories:
        if "with" in story["demo"]:
            weeks[story["id"]] = weeks[story["demo"]["with"]]
    return weeks


def play(env, story, scene, case=None, weeks=0, people=None):
    """Play one scene of a story as the person who does it.

    :param dict scene: from :func:`scenes_of`
    :param case: the case of the story, in superuser mode; None for its report
    :param int weeks: by how many weeks the story moves
    :param dict people: {key: user}; by default the users of the demo
    :return: the case, in superuser mode
    """

    def person(key):
        return people[key] if people else env.ref(f"aggression_protocol.user_{key}")

    own = as_person(env, person(scene["by"]))
    if scene["do"] == "report":
        return report(own, story, person, weeks)
    DOERS[scene["do"]](own, own["aggression.incident"].browse(case.id), scene, weeks)
    return case


def as_person(env, user):
    """Return the environment that this user works in, in their own language."""
    return env(user=user.id, context=env["res.users"].with_user(user).context_get(), su=False)
