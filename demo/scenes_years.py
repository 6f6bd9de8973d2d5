"""Steps of the years that were made by chance: what the protocol proposes, without fuss.

Each looks at what is still owed in the case and takes the screen for it, so that the same steps
fit every case, whatever was decided in it.
"""

from datetime import timedelta

from odoo import fields
from odoo.exceptions import UserError
from odoo.tools import mute_logger

from .screens import screen


def _decide_by_ladder(env, case, scene, weeks):
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


# -- care ---------------------------------------------------------------------------------


def _next_talk(env, case):
    """Return the talk that comes next, of those that this carer gives in the case."""
    talks = env["aggression.talk"].search(
        [("incident_id", "=", case.id), ("state", "=", "planned")], order="due_at, id"
    )
    return talks[:1]


def _care(env, case, scene, weeks):
    if talk := _next_talk(env, case):
        talk.action_hold()


def _no_care(env, case, scene, weeks):
    """Decline what is on offer; where that was done before, it is asked once more."""
    if talk := _next_talk(env, case):
        talk.aftercare_id.action_decline()
    elif _owed(env, case).filtered(lambda duty: duty.fulfilment == "care"):
        env["aggression.aftercare"].search(
            [("incident_id", "=", case.id), ("for_whom", "=", "hit")], limit=1
        ).action_still_declined()


# -- what the coordinator works off ---------------------------------------------------------


def _owed(env, case):
    return env["aggression.duty"].search(
        [("incident_id", "=", case.id), ("state", "=", "open")], order="due_at, id"
    )


def _work_off(env, case, scene, weeks):
    """Take each step that is still to be taken, as the list of duties shows them."""
    _take(env, case, _owed(env, case), {name: STEPS[name] for name in scene.get("only", STEPS)})


def _own_tasks(env, case, scene, weeks):
    """Take the steps that wait for this person, and that nobody else takes."""
    mine = _owed(env, case).filtered(lambda duty: duty.user_id == env.user)
    _take(env, case, mine, OWN_STEPS)


def _take(env, case, duties, steps):
    for duty in duties:
        if duty.state == "open" and duty.fulfilment in steps:  # one step can settle the next
            steps[duty.fulfilment](env, case, duty)


def _note(env, case, duty):
    if duty.measure_id.state == "applies" and not duty._carries_out():
        return  # of a measure that runs: it is due when it ends
    wizard = env["aggression.duty.completion"].create(
        {"duty_id": duty.id, "note": "Gedaan.", "late_reason": "Het was druk."}
    )
    wizard.action_done()


def _letter(env, case, duty):
    sent = {"sent_on": case.protocol_id._today(), "sent_how": "registered"}
    screen(env, duty.action_open_step()).create(sent).action_send()


def _react(env, case, duty):
    told = "Gebeld en gezegd dat dit niet kan, en wat er de volgende keer gebeurt."
    screen(env, duty.action_open_step()).create({"text": told}).action_save()


def _refuse_declaration(env, case, duty):
    """The person hit does not want to declare: most do not.

    Of an unknown causer there may be nothing else to decide; they say so after the decision.
    """
    if case.causer_ids or case.state == "decided":
        screen(env, case.action_record_consent()).create({"answer": "refused"}).action_save()


def _talk_with_citizen(env, case, duty):
    """Invite the citizen; when the coordinator comes back to it, the talk was held."""
    wizard = screen(env, duty.measure_id.action_talk())
    if duty.measure_id.incident_talk_ids.filtered(lambda talk: talk.state == "planned"):
        wizard.create({"report": "Biedt excuses aan. Belt voortaan eerst."}).action_held()
    else:
        at = fields.Datetime.now()
        planned = {"representative": "Teamleider Publiekszaken", "place": "Gemeentehuis, kamer 2"}
        wizard.create({**planned, "talk_at": at + timedelta(days=8)}).action_invite()


def _no_damage(env, case, duty):
    screen(env, case.action_note_damage()).create({}).action_none()


def _give_up(env, case, duty):
    """There is nothing to recover, or no more of it."""
    for claim in case.claim_ids.filtered(lambda claim: claim.state in ("to_claim", "claimed")):
        given_up = {"reason": "Meer is er niet te halen."}
        screen(env, claim.action_write_off()).create(given_up).action_save()


def _still_needed(env, case, duty):
    kept = {"text": "De maatregel is nog nodig; er is contact geweest met de wijkagent."}
    screen(env, duty.measure_id.action_keep()).create(kept).action_save()


def _speak_oneself(env, case, duty):
    """The deputy speaks where the mayor was hit; they settled it together."""
    settled = {"with_person_hit": True, "with_commissioner": True, "spokesperson_id": env.uid}
    told = {"text": "De loco voert het woord; de burgemeester is hierover gehoord."}
    screen(env, case.action_arrange()).create(settled | told).action_save()


STEPS = {
    "note": _note,
    "letter": _letter,
    "react": _react,
    "declare": _refuse_declaration,
    "incident_talk": _talk_with_citizen,
}
OWN_STEPS = {
    "damage": _no_damage,
    "claim": _give_up,
    "recover": _give_up,
    "talk": lambda env, case, duty: duty.talk_id.action_hold(),
    "care": lambda env, case, duty: duty.aftercare_id.action_still_declined(),
    "review": _still_needed,
    "speaking": _speak_oneself,
}


# -- damage -------------------------------------------------------------------------------


def _reimburse_and_pay(env, case, scene, weeks):
    damage = env["aggression.damage"]._of(case)[:1]
    if damage.state == "noted":
        damage.action_ask()
    screen(env, damage.action_decide_reimbursement()).create({}).action_save()
    paid = {"paid_on": case.protocol_id._today(), "payment_reference": f"FIN-{damage.id:05}"}
    screen(env, damage.action_pay()).create(paid).action_save()


def _recover(env, case, scene, weeks):
    """Claim it from the causer, where one is known; most of them pay, at once or a part."""
    claim = case.claim_ids[:1]
    if not claim:
        return
    today = case.protocol_id._today()
    told = {"account": "Wat er die dag stuk ging.", "pay_to": "NL91 ABNA 0417 1643 00"}
    days = {"day": today, "pay_by": today + timedelta(days=30)}
    screen(env, claim.action_send()).create({**told, **days}).action_save()
    came = {"day": today, "amount": claim.amount * scene["share"], "how": "Overgemaakt"}
    screen(env, claim.action_receive()).create(came | {"pay_by": days["pay_by"]}).action_save()


# -- the end ------------------------------------------------------------------------------


@mute_logger("odoo.sql_db")
def _close_if_done(env, case, scene, weeks):
    """Close the case, unless something is still owed: then it stays open."""
    if case.state != "decided":
        return
    try:
        with env.cr.savepoint():
            case.action_close()
    except UserError:
        env.invalidate_all(flush=False)


def _evaluate_if_closed(env, case, scene, weeks):
    if "evaluate" not in _owed(env, case).mapped("fulfilment"):
        return
    told = {name: scene[name] for name in ("went_well", "must_change", "lesson") if name in scene}
    screen(env, case.action_evaluate()).create({**told, "unrecognisable": True}).action_save()


DOERS = {
    "decide_by_ladder": _decide_by_ladder,
    "care": _care,
    "no_care": _no_care,
    "work_off": _work_off,
    "own_tasks": _own_tasks,
    "reimburse_and_pay": _reimburse_and_pay,
    "recover": _recover,
    "close_if_done": _close_if_done,
    "evaluate_if_closed": _evaluate_if_closed,
}
