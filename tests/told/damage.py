"""Damage, reimbursement, claims, the Labour Inspectorate, in the complete case."""

from datetime import date, datetime
from unittest.mock import patch

from odoo.addons.base.models.ir_actions_report import IrActionsReport

from ..entitled import HANDLERS

FILE = b"QQ=="  # of its own: the screens of the tests are told here too
TEAM = HANDLERS | {"mayor"}
OWN = TEAM | {"hit", "mayor_hit"}

SCREENS = {
    "aggression.damage.wizard": ("councillor", None),
    "aggression.claim.wizard": ("clerk", None),
    "aggression.inspectorate.wizard": ("clerk", None),
    "aggression.harm.wizard": ("clerk", None),
    "aggression.naming.wizard": ("clerk", None),
}
STEPS = {
    "aggression.incident": {
        **dict.fromkeys(("action_damage", "action_note_damage"), OWN | {"second"}),
        "action_notify_inspectorate": TEAM,
        "action_name_causer": HANDLERS,
    },
    "aggression.affected.person": {
        "action_note_damage": OWN,
        "action_notify_inspectorate": TEAM,
        "action_note_harm": HANDLERS,
    },
    "aggression.damage": {
        **dict.fromkeys(("action_add_receipt", "action_ask", "action_withdraw"), OWN),
        **dict.fromkeys(("action_decide_reimbursement", "action_pay"), TEAM),
    },
    "aggression.damage.receipt": {"action_download": OWN},
    "aggression.damage.claim": dict.fromkeys(
        (
            "action_open",
            "action_open_case",
            "action_send",
            "action_remind",
            "action_receive",
            "action_join",
            "action_write_off",
        ),
        TEAM,
    ),
    "aggression.inspectorate.notice": {"action_print": TEAM},
    "aggression.inspectorate.proof": {"action_download": OWN},
    "aggression.protection": dict.fromkeys(
        ("action_renew", "action_review", "action_end"), {"clerk"}
    ),
}


def screen_values(test, incident):
    about = {"incident_id": incident.id}
    return {
        "aggression.damage.wizard": {**about, "what": "Glasses", "amount": 389.0},
        "aggression.claim.wizard": {
            **about,
            "claim_id": incident.claim_ids[:1].id,
            "account": "Glasses",
            "pay_to": "NL00",
            "reason": "Nothing to be had.",
        },
        "aggression.inspectorate.wizard": {**about, "decision": "applies", "reason": "Hurt."},
        "aggression.harm.wizard": {**about, "hospital": True},
        "aggression.naming.wizard": {**about, "name": "P. Peters", "how": "He said so."},
    }


def tell(test, incident, mayor):
    """Somebody lost something and wants it back; it is claimed, and a part of it comes in."""
    persons = incident.affected_ids
    for person in persons:
        _damaged(test, incident, person)
    test.model_as("coordinator", "aggression.damage")._note(
        test.as_user("coordinator", incident),
        persons.browse(),
        {"what": "A window", "amount": 80.5},
    )
    first = incident.damage_ids[0]
    test.as_user("secretary", first)._decide(300.0, "The rest was old.")
    test.as_user("coordinator", first)._pay(date(2026, 3, 8), "2026-0042")
    with patch.object(IrActionsReport, "_render_qweb_pdf", lambda *_args: (b"%PDF-1.7", "pdf")):
        claim = test.as_user("coordinator", incident.claim_ids)
        claim._send(date(2026, 3, 8), date(2026, 4, 7), "Glasses.", "NL00BANK0123456789")
    claim._receive(date(2026, 3, 8), 100.0, "First part.", date(2026, 4, 8))
    for person in persons:
        _notified(test, person)


def _damaged(test, incident, person):
    login = person.user_id.login
    receipt = {"filename": "receipt.png", "content": FILE}
    damage = test.model_as(login, "aggression.damage")._note(
        test.as_user(login, incident),
        test.as_user(login, person),
        {"what": "Glasses", "amount": 389.0},
        receipt,
    )
    damage._ask()


def _notified(test, person):
    notices = test.model_as("secretary", "aggression.inspectorate.notice")
    notice = notices._decide(
        test.as_user("secretary", person),
        "applies",
        "Cannot sleep any more.",
        {"victim": "Somebody"},
    )
    proof = {"filename": "proof.png", "content": FILE}
    notice._sent(datetime(2026, 3, 8, 8), "form", "123", proof)
