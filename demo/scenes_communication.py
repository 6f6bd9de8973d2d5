"""What people do to tell others about a case, with consent and by whom it was settled."""

from odoo import fields

from .clock import WEEK
from .screens import screen


def _agree(env, case, scene, weeks):
    agreed = {name: name in scene["to"] for name in ("communication", "briefing")}
    screen(env, case.action_my_consent()).create(agreed).action_save()


def _holder(env, case, role):
    """Return who answers for a role of the protocol in this case."""
    found = env["aggression.role"].search([("code", "=", role)], limit=1)
    return case.sudo()._holder_id(found.id)


def _settle_who_speaks(env, case, scene, weeks):
    settled = {name: scene.get(name, False) for name in ("with_person_hit", "with_commissioner")}
    speaker = {"spokesperson_id": _holder(env, case, scene["speaker"]), "text": scene["text"]}
    screen(env, case.action_arrange()).create({**settled, **speaker}).action_save()


def _write_statement(env, case, scene, weeks):
    told = {
        name: scene.get(name) for name in ("audience", "text", "assisted_by", "about_declaration")
    }
    screen(env, case.action_write_statement()).create(told).action_save()


def _statement(env, case):
    return env["aggression.statement"].search([("incident_id", "=", case.id)], limit=1)


def _approve_statement(env, case, scene, weeks):
    _statement(env, case).action_approve()


def _tell(env, case, scene, weeks):
    _statement(env, case).action_tell()


def _write_briefing(env, case, scene, weeks):
    screen(env, case.action_brief()).create({"text": scene["text"]}).action_save()


def _briefing(env, case):
    return env["aggression.briefing"].search([("incident_id", "=", case.id)], limit=1)


def _approve_briefing(env, case, scene, weeks):
    _briefing(env, case).action_approve()


def _inform(env, case, scene, weeks):
    """Inform the other holder of a role that the person hit holds too."""
    role = env["aggression.role"].search([("code", "=", scene["role"])], limit=1)
    colleague = case.sudo()._holder_id(role.id)
    until = fields.Date.to_date(scene["until"]) + weeks * WEEK
    wizard = screen(env, _briefing(env, case).action_inform())
    wizard.create({"user_id": colleague, "until": until}).action_save()


DOERS = {
    "agree": _agree,
    "settle_who_speaks": _settle_who_speaks,
    "write_statement": _write_statement,
    "approve_statement": _approve_statement,
    "tell": _tell,
    "write_briefing": _write_briefing,
    "approve_briefing": _approve_briefing,
    "inform": _inform,
}
