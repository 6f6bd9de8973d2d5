"""What people do in the stories, each step through the screen that it is taken on."""

from base64 import b64encode

from odoo import fields
from odoo.fields import Command

from . import (
    scenes_agenda,
    scenes_care,
    scenes_communication,
    scenes_damage,
    scenes_meeting,
    scenes_police,
    scenes_portal,
    scenes_prosecution,
    scenes_years,
)
from .clock import WEEK, moment
from .screens import screen as _screen

PARTS = (
    *(scenes_agenda, scenes_care, scenes_communication, scenes_damage, scenes_meeting),
    *(scenes_police, scenes_portal, scenes_prosecution, scenes_years),
)


def report(env, story, person, weeks):
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
    sent = {"sent_on": case.protocol_id._today(), "sent_how": scene["how"]}
    _screen(env, decision.action_send()).create(sent).action_send()


def _hear(env, case, scene, weeks):
    respond_by = fields.Date.to_date(scene["respond_by"]) + weeks * WEEK
    asked = {name: scene[name] for name in ("how", "intention")}
    _screen(env, case.action_hear()).create({**asked, "respond_by": respond_by}).action_ask()


def _answer(env, case, scene, weeks):
    wizard = _screen(env, case.hearing_ids[:1].action_record_view())
    answered = {"received_on": case.protocol_id._today(), "view": scene["view"]}
    wizard.create(answered).action_answer()


def _object(env, case, scene, weeks):
    wizard = _screen(env, case.decision_ids[:1].action_object())
    came = {"received_on": case.protocol_id._today(), "text": scene["text"]}
    wizard.create(came).action_save()


def _settle(env, case, scene, weeks):
    wizard = _screen(env, case.objection_ids[:1].action_settle())
    wizard.create({"outcome": scene["outcome"], "text": scene["text"]}).action_save()


def _step_with_measure(env, case, scene, weeks):
    measure = case.measure_ids.filtered(lambda one: one.type_id.code == scene["measure"])
    wizard = _screen(env, getattr(measure, f"action_{scene['do']}")())
    wizard.create({"text": scene["text"]}).action_save()


def _night(env, case, scene, weeks):
    measures = env["aggression.measure"].sudo()
    measures.search(measures._over_domain())._end_over()


def _talk_with_citizen(env, case, scene, weeks):
    """Invite the citizen and, in a later scene, write down how it went."""
    measure = case.measure_ids.filtered(lambda one: one._is_a_talk() and one.state != "ended")
    wizard = _screen(env, measure.action_talk())
    if "report" in scene:
        wizard.create({"report": scene["report"]}).action_held()
    else:
        planned = {name: scene[name] for name in ("representative", "place")}
        wizard.create({**planned, "talk_at": moment(scene["talk_at"], weeks)}).action_invite()


def _tell_to_leave(env, case, scene, weeks):
    wizard = _screen(env, case.action_told_to_leave())
    said = {"by_name": scene["by_name"], "where": scene["where"]}
    for at in scene["refused_at"]:
        wizard.create({**said, "at": moment(at, weeks)}).action_refused()


def _triangle(env, case, scene, weeks):
    """Put the case on the agenda, or record what came of it."""
    if "outcome" in scene:
        wizard = _screen(env, case._action_triangle_outcome())
        said = {"discussed_on": case.protocol_id._today(), "outcome": scene["outcome"]}
        wizard.create(said).action_discussed()
    else:
        wizard = _screen(env, case.action_put_on_triangle())
        wizard.create({"question": scene["question"]}).action_put_on()


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
            {"duty_id": duty.id, "note": scene["note"], "late_reason": scene.get("late")}
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


DOERS = {
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
    "tell_to_leave": _tell_to_leave,
    "triangle": _triangle,
    "complete": _complete,
    "hold_talk": _hold_talk,
    "decline_talks": _decline_talks,
    "close": _close,
    **{name: step for part in PARTS for name, step in part.DOERS.items()},
}
