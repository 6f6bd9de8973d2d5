from unittest.mock import patch

from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import freeze_time
from odoo.tools import mute_logger

from ..models.privacy import asker, logged
from .common import ProtocolCase
from .common_read_log import ReadLogMixin

TOKEN = "canary7Q2"


@freeze_time("2026-03-07 10:00:00")
class TestReadLog(ReadLogMixin, ProtocolCase):
    """C5, M5: whoever reads of a case is in the log with it, and so is who was refused."""

    def setUp(self):
        super().setUp()
        self.incident = self.report(
            story=TOKEN,
            causer_kind="person",
            causer_name=TOKEN,
            file_ids=[Command.create({"filename": f"{TOKEN}.png", "content": b"QQ=="})],
        )
        self.forget()

    # -- each way of reading ------------------------------------------------------------

    def test_reading_by_key(self):
        self.as_user("clerk", self.incident.facts_ids).read(["story"])
        row = self.readings(model="aggression.facts")
        self.assertEqual(row.user_id, self.users["clerk"])
        self.assertEqual((row.kind, row.way, row.records, row.su), ("opened", "server", 1, False))
        self.assertEqual((row.incident_id, row.reference), (self.incident, self.incident.reference))
        self.assertEqual(row.company_id, self.incident.company_id)
        self.assertEqual(str(row.at), "2026-03-07 10:00:00")

    def test_every_way_through_the_orm(self):
        cases = self.model_as("clerk", "aggression.incident")
        ways = {
            "read": lambda case: case.read(["state"]),
            "web_read": lambda case: case.web_read({"state": {}}),
            "search_read": lambda case: case.search_read([("id", "=", case.id)], ["state"]),
            "web_search_read": lambda case: case.web_search_read([], {"state": {}}),
            "search_fetch": lambda case: case.search_fetch([("id", "=", case.id)], ["state"]),
            "search": lambda case: case.search([("id", "=", case.id)]),
            "name_search": lambda case: case.name_search(case.sudo().reference),
            "attribute": lambda case: case.state,
            "copy_data": lambda case: case.copy_data(),
            "values of a group": lambda case: case.formatted_read_group(
                [], [], ["reference:array_agg"]
            ),
            "group by a word": lambda case: case.formatted_read_group(
                [], ["reference"], ["__count"]
            ),
            "grouping sets": lambda case: case.formatted_read_grouping_sets(
                [], [["state"], ["reference"]], ["__count"]
            ),
        }
        for name, read in ways.items():
            with self.subTest(way=name):
                self.forget()
                self.env.invalidate_all()
                read(cases.browse(self.incident.id))
                rows = self.readings(model="aggression.incident", user_id=self.users["clerk"])
                self.assertIn(self.incident, rows.incident_id)

    def test_through_another_record(self):
        case = self.as_user("clerk", self.incident)
        case.web_read({"affected_ids": {"fields": {"impact": {}}}, "story": {}})
        self.assertLessEqual(
            {
                ("clerk", "opened", "aggression.incident"),
                ("clerk", "opened", "aggression.affected.person"),
                ("clerk", "opened", "aggression.facts"),
            },
            self.told(self.readings(incident_id=self.incident)),
        )

    def test_what_was_in_the_cache_already(self):
        facts = self.as_user("clerk", self.incident.facts_ids)
        self.assertTrue(facts.has_access("read"))
        self.assertTrue(facts.sudo().story)
        self.assertFalse(self.readings(), "what code looks up for itself is no reading")
        facts.read(["story"])
        self.assertEqual(len(self.readings(model="aggression.facts")), 1)

    def test_figures_are_about_no_case(self):
        self.model_as("clerk", "aggression.incident").formatted_read_group(
            [], ["state", "reported_at:month"], ["__count"]
        )
        row = self.readings()
        self.assertEqual((row.kind, row.model), ("listed", "aggression.incident"))
        self.assertFalse(row.reference)

    def test_figures_by_a_path_from_elsewhere(self):
        lines = self.model_as("coordinator", "aggression.classification.person")
        lines.formatted_read_group([], ["affected_id.injury"], ["__count"])
        self.assertTrue(self.readings(model="aggression.affected.person", kind="listed"))

    def test_a_file(self):
        evidence = self.as_user("clerk", self.incident.evidence_ids)
        evidence.with_context(bin_size=True).web_read({"content": {}})
        self.assertEqual(self.readings(model="aggression.evidence").mapped("kind"), ["opened"])
        evidence.web_read({"content": {}})
        self.assertIn("downloaded", self.readings(model="aggression.evidence").mapped("kind"))

    def test_an_own_download_route(self):
        """One line, also for code that fetched the file as superuser."""
        self.as_user("clerk", self.incident.evidence_ids).sudo()._note_reading("downloaded")
        row = self.readings()
        self.assertEqual((row.kind, row.user_id.login, row.su), ("downloaded", "clerk", True))

    def test_an_export(self):
        self.users["clerk"].group_ids += self.env.ref("base.group_allow_export")
        self.as_user("clerk", self.incident).export_data(["reference", "facts_ids/story"])
        told = self.told(self.readings())
        self.assertIn(("clerk", "exported", "aggression.incident"), told)
        self.assertIn(("clerk", "opened", "aggression.facts"), told)

    def test_a_print(self):
        decision = self.decide(self.classify(self.incident, "threat"))
        self.forget()
        self.env.invalidate_all()
        reports = self.model_as("mayor", "ir.actions.report")
        reports._render_qweb_html("aggression_protocol.decision_letter", decision.ids)
        row = self.readings(kind="printed")
        self.assertEqual((row.model, row.incident_id), (decision._name, self.incident))

    def test_once_in_a_transaction(self):
        case = self.as_user("clerk", self.incident)
        for _time in range(3):
            case.invalidate_recordset()
            case.read(["state"])
        self.assertEqual(len(self.readings()), 1)

    def test_the_causer_by_the_readers_own_case(self):
        """A file on two cases is read through the case that the reader has."""
        causer, other = self.incident.causer_ids, self.report(hit="other_councillor")
        causer._unlocked().write({"incident_ids": [Command.link(other.id)]})
        self.forget()
        own = self.env["aggression.access"]
        own._grant([self.incident._access_row(self.users["uninvolved"].id, "handler", "duty")])
        self.as_user("uninvolved", causer).read(["name"])
        self.assertEqual(self.readings(model="aggression.causer").incident_id, self.incident)

    def test_the_machine_leaves_no_trace(self):
        self.env["aggression.facts"].search([]).mapped("story")
        self.env["aggression.duty"]._sweep()
        self.assertFalse(self.readings())

    # -- refusals -----------------------------------------------------------------------

    def refused(self, call, login, model="aggression.incident"):
        self.forget()
        self.env.invalidate_all()
        with self.assertRaises(AccessError), mute_logger("odoo.addons.base.models.ir_rule"):
            call()
        rows = self.readings(kind="refused", model=model)
        self.assertEqual(rows.user_id.mapped("login"), [login])
        return rows.mapped("reference")

    def test_a_refusal(self):
        case = self.as_user("uninvolved", self.incident)
        name = self.incident.reference
        self.assertEqual(self.refused(lambda: case.read(["state"]), "uninvolved"), [name])
        self.assertEqual(self.refused(lambda: case.web_read({"state": {}}), "uninvolved"), [name])
        self.assertEqual(self.refused(lambda: case.check_access("read"), "uninvolved"), [name])
        self.assertEqual(self.refused(lambda: case.state, "uninvolved"), [name])
        self.assertEqual(self.refused(case.action_close, "uninvolved"), [name])
        self.assertEqual(self.refused(lambda: case.write({"state": "x"}), "uninvolved"), [name])

    def test_a_refusal_of_a_kind_of_record(self):
        causers = self.as_user("administrator", self.incident.causer_ids)
        name, kind = self.incident.reference, "aggression.causer"
        read = self.refused(lambda: causers.read(["name"]), "administrator", kind)
        self.assertEqual(read, [name])
        listed = self.refused(lambda: causers.search_read([]), "administrator", kind)
        self.assertEqual(listed, [False])
        field = self.refused(
            lambda: causers.with_user(self.users["clerk"]).read(["name_hash"]), "clerk", kind
        )
        self.assertEqual(field, [name])

    def test_a_refusal_tells_not_what_exists(self):
        """The error is the same for a record that is there and for one that is not."""
        for id_ in (self.incident.id, 2**31 - 1):
            case = self.model_as("employee", "aggression.incident").browse(id_)
            for call in (case.unlink, lambda case=case: case.write({"place": "home"})):
                with self.assertRaises(AccessError):
                    call()

    def test_only_what_was_refused(self):
        other = self.report(hit="other_councillor")
        cases = self.as_user("uninvolved", self.incident + other)
        self.env["aggression.access"]._grant(
            [other._access_row(self.users["uninvolved"].id, "handler", "duty")]
        )
        ways = {
            "fetched": lambda: cases.read(["state"]),
            "in the cache": lambda: cases.sudo().mapped("state") and cases.read(["state"]),
            "asked": lambda: cases.check_access("read"),
        }
        for way, call in ways.items():
            with self.subTest(way=way):
                self.assertEqual(self.refused(call, "uninvolved"), [self.incident.reference])

    def test_care_refused(self):
        talk = self.as_user("clerk", self.incident.affected_ids.aftercare_ids.talk_ids[0])
        self.refused(talk.action_hold, "clerk", "aggression.talk")

    def test_a_print_refused(self):
        decision = self.decide(self.classify(self.incident, "threat"))
        reports = self.model_as("employee", "ir.actions.report")
        self.refused(
            lambda: reports._render_qweb_html("aggression_protocol.decision_letter", decision.ids),
            "employee",
            "aggression.decision",
        )

    def test_asking_is_no_refusal(self):
        case = self.as_user("uninvolved", self.incident)
        self.assertFalse(case.has_access("read"))
        self.assertFalse(case._filtered_access("read"))
        self.assertFalse(self.readings())

    def test_trying_numbers(self):
        """Hundreds of refusals at once are one row that tells how many."""
        cases = self.as_user("uninvolved", self.incident + self.report() + self.report())
        self.forget()
        with (
            patch.object(logged, "MANY_REFUSED", 2),
            mute_logger("odoo.addons.base.models.ir_rule"),
            self.assertRaises(AccessError),
        ):
            cases.read(["state"])
        row = self.readings()
        self.assertEqual((row.kind, row.reference, row.records), ("refused", False, 3))

    # -- what is in it, and what it costs -----------------------------------------------

    def test_no_words_of_a_case(self):
        decision = self.decide(self.classify(self.incident, "threat"))
        self.forget()
        case = self.as_user("clerk", self.incident)
        for name in case._fields:
            if name != "id" and case._has_field_access(case._fields[name], "read"):
                case.read([name])
        self.as_user("mayor", decision).read()
        with self.assertRaises(AccessError), mute_logger("odoo.addons.base.models.ir_rule"):
            self.as_user("uninvolved", self.incident.facts_ids).read(["story"])
        self.readings()
        self.env.cr.execute("SELECT string_agg(l::text, '|') FROM aggression_read_log l")
        text = self.env.cr.fetchone()[0]
        self.assertIn(self.incident.reference, text)
        for word in (TOKEN, "Name of", "councillor", "story", "threat"):
            self.assertNotIn(word, text)

    def test_by_which_way(self):
        """Every address is one of the ways, and only the start of it matters."""
        paths = {
            "/web/dataset/call_kw/aggression.incident/web_read": "screen",
            "/web/content/aggression.evidence/1/content/name.png": "file",
            "/my/cases": "portal",
            "/json/2/aggression.facts/read": "api",
            "/somewhere/else": "page",
        }
        for path, way in paths.items():
            found = next(found for start, found, _kind in asker.WAYS if path.startswith(start))
            self.assertEqual(found, way)
