from odoo import http
from odoo.http import request

from ..models.privacy.asker import REFUSED
from .handing_over import AGENDA, handed_over, not_there


class AppointmentController(http.Controller):
    """The door through which an appointment leaves for somebody's own agenda.

    Promise: only the person hit and who gives the care get it, checked at each download; one that
    is not yours and one that is not there answer the same; no link opens without logging in (C5).
    """

    @http.route(
        "/aggression/appointment/<string:reference>", type="http", auth="user", methods=["GET"]
    )
    def download(self, reference):
        appointment = _appointment(request.env, reference)
        if not appointment:
            answer = request.env._("This appointment does not exist, or it is not yours.")
            return not_there(answer)
        return handed_over(appointment._as_agenda_file(), AGENDA, appointment._neutral_name())


def _appointment(env, reference):
    """Return the appointment that this user may read; None, with a trace, for any other."""
    wanted = [("reference", "=", reference)]
    appointments = env["aggression.appointment"]
    if found := appointments.has_access("read") and appointments.search(wanted):
        found._note_reading()
        return found
    appointments.sudo().search(wanted).sudo(False)._note_reading(REFUSED)
    return None
