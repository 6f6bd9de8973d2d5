"""A fact that turns out to be wrong."""

from ..entitled import HANDLERS

SCREENS = {"aggression.correction.wizard": ("clerk", None)}
STEPS = {"aggression.incident": {"action_correct": HANDLERS}}


def screen_values(_test, incident):
    return {
        "aggression.correction.wizard": {
            "incident_id": incident.id,
            "reason": "The camera shows another time.",
        }
    }
