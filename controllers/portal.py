from functools import wraps

from werkzeug.datastructures import FileStorage
from werkzeug.exceptions import NotFound

from odoo import http
from odoo.http import request

from odoo.addons.portal.controllers.portal import CustomerPortal

from ..models.case import evidence

ROOT = "/my/agressie"


def page(path, method="GET"):
    """Return the route of a page: for who logged in, by one method, never kept in a cache.

    What it is handed is text: Odoo puts what was uploaded under the same names, and a page takes
    its files from where only files are.
    """
    route = http.route(
        f"{ROOT}/{path}",
        type="http",
        auth="user",
        website=True,
        methods=[method],
        sitemap=False,
    )

    def decorate(endpoint):
        @wraps(endpoint)
        def with_text(self, *args, **sent):
            files = [name for name, value in sent.items() if isinstance(value, FileStorage)]
            for name in files:
                del sent[name]
            return endpoint(self, *args, **sent)

        return route(with_text)

    return decorate


class OfficeHolderPage(CustomerPortal):
    """What the pages of this addon have in common.

    Promise: the ordinary record rules decide what is shown, as the person who logged in; what is
    not there and what is not yours answer the same, a plain 404, and no address opens without
    logging in (C5).
    """

    def _enter(self):
        """Answer with a 404 to who can have no case at all."""
        if not request.env["aggression.incident"].has_access("read"):
            raise NotFound

    def _protocol(self):
        protocols = request.env["aggression.protocol"]
        return protocols.browse(protocols._in_force_id(request.env.company.id))

    def _show(self, template, **values):
        """Return a page, which the browser keeps no copy of: the telephone may be shared."""
        protocol = self._protocol()
        answer = request.render(
            f"aggression_protocol.{template}",
            {
                "page_name": "aggression",
                "protocol": protocol,
                "clock": protocol._clock,
                "day": protocol._day_in_words,
                "lines": protocol.contact_line_ids,
                "problems": {},
                **values,
            },
        )
        answer.headers["Cache-Control"] = "no-store"
        answer.headers["Referrer-Policy"] = "no-referrer"
        answer.headers["X-Frame-Options"] = "DENY"
        return answer

    def _go(self, path):
        return request.redirect(f"{ROOT}/{path}", code=303)

    def _uploads(self, name="files"):
        """Return [(name, bytes)] of what was uploaded; no more of it than the limit and a byte."""
        limit = int(evidence.LARGEST_FILE_MB * 1024 * 1024) + 1
        files = request.httprequest.files.getlist(name)
        return [(file.filename, file.read(limit)) for file in files if file.filename]


class OfficeHolderHome(OfficeHolderPage):
    def _prepare_home_portal_values(self, counters):
        values = super()._prepare_home_portal_values(counters)
        if request.env["aggression.incident"].has_access("read"):
            values["aggression"] = True
            values["lines"] = self._protocol().contact_line_ids
            values["unsent"] = bool(request.env["aggression.report.draft"]._mine())
            values["invited"] = bool(
                request.env["aggression.prevention.activity"]._to_come_for_me()
            )
            values["briefed"] = bool(request.env["aggression.briefing"]._told_to_me())
        return values

    @page("protocol")
    def principles(self, **_sent):
        """Show the principles and the norm of the municipality (U1)."""
        self._enter()
        return self._show("portal_principles")
