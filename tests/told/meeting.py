"""The step cards, the disturbance of a meeting, and the evaluation, on both cases."""

from ..entitled import HANDLERS

WORKING = HANDLERS | {"mayor"}
SCREENS = {
    "aggression.step.taken.wizard": ("clerk", None),
    "aggression.meeting.start": ("clerk", None),
    "aggression.meeting.note": ("clerk", None),
    "aggression.evaluation.wizard": ("clerk", None),
}
STEPS = {
    "aggression.incident": dict.fromkeys(
        ("action_steps_taken", "action_meeting_disturbance", "action_evaluate"), WORKING
    ),
    "aggression.meeting.disturbance": dict.fromkeys(
        (
            *("action_demand", "action_left", "action_livestream_off", "action_livestream_on"),
            *("action_police", "action_resume", "action_force", "action_correct"),
            "action_open_case",
        ),
        WORKING,
    ),
}
# on no case yet
AT_LARGE = {"aggression.meeting.start": "suspending a meeting begins one"}


def screen_values(test, incident):
    about = {"incident_id": incident.id}
    meeting = {**about, "disturbance_id": incident.disturbance_ids.id}
    steps = incident.protocol_id.step_card_ids[:1].line_ids
    return {
        "aggression.step.taken.wizard": {
            **about,
            "card_id": steps.card_id.id,
            "step_ids": steps.ids,
        },
        "aggression.meeting.start": {},
        "aggression.meeting.note": {**meeting, "step": "force", "purpose": "free", "text": "Held."},
        "aggression.evaluation.wizard": {
            **about,
            "went_well": "Care came at once.",
            "must_change": "The alarm was not heard.",
            "action": "Repair the alarm.",
            "owner_id": test.users["coordinator"].id,
            "due_on": "2027-06-01",
            "lesson": "Test the alarm each month.",
            "unrecognisable": True,
        },
    }


def tell(test, incident, mayor):
    test.as_user("coordinator", incident).action_meeting_disturbance()
    incident.invalidate_recordset()
    test.open_screen("coordinator", "aggression.meeting.note", incident).action_save()
    test.open_screen("coordinator", "aggression.step.taken.wizard", incident).action_save()
    test.open_screen("coordinator", "aggression.evaluation.wizard", incident).action_save()
