"""What a municipality has beside its cases: a talk that carries risk, meetings, lessons."""

SCREENS = {"aggression.risk.talk.wizard": ("desk", None)}
AT_LARGE = {"aggression.risk.talk.wizard": "anybody who works here, or holds an office"}


def screen_values(test, incident):
    talk = {"talk_at": "2026-12-28 10:00:00", "place": "Room 3", "topic": "A permit."}
    return {"aggression.risk.talk.wizard": talk}


def tell(test, incident, mayor):
    hit = incident.affected_ids[:1].user_id.login
    test.open_screen(hit, "aggression.risk.talk.wizard", incident).action_ask()
    test.env["aggression.prevention.activity"]._cron_come_round()
