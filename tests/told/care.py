"""The care: a referral for each, a witness beside the first person hit."""

from ..entitled import HANDLERS

BOTH = {"hit", "mayor", "carer", "mayor_hit"}
SCREENS = {
    "aggression.care.wizard": ("mayor", None),
    "aggression.carer.wizard": ("clerk", None),
    "aggression.care.offer.wizard": ("clerk", None),
}
STEPS = {
    "aggression.affected.person": {
        "action_choose_carer": HANDLERS | {"hit", "mayor_hit"},
        "action_offer_care": HANDLERS | BOTH,
    },
    "aggression.aftercare": {
        **dict.fromkeys(("action_plan_talk", "action_refer", "action_record_wish"), BOTH),
        **dict.fromkeys(("action_round_off", "action_offer_care"), BOTH),
        **dict.fromkeys(("action_choose_carer", "action_share_earlier"), {"hit", "mayor_hit"}),
        **dict.fromkeys(("action_still_declined", "action_stagnates"), {"mayor", "carer"}),
    },
    "aggression.talk": {"action_bring_forward": BOTH},
    "aggression.referral": dict.fromkeys(("action_accept", "action_refuse"), BOTH),
    "aggression.arrangement": dict.fromkeys(
        ("action_open", "action_wished", "action_arranged", "action_not_needed"), BOTH
    ),
}


def _own(place):
    return lambda incident: incident.affected_ids[place]._own_care()


def _beside(incident):
    return incident.affected_ids.aftercare_ids - incident.affected_ids._own_care()


APART = {
    "aggression.aftercare": _own(slice(0, 1)),
    "aggression.aftercare (second)": _own(slice(1, 2)),
    "aggression.aftercare (beside)": _beside,
    "aggression.talk": lambda incident: _own(slice(0, 1))(incident).talk_ids,
    "aggression.talk (second)": lambda incident: _own(slice(1, 2))(incident).talk_ids,
    "aggression.talk (beside)": lambda incident: _beside(incident).talk_ids,
}


def screen_values(test, incident):
    about = {"incident_id": incident.id}
    care = incident.affected_ids[0]._own_care()
    return {
        "aggression.care.wizard": {
            **about,
            "aftercare_id": care.id,
            "step": "wish",
            "text": "Less post.",
        },
        "aggression.carer.wizard": {
            **about,
            "user_id": test.users["uninvolved"].id,
            "wish": "Somebody who is no politician.",
        },
        "aggression.care.offer.wizard": {**about, "for_whom": "witness", "name": "W. Willems"},
    }


def tell(test, incident, mayor):
    provider = incident.protocol_id.care_provider_ids[:1]
    for care in incident.affected_ids._own_care():
        mine = test.as_user(mayor, care)
        test.env["aggression.referral"].with_env(mine.env)._propose(
            mine, provider.with_env(mine.env), "person", "Does not sleep."
        )
    test.open_screen("coordinator", "aggression.care.offer.wizard", incident).action_save()
