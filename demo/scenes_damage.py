"""What people do in the stories about damage, causers who become known and the inspectorate."""

from base64 import b64encode

from odoo import fields

from .clock import WEEK
from .screens import screen as _screen


def _day(text, weeks):
    return fields.Date.to_date(text) + weeks * WEEK


def _note_damage(env, case, scene, weeks):
    told = {name: scene[name] for name in ("kind", "what", "amount") if name in scene}
    if "receipt" in scene:
        content = b64encode(scene["receipt"]["text"].encode())
        told |= {"filename": scene["receipt"]["filename"], "receipt": content}
    _screen(env, case.action_note_damage()).create(told).action_save()


def _reimburse(env, case, scene, weeks):
    damage = env["aggression.damage"]._of(case).filtered(lambda one: one.state == "asked")
    wizard = _screen(env, damage[:1].action_decide_reimbursement())
    decided = {name: scene[name] for name in ("granted", "reason") if name in scene}
    wizard.create(decided).action_save()


def _pay(env, case, scene, weeks):
    damage = env["aggression.damage"]._of(case).filtered(lambda one: one.state == "granted")
    paid = {"paid_on": case.protocol_id._today(), "payment_reference": scene["reference"]}
    _screen(env, damage[:1].action_pay()).create(paid).action_save()


def _claim(env, case, scene, weeks):
    told = {name: scene[name] for name in ("account", "pay_to")}
    days = {"day": case.protocol_id._today(), "pay_by": _day(scene["pay_by"], weeks)}
    _screen(env, case.claim_ids[:1].action_send()).create({**told, **days}).action_save()


def _receive(env, case, scene, weeks):
    told = {"day": case.protocol_id._today(), "amount": scene["amount"], "how": scene["how"]}
    if "pay_by" in scene:
        told["pay_by"] = _day(scene["pay_by"], weeks)
    _screen(env, case.claim_ids[:1].action_receive()).create(told).action_save()


def _inspectorate(env, case, scene, weeks):
    told = {name: scene[name] for name in ("decision", "reason")}
    _screen(env, case.action_notify_inspectorate()).create(told).action_save()


def _name_causer(env, case, scene, weeks):
    told = {name: scene[name] for name in ("name", "address", "how") if name in scene}
    _screen(env, case.action_name_causer()).create(told).action_save()


DOERS = {
    "damage": _note_damage,
    "reimburse": _reimburse,
    "pay": _pay,
    "claim": _claim,
    "receive": _receive,
    "inspectorate": _inspectorate,
    "name_causer": _name_causer,
}
