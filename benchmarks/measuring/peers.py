"""What somebody of a helpdesk team, and of quality care, waits for in the peers."""

from functools import cached_property

from odoo import fields

from measuring.side import LIMIT, Side


class Peer(Side):
    """Somebody in two of twenty teams of one of four municipalities."""

    open_domain = None

    def __init__(self, cr, login="person-0-0"):
        super().__init__(cr, login)
        self.ids = self.some(200)
        self.open_ids = self.some(1000, self.open_domain)
        # looked up once: no part of what is measured
        self._values, self._next_stage  # noqa: B018
        self.cr.rollback()

    def list_all(self):
        self.page([])

    def list_all_sudo(self):
        self.page([], self.su[self.model])

    def list_open(self):
        self.page(self.open_domain)

    def list_mine(self):
        self.page([*self.open_domain, ("user_id", "=", self.env.uid)])

    def search_name(self):
        self.records.web_name_search("scanner", {"display_name": {}}, limit=8)

    def group_list(self):
        self.records.web_read_group(self.open_domain, ["stage_id"], ["__count"], limit=LIMIT)

    def group_month_state(self):
        self.records.formatted_read_group([], ["create_date:month", "stage_id"], ["__count"])

    def pivot(self):
        sets = [[], ["stage_id"], ["create_date:month"], ["create_date:month", "stage_id"]]
        self.records.formatted_read_grouping_sets([], sets, ["__count"])

    def my_tasks(self):
        self.page([("activity_user_id", "=", self.env.uid), ("activity_state", "=", "overdue")])

    def kanban(self):
        self.records.web_read_group(
            [],
            ["stage_id"],
            ["__count"],
            auto_unfold=True,
            unfold_read_specification=self.asked("kanban"),
            unfold_read_default_limit=LIMIT,
        )

    def form(self):
        self.next_of(self.ids).web_read(self.asked("form"))

    def create_one(self):
        self.records.create(dict(self._values))

    def create_thousand(self):
        self.records.create([dict(self._values) for _number in range(1000)])

    def change_one(self):
        self.records.browse(self.open_ids[0]).stage_id = self._next_stage

    def change_thousand(self):
        self.records.browse(self.open_ids).write({"stage_id": self._next_stage})


class Helpdesk(Peer):
    """OCA's helpdesk_mgmt."""

    model, order = "helpdesk.ticket", "create_date desc"
    open_domain = [("stage_id.closed", "=", False)]

    def list_overdue(self):
        today = fields.Date.to_string(fields.Date.today())
        self.page([("my_activity_date_deadline", "<", today)])

    def search_text(self):
        number = str(self.chance.randrange(1000, 9999))
        self.page(["|", ("number", "ilike", number), ("name", "ilike", number)])

    @cached_property
    def _values(self):
        return {"name": "Broken scanner", "description": "Words. " * 70}

    @cached_property
    def _next_stage(self):
        return self.su["helpdesk.ticket.stage"].search([("closed", "=", False)], limit=2)[-1].id


class Nonconformity(Peer):
    """OCA's mgmtsystem_nonconformity."""

    model, order = "mgmtsystem.nonconformity", "create_date desc"
    open_domain = [("stage_id.state", "not in", ["done", "cancel"])]

    def list_overdue(self):
        self.page([("activity_state", "=", "overdue")])

    def search_text(self):
        number = str(self.chance.randrange(1000, 9999))
        self.page([("ref", "ilike", number)])

    @cached_property
    def _values(self):
        users = self.su["res.users"].search([("login", "=like", "person-0-%")], limit=2)
        return {
            "name": "Broken scanner",
            "description": "Words. " * 70,
            "partner_id": self.su["res.partner"].search([("name", "=", "Citizen 1")], limit=1).id,
            "manager_user_id": users[0].id,
            "responsible_user_id": users[-1].id,
            "user_id": self.env.uid,
        }

    @cached_property
    def _next_stage(self):
        stages = self.su["mgmtsystem.nonconformity.stage"]
        return stages.search([("state", "=", "analysis")], limit=1).id
