"""Every step that a remote call can take on a case, and who gets further than the door."""

from . import told
from .entitled import EVERYBODY_ON_IT, HANDLERS

STEPS = {
    "aggression.incident": {
        "action_classify": HANDLERS,
        "action_compare_causer": HANDLERS,
        "action_show_findings": HANDLERS | {"mayor"},
        "action_decide": {"mayor"},
        "action_hear": HANDLERS | {"mayor"},
        **dict.fromkeys(("action_close", "action_reopen"), HANDLERS | {"mayor"}),
        **dict.fromkeys(("action_add_note", "action_record_reaction"), HANDLERS | {"mayor"}),
        **dict.fromkeys(("action_told_to_leave", "action_refused_again"), HANDLERS | {"mayor"}),
        **dict.fromkeys(("action_put_on_triangle", "action_show_triangle"), HANDLERS | {"mayor"}),
        "action_share": HANDLERS,
        "action_keep_out": HANDLERS,
        "action_keep_longer": HANDLERS,
        "action_show_kept_out": HANDLERS,
        "action_step_back": HANDLERS | {"mayor", "carer"},
        "action_open_care": EVERYBODY_ON_IT,
        "action_show_emergencies": EVERYBODY_ON_IT,
        "action_show_readers": {"hit", "second", "mayor_hit"},
        "action_declare": HANDLERS | {"mayor", "hit", "second", "mayor_hit"},
        "action_protect": HANDLERS,
    },
    "aggression.emergency": {
        "action_approve": set(),  # two people whom no column stands for
        "action_refuse": set(),
        "action_end": set(),
    },
    "aggression.causer.identification": {"action_separate": HANDLERS},
    "aggression.exclusion": {"action_let_in": HANDLERS},
    "aggression.evidence": {"action_download": EVERYBODY_ON_IT},
    "aggression.aftercare": {"action_decline": {"hit", "mayor", "carer", "mayor_hit"}},
    "aggression.talk": {
        "action_hold": {"mayor", "carer"},
        "action_decline": {"hit", "mayor", "carer", "mayor_hit"},
    },
    "aggression.decision": {
        "action_print_letter": HANDLERS | {"mayor"},
        "action_send": HANDLERS | {"mayor"},
        "action_object": HANDLERS | {"mayor"},
    },
    "aggression.measure": {
        "action_open_case": HANDLERS | {"mayor"},
        "action_lift": {"mayor"},
        "action_keep": HANDLERS | {"mayor"},
        "action_ignored": HANDLERS | {"mayor"},
        "action_show_picture": HANDLERS | {"mayor"},
        "action_talk": HANDLERS | {"mayor"},
    },
    "aggression.hearing": {"action_record_view": HANDLERS | {"mayor"}},
    "aggression.objection": {"action_settle": {"mayor"}},
    "aggression.sent.letter": {"action_download": HANDLERS | {"mayor"}},
    "aggression.triangle.item": {"action_record_outcome": HANDLERS | {"mayor"}},
    "aggression.duty": {"action_open_step": HANDLERS | {"mayor", "carer"}},
}
for model, steps in told.merged("STEPS").items():
    STEPS[model] = {**STEPS.get(model, {}), **steps}
