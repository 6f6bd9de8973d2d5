"""What follows on a declaration: it is filed, the police ask something."""

from ..entitled import HANDLERS

SCREENS = {
    "aggression.prosecution.wizard": ("clerk", None),
    "aggression.police.request.wizard": ("clerk", None),
}
TEAM = HANDLERS | {"mayor"}
STEPS = {
    "aggression.incident": {
        "action_begin_prosecution": TEAM,
        "action_show_prosecution": TEAM | {"hit", "second", "mayor_hit"},
    },
    "aggression.prosecution": dict.fromkeys(
        ("action_record_step", "action_note_details", "action_police_asks"), TEAM
    ),
    "aggression.police.request": {"action_answer": TEAM},
}


def screen_values(test, incident):
    """Fill in both screens: what is followed already, and what the police ask."""
    about = {"incident_id": incident.id}
    return {
        "aggression.prosecution.wizard": {
            **about,
            **dict.fromkeys(("police_number", "vpt_code", "prosecutor_number"), "PL1500-1"),
            "contacts": "Agent Smit.",
            "note": "Called.",
        },
        "aggression.police.request.wizard": {
            **about,
            "of_whom": "The councillor",
            "what": "The message.",
            "due_at": "2026-03-12 10:00:00",
            "answer": "Sent.",
        },
    }


def tell_later(test, incident):
    """Let the police get what the first person hit declared, and ask something of them."""
    person = incident.affected_ids[0]
    filed = {"state": "filed", "filed_by_id": test.users["order_officer"].id}
    filed["filed_at"] = incident.reported_at
    person._declaration()._unlocked().write(filed)
    screen = test.open_screen("coordinator", "aggression.prosecution.wizard", incident)
    screen.action_save()
    followed = test.env["aggression.prosecution"].search([("affected_id", "=", person.id)])
    screen = test.open_screen("coordinator", "aggression.police.request.wizard", incident)
    screen.write({"prosecution_id": followed.id, "step": "ask"})
    screen.action_save()
