"""What people do in the stories towards the police, each step through its own screen."""

from odoo import fields

from .clock import WEEK
from .screens import screen as _opened

PAPER = b"JVBERi0xLjQ="  # the first bytes of any PDF: the scan of a signed paper
WORDS = (
    *("text", "agrees", "in_what_way", "with_what", "witnesses", "protective_needs"),
    *("wants_compensation", "under_number", "address_choice"),
)


def _declare(env, case, scene, weeks):
    """Write the declaration down; what is not told is as the screen proposes it."""
    told = {name: scene[name] for name in WORDS if name in scene}
    if "complaint_given_on" in scene:
        given = fields.Date.to_date(scene["complaint_given_on"])
        told["complaint_given_on"] = given + weeks * WEEK
    screen = _opened(env, case.action_declare()).create({"incident_id": case.id, **told})
    screen.action_ready()


def _answer_declaration(env, case, scene, weeks):
    paper = {"filename": "toestemming.pdf", "content": PAPER} if scene["answer"] == "agreed" else {}
    screen = _opened(env, case.action_record_consent())
    screen.create({"answer": scene["answer"], **paper}).action_save()


def _file(env, case, scene, weeks):
    """File what was declared, as who is the authorised representative on that day."""
    declared = case.sudo().declaration_ids.filtered(lambda one: one.kind == "declaration")
    filer = env["res.users"].browse(declared[0]._filer_ids()[0])
    own = env(user=filer.id, context=filer.with_user(filer).context_get())
    action = declared[0].with_env(own).action_file()
    _opened(own, action).create({"mandate": scene["mandate"]}).action_file()


def _notify(env, case, scene, weeks):
    _opened(env, case.action_notify_police()).create({"text": scene["text"]}).action_notify()


def _decide_together(env, case, scene, weeks):
    screen = _opened(env, case.action_decide_together())
    screen.create({"note": scene.get("note")}).action_declare()


DOERS = {
    "declare": _declare,
    "answer_declaration": _answer_declaration,
    "file": _file,
    "notify": _notify,
    "decide_together": _decide_together,
}
