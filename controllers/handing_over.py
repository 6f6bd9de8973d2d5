from odoo.http import content_disposition, request

AGENDA = "text/calendar; charset=utf-8"


def handed_over(content, kind, name):
    """Return the answer with which something leaves: saved and never shown, kept in no cache.

    :param bytes content: what leaves
    :param str kind: what the browser may know of its type
    :param str name: under which it is saved, that tells nothing
    """
    return request.make_response(
        content,
        [
            ("Content-Type", kind),
            ("Content-Length", len(content)),
            ("Content-Disposition", content_disposition(name)),
            ("X-Content-Type-Options", "nosniff"),
            ("Content-Security-Policy", "sandbox; default-src 'none'"),
            ("Cache-Control", "no-store"),
        ],
    )


def not_there(sentence):
    """Return the answer to who asks for what is not there, or is not theirs."""
    return request.make_response(sentence, [("Content-Type", "text/plain")], status=404)
