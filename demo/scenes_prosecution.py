"""What people do after a declaration: file it, follow it, answer the police."""

from .clock import moment
from .screens import screen


def _file_with_police(env, case, scene, weeks):
    filed = {name: scene.get(name) for name in ("police_number", "vpt_code", "contacts")}
    wizard = screen(env, case.action_begin_prosecution())
    wizard.create(filed).action_save()


def _followed(env, case):
    return env["aggression.prosecution"].search([("incident_id", "=", case.id)])


def _prosecution_step(env, case, scene, weeks):
    taken = {name: scene.get(name) for name in ("target", "note", "outcome")}
    wizard = screen(env, _followed(env, case).action_record_step())
    wizard.create({"day": case.protocol_id._today(), **taken}).action_save()


def _prosecutor_told(env, case, scene, weeks):
    wizard = screen(env, _followed(env, case).action_note_details())
    told = {"prosecutor_told_on": case.protocol_id._today()}
    wizard.create({**told, "prosecutor_number": scene["number"]}).action_save()


def _police_asks(env, case, scene, weeks):
    asked = {name: scene[name] for name in ("kind", "of_whom", "what")}
    wizard = screen(env, _followed(env, case).action_police_asks())
    wizard.create({**asked, "due_at": moment(scene["due"], weeks)}).action_save()


def _police_answered(env, case, scene, weeks):
    waiting = _followed(env, case).request_ids.filtered(lambda one: one.state == "open")
    screen(env, waiting[:1].action_answer()).create({"answer": scene["answer"]}).action_save()


DOERS = {
    "file_with_police": _file_with_police,
    "prosecution_step": _prosecution_step,
    "prosecutor_told": _prosecutor_told,
    "police_asks": _police_asks,
    "police_answered": _police_answered,
}
