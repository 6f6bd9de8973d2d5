from odoo import http
from odoo.http import request

from .handing_over import AGENDA, handed_over, not_there


class RiskTalkController(http.Controller):
    """A talk that carries risk, for somebody's own agenda, which others may look into.

    Promise: only who takes part in the talk gets it, checked by the ordinary rules; it says when
    and under which reference, and nothing of what it is about or where (V2).
    """

    @http.route(
        "/aggression/risk-talk/<string:reference>", type="http", auth="user", methods=["GET"]
    )
    def download(self, reference):
        talks = request.env["aggression.risk.talk"]
        talk = talks.has_access("read") and talks.search([("reference", "=", reference)])
        if not talk:
            answer = request.env._("This appointment does not exist, or you have no part in it.")
            return not_there(answer)
        return handed_over(talk._as_agenda_file(), AGENDA, f"{talk.reference}.ics")
