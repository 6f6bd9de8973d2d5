"""What is told about a case: who speaks, a statement, a colleague who is informed."""

from odoo.tests import new_test_user

from ..common import HOLDER
from ..entitled import HANDLERS

SCREENS = {
    "aggression.speaking.wizard": ("mayor", None),
    "aggression.statement.wizard": ("clerk", None),
    "aggression.agreement.wizard": ("councillor", None),
    "aggression.briefing.wizard": ("clerk", None),
}
TEAM = HANDLERS | {"mayor"}
PERSONS = {"hit", "second", "mayor_hit"}
STEPS = {
    "aggression.incident": {
        "action_arrange": {"mayor"},
        **dict.fromkeys(("action_show_speaking", "action_write_statement"), TEAM),
        **dict.fromkeys(("action_show_statements", "action_brief"), TEAM),
        "action_my_consent": PERSONS,
        "action_show_briefings": TEAM | PERSONS,
    },
    "aggression.statement": {
        "action_agree": {"mayor"},
        "action_approve": {"mayor"},
        **dict.fromkeys(("action_tell", "action_withdraw", "action_rewrite"), TEAM),
    },
    "aggression.briefing": {"action_approve": {"hit", "mayor_hit"}, "action_inform": TEAM},
}
INFORMED = "informed"


def screen_values(test, incident):
    """Fill in the screens as who decides, handles or was hit would."""
    about = {"incident_id": incident.id}
    decider = incident._decider()
    return {
        "aggression.speaking.wizard": {
            **about,
            "spokesperson_id": decider.id,
            "with_person_hit": True,
            "text": "The decider speaks.",
        },
        "aggression.statement.wizard": {
            **about,
            "audience": "council_confidential",
            "speaker_id": decider.id,
            "assisted_by": "The area prosecutor",
            "text": "One of us was threatened.",
        },
        "aggression.agreement.wizard": about,
        "aggression.briefing.wizard": {**about, "text": "Give her some rest."},
    }


def tell(test, incident, mayor):
    """Settle who speaks, draft a statement, and inform a colleague with consent."""
    person = incident.affected_ids[0]
    test.open_screen(mayor, "aggression.speaking.wizard", incident).action_save()
    test.open_screen("coordinator", "aggression.statement.wizard", incident).action_save()
    screen = test.open_screen(person.user_id.login, "aggression.agreement.wizard", incident)
    screen.briefing = True
    screen.action_save()
    test.open_screen("coordinator", "aggression.briefing.wizard", incident).action_save()
    briefing = test.env["aggression.briefing"].search([("affected_id", "=", person.id)])
    test.as_user(person.user_id.login, briefing).action_approve()
    test.as_user("coordinator", test.env["aggression.briefing.reader"])._inform(
        test.as_user("coordinator", briefing), _informed(test), briefing.create_date.date()
    )


def _informed(test):
    """Return a colleague who has no part in any case, and no column of access.csv."""
    if INFORMED not in test.users:
        groups = f"{HOLDER},base.group_portal"
        test.users[INFORMED] = new_test_user(test.env, INFORMED, groups, name="Name of informed")
    return test.users[INFORMED]
