"""What people do about a disturbed meeting, before a talk that carries risk, and to learn."""

from .clock import moment
from .screens import screen as on_screen

# what the story calls it: the moment on the screen
TIMES = {
    "suspended": "suspended_at",
    "livestream_stopped": "livestream_off_at",
    "police_called": "police_called_at",
    "resumed": "resumed_at",
}


def meeting(env, case, scene, weeks):
    """Write down afterwards at what time the chair did what."""
    disturbance = env["aggression.meeting.disturbance"].browse(
        case.action_meeting_disturbance()["res_id"]
    )
    for name, at in scene["times"].items():
        on_screen(env, disturbance.action_correct()).create(
            {"moment": TIMES[name], "at": moment(at, weeks), "text": scene["reason"]}
        ).action_save()


def evaluate(env, case, scene, weeks):
    told = ("went_well", "must_change", "lesson", "unrecognisable")
    values = {name: scene[name] for name in told if name in scene}
    on_screen(env, case.action_evaluate()).create(values).action_save()


def steps_taken(env, case, scene, weeks):
    wizard = on_screen(env, case.action_steps_taken()).create(
        {"at": moment(scene["done_at"], weeks), "by_name": scene["by_name"]}
    )
    wizard.step_ids = wizard.card_id.line_ids[: scene["steps"]]
    wizard.action_save()


def ask_for_help(env, case, scene, weeks):
    """Ask for help with a talk to come; it is beside the case of the story."""
    values = {name: scene[name] for name in ("place", "topic", "minutes")}
    wizard = env["aggression.risk.talk.wizard"]
    wizard.create({**values, "talk_at": moment(scene["talk_at"], weeks)}).action_ask()


DOERS = {
    "meeting": meeting,
    "evaluate": evaluate,
    "steps_taken": steps_taken,
    "ask_for_help": ask_for_help,
}
