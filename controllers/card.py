from werkzeug.exceptions import NotFound

from odoo import http
from odoo.http import request
from odoo.tools import file_open

WORKER = "aggression_protocol/static/src/card/worker.js"
EMERGENCY = "112"


class CardController(http.Controller):
    """The step cards on a phone: one page with everything in it (H1, H2).

    Promise: once opened it opens again without signal, and when nobody is logged in any more;
    it holds the protocol's steps and numbers and nothing of any case or person. The emergency
    number comes first, once. For who may not read the cards there is no such page (C5).
    """

    @http.route("/aggression/card", type="http", auth="user", methods=["GET"])
    def card(self):
        if not request.env["aggression.step.card"].has_access("read"):
            raise NotFound
        protocol = request.env["aggression.protocol"]._in_force(request.env.company)
        emergency = protocol.contact_line_ids.filtered(_is_emergency)
        values = {
            "cards": protocol.step_card_ids,
            "emergency": emergency[:1],
            "lines": protocol.contact_line_ids - emergency,
            "lang": (request.env.lang or "en_US").replace("_", "-"),
            "dial": _dial,
            "is_emergency": _is_emergency,
        }
        return request.render("aggression_protocol.card_page", values)

    @http.route("/aggression/card/worker.js", type="http", auth="public", methods=["GET"])
    def worker(self):
        with file_open(WORKER, "rb") as file:
            return request.make_response(
                file.read(),
                [
                    ("Content-Type", "text/javascript; charset=utf-8"),
                    ("Service-Worker-Allowed", "/aggression/card"),
                    ("Cache-Control", "no-cache"),
                ],
            )


def _dial(phone):
    """Return a telephone number as a telephone dials it."""
    return "".join(sign for sign in phone if sign.isdigit() or sign == "+")


def _is_emergency(line):
    return _dial(line.phone or "") == EMERGENCY
