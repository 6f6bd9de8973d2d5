import base64
import re

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools.mimetypes import guess_mimetype

from ..case import evidence
from ..privacy.sealing import SealedBinary, SealedChar

MOST_FILES = 10
# What people have to show: pictures, papers, mails, recordings.
PICTURES = {"jpg", "jpeg", "png", "gif", "webp"}
KINDS = PICTURES | {"heic", "pdf", "txt", "eml", "msg", "doc", "docx", "odt"}
RECEIPTS = PICTURES | {"heic", "pdf"}
KINDS |= {"mp3", "m4a", "wav", "ogg", "opus", "aac", "mp4", "mov", "webm", "3gp"}
EXTENSION = re.compile(r"\.([A-Za-z0-9]{1,5})$")


class Upload(models.AbstractModel):
    """A file as it comes in by a form (M1).

    Promise: too large, empty or of a kind that nobody needs is said in one sentence, before
    anything of it is kept.
    """

    _name = "aggression.upload"
    _description = "File that comes in"
    _inherit = "aggression.typed.in"

    filename = SealedChar("File name")
    content = SealedBinary("File")
    source = SealedChar("Where it comes from")
    taken_at = fields.Datetime("Made at")

    def _checked(self, uploads, already=0, kinds=KINDS):
        """Return [{filename, content}] of what was uploaded.

        :param uploads: (name, bytes) of each
        :param int already: how many there are
        :param kinds: the extensions that are taken: KINDS or RECEIPTS
        :raises UserError: in one sentence, about the first that cannot be taken
        """
        uploads = list(uploads)
        if already + len(uploads) > MOST_FILES:
            raise UserError(self.env._("Add at most %(number)s files.", number=MOST_FILES))
        for name, raw in uploads:
            if problem := self._problem(name, raw, kinds):
                raise UserError(problem)
        return [
            {"filename": name[-250:], "content": base64.b64encode(raw)} for name, raw in uploads
        ]

    def _problem(self, name, raw, kinds):
        """Return why this file is not taken, or None; without its name, which is nobody's."""
        extension = EXTENSION.search(name or "")
        kind = extension and extension[1].lower()
        if not raw:
            return self.env._("The file is empty. Choose another file.")
        if len(raw) > evidence.LARGEST_FILE_MB * 1024 * 1024:
            return self.env._(
                "A file can be at most %(limit)s MB. Choose a smaller file.",
                limit=evidence.LARGEST_FILE_MB,
            )
        if kind not in kinds:
            return self._not_taken(kinds)
        if kinds is RECEIPTS and kind == "pdf" and not raw.startswith(b"%PDF-"):
            return self.env._("This is not a PDF, whatever its name says. Choose another file.")
        is_picture = guess_mimetype(raw).startswith("image/")
        if kind in PICTURES and not (is_picture and b"<svg" not in raw[:1024]):
            return self.env._("This is not a picture, whatever its name says. Choose another file.")
        return None

    def _not_taken(self, kinds):
        if kinds is RECEIPTS:
            return self.env._("A receipt is a photo or a PDF. Choose another file.")
        return self.env._(
            "This kind of file cannot be added. Choose a picture, a PDF, a mail, "
            "a document, a sound or a film."
        )
