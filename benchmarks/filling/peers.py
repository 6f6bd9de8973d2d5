"""The peers: helpdesk tickets and nonconformities, each made by its own code, many times over."""

from datetime import timedelta

from odoo import Command, fields

from filling.multiply import TURNS, Multiplication, Table, belonging_to

MUNICIPALITIES, TEAMS_OF_EACH, PEOPLE_OF_EACH = 4, 5, 50
CITIZENS = 20_000
SEEDS = 200
TICKET, NONCONFORMITY = "helpdesk.ticket", "mgmtsystem.nonconformity"
GROUPS = {
    "team": "helpdesk_mgmt.group_helpdesk_user_team",
    "crowd": "helpdesk_mgmt.group_helpdesk_user_own",
    "quality": "mgmtsystem.group_mgmtsystem_user",
    # without it the form of a nonconformity refuses to open
    "documents": "document_knowledge.group_document_user",
}
WORDS = "The scanner on the second floor was shouted at by a visitor who had waited. " * 7


def seed(env):
    """Make municipalities, teams, people, citizens, and some records of both kinds."""
    companies = _companies(env)
    for place, company in enumerate(companies):
        users = _people(env, company, place)
        for number in range(TEAMS_OF_EACH):
            mine = users[number::TEAMS_OF_EACH]
            env["helpdesk.ticket.team"].create(
                {
                    "name": f"Team {place} {number}",
                    "company_id": company.id,
                    "user_ids": [Command.set(mine.ids)],
                }
            )
    citizens = _citizens(env)
    _tickets(env, companies[0], citizens)
    _nonconformities(env, companies[0], citizens)


def _companies(env):
    names = [f"Gemeente {number}" for number in range(2, MUNICIPALITIES + 1)]
    return env.company + env["res.company"].create([{"name": name} for name in names])


def _people(env, company, place):
    """Make fifty people; the first of the first municipality is in two of the twenty teams."""
    groups = {name: env.ref(xmlid).id for name, xmlid in GROUPS.items()}
    internal = env.ref("base.group_user").id
    users = env["res.users"].with_context(no_reset_password=True)
    return users.create(
        [
            {
                "name": f"Person {place} {number}",
                "login": _login(place, number),
                "password": _login(place, number),
                "company_id": company.id,
                "company_ids": [Command.set(company.ids)],
                "tz": "Europe/Amsterdam",
                "group_ids": [
                    Command.set(
                        [
                            internal,
                            groups["crowd" if number else "team"],
                            groups["quality"],
                            groups["documents"],
                        ]
                    )
                ],
            }
            for number in range(PEOPLE_OF_EACH)
        ]
    )


def _login(place, number):
    return f"person-{place}-{number}"


def _citizens(env):
    env.cr.execute(
        "INSERT INTO res_partner (name, complete_name, active, type) "
        "SELECT 'Citizen ' || n, 'Citizen ' || n, TRUE, 'contact' FROM generate_series(1, %s) n "
        "RETURNING id",
        (CITIZENS,),
    )
    return env["res.partner"].browse(id_ for (id_,) in env.cr.fetchall())


def _tickets(env, company, citizens):
    teams = env["helpdesk.ticket.team"].search([("company_id", "=", company.id)], order="id")
    stages = env["helpdesk.ticket.stage"].search([("closed", "=", False)], order="sequence")
    closed = env["helpdesk.ticket.stage"].search([("closed", "=", True)], limit=1)
    first = env["res.users"].search([("login", "=", _login(0, 0))])
    second = teams[1]
    second.user_ids += first
    tickets = env[TICKET].create(
        [
            {
                "name": f"Broken scanner {number}",
                "description": WORDS,
                "partner_id": citizens[number].id,
                "company_id": company.id,
                "team_id": teams[number % len(teams)].id,
                "user_id": teams[number % len(teams)].user_ids[number // 5 % 10].id,
            }
            for number in range(SEEDS)
        ]
    )
    for number, ticket in enumerate(tickets):
        ticket.stage_id = stages[number % len(stages)] if number % 4 == 0 else closed
    _plan(env, tickets[::4])
    env.flush_all()
    _spread(env, "helpdesk_ticket")


def _nonconformities(env, company, citizens):
    origin = env["mgmtsystem.nonconformity.origin"].search([], limit=1)
    procedure = env["document.page"].search([], limit=1)
    stages = env["mgmtsystem.nonconformity.stage"].search([], order="sequence")
    users = env["res.users"].search([("login", "=like", "person-0-%")], order="id")
    records = env[NONCONFORMITY].create(
        [
            {
                "name": f"Broken scanner {number}",
                "description": WORDS,
                "partner_id": citizens[number].id,
                "company_id": company.id,
                "user_id": users[number % len(users)].id,
                "manager_user_id": users[0].id,
                "responsible_user_id": users[number % len(users)].id,
                "origin_ids": [Command.set(origin.ids)],
                "procedure_ids": [Command.set(procedure.ids)],
            }
            for number in range(SEEDS)
        ]
    )
    closed = stages.filtered(lambda stage: stage.state == "done")[:1]
    for number, record in enumerate(records):
        if number % 4:
            record.write({"stage_id": closed.id, "evaluation_comments": "Done."})
    _plan(env, records[::4])
    env.flush_all()
    _spread(env, "mgmtsystem_nonconformity")


def _plan(env, records):
    """Plan something for who is responsible, around today."""
    today = fields.Date.today()
    for number, record in enumerate(records):
        record.activity_schedule(
            "mail.mail_activity_data_todo",
            today + timedelta(days=number % 60 - 20),
            user_id=record.user_id.id,
        )


def _spread(env, table):
    """Let the records be made over the last two years."""
    env.cr.execute(f"UPDATE {table} SET create_date = now() - make_interval(days => id * 37 % 730)")


def multiply(env, connect, cases, progress):
    """Let there be so many tickets and so many nonconformities."""
    rings = _rings(env)
    of_both = f"t.model IN ('{TICKET}', '{NONCONFORMITY}')"
    of_both_too = f"t.res_model IN ('{TICKET}', '{NONCONFORMITY}')"
    env.cr.commit()
    tables = [
        Table("mail_message", of_both, {"res_id": _res_id("model"), "message_id": "NULL"}),
        Table("mail_tracking_value"),
        Table("mail_followers", of_both_too, {"res_id": _res_id("res_model")}),
        Table("mail_activity", of_both_too, {"res_id": _res_id("res_model"), **_ABOUT_NOW}),
        *(
            Table(name, values=_NUMBERS.get(name, {}))
            for name in belonging_to(connect, list(_NUMBERS), "%_rel")
        ),
    ]
    Multiplication(connect, tables, rings).run(max(cases // SEEDS - 1, 1), progress)


_NUMBERS = {
    "helpdesk_ticket": {"number": "t.number || '-' || $copy"},
    "mgmtsystem_nonconformity": {"ref": "t.ref || '-' || $copy"},
}
_ABOUT_NOW = {"date_deadline": "(t.date_deadline + c.late)::date"}


def _res_id(model):
    return (
        f"t.res_id + $copy * CASE t.{model} WHEN '{TICKET}' THEN ${{helpdesk_ticket}} "
        "ELSE ${mgmtsystem_nonconformity} END"
    )


def _rings(env):
    """Return whose place others take in other copies: people, teams, municipalities, citizens."""
    companies = [env.ref("base.main_company").id]
    companies += env["res.company"].search([("name", "=like", "Gemeente _")], order="id").ids
    teams = env["helpdesk.ticket.team"].search([("name", "=like", "Team %")], order="id").ids
    users = env["res.users"].search([("login", "=like", "person-%")], order="id")
    own, citizens = (
        users[:PEOPLE_OF_EACH],
        env["res.partner"].search([("name", "=like", "Citizen %")], order="id").ids,
    )
    return {
        "res_company": {companies[0]: companies},
        "helpdesk_ticket_team": {team: teams[n::TEAMS_OF_EACH] for n, team in enumerate(teams[:5])},
        "res_users": {user.id: users.ids[n::PEOPLE_OF_EACH] for n, user in enumerate(own)},
        "res_partner": {
            **{
                user.partner_id.id: users.partner_id.ids[n::PEOPLE_OF_EACH]
                for n, user in enumerate(own)
            },
            **{citizens[n]: citizens[n::SEEDS][:TURNS] for n in range(SEEDS)},
        },
    }
