"""What a case worker waits for in this addon."""

from datetime import timedelta

from odoo import fields

from measuring.side import LIMIT, Side

# What a page and its count cost in plain SQL, with the same rule and the same index.
FLOOR_RULE = """
    FROM aggression_incident i WHERE EXISTS (
        SELECT FROM aggression_access a WHERE a.incident_id = i.id AND a.user_id = %s)
"""
FLOOR_PAGE = f"SELECT i.* {FLOOR_RULE} ORDER BY reported_at DESC, id DESC LIMIT {LIMIT}"
FLOOR_COUNT = f"SELECT count(*) FROM (SELECT 1 {FLOOR_RULE} LIMIT %s) one"
OPEN = [("state", "in", ["reported", "assessed", "decided"])]
# Decided a moment ago: each further list that has something in it costs one query more. The first
# is the same in every size: it was there before the others were made of it.
EMPTY = ("damage_ids", "declaration_ids", "letter_ids", "incident_talk_ids", "evaluation_ids")
ORDINARY = [("decision_ids", "!=", False), *((name, "=", False) for name in EMPTY)]
MONTH_AND_STATE = [[], ["state"], ["reported_at:month"], ["reported_at:month", "state"]]


class Ours(Side):
    """The coordinator, who has a part in one case of eight."""

    model, order = "aggression.incident", "reported_at desc, id desc"
    duties = "aggression.duty"

    def __init__(self, cr, login="coordinator"):
        super().__init__(cr, login)
        self.cases = self.some(200)
        self.councillor = self.su["res.users"].search([("login", "=", "raadslid1")]).id
        self.office = self.su.ref("aggression_protocol.office_councillor").id
        self.case = self.records.search(ORDINARY, order="id", limit=1)
        self.references = [case.reference for case in self.records.browse(self.cases[:50])]
        self.cr.rollback()

    # -- lists ----------------------------------------------------------------------------

    def list_all(self):
        self.page([])

    def list_all_sudo(self):
        self.page([], self.su[self.model])

    def list_floor(self):
        uid = self.env.uid
        for query, *values in (FLOOR_PAGE, uid), (FLOOR_COUNT, uid, self.count_limit(self.model)):
            self.cr.execute(query, values)
            self.cr.fetchall()

    def list_open(self):
        self.page(OPEN)

    def list_overdue(self):
        self.page([("next_due_at", "<", fields.Datetime.now())])

    def search_text(self):
        self.page([("reference", "ilike", self.chance.choice(self.references)[3:7])])

    def search_name(self):
        name = self.chance.choice(self.references)[:4]
        self.records.web_name_search(name, {"display_name": {}}, limit=8)

    def group_list(self):
        self.records.web_read_group(OPEN, ["state"], ["__count"], limit=LIMIT)

    def group_month_state(self):
        self.records.formatted_read_group([], ["reported_at:month", "state"], ["__count"])

    def group_last_year(self):
        self.records.formatted_read_group(
            self._last_year(), ["reported_at:month", "state"], ["__count"]
        )

    def pivot(self):
        self.records.formatted_read_grouping_sets(self._last_year(), MONTH_AND_STATE, ["__count"])

    def _last_year(self):
        return [("reported_at", ">=", fields.Datetime.now() - timedelta(days=365))]

    def dashboard(self):
        self.env["aggression.dashboard"].figures("year")

    # -- tasks ----------------------------------------------------------------------------

    def my_tasks(self):
        duties = self.env[self.duties]
        self.page(duties._mine(), duties, self.asked("list", self.duties), "due_at, id")

    # every case in the list is one's own: what is "mine" are the tasks
    list_mine = my_tasks

    def kanban(self):
        duties = self.env[self.duties]
        duties.web_read_group(
            list(duties._mine()),
            ["urgency"],
            ["__count"],
            auto_unfold=True,
            unfold_read_specification=self.asked("kanban", self.duties),
            unfold_read_default_limit=LIMIT,
        )

    # -- one case -------------------------------------------------------------------------

    def form(self):
        self.records.browse(self.case.id).web_read(self.asked("form"))

    def create_one(self):
        self.records._report(self._report())

    def create_thousand(self):
        """Open a thousand cases, each with a part for somebody and a line in its timeline."""
        head = self._head()
        cases = self.records.sudo()._unlocked().create([head() for _number in range(1000)])
        self.env["aggression.access"]._grant(
            [case._access_row(self.env.uid, "handler", "route") for case in cases], new_case=True
        )
        cases._log("reported")

    def _head(self):
        protocol = self.env["aggression.protocol"]._in_force(self.env.company)
        report = self._report()
        return lambda: self.records._head_values(report, protocol, False)

    def _report(self):
        now = fields.Datetime.now()
        return {
            "occurred_at": now - timedelta(minutes=30),
            "reported_at": now,
            "channel": "email",
            "place": "online",
            "story": "Words. " * 70,
            "persons": [{"user_id": self.councillor, "office_id": self.office}],
            "causer": {"kind": "person", "name": f"J. Jansen {self.chance.random()}"},
            "files": [],
        }

    def change_one(self):
        self._classified(1)

    def change_thousand(self):
        self._classified(1000)

    def _classified(self, number):
        """Let cases take their next step, with a line in the timeline of each."""
        cases = self.su[self.model].browse(self._reported(number)).with_env(self.env)
        cases.sudo()._move("assessed", assessed_at=fields.Datetime.now())
        cases.sudo()._log("assessed")

    def _reported(self, number):
        if not hasattr(self, "_to_classify"):
            self._to_classify = self._make_reported()
        return self._to_classify[:number]

    def _make_reported(self):
        """Let a thousand cases wait for their classification, to stay."""
        ids = self.records.search(OPEN, limit=1000, order="id desc").ids
        self.cr.execute(
            "UPDATE aggression_incident SET state = 'reported' WHERE id = ANY(%s)", [ids]
        )
        self.cr.commit()
        return ids
