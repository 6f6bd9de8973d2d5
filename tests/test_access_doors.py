import inspect

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.service.model import call_kw
from odoo.tests import freeze_time
from odoo.tools import mute_logger

from .access_table import PARTS, access_table
from .case_steps import STEPS
from .complete_case import MORNING, SCREENS, CompleteCase

FRONT_DESK = "aggression.front.desk.line"
ADDON = "odoo.addons.aggression_protocol"
# Methods that every model has; what they do to a record stands in the table.
ORM = {
    *("create", "write", "unlink", "copy", "load", "fetch", "export_data", "search_count"),
    "web_read",
}


def steps_of(model):
    """Return the methods of this addon that a remote call can reach, by name."""
    return {
        name: function
        for cls in type(model).mro()
        if cls.__module__.startswith(ADDON)
        for name, function in vars(cls).items()
        if inspect.isfunction(function) and not name.startswith("_") and name not in ORM
    }


@freeze_time(MORNING)
class TestDoors(CompleteCase):
    """What a remote call can do besides reading and writing."""

    def test_every_step_stands_in_the_list(self):
        for name in self.case_models():
            steps = steps_of(self.env[name])
            self.assertEqual(set(steps), set(STEPS.get(name, {})), name)
            for step, function in steps.items():
                self.assertEqual(list(inspect.signature(function).parameters), ["self"], step)

    def test_steps(self):
        """A1, Z2, C3: a step in a case is taken by who has that part in it, and by nobody else."""
        for name, steps in STEPS.items():
            for step, entitled in steps.items():
                wanted, found = {}, {}
                for column, people in PARTS.items():
                    for login, number in people:
                        record = self._ready_for_a_step(name, number)
                        call = [self.env[name].with_user(self.users[login]), step, [record.ids], {}]
                        wanted[column, login] = column in entitled
                        found[column, login] = self.passes(lambda call=call: call_kw(*call))
                with self.subTest(step=f"{name}.{step}"):
                    self.assertEqual(found, wanted)

    def _ready_for_a_step(self, name, number):
        """Return a record on which every step gets as far as the door."""
        records = self.records[name, number]
        if name == "aggression.duty":
            records = records.filtered(lambda duty: duty.fulfilment == "note")
        return records[:1]

    def test_who_opens_a_screen(self):
        """C02: nobody gets a screen on a case in which they have nothing to do."""
        for name, columns in access_table().items():
            if name not in SCREENS:
                continue
            wanted, found = {}, {}
            for column, login, number, cell in self.cells(name, columns):
                case = self.cases[number]
                wanted[column, login] = cell == "c"
                found[column, login] = self.passes(
                    lambda args=(login, name, case): self.open_screen(*args)
                )
            with self.subTest(screen=name):
                self.assertEqual(found, wanted)

    def test_what_was_typed_is_of_one_person(self):
        """C21: a screen is there for who fills it in; others cannot read it or press a button."""
        for name, (owner, _parent) in SCREENS.items():
            screen = self.open_screen(owner, name, self.cases[0])
            calls = {
                "read": [["create_date"]],
                "web_read": [{"create_date": {}}],
                "write": [{}],
                "unlink": [],
                "onchange": [{}, [], {"id": {}}],
                **{step: [] for step in steps_of(screen)},
            }
            for login in sorted(set(self.users) - {owner}):
                model = self.env[name].with_user(self.users[login])
                for step, args in calls.items():
                    with self.assertRaises(AccessError, msg=f"{login}, {step} on a {name}"):
                        call_kw(model, step, [screen.ids, *args], {})
                if model.has_access("read"):
                    self.assertFalse(model.search([("id", "in", screen.ids)]))

    def test_a_line_on_the_screen_of_another(self):
        """What somebody else hangs under a screen is not taken along when its owner goes on."""
        case = self.report("desk", "councillor", causer_kind="person", causer_name="K. Karels")
        screen = self.open_screen("clerk", "aggression.classification.wizard", case)
        screen.write({"directed": "yes", "aim": "harm", "behaviour_ids": self.behaviours("threat")})
        foreign = {
            "aggression.classification.person": {
                "affected_id": case.affected_ids.id,
                "hospital": True,
            },
            "aggression.classification.match": {
                "causer_id": case.causer_ids.id,
                "earlier_id": self.cases[1].causer_ids.id,
                "confirmed": True,
            },
        }
        causer = case.causer_ids
        for name, values in foreign.items():
            with self.assertRaises(AccessError), self.env.cr.savepoint():
                self.model_as("uninvolved", name).create({**values, "wizard_id": screen.id})
        self.as_user("clerk", screen).action_classify()
        self.assertFalse(case.affected_ids.hospital)
        self.assertEqual(case.causer_ids, causer)

    def test_no_stranger_is_recognised_as_the_causer(self):
        """A12, M6: who handles one case cannot pull the file of any causer into it by number."""
        case = self.report("desk", "councillor", causer_kind="person", causer_name="K. Karels")
        hidden, causer = self.cases[1].causer_ids, case.causer_ids
        screen = self.open_screen("clerk", "aggression.classification.wizard", case)
        screen.write({"directed": "yes", "aim": "harm", "behaviour_ids": self.behaviours("threat")})
        match = {"causer_id": causer.id, "earlier_id": hidden.id, "confirmed": True}

        def attempt():
            screen.match_ids = [Command.create(match)]
            screen.action_classify()

        self.passes(attempt)
        for command in (lambda: screen.match_ids, attempt):
            try:
                command()
            except (AccessError, UserError):
                break
        with self.assertRaises(AccessError):
            self.as_user("clerk", hidden).read(["name"])

    def test_each_talk_for_itself(self):
        """Z2, Z6: giving care to one person is no key to the talks of another."""
        own = self.cases[1].affected_ids.aftercare_ids.talk_ids[1]
        given = self.cases[0].affected_ids[0].aftercare_ids.talk_ids[1]
        with self.assertRaises(AccessError):
            self.as_user("mayor", given | own).action_hold()
        self.assertEqual((given | own).mapped("state"), ["planned"] * 2)

    def test_nobody_adds_somebody(self):
        """M5: rows of the access table come from the protocol's steps, never from outside."""
        case, person = self.cases[0], self.cases[0].affected_ids[0]
        for login, user in self.users.items():
            row = case._access_row(user.id, "handler", "granted")
            command = {"access_ids": [Command.create(row)]}
            access = self.env["aggression.access"].with_user(user)
            calls = {
                "create": (access, "create", [row], {}),
                "defaults": (access, "create", [{}], {"context": _defaults(row)}),
                "of the case": (access.env[case._name], "write", [case.ids, command], {}),
                "of the person": (access.env[person._name], "write", [person.ids, command], {}),
                "of another": (
                    access,
                    "write",
                    [case.access_ids[:1].ids, {"user_id": user.id}],
                    {},
                ),
                "key": (access, "create", [row], {"context": {"aggression_key": True}}),
                "file": (access, "name_create", ["x"], {}),
            }
            passed = [how for how, call in calls.items() if self.passes(lambda c=call: call_kw(*c))]
            self.assertFalse(passed, login)

    def test_guarded_fields(self):
        """One door: not even superuser mode sets a guarded field, nor a key that a client makes."""
        keys = (None, True, 1, "_KEY", {"aggression_key": True}, object())
        for name in self.case_models():
            record = self.records[name, 0][:1]
            self.assertTrue(record._guarded, name)
            for field in map(record._fields.get, record._guarded):
                values = {field.name: field.convert_to_write(record[field.name], record)}
                for key in keys:
                    forged = record.sudo().with_context(aggression_key=key)
                    named = forged.with_context(**_defaults(values))
                    for model, method, args in (
                        (forged, "write", [record.ids, values]),
                        (forged, "create", [values]),
                        (named, "create", [{}]),
                    ):
                        call = [model, method, args, {"context": dict(model.env.context)}]
                        with self.assertRaises(AccessError, msg=f"{field} {method}, {key}"):
                            call_kw(*call)

    def test_import(self):
        """Nothing of a case enters by a file, whoever sends it."""
        for name in self.case_models():
            for login in self.users:
                with self.assertRaises(UserError):
                    self.model_as(login, name).load([".id"], [[str(self.records[name, 0].ids[0])]])

    @mute_logger("odoo.sql_db")
    def test_defaults_sent_along(self):
        """C12: what a client sends along as defaults does not end up in the case."""
        plain = self._case_reported_with({})
        self.assertEqual(self._case_reported_with({}), plain, "the comparison itself")
        for name in self.case_models():
            values = {
                field.name: self._something_else(field)
                for field in self.env[name]._fields.values()
                if field.store and not field.compute
            }
            defaults = _defaults({key: value for key, value in values.items() if value})
            self.assertGreater(len(defaults), 2)
            with self.subTest(model=name):
                self.assertEqual(self._case_reported_with(defaults), plain)

    def _something_else(self, field):
        if field.type == "selection":
            return field.get_values(self.env)[-1]
        if field.type == "many2one":
            return self.env[field.comodel_name].search([], order="id desc", limit=1).id
        if field.name == "access_ids":
            row = {"user_id": self.users["uninvolved"].id, "role": "handler", "reason": "granted"}
            return [Command.create(row)]
        if field.name == "causer_ids":
            return [Command.link(self.cases[1].causer_ids.id)]
        simple = {"integer": 7, "boolean": True, "binary": "eA=="}
        dates = {"date": "2020-01-01", "datetime": "2020-01-01 10:00:00"}
        return {**simple, **dates, "char": "slipped in", "text": "slipped in"}.get(field.type)

    def _case_reported_with(self, context):
        """Report an incident with this context and return what became of it."""
        savepoint = self.env.cr.savepoint()
        screen = self.open_screen("desk", "aggression.report.wizard", self.cases[0])
        screen.write({"causer_kind": "person", "causer_name": "K. Karels"})
        model = self.env[screen._name].with_user(self.users["desk"])
        try:
            call_kw(model, "action_submit", [screen.ids], {"context": context})
            case = self.env["aggression.incident"].search([], order="id desc", limit=1)
            self.assertRegex(case.reference, r"^M-[2-9A-Z]{8}$")
            self.assertRegex(case.causer_ids.reference, r"^V-[2-9A-Z]{8}$")
            return {name: self._contents(name, case) for name in self.case_models()}
        finally:
            savepoint.close(rollback=True)

    def _contents(self, name, case):
        own = {"aggression.incident": case, "aggression.causer": case.causer_ids}
        path = "measure_id.incident_id" if name == FRONT_DESK else "incident_id"
        records = own.get(name) or self.env[name].search([(path, "=", case.id)])
        compared = [
            field.name
            for field in records._fields.values()
            if field.store and field.column_type and not field.name.endswith("_date")
            if field.name not in ("id", "reference", "key")
            and field.comodel_name not in self.case_models()
        ]
        return sorted(map(str, records.mapped(lambda record: [record[key] for key in compared])))


def _defaults(values):
    return {f"default_{name}": value for name, value in values.items()}
