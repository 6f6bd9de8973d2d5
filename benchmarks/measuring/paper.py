"""Documents: one and fifty, by the addon's press and by wkhtmltopdf."""

import shutil
import subprocess
import tempfile
from functools import partial
from pathlib import Path

from measuring.stopwatch import in_turn

LETTER = "aggression_protocol.decision_letter"
FIFTY = 50


def measure(ours):
    """Return {name: Figure}; wkhtmltopdf is left out where it is not installed."""
    reports = ours.env["ir.actions.report"]
    decisions = ours.env["aggression.decision"].search([("causer_id", "!=", False)], limit=FIFTY)
    calls = {
        "pdf_1": (ours.env, partial(_press, reports, decisions[:1])),
        "pdf_50": (ours.env, partial(_press, reports, decisions)),
    }
    if program := shutil.which("wkhtmltopdf"):
        for number in (1, FIFTY):
            pages = _pages(reports, decisions[:number])
            calls[f"wkhtmltopdf_{number}"] = (ours.env, partial(_each, program, pages))
    return in_turn(calls)


def _press(reports, decisions):
    pdf, _kind = reports._render_qweb_pdf(LETTER, decisions.ids)
    assert pdf.startswith(b"%PDF"), "no document came out"


def _pages(reports, decisions):
    report = reports._get_report(LETTER)
    return [page for _id, page in report._paper_pages(report, decisions.ids, {})]


def _each(program, pages):
    """Print one page after the other: Debian's build takes no more than one at a time."""
    with tempfile.TemporaryDirectory() as folder:
        for page in pages:
            source = Path(folder) / "page.html"
            source.write_bytes(page)
            command = [program, "-q", "--enable-local-file-access", source, f"{source}.pdf"]
            subprocess.run(command, check=False, stderr=subprocess.DEVNULL)
