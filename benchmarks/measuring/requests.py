"""The calls with which a web client loads the server: those of a list, a form and a step."""

from measuring.side import LIMIT

FORMS, STEPS = 100, 3000


def requests_of(side):
    """Return {name: variants}; a variant is some calls (model, method, args, kwargs), in a row.

    ``"$id"`` stands for the number that the call before it made.
    """
    make = _our_steps if side.model.startswith("aggression") else _ticket_steps
    return {"list": [[_list(side)]], "form": _forms(side), "step": make(side)}


def _list(side):
    asked = {
        "domain": [],
        "specification": side.asked("list"),
        "limit": LIMIT,
        "order": side.order,
        "count_limit": side.count_limit(side.model),
    }
    return [side.model, "web_search_read", [], asked]


def _read(side, id_):
    return [side.model, "web_read", [[id_]], {"specification": side.asked("form")}]


def _forms(side):
    return [[_read(side, id_)] for id_ in side.some(FORMS)]


def _our_steps(side):
    """Complete a duty with a note, and see the case again: three calls."""
    waiting = [
        ("user_id", "=", side.env.uid),
        ("state", "=", "open"),
        ("type_id.fulfilment", "=", "note"),
    ]
    duties = side.env[side.duties].search(waiting, limit=STEPS)
    done = {"note": "Done.", "late_reason": "It was busy."}
    return [
        [
            [
                "aggression.duty.completion",
                "web_save",
                [[], {"duty_id": duty.id, **done}],
                {"specification": {}},
            ],
            ["aggression.duty.completion", "action_done", [["$id"]], {}],
            _read(side, duty.incident_id.id),
        ]
        for duty in duties
    ]


def _ticket_steps(side):
    """Move a ticket to another stage: one call, which shows it again."""
    stages = side.su["helpdesk.ticket.stage"].search([("closed", "=", False)])
    return [
        [
            [
                side.model,
                "web_save",
                [[id_], {"stage_id": side.chance.choice(stages.ids)}],
                {"specification": side.asked("form")},
            ]
        ]
        for id_ in side.open_ids
    ]
