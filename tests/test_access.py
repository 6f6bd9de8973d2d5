from functools import lru_cache

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import TransactionCase
from odoo.tools import mute_logger

from .access_table import PARTS, access_table, model_of, people_in_words
from .complete_case import SCREENS, CompleteCase

MAGIC = {"id", "create_uid", "create_date", "write_uid", "write_date"}


class _Undo(Exception):
    """Takes back what an attempt did."""


class TestTable(CompleteCase):
    """Who can do what: every cell of access.csv is tried on the records of complete cases."""

    def test_every_model_has_a_row(self):
        """A new model fails here until somebody has written down who may see it."""
        rows = {model_of(row) for row in access_table()}
        self.assertEqual(rows, set(self.addon_models()))
        screens = {name for name in self.addon_models() if self.env[name]._transient}
        self.assertEqual(screens, set(SCREENS))

    def test_every_person_has_a_column(self):
        for row, columns in access_table().items():
            self.assertEqual(list(columns), list(PARTS), row)
        self.assertEqual(list(people_in_words()), list(PARTS))

    def test_every_case_model_has_a_record(self):
        """A table of rights on records that are not there would prove nothing."""
        for name in self.case_models():
            for number in (0, 1):
                self.assertTrue(self.records[name, number], f"{name} in case {number}")

    @mute_logger("odoo.sql_db")
    def test_records(self):
        """M5, C5, Z2: each cell, by ORM as that person: read, change, create and delete."""
        for row, columns in access_table().items():
            if row in SCREENS:
                continue
            wanted, found = {}, {}
            for column, login, number, cell in self.cells(row, columns):
                wanted[column, login] = cell
                found[column, login] = self._may(login, self.records[row, number][:1])
            with self.subTest(row=row):
                self.assertEqual(found, wanted)

    def _may(self, login, record, letters="rwcd"):
        """Return which of these letters this person really can do with a record."""
        record = record.with_user(self.users[login])
        attempts = {
            "r": lambda: record.read(["display_name"]),
            "w": lambda: self._write_something(record),
            "c": lambda: record.browse().create({}),
            "d": lambda: record.unlink(),
        }
        return "".join(letter for letter in letters if self.passes(attempts[letter])) or "-"

    def _write_something(self, record):
        """Write what is stored field by field, until one goes through; guarded fields never do."""
        values = self._stored_values(record._name)
        if not self.holds_cases(record._name):
            return record.write(values)
        denied = None
        for name, value in values.items():
            try:
                return record.write({name: value})
            except AccessError as error:
                denied = error
        raise denied

    @lru_cache  # noqa: B019 - the test case lives as long as its cache
    def _stored_values(self, name):
        """Return {field: a value that fits}."""
        record = self.records[name, 0][:1]
        stored = [
            field
            for field in record._fields.values()
            if field.store and field.name not in MAGIC and not field.groups
        ]
        free = [field for field in stored if field.name not in getattr(record, "_guarded", ())]
        return {
            field.name: field.convert_to_write(record[field.name], record)
            for field in free or stored[:1]
        }

    def test_search(self):
        """M5, C5: searching, counting and grouping find what may be read and nothing else."""
        for row, columns in access_table().items():
            if row in SCREENS or not self.holds_cases(row):
                continue
            wanted, found = {}, {}
            for column, login, number, cell in self.cells(row, columns):
                records = self.records[row, number]
                wanted[column, login] = {len(records) if "r" in cell else 0}
                found[column, login] = set(self._counts(login, records))
            with self.subTest(row=row):
                self.assertEqual(found, wanted)

    def _counts(self, login, records):
        """Yield how many of these records each way of searching tells this person of."""
        model = records.with_user(self.users[login]).browse()
        mine = [("id", "in", records.ids)]
        ways = [
            lambda: len(model.search(mine)),
            lambda: model.search_count(mine),
            lambda: len(model.with_context(active_test=False).search_read(mine, ["id"])),
            lambda: len(model.name_search("", mine, limit=None)),
            lambda: model._read_group(mine, [], ["__count"])[0][0],
            lambda: model.formatted_read_group(mine, [], ["__count"])[0]["__count"],
            lambda: model.web_search_read(mine, {"id": {}})["length"],
            lambda: len(model.sudo(False).search_fetch(mine, ["create_date"])),
        ]
        for way in ways:
            try:
                yield way()
            except AccessError:
                yield 0

    def test_revoked(self):
        """M5: who is taken off a case sees nothing of it any more, not even the past."""
        # a question in doubt belongs to no case: its own list says who reads it
        apart = {"aggression.consultation"}
        rows = [row for row in access_table() if row in self.case_models() and row not in apart]
        on_it = {row.user_id.login for row in self.cases[0].access_ids}
        for login in sorted(on_it):
            with self.subTest(login=login), self.assertRaises(_Undo), self.env.cr.savepoint():
                self.env.cr.execute(
                    "DELETE FROM aggression_access WHERE user_id = %s", [self.users[login].id]
                )
                self.env.invalidate_all()
                for row in rows:
                    records = self.records[row, 0].exists()
                    self.assertEqual(self._may(login, records[:1], "rw"), "-", row)
                    self.assertEqual(set(self._counts(login, records)), {0}, row)
                raise _Undo

    def test_two_persons_hit(self):
        """Z1, C5: two people hit in one incident read nothing of each other's harm and talks."""
        case = self.cases[0]
        mine, theirs = case.affected_ids
        for login, hidden in (("alderman", mine), ("councillor", theirs)):
            talks = hidden.aftercare_ids.talk_ids
            for records, names in ((hidden, ["injury", "impact"]), (talks, ["notes"])):
                with self.assertRaises(AccessError):
                    self.as_user(login, records).read(names)
            seen = self.as_user(login, case)
            self.assertEqual(seen.affected_ids, (mine | theirs) - hidden)
        alderman = self.model_as("alderman", "aggression.incident")
        for leaf in (
            ("affected_ids.injury", "=", "mental"),
            ("affected_ids.impact", "!=", False),
            ("team_ids.affected_id.injury", "=", "mental"),
        ):
            found = alderman.search_count([leaf])
            self.assertEqual(found, int(leaf[1] == "!="), "only the own line answers")
        with self.assertRaises(UserError, msg="sealed: not even the own line answers"):
            alderman.search_count(
                [("affected_ids.aftercare_ids.talk_ids.notes", "=like", "Sleeps%")]
            )

    def test_a_rule_for_a_group_widens_nothing(self):
        """C23: whatever rule another module adds for its own groups, these stay in force."""
        models = [name for name in self.addon_models() if self.holds_cases(name)]
        before = self._seen(models)
        groups = [self.env.ref(f"base.group_{name}").id for name in ("user", "portal")]
        self.env["ir.rule"].create(
            [
                {
                    "name": "hostile",
                    "model_id": self.env["ir.model"]._get_id(name),
                    "groups": [Command.set(groups)],
                    "domain_force": "[(1, '=', 1)]",
                }
                for name in models
            ]
        )
        self.assertEqual(self._seen(models), before)

    def _seen(self, models):
        return {
            (login, name): self.env[name].with_user(user).search([]).ids
            for login, user in self.users.items()
            for name in models
            if self.env[name].with_user(user).has_access("read")
        }


class TestShape(TransactionCase):
    """What the models of the addon, and those of others, may not look like."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.readers = {
            row: {column for column, cell in columns.items() if "r" in cell}
            for row, columns in access_table().items()
        }
        policy = cls.env.registry["aggression.policy"]
        cls.confidential = {
            row
            for row in cls.readers
            if row in cls.env and not isinstance(cls.env[row], policy) and row not in SCREENS
        }

    def test_global_rules(self):
        """C21, C23: each operation on each of them is under a rule that nothing can widen."""
        for name in [*self.confidential, *SCREENS]:
            rules = self.env["ir.rule"].search(
                [("model_id.model", "=", name), ("groups", "=", False)]
            )
            for operation in ("read", "write", "create", "unlink"):
                self.assertTrue(rules.filtered(f"perm_{operation}"), f"{name}, {operation}")

    def test_rights_go_to_groups_of_people_who_work_here(self):
        """No right for everybody, for anonymous visitors or for every citizen with an account."""
        lines = self.env["ir.model.access"].search([("model_id.model", "=like", "aggression.%")])
        self.assertTrue(lines)
        outside = self.env.ref("base.group_portal") | self.env.ref("base.group_public")
        self.assertFalse(lines.filtered(lambda line: not line.group_id or line.group_id in outside))

    def test_no_chatter(self):
        """C25 to C37, C51: followers, mail boxes and tokens would open a case to others."""
        for name in self.readers:
            for mixin in ("mail.thread", "mail.activity.mixin", "portal.mixin"):
                if name in self.env:
                    self.assertNotIsInstance(self.env[name], self.env.registry[mixin])

    def test_no_contacts(self):
        """C55: contacts, events, messages and attachments are open to more people than a case."""
        open_to_many = ("res.partner", "calendar.", "mail.", "ir.attachment", "discuss.")
        for name in [*self.confidential, *SCREENS]:
            for field in self.env[name]._fields.values():
                self.assertFalse((field.comodel_name or "").startswith(open_to_many), str(field))
                self.assertFalse(getattr(field, "attachment", False), str(field))

    def test_nothing_looks_in_as_superuser(self):
        """C05 to C08: no field anywhere carries what a case holds to more readers than it has."""
        # A moment and not what is due then: everybody on a case may know that it goes on.
        known = {"aggression.incident.next_due_at", "aggression.incident.next_due_on"}
        for model in self.env.registry.values():
            for field in () if model._abstract else model._fields.values():
                crossed = self._crossed(model._name, field)
                if field.related and field.compute_sudo:
                    self.assertFalse(crossed, f"{field} is read as superuser")
                if (field.store or field.compute_sudo) and str(field) not in known:
                    audience = self.readers.get(model._name, {"everybody"})
                    for name in crossed - {model._name}:
                        self.assertLessEqual(audience, self.readers[name], f"{field} from {name}")

    def _crossed(self, name, field):
        """Return the confidential models from which a computed field takes its value."""
        crossed = set()
        for path in self.env.registry.field_depends[field]:
            model = name
            for step in path.split("."):
                if model in self.confidential:
                    crossed.add(model)
                model = self.env[model]._fields[step].comodel_name
        return crossed

    def test_no_way_around_the_rules(self):
        """C11, C47: no search that skips the rules, no stored copy of what was printed."""
        for model in self.env.registry.values():
            for field in model._fields.values():
                if {field.comodel_name, model._name} & self.confidential:
                    self.assertFalse(getattr(field, "bypass_search_access", False), str(field))
        reports = self.env["ir.actions.report"].search([("model", "=like", "aggression.%")])
        self.assertFalse(reports.filtered(lambda r: r.attachment or r.attachment_use))
