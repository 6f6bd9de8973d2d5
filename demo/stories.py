"""The stories of ``stories.json``, played through the screens that people use.

Every case comes in by the report, is judged in the classification and is decided in the
decision, by the person whose step it is and with nothing but that person's rights.
"""

import json
from base64 import b64encode
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from unittest.mock import patch
from zoneinfo import ZoneInfo

from odoo import fields
from odoo.fields import Command

from ..rules.terms import local, to_utc

ZONE = "Europe/Amsterdam"
WEEK = timedelta(weeks=1)


def read():
    """Return the stories, in the order in which they happened."""
    text = Path(__file__).with_name("stories.json").read_text(encoding="utf-8")
    return sorted(json.loads(text)["stories"], key=lambda story: story["reported"])


def load(env):
    """Tell every story as if its last step was taken shortly before now."""
    stories = read()
    shifts = weeks_to_move(stories, fields.Datetime.now())
    scenes = [
        (moment(scene["at"], shifts[story["id"]]), story, scene)
        for story in stories
        for scene in scenes_of(story, story["demo"]["steps"])
    ]
    cases = {}
    for at, story, scene in sorted(scenes, key=lambda scene: scene[0]):
        with clock(at):
            case = cases.get(story["id"])
            cases[story["id"]] = play(env, story, scene, case, shifts[story["id"]])


def scenes_of(story, steps=None):
    """Return the report and the first ``steps`` steps of a story, all of them by default."""
    report = {"do": "report", "by": story["reporter"], "at": story["reported"]}
    return [report, *story["steps"][:steps]]


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


def naive(text):
    return datetime.strptime(text, "%Y-%m-%d %H:%M")


def moment(text, weeks=0):
    """Return a local time of the stories, moved by whole weeks, as naive UTC."""
    return to_utc((naive(text) + weeks * WEEK).replace(tzinfo=ZoneInfo(ZONE)))


@contextmanager
def clock(at):
    """Let it be ``at`` for everything that asks Odoo for the time."""
    with patch.object(fields.Datetime, "now", staticmethod(lambda *_: at)):
        yield


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
        return _report(own, story, person, weeks)
    _DOERS[scene["do"]](own, own["aggression.incident"].browse(case.id), scene, weeks)
    return case


def as_person(env, user):
    """Return the environment that this user works in, in their own language."""
    return env(user=user.id, context=env["res.users"].with_user(user).context_get(), su=False)


def _report(env, story, person, weeks):
    wizard = env["aggression.report.wizard"].create(
        {
            "occurred_at": moment(story["occurred"], weeks),
            "reported_at": moment(story["reported"], weeks),
            **{name: story.get(name) for name in ("channel", "place", "where", "story")},
            "receiver_role_id": _by_code(env, "role", story.get("receiver")).id,
            "causer_kind": story["causer"]["kind"],
            "causer_name": story["causer"].get("name"),
            "causer_description": story["causer"].get("description"),
            "person_ids": [
                Command.create(_person_hit(env, line, person)) for line in story["persons"]
            ],
            "file_ids": [Command.create(_file(line)) for line in story.get("files", ())],
        }
    )
    wizard.action_submit()
    return env["aggression.incident"].sudo().search([], order="id desc", limit=1)


def _person_hit(env, line, person):
    office = _by_code(env, "office", line["office"])
    user = person(line["user"]).id if "user" in line else False
    others = {name: value for name, value in line.items() if name not in ("user", "office")}
    return {"user_id": user, "office_id": office.id, **others}


def _file(line):
    content = b64encode(line["text"].encode())
    return {"filename": line["filename"], "content": content, "source": line["source"]}


def _by_code(env, model, code):
    """Return the office or role with this code; empty when there is no code."""
    return env[f"aggression.{model}"].search([("code", "=", code)], limit=1)


def _classify(env, case, scene, weeks):
    behaviours = case.sudo().protocol_id.behaviour_ids.filtered(
        lambda behaviour: behaviour.code in scene["behaviours"]
    )
    wizard = env["aggression.classification.wizard"].create(
        {
            "incident_id": case.id,
            "behaviour_ids": [Command.set(behaviours.ids)],
            "directed": "yes" if scene["directed"] else "no",
            "aim": scene["aim"],
            "cause_note": scene.get("cause_note"),
            "closing_reason": scene.get("closing_reason"),
        }
    )
    if scene.get("recognised"):
        wizard.match_ids.write({"confirmed": True, "reason": scene["recognised"]})
    wizard.action_classify()


def _decide(env, case, scene, weeks):
    told = (
        "grounds",
        "proportionality",
        "hearing",
        "view",
        "waiver_reason",
        "deviation_reason",
    )
    wizard = env["aggression.decision.wizard"].create(
        {"incident_id": case.id, **{name: scene[name] for name in told if name in scene}}
    )
    if "heard_on" in scene:
        wizard.heard_on = fields.Date.to_date(scene["heard_on"]) + weeks * WEEK
    for line in wizard.line_ids:
        line.scope = scene.get("scopes", {}).get(line.type_id.code)
    wizard._decide(wizard.line_ids)  # while loading there is nobody to ask for a password


def _send(env, case, scene, weeks):
    decision = case.sudo()._counting_decision().with_env(env)
    action = decision.action_send()
    env["aggression.sending.wizard"].with_context(action["context"]).create(
        {"sent_on": case.protocol_id._today(), "sent_how": scene["how"]}
    ).action_send()


def _hear(env, case, scene, weeks):
    context = case.action_hear()["context"]
    respond_by = fields.Date.to_date(scene["respond_by"]) + weeks * WEEK
    asked = {name: scene[name] for name in ("how", "intention")}
    wizard = env["aggression.hearing.wizard"].with_context(context)
    wizard.create({**asked, "respond_by": respond_by}).action_ask()


def _answer(env, case, scene, weeks):
    context = case.hearing_ids[:1].action_record_view()["context"]
    wizard = env["aggression.hearing.wizard"].with_context(context)
    answered = {"received_on": case.protocol_id._today(), "view": scene["view"]}
    wizard.create(answered).action_answer()


def _object(env, case, scene, weeks):
    context = case.decision_ids[:1].action_object()["context"]
    wizard = env["aggression.objection.wizard"].with_context(context)
    came = {"received_on": case.protocol_id._today(), "text": scene["text"]}
    wizard.create(came).action_save()


def _settle(env, case, scene, weeks):
    context = case.objection_ids[:1].action_settle()["context"]
    wizard = env["aggression.objection.wizard"].with_context(context)
    wizard.create({"outcome": scene["outcome"], "text": scene["text"]}).action_save()


def _step_with_measure(env, case, scene, weeks):
    measure = case.measure_ids.filtered(lambda one: one.type_id.code == scene["measure"])
    context = getattr(measure, f"action_{scene['do']}")()["context"]
    wizard = env["aggression.measure.wizard"].with_context(context)
    wizard.create({"text": scene["text"]}).action_save()


def _night(env, case, scene, weeks):
    measures = env["aggression.measure"].sudo()
    measures.search(measures._over_domain())._end_over()


def _talk_with_citizen(env, case, scene, weeks):
    """Invite the citizen and, in a later scene, write down how it went."""
    measure = case.measure_ids.filtered(lambda one: one._is_a_talk() and one.state != "ended")
    context = measure.action_talk()["context"]
    wizard = env["aggression.incident.talk.wizard"].with_context(context)
    if "report" in scene:
        wizard.create({"report": scene["report"]}).action_held()
    else:
        planned = {name: scene[name] for name in ("representative", "place")}
        wizard.create({**planned, "talk_at": moment(scene["talk_at"], weeks)}).action_invite()


def _complete(env, case, scene, weeks):
    duties = env["aggression.duty"].search(
        [
            ("incident_id", "=", case.id),
            ("type_id.code", "in", scene["duties"]),
            ("state", "=", "open"),
        ]
    )
    for duty in duties:
        wizard = env["aggression.duty.completion"].create(
            {"duty_id": duty.id, "note": scene["note"]}
        )
        if scene.get("not_needed"):
            wizard.action_not_needed()
        else:
            wizard.action_done()


def _hold_talk(env, case, scene, weeks):
    talks = _planned_talks(env, case).filtered(lambda talk: talk.number == scene["number"])
    if "notes" in scene:
        talks.notes = scene["notes"]
    talks.action_hold()


def _decline_talks(env, case, scene, weeks):
    _planned_talks(env, case).action_decline()


def _planned_talks(env, case):
    return env["aggression.talk"].search([("incident_id", "=", case.id), ("state", "=", "planned")])


def _close(env, case, scene, weeks):
    case.action_close()


_DOERS = {
    "classify": _classify,
    "decide": _decide,
    "hear": _hear,
    "answer": _answer,
    "send": _send,
    "object": _object,
    "settle": _settle,
    "keep": _step_with_measure,
    "lift": _step_with_measure,
    "night": _night,
    "talk_with_citizen": _talk_with_citizen,
    "complete": _complete,
    "hold_talk": _hold_talk,
    "decline_talks": _decline_talks,
    "close": _close,
}
