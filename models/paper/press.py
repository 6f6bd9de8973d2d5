"""WeasyPrint behind one small door: loaded at the first print, kept by the process."""

import functools
import logging
import threading
import warnings
from contextlib import contextmanager

from odoo.exceptions import UserError
from odoo.tools.misc import file_open, file_path

from .table_headers import say_what_they_head

_logger = logging.getLogger(__name__)

STYLE_SHEET = "aggression_protocol/static/src/paper/paper.css"
# What a document may load besides data: addresses, as paths in the addons folders.
READABLE = ("aggression_protocol/static/src/paper/", "web/static/fonts/")
PDF = {"pdf_variant": "pdf/ua-1"}


class PressMissingError(UserError):
    """Nothing to print with. The web client knows this error by its name."""


@functools.cache
def get_press():
    """The press of this process; a failed attempt is not kept, so a repair helps at once."""
    return Press()


def local_file(url):
    """The file that ``url`` may read, or an error: paper never touches network or disk.

    The style sheet names its fonts as the browser does (``/web/static/...``). Read with
    the base address ``file:///`` these become the addons paths that are checked here.
    """
    path = url.removeprefix("file:///")
    if path == url or ".." in path or not path.startswith(READABLE):
        raise PermissionError("Paper loads its own files only")
    return file_path(path)


class Press:
    """WeasyPrint with our fetcher, style sheet and fonts, read once."""

    def __init__(self):
        for chatter in ("fontTools", "weasyprint.progress"):
            logging.getLogger(chatter).setLevel(logging.WARNING)
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # a machine without fonts: we bring our own
                import weasyprint
                from weasyprint.text.fonts import FontConfiguration
                from weasyprint.urls import URLFetcher, path2url
        except (ImportError, OSError) as error:  # OSError: Pango itself is missing
            _logger.warning("WeasyPrint cannot be loaded: %s", error)
            raise PressMissingError("WeasyPrint") from error

        class PaperFetcher(URLFetcher):
            def fetch(self, url, headers=None):
                if not url.startswith("data:"):
                    url = path2url(local_file(url))
                return super().fetch(url, headers)

        self._html = weasyprint.HTML
        # Pango's font map is not made for several threads at a time.
        self._lock = threading.Lock()
        self._fetcher = PaperFetcher(allowed_protocols=("data", "file"), allow_redirects=False)
        self._fonts = FontConfiguration()
        with file_open(STYLE_SHEET) as style_sheet:
            self._style = weasyprint.CSS(
                string=style_sheet.read(),
                base_url="file:///",
                url_fetcher=self._fetcher,
                font_config=self._fonts,
            )

    def lay_out(self, html, images):
        """Lay one document out on pages; ``images`` is shared by the documents of a print."""
        with self._lock, _discreetly():
            return self._html(string=html, url_fetcher=self._fetcher).render(
                stylesheets=[self._style], font_config=self._fonts, cache=images, **PDF
            )

    def bind(self, documents):
        """One tagged PDF with the pages of all ``documents``, each with its own numbering."""
        pages = [page for document in documents for page in document.pages]
        with self._lock, _discreetly():
            return documents[0].copy(pages).write_pdf(finisher=say_what_they_head, **PDF)


@contextmanager
def _discreetly():
    """Keep WeasyPrint's remarks out of the log: they quote addresses from the document."""
    logger = logging.getLogger("weasyprint")
    level = logger.level
    logger.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        logger.setLevel(level)
