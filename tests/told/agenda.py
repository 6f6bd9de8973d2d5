"""Appointments for the talks of the aftercare."""

from datetime import datetime

from ..access_table import PARTS

SIDES = {"hit", "mayor", "carer", "mayor_hit"}
SCREENS = {"aggression.appointment.wizard": ("councillor", None)}
STEPS = {
    # anybody may ask: each gets the own number, and most get none
    "aggression.duty": {"count_mine": set(PARTS)},
    "aggression.talk": {"action_make_appointment": SIDES},
    "aggression.appointment": {
        "action_accept": SIDES,
        "action_propose_other": SIDES,
        "action_cancel": SIDES,
        "action_other_missed": SIDES,
        "action_i_missed": SIDES,
        "action_download": SIDES,
    },
}


def screen_values(_test, incident):
    talk = incident.affected_ids[0].aftercare_ids.talk_ids[1]
    values = {"talk_id": talk.id, "start_at": "2026-03-10 09:00:00", "place": "At home"}
    return {"aggression.appointment.wizard": {"incident_id": incident.id, **values}}


def tell(test, incident, mayor):
    """Let the carer propose a time for the second talk with everybody who was hit."""
    for care in incident.affected_ids.aftercare_ids:
        talk = test.as_user(mayor, care).talk_ids[1]
        start = datetime(2026, 3, 9, 9)
        talk.env["aggression.appointment"]._propose(talk, start, 60, "At home")
