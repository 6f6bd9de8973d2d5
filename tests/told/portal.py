"""What stands on the portal: a question in doubt, and a report that was not sent yet."""

FILE = b"QQ=="
APART_ROLE = "public_order_officer"  # of whom no column of access.csv tells
SCREENS = {
    "aggression.report.draft": ("councillor", None),
    "aggression.report.draft.file": ("councillor", "aggression.report.draft"),
    "aggression.consultation.answer": ("clerk", None),
}
STEPS = {"aggression.consultation": {"action_answer": {"clerk", "stand_in"}}}


def _asked_about(incident):
    """Return what the first person hit in this case asked."""
    hit = incident.affected_ids[0].user_id
    return incident.env["aggression.consultation"].search([("asked_by_id", "=", hit.id)])


APART = {"aggression.consultation": _asked_about}


def screen_values(test, incident):
    return {
        "aggression.report.draft": {"story": "Begun.", "hit": "me"},
        "aggression.report.draft.file": {"filename": "x.png", "content": FILE, "source": "Phone"},
        "aggression.consultation.answer": {
            "consultation_id": _asked_about(incident).id,
            "answer": "Let us talk about it.",
        },
    }


def tell(test, incident, mayor):
    """Let who was hit ask something: the clerk, and in the mayor's own case somebody apart."""
    hit = incident.affected_ids[0].user_id
    by, code = ("clerk", "council_clerk") if mayor == "mayor" else ("order_officer", APART_ROLE)
    test.protocol.doubt_role_ids |= test.role(code)
    consultations = test.model_as(hit.login, "aggression.consultation")
    asked = consultations._ask("Is this over the line?", test.role(code))
    test.open_screen(by, "aggression.consultation.answer", incident).action_save()
    asked.invalidate_recordset()
