"""Steps of the years that were made by chance: what the protocol proposes, without fuss."""

from odoo.exceptions import UserError
from odoo.tools import mute_logger


def decide_by_ladder(env, case, scene, weeks):
    """Decide as the ladder proposes; the citizen was heard."""
    wizard = env["aggression.decision.wizard"].create(
        {
            "incident_id": case.id,
            "grounds": "Gedrag dat de norm overschrijdt, gericht op de persoon.",
            "proportionality": "De maatregel volgt de ladder; lichter past niet bij dit gedrag.",
            "hearing": "heard",
            "heard_on": case.protocol_id._today(),
            "view": scene["view"],
        }
    )
    for line in wizard.line_ids.filtered("type_id.needs_scope"):
        line.scope = "Gemeentehuis"
    wizard._decide(wizard.line_ids)


def round_off(env, case, scene, weeks):
    """Tick off what is ticked off with a note."""
    duties = env["aggression.duty"].search(
        [("incident_id", "=", case.id), ("state", "=", "open"), ("fulfilment", "=", "note")]
    )
    for duty in duties:
        wizard = env["aggression.duty.completion"].create(
            {"duty_id": duty.id, "note": "Gedaan.", "late_reason": "Het was druk."}
        )
        wizard.action_done()


@mute_logger("odoo.sql_db")
def close_if_done(env, case, scene, weeks):
    """Close the case, unless something is still owed: then it stays open."""
    try:
        with env.cr.savepoint():
            case.action_close()
    except UserError:
        env.invalidate_all(flush=False)


DOERS = {
    "decide_by_ladder": decide_by_ladder,
    "round_off": round_off,
    "close_if_done": close_if_done,
}
