"""The declaration and what comes with it: answers, filing, notifying, deciding together."""

from unittest.mock import patch

from odoo.addons.base.models.ir_actions_report import IrActionsReport

from ..entitled import HANDLERS

WRITERS = {"hit", "mayor_hit"}
SCREENS = {
    "aggression.filing.wizard": ("clerk", None),
    "aggression.notification.wizard": ("clerk", None),
    "aggression.consent.wizard": ("clerk", None),
    "aggression.joint.wizard": ("clerk", None),
}
STEPS = {
    "aggression.incident": {
        "action_record_consent": HANDLERS,
        "action_notify_police": HANDLERS | {"mayor"},
        "action_decide_together": HANDLERS | {"mayor"},
    },
    "aggression.affected.person": {"action_record_answer": HANDLERS},
    "aggression.declaration": {
        "action_file": set(),  # the authorised representative, whom no column stands for
        "action_make_ready": HANDLERS | WRITERS | {"mayor"},
        "action_rewrite": HANDLERS | WRITERS | {"mayor"},
        "action_print_form": HANDLERS | WRITERS | {"mayor"},
        "action_print_sheet": HANDLERS | WRITERS | {"mayor"},
    },
    "aggression.consent.paper": {"action_download": HANDLERS | WRITERS | {"mayor"}},
    "aggression.police.form": {"action_download": HANDLERS | WRITERS | {"mayor"}},
}


def screen_values(test, incident):
    about = {"incident_id": incident.id}
    person = incident.affected_ids[0]
    return {
        "aggression.filing.wizard": {
            **about,
            "declaration_id": person._declaration().id,
            "mandate": "Mandate 7.",
        },
        "aggression.notification.wizard": {**about, "text": "A threat at the back door."},
        "aggression.consent.wizard": {
            **about,
            "affected_id": person.id,
            "filename": "signed.pdf",
            "content": b"QQ==",
        },
        "aggression.joint.wizard": {**about, "role_id": test.role("mayor").id, "note": "For all."},
    }


def tell(test, incident, mayor):
    """Let the first person hit agree on paper, have it written down, and notify the police."""
    test.open_screen("coordinator", "aggression.consent.wizard", incident).action_save()
    test.open_screen("coordinator", "aggression.declaration.wizard", incident).action_save()
    with patch.object(IrActionsReport, "_render_qweb_pdf", lambda *_args: (b"%PDF-1.7", "pdf")):
        test.open_screen("coordinator", "aggression.notification.wizard", incident).action_notify()
    test.env["aggression.joint.decision"]._unlocked().create(
        {
            "incident_id": incident.id,
            "role_id": test.role("mayor").id,
            "name": f"Name of {mayor}",
            "declares": True,
            "at": incident.reported_at,
            "note": "For all of us.",
            "recorded_by_id": test.users["coordinator"].id,
        }
    )
