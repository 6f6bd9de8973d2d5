"""A question in doubt and its answer, in the stories."""

from .screens import screen


def _ask_in_doubt(env, case, scene, weeks):
    consultations = env["aggression.consultation"]
    role = consultations._receivers().filtered(lambda role: role.code == scene["role"])
    consultations._ask(scene["text"], role)


def _answer_in_doubt(env, case, scene, weeks):
    asked = env["aggression.consultation"].search([("state", "=", "asked")], limit=1)
    screen(env, asked.action_answer()).create({"answer": scene["text"]}).action_save()


DOERS = {"ask_in_doubt": _ask_in_doubt, "answer_in_doubt": _answer_in_doubt}
