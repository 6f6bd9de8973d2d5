import json
from http import HTTPStatus
from io import BytesIO
from zipfile import ZipFile

from odoo import http
from odoo.fields import Command
from odoo.tests import HttpCase
from odoo.tools import mute_logger

from .canary import words_in
from .complete_case import SCREENS
from .test_canary import INVOLVED, UNINVOLVED, CanaryCase

STRANGERS = (*UNINVOLVED, None)
PORTAL = ("zaken", "melden", "melden/1", "melden/2", "melden/3", "twijfel", "protocol")
PORTAL += ("hulp", "bijeenkomsten", "ingelicht")
CARE = ("zorg", "zorg/tijd/1", "zorg/wens", "zorg/verzorger", "zorg/extra", "zorg/afronden")
CARE += ("zorg/eerder/1", "zorg/hulp/0", "zorg/hulpverlener", "zorg/naasten")
OF_A_CASE = ("gemeld", *CARE, "aangifte", "aangifte/formulier", "schade", "schade/1", "schade/2")
OF_A_CASE += ("stappen",)
PAGES = ("/my", "/my/home", "/my/account", "/my/security", "/odoo", "/web", "/web/session/account")


class TestPages(CanaryCase, HttpCase):
    """C45 to C52, C66: what a browser can fetch from any address: pages, prints, exports, files."""

    def pages_of(self, login, addresses, **body):
        """Yield (address, what it answers) for this person; None is who did not log in."""
        self.authenticate(login, login)
        for address in addresses:
            answer = self.url_open(address, **body)
            self.assertLess(answer.status_code, HTTPStatus.INTERNAL_SERVER_ERROR, address)
            yield address, answer

    def assertSilent(self, login, addresses):
        entitled = self.entitled(login) if login else set()
        for address, answer in self.pages_of(login, addresses):
            heard = words_in(answer.content) - entitled
            self.assertFalse([self.planted[word] for word in heard], f"{login}, {address}")

    @mute_logger("odoo.http")
    def test_pages(self):
        """C52: the portal and the web client of everybody, with the addresses of the records."""
        records = [f"/odoo/{name}/{ids[0]}" for name, ids in self._ids()]
        for login in (*STRANGERS, "councillor", "clerk"):
            self.assertSilent(login, [*PAGES, *(page + "?debug=1" for page in PAGES), *records[:3]])

    @mute_logger("odoo.http")
    def test_portal(self):
        """C51, C52: each page for office-holders, with the references of all that there is."""
        addresses = [f"/my/agressie/{path}" for path in PORTAL]
        asked = self.env["aggression.consultation"].search([])
        addresses += [f"/my/agressie/twijfel/{one.reference}" for one in asked]
        talks = self.env["aggression.risk.talk"].search([])
        addresses += [f"/my/agressie/hulp/{talk.reference}" for talk in talks]
        for case in self.cases:
            own = f"/my/agressie/zaken/{case.reference}"
            addresses += [own, *(f"{own}/{part}" for part in OF_A_CASE)]
        for login in ("other_councillor", "kept_out", "former", "alderman", "clerk", None):
            self.assertSilent(login, addresses)
        heard = {
            str(self.planted[word][0])
            for _address, answer in self.pages_of("councillor", addresses)
            for word in words_in(answer.content)
        }
        shown = {"facts.story", "facts.where", "evidence.filename", "declaration.text"}
        shown |= {"consultation.question", "consultation.answer", "report.draft.story"}
        shown |= {"aftercare.wish", "appointment.place", "damage.what", "briefing.text"}
        self.assertLessEqual({f"aggression.{name}" for name in shown}, heard, "or it is deaf")
        hidden = {"facts.causer_description", "access.note", "protection.text", "talk.notes"}
        hidden |= {"causer.name", "measure.scope", "decision.grounds", "risk.talk.topic"}
        self.assertFalse({f"aggression.{name}" for name in hidden} & heard)

    @mute_logger("odoo.http")
    def test_json_pages(self):
        """C66: the web client's own pages as JSON."""
        for login in (*STRANGERS, "councillor"):
            self.assertSilent(login, [f"/json/1/{name}/{ids[0]}" for name, ids in self._ids()])

    @mute_logger("odoo.http")
    def test_binary_routes(self):
        """C45: each binary field, as a file or as an image: by no other door than its own."""
        fields = [
            (name, ids[0], field.name)
            for name, ids in self._ids()
            for field in self.env[name]._fields.values()
            if field.type == "binary"
        ]
        self.assertTrue(fields)
        addresses = [
            f"/web/{route}/{name}/{id_}/{field}{options}"
            for name, id_, field in fields
            for route in ("content", "image")
            for options in ("", "/x.png?download=1", "?access_token=x&unique=1")
        ]
        for login in STRANGERS:
            self.assertSilent(login, addresses)

    @mute_logger("odoo.http", "odoo.addons.base.models.ir_actions_report")
    def test_prints(self):
        """C47, C48: each report, as a page, as text and as a PDF."""
        reports = self.env["ir.actions.report"].search([("model", "=like", "aggression.%")])
        # what is published is read by the whole team: see test_council_report
        published = self.env.registry.descendants(["aggression.beside.cases"], "_inherit")
        addresses = [
            f"/report/{form}/{report.report_name}/{self.env[report.model].search([], limit=1).id}"
            for report in reports.filtered(lambda report: report.model not in published)
            for form in ("html", "text", "pdf")
        ]
        for login in STRANGERS:
            for address, answer in self.pages_of(login, addresses):
                self.assertFalse(words_in(answer.content), f"{login}, {address}")
                self.assertNotEqual(answer.headers["Content-Type"], "application/pdf", address)

    @mute_logger("odoo.http")
    def test_exports(self):
        """C16: with the general right to export, one's own part and nothing else."""
        export = Command.link(self.env.ref("base.group_allow_export").id)
        heard = {}
        for login in (*UNINVOLVED, *INVOLVED):
            self.users[login].group_ids = [export]
            self.authenticate(login, login)
            heard[login] = self._exported("csv")
            if login in ("clerk", "uninvolved"):
                heard[login] |= self._exported("xlsx")
            self.assertLessEqual(heard[login], self.entitled(login), login)
        self.assertTrue(heard["clerk"] & heard["coordinator"], "or this test is deaf")

    def _exported(self, form):
        """Return the canaries in exports of all fields of all records, by number or by search."""
        token, heard = http.Request.csrf_token(self), set()
        for name, ids in self._ids():
            data = {
                "model": name,
                "fields": [
                    {"name": field.name, "label": field.name, "type": field.type}
                    for field in self.env[name]._fields.values()
                    if not field.groups and (form == "xlsx" or field.type != "binary")
                ],
                "ids": ids if form == "csv" else False,
                "domain": [],
                "import_compat": False,
                "context": {},
            }
            values = {"data": json.dumps(data), "csrf_token": token}
            answer = self.url_open(f"/web/export/{form}", data=values)
            self.assertNotEqual(answer.status_code, HTTPStatus.BAD_REQUEST, "no such address")
            heard |= words_in(_unpacked(answer.content))
        return heard

    def _ids(self):
        """Yield (model, ids of its records) for all that holds something of a case."""
        for name in (*self.case_models(), *SCREENS):
            yield name, self.env[name].search([]).ids


def _unpacked(content):
    """Return a file as text, also when it is a compressed sheet."""
    if not content.startswith(b"PK"):
        return content
    with ZipFile(BytesIO(content)) as sheet:
        return b"".join(map(sheet.read, sheet.namelist()))
