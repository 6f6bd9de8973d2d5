import io
import json
import sys
from unittest.mock import patch

from pypdf import PdfReader

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import HttpCase, TransactionCase, new_test_user, tagged
from odoo.tools import mute_logger

from odoo.addons.aggression_protocol.models.paper import press

LETTER = "aggression_protocol.test_letter"
SHEET = """<t t-name="aggression_protocol.test_letter">
    <t t-foreach="docs" t-as="doc">
        <t t-call="aggression_protocol.paper_layout">
            <t t-set="paper_title">Warning letter</t>
            <t t-set="paper_reference" t-value="doc.ref"/>
            <t t-set="paper_confidential" t-value="True"/>
            <t t-set="letterhead" t-value="True"/>
            %s
        </t>
    </t>
</t>"""
TABLE = """<p t-out="doc.name"/>
<table class="paper-data">
    <thead><tr><th scope="col">Behaviour</th><th scope="col">Number</th></tr></thead>
    <tbody>
        <tr t-foreach="range(doc.color)" t-as="row"><td>Row</td><td t-out="row"/></tr>
    </tbody>
</table>"""
# From the menu, then with the print button of the page that opened instead.
PRINT_TWICE = """(async () => {
    const shown = async (count) => {
        while (document.querySelectorAll(".o_notification").length < count) {
            await new Promise((resolve) => setTimeout(resolve, 50));
        }
        return document.querySelector("iframe[src^='/report/html/']");
    };
    await odoo.__WOWL_DEBUG__.root.env.services.action.doAction(%s);
    await shown(1);
    document.querySelector(".o_control_panel button[title='Print']").click();
    const page = await shown(2);
    const asked = performance.getEntriesByType("resource").map((entry) => entry.name).join();
    if (page && asked.includes("/report/download") && !asked.includes("check_wkhtmltopdf")) {
        console.log("test successful");
    } else {
        console.error(asked);
    }
})()"""


class BrokenLibrary:
    def __getattr__(self, name):
        raise OSError("cannot load library 'libpango-1.0-0'")


# WeasyPrint without Pango, and no WeasyPrint at all.
BROKEN_PRESSES = ({"weasyprint.text.fonts": BrokenLibrary()}, {"weasyprint": None})


class PaperCase:
    """Two letters on two pages each, in Dutch, that every employee may read."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("nl_NL")
        cls.env["ir.module.module"]._load_module_terms(["aggression_protocol"], ["nl_NL"])
        cls.view = cls.env["ir.ui.view"].create(
            {"type": "qweb", "name": "Letter", "key": LETTER, "arch": SHEET % TABLE}
        )
        cls.report = cls.env["ir.actions.report"].create(
            {"name": "Letter", "model": "res.partner", "report_name": LETTER, "paper": True}
        )
        cls.docs = cls.env["res.partner"].create(
            [
                {"name": "Kanarie", "ref": "A-1", "color": 50, "lang": "nl_NL"},
                {"name": "Kanarie", "ref": "A-2", "color": 50, "lang": "nl_NL"},
            ]
        )
        cls.employee = new_test_user(cls.env, "paper_employee", "base.group_user")

    def hide(self, model="res.partner", domain="[('name', '!=', 'Kanarie')]"):
        model_id = self.env["ir.model"]._get_id(model)
        self.env["ir.rule"].create({"name": "Hidden", "model_id": model_id, "domain_force": domain})

    def print_pdf(self, docs, **context):
        reports = self.env["ir.actions.report"].with_context(force_report_rendering=True, **context)
        return reports._render_qweb_pdf(LETTER, docs.ids)[0]

    def read_pdf(self, docs, **context):
        return PdfReader(io.BytesIO(self.print_pdf(docs, **context)))

    def print_sheet(self, body):
        self.view.arch = SHEET % body
        return self.read_pdf(self.docs[0])


@tagged("post_install", "-at_install")
class TestPaper(PaperCase, TransactionCase):
    def test_every_page_says_what_it_is(self):
        pages = [page.extract_text() for page in self.read_pdf(self.docs[0]).pages]
        self.assertEqual(len(pages), 2)
        for number, text in enumerate(pages, start=1):
            self.assertIn("A-1", text)
            self.assertIn("Vertrouwelijk", text)
            self.assertIn(f"Pagina {number} van 2", text)
            self.assertIn("Behaviour", text, "the head of the table returns on every page")
        self.assertIn(self.env.company.name, pages[1])

    def test_pdf_is_accessible_also_when_merged(self):
        for docs in (self.docs[0], self.docs):
            reader = self.read_pdf(docs)
            root = reader.trailer["/Root"]
            self.assertEqual(root["/Lang"], "nl-NL")
            self.assertTrue(root["/MarkInfo"]["/Marked"])
            self.assertIn("/StructTreeRoot", root)
            self.assertEqual(reader.metadata.title, "Warning letter")
            self.assertIn("pdfuaid", root["/Metadata"].get_data().decode())

    def test_fonts_are_in_the_file(self):
        for page in self.read_pdf(self.docs[0]).pages:
            for font in page["/Resources"]["/Font"].values():
                self.assertRegex(font["/BaseFont"], r"\+Paper(-(Semi-)?Bold)?$")
                descendant = font["/DescendantFonts"][0]
                self.assertIn("/FontFile2", descendant["/FontDescriptor"])

    def test_pages_are_counted_per_record(self):
        self.docs[1].color = 1
        pages = [page.extract_text() for page in self.read_pdf(self.docs).pages]
        self.assertEqual(len(pages), 3)
        for text, reference, number in zip(
            pages, ("A-1", "A-1", "A-2"), ("1 van 2", "2 van 2", "1 van 1"), strict=True
        ):
            self.assertIn(reference, text)
            self.assertIn(f"Pagina {number}", text)

    def test_document_speaks_the_language_of_its_record(self):
        self.docs[1].lang = "en_US"
        pages = [page.extract_text() for page in self.read_pdf(self.docs, lang="nl_NL").pages]
        self.assertIn("Pagina 1 van 2", pages[0])
        self.assertIn("Page 1 of 2", pages[2])
        self.assertIn("Confidential", pages[2])

    def test_nothing_is_fetched(self):
        with patch("socket.socket.connect") as connect, self.assertNoLogs("weasyprint"):
            reader = self.print_sheet(
                """<img alt="a" src="http://127.0.0.1:1/x"/> <img alt="b" src="/web/image/1"/>
                <img alt="c" src="file:///etc/passwd"/>
                <a rel="attachment" href="file:///etc/passwd">d</a>
                <style>@import url("http://127.0.0.1:1/y");</style>"""
            )
        connect.assert_not_called()
        self.assertEqual(len(reader.pages), 1)
        self.assertFalse(reader.attachments)

    def test_only_own_files_are_readable(self):
        self.assertTrue(press.local_file("file:///aggression_protocol/static/src/paper/paper.css"))
        for url in (
            "http://localhost/web/static/fonts/x.ttf",
            "file:///etc/passwd",
            "file:///web/static/src/libs/fontawesome/css/font-awesome.css",
            "file:///web/static/fonts/../../__manifest__.py",
            "file:///web/static/fonts/%2e%2e/%2e%2e/__manifest__.py",
            "file:////web/static/fonts/fonts.scss",
        ):
            with self.subTest(url), self.assertRaises(OSError):
                press.local_file(url)

    def test_no_copy_is_kept(self):
        for vals in ({"attachment": "'x.pdf'"}, {"attachment_use": True}):
            with self.subTest(vals), self.assertRaises(ValidationError):
                self.report.write(vals)
        self.report.write({"paper": False, "attachment": "'x.pdf'"})
        with self.assertRaises(ValidationError):
            self.report.paper = True

    def test_missing_engine_is_one_sentence(self):
        reports = self.env["ir.actions.report"].with_context(lang="nl_NL")
        for modules in BROKEN_PRESSES:
            press.get_press.cache_clear()
            with (
                patch.dict(sys.modules, modules),
                self.assertRaisesRegex(UserError, r"^Dit document.*WeasyPrint.*\.$"),
                self.assertLogs(press.__name__, "WARNING"),
            ):
                self.print_pdf(self.docs, lang="nl_NL")
            self.assertIn(b"Kanarie", reports._render_qweb_html(LETTER, self.docs.ids)[0])
        self.assertTrue(self.print_pdf(self.docs[0]), "a repaired engine prints at once")

    def test_html_shows_all_records(self):
        page = self.env["ir.actions.report"]._render_qweb_html(LETTER, self.docs.ids)[0].decode()
        self.assertEqual(page.count("<title>"), 1)
        self.assertEqual(page.count("Kanarie"), 2)
        self.assertIn("/aggression_protocol/static/src/paper/paper.css", page)

    def test_refused_record_is_refused_in_every_form(self):
        """Also among others, when it does not exist, and when only the template reads it."""
        self.hide()
        self.view.arch = SHEET % "<p t-out='doc.child_ids.name'/><p t-out='doc.parent_id.name'/>"
        own, child = self.employee.partner_id, self.docs.create({"name": "Child"})
        child.parent_id = self.docs[0]
        reports = self.report.with_user(self.employee).with_context(force_report_rendering=True)
        for res_ids in (self.docs.ids, [own.id, self.docs[0].id], [2**31 - 1], child.ids):
            for form in ("pdf", "html", "text"):
                self.env.invalidate_all()
                with self.subTest(form, ids=res_ids), self.assertRaises(AccessError) as refused:
                    getattr(reports, f"_render_qweb_{form}")(LETTER, res_ids)
                self.assertEqual(refused.exception.args, ("You may not print this document.",))
        self.assertTrue(reports._render_qweb_html(LETTER, own.ids)[0])

    def test_template_that_reads_nothing_is_refused_too(self):
        self.view.arch = "<t t-name='aggression_protocol.test_letter'><p>no field</p></t>"
        self.report.model = "res.country"
        country = self.env.ref("base.nl")
        reports = self.report.with_user(self.employee)
        self.assertTrue(reports._render_qweb_html(LETTER, country.ids)[0])
        self.hide("res.country", "[('code', '!=', 'NL')]")
        with self.assertRaises(AccessError):
            reports._render_qweb_html(LETTER, country.ids)

    def test_groups_of_the_report_count(self):
        reports = self.report.with_user(self.employee)
        self.assertTrue(reports._render_qweb_html(LETTER, self.docs.ids)[0])
        self.report.group_ids = self.env.ref("base.group_system")
        with self.assertRaises(AccessError):
            reports._render_qweb_html(LETTER, self.docs.ids)
        self.employee.group_ids += self.env.ref("base.group_system")
        self.assertTrue(reports._render_qweb_html(LETTER, self.docs.ids)[0])

    def test_queries_do_not_grow_with_the_records(self):
        self.view.arch = SHEET % "<p t-out='doc.parent_id.ref'/>"
        parents = self.docs.create([{"name": f"P{number}"} for number in range(6)])
        docs = self.docs.create([{"name": "C", "parent_id": parent.id} for parent in parents])
        self.print_pdf(docs)  # compiles the templates
        # what an environment keeps in mind is gone as soon as it is collected
        _kept = list(self.env.transaction.envs)
        counts = []
        for some in (docs[:1], docs):
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.print_pdf(some)
            counts.append(self.env.cr.sql_log_count - before)
        self.assertLessEqual(counts[1], counts[0])
        self.assertLessEqual(counts[0], 20)

    def test_other_reports_keep_their_engine(self):
        self.report.paper = False
        with (
            patch.object(type(self.report), "get_wkhtmltopdf_state", return_value="install"),
            patch.object(press.Press, "lay_out", side_effect=AssertionError),
            self.assertRaisesRegex(UserError, "Wkhtmltopdf"),
        ):
            self.print_pdf(self.docs)

    def test_action_carries_the_mark(self):
        self.assertIn("paper", self.report._get_readable_fields())
        self.env.company.external_report_layout_id = False
        action = self.report.with_user(self.env.ref("base.user_admin")).report_action(self.docs)
        self.assertEqual(action["type"], "ir.actions.report")
        self.assertTrue(action["paper"])


@tagged("post_install", "-at_install")
class TestPaperOnline(PaperCase, HttpCase):
    def test_routes(self):
        self.authenticate("paper_employee", "paper_employee")
        query = "?context=" + json.dumps({"force_report_rendering": True})
        path = f"{LETTER}/{self.docs[0].id}"
        response = self.url_open(f"/report/pdf/{path}{query}")
        self.assertEqual(response.content[:5], b"%PDF-")
        self.hide()
        for form in ("pdf", "html", "text"):
            with mute_logger("odoo.http"):
                response = self.url_open(f"/report/{form}/{path}{query}")
            self.assertEqual(response.status_code, 403)
            self.assertNotIn("Kanarie", response.text)
            self.assertNotIn("A-1", response.text)

    def test_print_button(self):
        """Nothing asks for wkhtmltopdf; without WeasyPrint each print opens the web page."""
        action = self.report.report_action(self.docs)
        action["context"] = {"active_ids": self.docs.ids, "force_report_rendering": True}
        press.get_press.cache_clear()
        with (
            patch.dict(sys.modules, BROKEN_PRESSES[0]),
            mute_logger(press.__name__, "odoo.addons.web.controllers.report", "odoo.http"),
        ):
            self.browser_js(
                "/odoo", PRINT_TWICE % json.dumps(action), "odoo.isReady", login="paper_employee"
            )
