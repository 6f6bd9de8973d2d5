from contextlib import suppress
from unittest.mock import patch

from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import freeze_time

from ..models.case.incident_gathered import BESIDE, LISTS, Incident
from ..models.privacy.readings import WAITING
from .complete_case import MORNING, CompleteCase

WORKED_OUT = ("person", "kept_out", "can_give_care", "opened_in_emergency", "damage_in_words")


@freeze_time(MORNING)
class TestGathered(CompleteCase):
    """What is looked up together is what each would be looked up for apart, for everybody."""

    def setUp(self):
        super().setUp()
        self.names = [
            name
            for name, field in self.env["aggression.incident"]._fields.items()
            if field.type in LISTS and field.store and field.groups != "."
        ]

    def everybody(self):
        """Yield (case, login, the case as that person) for each who may open it."""
        for case in self.cases:
            for login in self.users:
                seen = self.as_user(login, case)
                with suppress(AccessError):
                    seen.check_access("read")
                    yield case, login, self.as_user(login, case)

    def may_ask(self, case):
        fields = case._fields
        return [
            name for name in self.names if case.env[fields[name].comodel_name].has_access("read")
        ]

    def shown(self, case, names):
        """Return what the screen tells, and what is noted of it, as {model: ids}."""
        self.env.flush_all()
        case.env.invalidate_all()
        self.env.cr.postcommit.data.pop(WAITING, None)
        specification = {name: {"fields": {"display_name": {}}} for name in names}
        told = case.web_read({"state": {}, **specification, **dict.fromkeys(WORKED_OUT, {})})
        noted = self.env.cr.postcommit.data.pop(WAITING, {})
        return told, {key.model: sorted(ids) for key, ids in noted.items()}

    def apart(self):
        return patch.object(Incident, "_is_gathered", lambda self, field: False)

    def test_the_same(self):
        """C5, M5: nothing more, nothing less, in the same order, and noted likewise."""
        looked_at = set()
        for case, login, seen in self.everybody():
            with self.subTest(case=self.cases.index(case), login=login):
                names = self.may_ask(seen)
                together, noted = self.shown(seen, names)
                with self.apart():
                    each, noted_each = self.shown(seen, names)
                self.assertEqual(together, each)
                for model in BESIDE:  # whether there are any is asked; what it says is not read
                    noted.pop(model, None), noted_each.pop(model, None)
                self.assertEqual(noted, noted_each)
                looked_at.add(login)
        self.assertGreaterEqual(len(looked_at), 8)

    def test_what_may_not_be_asked(self):
        """C5: a list of a kind that somebody may not read at all is refused, empty or not."""
        case = self.as_user("councillor", self.cases[0])
        refused = [name for name in self.names if name not in self.may_ask(case)]
        self.assertTrue(refused)
        for name in refused:
            with self.subTest(list=name), self.assertRaises(AccessError):
                self.as_user("councillor", case).read(["affected_ids", "evidence_ids", name])

    def test_who_may_not_open_it(self):
        """C5, M5: no combination of what is asked tells anything of another's case."""
        asked = (["id"], ["affected_ids"], ["affected_ids", "duty_ids"], ["contact_line_ids"])
        for fields in asked:
            specification = dict.fromkeys([*fields, *WORKED_OUT], {})
            with self.subTest(asked=fields), self.assertRaises(AccessError):
                self.as_user("uninvolved", self.cases[0]).web_read(specification)

    def test_a_closed_field(self):
        """C5: what only code reads is not worked out for anybody either."""
        case = self.as_user("clerk", self.cases[0])
        field = case._fields["person"]
        with patch.object(field, "groups", "."), self.assertRaises(AccessError):
            case.web_read({"affected_ids": {}, "duty_ids": {}, "person": {}})

    def test_nothing_stays(self):
        """What a screen remembers is gone with it: the next one sees what was added."""
        case = self.as_user("clerk", self.cases[0])
        lists = {"affected_ids": {}, "duty_ids": {}, "kept_out": {}}
        before = case.web_read(lists)[0]["kept_out"]
        self.env["aggression.exclusion"]._unlocked().create(
            {
                "incident_id": self.cases[0].id,
                "user_id": self.users["employee"].id,
                "reason": "x",
            }
        )
        case = self.as_user("clerk", self.cases[0])
        self.assertNotEqual(case.web_read(lists)[0]["kept_out"], before)


@freeze_time(MORNING)
class TestRemembered(CompleteCase):
    """What a worker remembers of the protocol is what stands there, for who may read it."""

    def test_changes(self):
        kind = self.protocol.measure_type_ids[:1]
        self.assertEqual(self.as_user("clerk", kind).name, kind.name)
        kind.name = "Another name"
        self.assertEqual(self.as_user("clerk", kind).name, "Another name")
        kind.update_field_translations("name", {"en_US": "A third name"})
        self.assertEqual(self.as_user("clerk", kind).display_name, "A third name")

    def test_another_municipality(self):
        """Who may not read the protocol of another municipality does not by its memory."""
        elsewhere = self.env["res.company"].create({"name": "Elsewhere"})
        theirs = self.protocol.copy({"company_id": elsewhere.id}).measure_type_ids[:1]
        theirs.sudo().read(["name"])
        self.env.user.company_ids = [Command.link(elsewhere.id)]
        with self.assertRaises(AccessError):
            self.as_user("clerk", theirs).read(["name"])
