"""Who is behind a reading and by which way it comes in, told by the request and nothing else."""

from typing import NamedTuple

from odoo import SUPERUSER_ID
from odoo.http import request
from odoo.service.server import thread_local

OPENED, LISTED, PRINTED = "opened", "listed", "printed"
EXPORTED, DOWNLOADED, REFUSED = "exported", "downloaded", "refused"

# The address of the request, from its first part on: the way, and the kind of reading it is when
# the method that was called does not tell. An address itself is never kept: it can hold a name.
WAYS = (
    ("/web/dataset/", "screen", None),
    ("/json/2/", "api", None),
    ("/json/", "api", OPENED),
    ("/report/", "report", PRINTED),
    ("/web/export/", "export", EXPORTED),
    ("/web/content", "file", DOWNLOADED),
    ("/web/image", "file", DOWNLOADED),
    ("/web/", "screen", OPENED),
    ("/aggression/file/", "file", DOWNLOADED),
    ("/aggression/gir", "export", EXPORTED),
    ("/aggression/appointment/", "file", DOWNLOADED),
    ("/my", "portal", OPENED),
    ("/", "page", OPENED),
)


class Asker(NamedTuple):
    """Somebody who reads: whose reading it is, by which way, and of which kind by default."""

    user_id: int
    superuser: bool
    way: str
    kind: str


def asker(env):
    """Return who is behind ``env``, or None when that is the machine itself.

    Within a request it is the person who logged in, as whoever the code may look around. An
    administrator who became the superuser is named by the login of the session.
    """
    if not request:
        return _asker_without_request(env)
    user_id = (request.env and request.env.uid) or env.uid
    path = request.httprequest.path
    way, kind = next((way, kind) for start, way, kind in WAYS if path.startswith(start))
    superuser = user_id == SUPERUSER_ID
    if superuser:
        user_id = _login_behind(env) or user_id
    return Asker(user_id, superuser or env.su, way, kind or _kind_of(_method(path)))


def _asker_without_request(env):
    """The old remote calls put their request aside; else it is code that runs by itself."""
    if env.uid == SUPERUSER_ID:
        return None
    method = getattr(thread_local, "rpc_model_method", "")
    return Asker(env.uid, env.su, "rpc" if method else "server", _kind_of(method))


def is_superuser(env):
    """Tell whether this request comes from a person who became the superuser."""
    return bool(env.su and request and request.env and request.env.uid == SUPERUSER_ID)


def is_search(env):
    """Tell whether somebody outside asked to search, and not code on the way to something else."""
    someone = asker(env)
    return bool(someone and someone.kind == LISTED)


def _login_behind(env):
    users = env["res.users"].sudo().with_context(active_test=False)
    return users.search([("login", "=", request.session.login)], limit=1).id


def _method(path):
    """Return the name of the method that was called from outside."""
    if path.startswith("/web/dataset/"):
        return request.params.get("method") or ""
    return path.rsplit("/", 1)[-1]


def _kind_of(method):
    method = method.rpartition(".")[2]
    if method == "export_data":
        return EXPORTED
    return LISTED if "search" in method or "group" in method else OPENED
