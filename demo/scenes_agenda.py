"""Times for the talks of the aftercare, in the stories."""

from .clock import moment
from .screens import screen


def _make_appointment(env, case, scene, weeks):
    wanted = [("incident_id", "=", case.id), ("number", "=", scene["number"])]
    action = env["aggression.talk"].search(wanted)[:1].action_make_appointment()
    values = {"start_at": moment(scene["talk_at"], weeks), "place": scene["place"]}
    screen(env, action).create({**values, "agreed": scene.get("agreed", False)}).action_save()


DOERS = {"make_appointment": _make_appointment}
