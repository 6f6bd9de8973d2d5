"""Which pictures the documentation shows: who looks at what, and does what there first."""

from typing import NamedTuple

CASES = "aggression.incident"
PAPER = (860, 1216)
WHOLE_PAGE = "#toolbar=0&navpanes=0&view=Fit"
TO_DECIDE = [
    ("type_id.code", "=", "decide"),
    ("state", "=", "open"),
    ("user_id.login", "=", "burgemeester"),
]


class Shot(NamedTuple):
    """One picture; ``record`` is a call that tells which id stands in ``path``."""

    name: str
    title: str
    line: str
    login: str
    path: str
    record: tuple = ()
    steps: tuple = ()
    size: tuple = (1280, 800)


def choose(field, index):
    return (
        ("click", f".modal [name={field}] input"),
        ("click", f".o_select_menu_item[data-choice-index='{index}']"),
    )


SHOTS = [
    Shot(
        "tasks",
        "My tasks",
        "What somebody must do in a case appears by itself, with its term.",
        "burgemeester",
        "/odoo/agressie-taken",
    ),
    Shot(
        "report",
        "Report an incident",
        "The clerk listens and reports on behalf of a councillor.",
        "griffier",
        "/odoo/agressie-taken",
        steps=(
            ("click", "[data-menu-xmlid='aggression_protocol.menu_reporting']"),
            ("click", "[data-menu-xmlid='aggression_protocol.menu_report']"),
            (
                "type",
                ".modal [name=story] textarea",
                "Een bewoner belt het raadslid thuis op: "
                '"Als dat hek er komt, weet ik jou te vinden."',
            ),
            ("click", ".modal [name=person_ids] .o_field_x2many_list_row_add a"),
            ("type", ".modal [name=user_id] input", "Daan de Groot"),
            ("press", "Enter"),
            ("type", ".modal [name=occurred_at] input", "-1H"),
            ("press", "Enter"),
            *choose("channel", 1),
            *choose("place", 2),
            ("press", "Tab"),
        ),
    ),
    Shot(
        "case",
        "The case",
        "What happened, how far it is and what must still be done, on one screen.",
        "coordinator",
        "/odoo/agressie-zaken/{}",
        (CASES, "search", [("state", "=", "decided"), ("level", "=", "3")]),
    ),
    Shot(
        "classification",
        "Classify",
        "Facts are filled in with the norm beside them; the outcome follows and is not chosen.",
        "coordinator",
        "/odoo/agressie-zaken/{}",
        (CASES, "search", [("state", "=", "reported")]),
        (
            ("click", "button[name=action_classify]"),
            # Found by its example: other behaviours have the word "bedreiging" in their name.
            ("type", ".modal [name=behaviour_ids] input", "Zeggen, schrijven"),
            ("press", "Enter"),
            ("click", ".modal [name=directed] input[data-value=yes]"),
            ("click", ".modal [name=aim] input[data-value=harm]"),
        ),
    ),
    Shot(
        "decision",
        "The mayor decides",
        "The protocol proposes, at this level and this repeat; the mayor decides.",
        "burgemeester",
        "/odoo/agressie-zaken/{}",
        (CASES, "search", [("duty_ids", "any", TO_DECIDE), ("level", "=", "3")]),
        (
            ("click", "button[name=action_decide]"),
            ("click", ".modal [name=hearing] input[data-value=waived]"),
        ),
    ),
    Shot(
        "aftercare",
        "Aftercare",
        "Three talks, within the protocol's terms; their notes stay between two people.",
        "burgemeester",
        "/odoo/agressie-nazorg/{}",
        (
            "aggression.aftercare",
            "search",
            [("carer_id.login", "=", "burgemeester"), ("talk_ids.state", "=", "held")],
        ),
    ),
    Shot(
        "keep_out",
        "Keep somebody out",
        "A conflict of interest: for this person the case does not exist, whatever their role.",
        "coordinator",
        "/odoo/agressie-zaken/{}",
        (CASES, "search", [("state", "=", "decided"), ("level", "=", "3")]),
        (("click", "button[name=action_keep_out]"),),
    ),
    Shot(
        "hand_over",
        "Hand over a role",
        "Who leaves a role sees none of its cases any more; what is open goes along.",
        "functioneelbeheer",
        "/odoo/action-aggression_protocol.role_action/{}",
        ("aggression.role", "search", [("code", "=", "mayor")]),
        (("click", "button[name=action_hand_over]"),),
    ),
    Shot(
        "read_log",
        "Who looked",
        "The privacy officer sees who looked at which case, and never what is in it.",
        "privacy",
        "/odoo/action-aggression_protocol.read_log_action",
    ),
    Shot(
        "declaration",
        "A declaration",
        "Read by the person hit alone, until they agree that the case team reads it.",
        "balie",
        "/odoo/agressie-zaken/{}",
        (CASES, "search", [("affected_ids.user_id.login", "=", "balie")]),
        (
            ("click", ".nav-link[name=police]"),
            ("click", "button[name=action_declare]"),
        ),
    ),
    Shot(
        "protocol",
        "The protocol",
        "The norm, the behaviour, the measures, the routes and the terms are records.",
        "functioneelbeheer",
        "/odoo/action-aggression_protocol.protocol_action/{}",
        ("aggression.protocol", "search", [("state", "=", "in_force")]),
        (("click", ".nav-link[name=behaviours]"),),
    ),
    Shot(
        "council_feedback",
        "Feedback to the council",
        "Counted once for the council, approved by the mayor, and kept as it was.",
        "griffier",
        "/odoo/agressie-terugkoppeling/{}",
        ("aggression.council.report", "search", []),
    ),
    Shot(
        "council_feedback_paper",
        "Feedback to the council, on paper",
        "Figures that identify nobody.",
        "griffier",
        "/report/pdf/aggression_protocol.council_feedback/{}" + WHOLE_PAGE,
        ("aggression.council.report", "search", []),
        size=PAPER,
    ),
    Shot(
        "letter",
        "The letter",
        "What the citizen receives after the mayor's decision.",
        "coordinator",
        "/report/pdf/aggression_protocol.decision_letter/{}" + WHOLE_PAGE,
        ("aggression.decision", "search", [("measure_ids.type_id.code", "=", "building_ban")]),
        size=PAPER,
    ),
]
