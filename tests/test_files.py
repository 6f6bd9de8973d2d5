from base64 import b64encode
from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Command
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from ..models.case import evidence
from .common import ProtocolCase

PNG = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15"
    b"\xc4\x89\x00\x00\x00\rIDATx\x9cc\xf8\xcf\xc0\xf0\x1f\x00\x05\x00\x01\xff\x89\x99=\x1d\x00\x00"
    b"\x00\x00IEND\xaeB`\x82"
)
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HTML = b"<!DOCTYPE html><html><body><script>alert(1)</script></body></html>"


@tagged("post_install", "-at_install")
class TestFiles(HttpCase, ProtocolCase):
    """M1, C5: a file of a case reaches who has a part in the case, and nobody else."""

    def _report_values(self, *args):
        now = fields.Datetime.now().replace(microsecond=0)
        moments = {"occurred_at": now - timedelta(hours=1), "reported_at": now}
        return {**super()._report_values(*args), **moments}

    def file(self, content=PNG, name="Threat of Jan Jansen.PNG"):
        line = {"filename": name, "content": b64encode(content), "source": "Telephone of Jan"}
        return self.report(file_ids=[Command.create(line)]).evidence_ids

    def get(self, url, login=None):
        self.authenticate(login, login and login + "x" * (8 - len(login)))
        return self.url_open(url, allow_redirects=False)

    def download(self, file, login):
        return self.get(f"/aggression/file/{file.reference}", login)

    def test_who_gets_it(self):
        """The person hit on the portal and who handles the case; with the bytes that came in."""
        file = self.file()
        for login in ("councillor", "clerk", "mayor"):
            with self.subTest(login=login):
                answer = self.download(file, login)
                self.assertEqual((answer.status_code, answer.content), (200, PNG))

    def test_who_does_not(self):
        """Not yours and not there are the same; without logging in there is only the login."""
        file = self.file()
        missing = self.get("/aggression/file/F-22222222", "stranger")
        self.assertEqual(missing.status_code, 404)
        for login in ("other_councillor", "uninvolved", "employee", "administrator", "stranger"):
            with self.subTest(login=login):
                answer = self.download(file, login)
                self.assertEqual(answer.status_code, 404)
                self.assertEqual(answer.content, missing.content)
                self.assertEqual(dict(answer.headers).keys(), dict(missing.headers).keys())
        for reference in (file.reference, "F-22222222"):
            answer = self.get(f"/aggression/file/{reference}")
            self.assertEqual(answer.status_code, 303)
            self.assertIn("/web/login", answer.headers["Location"])

    def test_access_is_checked_each_time(self):
        """Who is taken off a case has no way back through a link that once worked."""
        file = self.file()
        self.assertEqual(self.download(file, "councillor").status_code, 200)
        rows = file.incident_id.access_ids.filtered(
            lambda row: row.user_id == self.users["councillor"]
        )
        rows._unlocked().user_id = self.users["other_councillor"]
        self.assertEqual(self.download(file, "councillor").status_code, 404)

    def test_no_browser_shows_it(self):
        """A page or a drawing that came in as a file runs nowhere, whatever it is called."""
        cases = [
            (PNG, "x.png", "image/png", ".png"),
            (b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n", "x.pdf", "application/pdf", ".pdf"),
            (b"Plain words.", "x.txt", "text/plain", ".txt"),
            (SVG, "x.svg", "application/octet-stream", ".svg"),
            (SVG, "x.png", "application/octet-stream", ".png"),
            (HTML, "x.html", "application/octet-stream", ".html"),
            (b"\x00\x01\x02", "x", "application/octet-stream", ""),
            (b"\x00\x01\x02", 'x."; filename=evil', "application/octet-stream", ""),
        ]
        for content, name, kind, extension in cases:
            with self.subTest(name=name, kind=kind):
                file = self.file(content, name)
                answer = self.download(file, "clerk")
                self.assertEqual(answer.content, content)
                self.assertEqual(answer.headers["Content-Type"].partition(";")[0], kind)
                self.assertEqual(answer.headers["X-Content-Type-Options"], "nosniff")
                self.assertIn("sandbox", answer.headers["Content-Security-Policy"])
                self.assertEqual(answer.headers["Cache-Control"], "no-store")
                self.assertEqual(
                    answer.headers["Content-Disposition"],
                    f"attachment; filename*=UTF-8''{file.reference}{extension}",
                )

    def test_the_button_on_the_case(self):
        file = self.file()
        action = self.as_user("councillor", file).action_download()
        self.assertEqual(action["url"], f"/aggression/file/{file.reference}")
        self.assertNotIn("Jansen", str(action))
        with self.assertRaises(AccessError):
            self.as_user("other_councillor", file).action_download()

    def test_no_other_way(self):
        """Odoo's own addresses for files give nothing away, not even to who has a part."""
        file = self.file()
        for url in (
            f"/web/content/aggression.evidence/{file.id}/content",
            f"/web/content?model=aggression.evidence&id={file.id}&field=content&download=true",
            f"/web/content/aggression.evidence/{file.id}/content?filename_field=source",
            f"/web/content/aggression.evidence/{file.id}/content?access_token=x",
        ):
            for login in ("other_councillor", "employee", "administrator", "clerk", None):
                with self.subTest(url=url, login=login):
                    answer = self.get(url, login)
                    self.assertEqual(answer.status_code, 404)
                    self.assertNotIn("Jan", str(answer.headers))
        for login in ("clerk", "other_councillor"):
            picture = self.get(f"/web/image/aggression.evidence/{file.id}/content", login)
            self.assertNotEqual(picture.content, PNG)
        self.assertFalse(self.env["ir.attachment"].search([("res_model", "=", file._name)]))

    def test_too_large(self):
        """M1: the limit is said in a sentence, and nothing of the report is kept."""
        before = self.env["aggression.incident"].search_count([])
        self.patch(evidence, "LARGEST_FILE_MB", 0.0001)
        with self.assertRaises(ValidationError) as caught:
            self.file(b"x" * 106)
        self.assertIn("Choose a smaller file", str(caught.exception))
        self.assertEqual(self.env["aggression.incident"].search_count([]), before)
        self.assertEqual(self.file(b"x" * 100).size, 100)

    @mute_logger("odoo.addons.base.models.ir_rule")
    def test_by_remote_call(self):
        """The ordinary rules hold for the bytes, the name and the source."""
        file = self.file()
        self.assertEqual(
            self.as_user("councillor", file).read(["content"])[0]["content"], b64encode(PNG)
        )
        for login in ("other_councillor", "employee", "administrator"):
            with self.assertRaises(AccessError):
                self.as_user(login, file).read(["content", "filename", "source"])
