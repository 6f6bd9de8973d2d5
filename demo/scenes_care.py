"""What people do for each other in the stories: the care, each step as its own screen has it."""

from .clock import moment
from .screens import screen as _screen


def _own_care(env, case):
    """Return the care in this case that is given or offered to the person of the scene."""
    return env["aggression.aftercare"].search(
        [("incident_id", "=", case.id), ("for_whom", "=", "hit")], limit=1
    )


def _tick_goals(env, case, scene, weeks):
    """Tick what was talked about, by the place of the goals in the list of that talk."""
    talk = _own_care(env, case).talk_ids.filtered(lambda talk: talk.number == scene["number"])
    talk.goal_ids = talk.goal_choice_ids.filtered(lambda goal: goal.clause in scene["clauses"])


def _wish(env, case, scene, weeks):
    action = _own_care(env, case).action_record_wish()
    _screen(env, action).create({"text": scene["text"]}).action_save()


def _extra_talk(env, case, scene, weeks):
    action = _own_care(env, case).action_plan_talk()
    _screen(env, action).create({"due_at": moment(scene["before"], weeks)}).action_save()


def _accept_referral(env, case, scene, weeks):
    referrals = _own_care(env, case).referral_ids
    referrals.filtered(lambda one: one.for_whom == scene["for_whom"]).action_accept()


def _arrange(env, case, scene, weeks):
    """Note how far a practical matter is."""
    lines = _own_care(env, case).arrangement_ids
    for opens, step in scene["matters"].items():
        getattr(lines.filtered(lambda line, o=opens: line.opens == o), f"action_{step}")()


def _care_for(env, case, scene, weeks):
    """Offer care to a witness or to somebody of the home front."""
    person = env["aggression.affected.person"].search([("incident_id", "=", case.id)], limit=1)
    offered = {"for_whom": scene["for_whom"], "name": scene["name"]}
    _screen(env, person.action_offer_care()).create(offered).action_save()


DOERS = {
    "tick_goals": _tick_goals,
    "wish": _wish,
    "extra_talk": _extra_talk,
    "accept_referral": _accept_referral,
    "arrange": _arrange,
    "care_for": _care_for,
}
