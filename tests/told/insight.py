"""The number in GIR, the confidential annex, and the yearly evaluation, on both cases."""

from datetime import date

from ..entitled import HANDLERS

SCREENS = {
    "aggression.gir.wizard": ("clerk", None),
    "aggression.council.annex": ("clerk", None),
}
STEPS = {
    "aggression.incident": dict.fromkeys(("action_gir_sheet", "action_register_gir"), HANDLERS)
}


def screen_values(test, incident):
    report = test.env["aggression.council.report"].search([], limit=1)
    return {
        "aggression.gir.wizard": {
            "incident_id": incident.id,
            "reference": "GIR 2026-17",
            "day": "2026-03-08",
        },
        "aggression.council.annex": {"report_id": report.id},
    }


def tell(test, incident, mayor):
    test.as_user("coordinator", incident)._register_in_gir("GIR 2026-17", date(2026, 3, 8))
    evaluations = test.model_as("clerk", "aggression.protocol.evaluation")
    if not evaluations.search_count([], limit=1):
        evaluations.create({"year": 2025, "conclusions": "Care came in time."})
