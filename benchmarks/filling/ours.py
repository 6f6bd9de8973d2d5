"""This addon: four municipalities of fifty people each, and the demo's cases many times over."""

from odoo import Command

from odoo.addons.aggression_protocol.models.privacy.reference import ALPHABET

from filling.multiply import TURNS, Multiplication, Table, belonging_to

MUNICIPALITIES = 4
# Two people share each post; these people of the demo are hit or report, and there are more of
# their kind.
POSTS = (
    "burgemeester",
    "locoburgemeester",
    "griffier",
    "secretaris",
    "coordinator",
    "oov",
    "secretariaat",
)
OTHERS = ("raadslid1", "raadslid2", "wethouder", "commissielid", "balie")
OF_A_KIND = 7
# Who has a part in so many cases, whatever the size.
FEW, MANY = 20, 20_000

REFERENCE = f"""
    CREATE OR REPLACE FUNCTION bench_reference(prefix text, number bigint) RETURNS text
    LANGUAGE sql IMMUTABLE AS $$
        SELECT prefix || string_agg(substr('{ALPHABET}',
            ((number * 387420489 >> 5 * place) & 31)::int + 1, 1), '')
        FROM generate_series(0, 7) place
    $$
"""
# A quarter of the cases have something open; what is open is due around today.
OPEN = "$copy % 8 < 3"
STATES = {
    "aggression_incident": {
        "state": f"CASE WHEN {OPEN} THEN t.state ELSE 'closed' END",
        "next_due_at": f"CASE WHEN {OPEN} THEN t.next_due_at + c.late END",
        "next_due_on": f"CASE WHEN {OPEN} THEN (t.next_due_on + c.late)::date END",
    },
    "aggression_duty": {
        "state": f"CASE WHEN t.state = 'open' AND NOT {OPEN} THEN 'done' ELSE t.state END",
        "sweep_at": f"CASE WHEN {OPEN} AND t.state = 'open' THEN now() + interval '1 year' END",
        **{
            name: f"(CASE WHEN t.state = 'open' THEN t.{name} + c.late ELSE t.{name} - c.back END)"
            + kind
            for name, kind in (("due_at", ""), ("from_at", ""), ("due_on", "::date"))
        },
    },
    "aggression_notice": {
        "state": "'sent'",
        "next_try_at": "NULL::timestamp",
        "key": "md5(t.key || '-' || $copy)",
    },
    # One in forty has the same name as somebody in the demo; the others are somebody else.
    "aggression_causer": {
        "name_hash": "CASE WHEN $copy % 40 = 0 THEN t.name_hash ELSE "
        "md5(t.name_hash || '-' || $copy) END",
        "likely_hashes": "CASE WHEN $copy % 40 = 0 THEN t.likely_hashes ELSE "
        "(SELECT string_agg(md5(one || '-' || $copy), ' ') FROM "
        "unnest(string_to_array(t.likely_hashes, ' ')) one) END",
    },
}


def seed(env):
    """Add three municipalities and their people to those of the demo."""
    first = env.ref("base.main_company")
    others = env["res.company"].create(
        [{"name": f"Gemeente {number}"} for number in range(2, MUNICIPALITIES + 1)]
    )
    for municipality, company in enumerate(first + others):
        for login in POSTS + OTHERS:
            model = env["res.users"].search([("login", "=", login)])
            number = 2 if login in POSTS else OF_A_KIND
            _people(env, model, company, municipality, number)
    for login in ("few", "many"):
        _people(env, env["res.users"].search([("login", "=", "coordinator")]), first, login, 1)


def _people(env, model, company, municipality, number):
    """Add people of the same kind as ``model``; in the first municipality, one fewer."""
    existing = municipality == 0
    env["res.users"].with_context(no_reset_password=True).create(
        [
            {
                "name": f"{model.name} {municipality} {turn}",
                "login": _login(model.login, municipality, turn),
                "company_id": company.id,
                "company_ids": [Command.set(company.ids)],
                "group_ids": [Command.set(model.group_ids.ids)],
                "tz": model.tz,
                "lang": model.lang,
            }
            for turn in range(int(existing), number)
        ]
    )


def _login(login, municipality, turn):
    return login if (municipality, turn) == (0, 0) else f"{login}-{municipality}-{turn}"


def multiply(env, connect, cases, progress):
    """Let there be so many cases; ``env`` is closed meanwhile, its transaction is over."""
    rings = _rings(env)
    special = _special_columns(env)
    there = env["aggression.incident"].search_count([])
    env.cr.execute(REFERENCE)
    env.cr.commit()
    names = belonging_to(connect, ["aggression_incident", "aggression_causer"], "aggression%")
    tables = [
        Table(name, values={**special.get(name, {}), **STATES.get(name, {})}) for name in names
    ]
    Multiplication(connect, tables, rings).run(max(cases // there - 1, 1), progress)
    _give_parts(env)


def _rings(env):
    """Return who takes whose place, and which municipality that of the demo."""
    users = {user.login: user.id for user in env["res.users"].search([])}
    everywhere = env["res.company"].search([("name", "=like", "Gemeente _")]).ids
    municipalities = [env.ref("base.main_company").id, *everywhere]
    rings = {}
    for login in POSTS + OTHERS:
        size = 2 if login in POSTS else OF_A_KIND
        rings[users[login]] = [
            users[_login(login, turn % MUNICIPALITIES, turn // MUNICIPALITIES % size)]
            for turn in range(TURNS)
        ]
    return {"res_users": rings, "res_company": {municipalities[0]: municipalities}}


def _special_columns(env):
    """Return {table: {column: SQL}} of what a copy has in another way.

    Of a file it keeps the beginning only; a reference is its own.
    """
    return {
        model._table: {
            **{name: f'left(t."{name}", 200)' for name in _stored(model, "binary")},
            **{name: _reference(model._table) for name in _stored(model, "char") & {"reference"}},
        }
        for model in env.registry.values()
        if model._name.startswith("aggression.") and model._auto and not model._transient
    }


def _stored(model, kind):
    return {name for name, field in model._fields.items() if field.type == kind and field.store}


def _reference(table):
    return f"bench_reference(left(t.reference, 2), t.id + $copy * ${{{table}}})"


def _give_parts(env):
    """Give somebody a part in a few cases, and somebody in very many."""
    for login, number in (("coordinator-few-0", FEW), ("coordinator-many-0", MANY)):
        env.cr.execute(
            """
            INSERT INTO aggression_access (incident_id, user_id, role, reason, since)
            SELECT i.id, u.id, 'handler', 'granted', now()
            FROM res_users u, (SELECT id FROM aggression_incident i
                WHERE company_id = %s ORDER BY id %% 1009, id LIMIT %s) i
            WHERE u.login = %s
            """,
            (env.ref("base.main_company").id, number, login),
        )
    env.cr.commit()
    env.cr.execute("ANALYZE aggression_access")
    env.cr.commit()
