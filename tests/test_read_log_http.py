import json

from odoo import SUPERUSER_ID, http
from odoo.fields import Command
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .common import ProtocolCase
from .common_read_log import ReadLogMixin, commits_with_hooks

TOKEN = "canary9K4"
INCIDENT = "aggression.incident"


@tagged("post_install", "-at_install")
class TestReadLogHttp(ReadLogMixin, HttpCase, ProtocolCase):
    """C5, M5: every way into the server leaves its trace, with the person and the case."""

    def setUp(self):
        super().setUp()
        self.incident = self.report(
            story=TOKEN,
            file_ids=[Command.create({"filename": f"{TOKEN}.png", "content": b"QQ=="})],
        )
        self.forget()
        self.enterContext(commits_with_hooks())

    def call(self, model, method, *args, **kwargs):
        """Call a method as the web client does; returns the answer."""
        body = {"model": model, "method": method, "args": args, "kwargs": kwargs}
        answer = self.url_open(
            f"/web/dataset/call_kw/{model}/{method}",
            data=json.dumps({"jsonrpc": "2.0", "method": "call", "params": body}),
            headers={"Content-Type": "application/json"},
        )
        return answer.json()

    def post(self, address, data):
        """Ask for a file as the web client does; tests print no PDF without being asked."""
        form = {
            "data": json.dumps(data),
            "context": json.dumps({"force_report_rendering": True}),
            "csrf_token": http.Request.csrf_token(self),
        }
        return self.url_open(address, data=form)

    def told_of_the_case(self, way):
        """Return {(login, kind, model)} of the rows of the case, which all came this way."""
        self.env.invalidate_all()
        rows = self.log()
        self.assertEqual(set(rows.mapped("way")), {way})
        self.assertLessEqual(set(rows.mapped("reference")), {self.incident.reference, False})
        self.env.cr.execute("SELECT string_agg(l::text, '|') FROM aggression_read_log l")
        self.assertNotIn(TOKEN, self.env.cr.fetchone()[0])
        return self.told(rows)

    # -- the web client -----------------------------------------------------------------

    def test_a_form(self):
        self.authenticate("clerk", "clerk")
        answer = self.call(INCIDENT, "web_read", [self.incident.id], specification={"story": {}})
        self.assertEqual(answer["result"][0]["story"], TOKEN)
        self.assertEqual(
            self.told_of_the_case("screen"),
            {("clerk", "opened", INCIDENT), ("clerk", "opened", "aggression.facts")},
        )

    def test_a_list(self):
        self.authenticate("clerk", "clerk")
        self.call(INCIDENT, "web_search_read", [], {"state": {}})
        self.assertEqual(self.told_of_the_case("screen"), {("clerk", "listed", INCIDENT)})

    def test_counting(self):
        """A count with a condition can be asked until it has told what is in a case."""
        self.authenticate("clerk", "clerk")
        self.call("aggression.facts", "search_count", [("incident_id", "=", self.incident.id)])
        self.assertEqual(self.told_of_the_case("screen"), {("clerk", "listed", "aggression.facts")})

    def test_an_address_that_lies(self):
        """The kind follows from the method that was called, whatever the address says."""
        self.authenticate("clerk", "clerk")
        params = {
            "model": INCIDENT,
            "method": "web_read",
            "args": [[self.incident.id]],
            "kwargs": {"specification": {"state": {}}},
        }
        self.url_open(
            f"/web/dataset/call_kw/{INCIDENT}/search_{TOKEN}",
            data=json.dumps({"params": params}),
            headers={"Content-Type": "application/json"},
        )
        self.assertEqual(self.told_of_the_case("screen"), {("clerk", "opened", INCIDENT)})

    def test_an_error_on_the_way(self):
        """What was read before a request failed was read."""
        self.authenticate("coordinator", "coordinator")
        with mute_logger("odoo.http"):
            answer = self.call(INCIDENT, "action_decide", [self.incident.id])
        self.assertIn("error", answer)
        self.assertIn(("coordinator", "opened", INCIDENT), self.told_of_the_case("screen"))

    def test_a_refusal(self):
        self.authenticate("employee", "employee")
        with mute_logger("odoo.http", "odoo.addons.base.models.ir_rule"):
            answer = self.call(INCIDENT, "read", [self.incident.id], ["state"])
        self.assertIn("error", answer)
        self.assertEqual(self.told_of_the_case("screen"), {("employee", "refused", INCIDENT)})

    # -- files, paper, exports ------------------------------------------------------------

    def test_a_download(self):
        file = self.incident.evidence_ids
        self.authenticate("clerk", "clerk")
        answer = self.url_open(f"/aggression/file/{file.reference}")
        self.assertEqual(answer.content, b"A")
        self.assertEqual(self.told_of_the_case("file"), {("clerk", "downloaded", file._name)})

    def test_a_download_refused(self):
        file = self.incident.evidence_ids
        self.authenticate("uninvolved", "uninvolved")
        answer = self.url_open(f"/aggression/file/{file.reference}")
        self.assertEqual(answer.status_code, 404)
        self.assertEqual(self.told_of_the_case("file"), {("uninvolved", "refused", file._name)})

    def printing(self, login):
        decision = self.decide(self.classify(self.incident, "threat"))
        self.end_of_request()
        self.forget()
        self.authenticate(login, login)
        address = f"/report/pdf/aggression_protocol.decision_letter/{decision.id}"
        with mute_logger("odoo.addons.web.controllers.report"):
            return self.post("/report/download", [address, "qweb-pdf"])

    def test_a_print(self):
        self.assertTrue(self.printing("mayor").content.startswith(b"%PDF"))
        told = self.told_of_the_case("report")
        self.assertIn(("mayor", "printed", "aggression.decision"), told)
        self.assertEqual({kind for _login, kind, _model in told}, {"printed"})

    def test_a_print_refused(self):
        self.assertNotIn(b"%PDF", self.printing("employee").content)
        told = self.told_of_the_case("report")
        self.assertEqual(told, {("employee", "refused", "aggression.decision")})

    def test_an_export(self):
        self.users["clerk"].group_ids += self.env.ref("base.group_allow_export")
        self.authenticate("clerk", "clerk")
        asked = {
            "model": INCIDENT,
            "fields": [{"name": "facts_ids/story", "label": "Story", "type": "text"}],
            "ids": self.incident.ids,
            "domain": [],
            "import_compat": False,
        }
        answer = self.post("/web/export/csv", asked)
        self.assertIn(TOKEN, answer.text)
        self.assertEqual(
            self.told_of_the_case("export"),
            {("clerk", "exported", INCIDENT), ("clerk", "exported", "aggression.facts")},
        )

    # -- programs -------------------------------------------------------------------------

    def test_json2(self):
        keys = self.env["res.users.apikeys"].with_user(self.users["clerk"]).sudo()
        token = keys._generate("rpc", "Test", None)
        self.authenticate(None, None)
        answer = self.url_open(
            "/json/2/aggression.facts/search_read",
            data=json.dumps({"domain": [], "fields": ["story"]}),
            headers={"Content-Type": "application/json", "Authorization": f"Bearer {token}"},
        )
        self.assertEqual(answer.json()[0]["story"], TOKEN)
        self.assertEqual(self.told_of_the_case("api"), {("clerk", "listed", "aggression.facts")})

    def test_xmlrpc(self):
        with mute_logger("odoo.addons.rpc.controllers.xmlrpc"):
            rows = self.xmlrpc_object.execute_kw(
                self.env.cr.dbname,
                self.users["clerk"].id,
                "clerkxxx",
                "aggression.facts",
                "read",
                [self.incident.facts_ids.ids, ["story"]],
            )
        self.assertEqual(rows[0]["story"], TOKEN)
        self.assertEqual(self.told_of_the_case("rpc"), {("clerk", "opened", "aggression.facts")})

    # -- the administrator ------------------------------------------------------------------

    def test_an_administrator_who_becomes_the_superuser(self):
        """Core lets them pass by every rule: the log names them, and says how they read."""
        self.authenticate("administrator", "administrator")
        self.url_open("/web/become", allow_redirects=False)
        answer = self.call("aggression.facts", "read", self.incident.facts_ids.ids, ["story"])
        self.assertEqual(answer["result"][0]["story"], TOKEN)
        self.assertEqual(
            self.told_of_the_case("screen"), {("administrator", "opened", "aggression.facts")}
        )
        self.assertEqual(self.log().mapped("su"), [True])
        self.assertNotEqual(self.log().user_id.id, SUPERUSER_ID)
        officer = self.model_as("officer", "aggression.read.log")
        self.assertEqual(officer.search([("without_task", "=", True)]), self.log())
