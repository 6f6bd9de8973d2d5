"""Fields whose column holds nothing readable.

What is typed into a :class:`SealedChar`, :class:`SealedText` or :class:`SealedBinary` is
encrypted on its way into the database and opened when somebody who may read the record reads
the field. A dump, a replica, the SQL log and a curious database administrator see tokens.
"""

import binascii
import logging
import unicodedata
from base64 import b64decode, b64encode
from contextlib import contextmanager

from odoo import fields
from odoo.exceptions import UserError
from odoo.tools import SQL, sql

from . import keyring

_logger = logging.getLogger(__name__)


class Token:
    """A sealed value in the cache, not opened before it is read."""

    __slots__ = ("plain", "token")

    def __init__(self, token):
        self.token = token
        self.plain = None


class Sealed:
    """What the sealed fields have in common.

    Promise: the column holds tokens and nothing else; without the key reading says so in one
    sentence, writing is refused, and nothing is lost or overwritten (C5, and the notes of the
    aftercare, Z6 to Z8). A record's other fields stay readable without the key. The value cannot
    be searched, sorted, grouped or exported in bulk, and whoever tries reads why.
    """

    exportable = False
    _description_searchable = False

    def _description_sortable(self, env):
        return False

    def _description_groupable(self, env):
        return False

    def _seal(self, env, value):
        return seal(env, value.encode())

    def _open(self, plain):
        return plain.decode()

    def convert_to_column(self, value, record, values=None, validate=True):
        value = self.convert_to_cache(value, record, validate)
        return value and self._seal(record.env, value)

    def convert_to_record(self, value, record):
        if isinstance(value, Token):
            if value.plain is None:
                value.plain = self._open(unseal(record.env, value.token))
            value = value.plain
        return super().convert_to_record(value, record)

    def _insert_cache(self, records, values):
        return super()._insert_cache(records, map(_as_cached, values))

    def condition_to_sql(self, field_expr, operator, value, model, alias, query):
        if operator in ("in", "not in") and not any(value):
            # whether anything was filled in can be asked
            return super().condition_to_sql(field_expr, operator, value, model, alias, query)
        raise self._not_by_content(model.env)

    def _not_by_content(self, env):
        """Return the sentence for who wants to find, sort or count by what is sealed."""
        return UserError(
            env._(
                "%(field)s is kept encrypted. It cannot be searched, sorted or grouped.",
                field=self._description_string(env),
            )
        )

    def update_db_column(self, model, column):
        """Seal what stands in the column already, where an ordinary field becomes sealed."""
        if column:
            model.pool.post_init(self._seal_what_is_there, model)
        return super().update_db_column(model, column)

    def _seal_what_is_there(self, model):
        table, column = SQL.identifier(model._table), SQL.identifier(self.name)
        readable = SQL("%s <> '' AND NOT %s ^@ %s", column, column, keyring.PREFIX)
        rows = SQL("SELECT id, %s FROM %s WHERE %s", column, table, readable)
        for id_, value in model.env.execute_query(rows):
            token = self.convert_to_column(value, model, validate=False)
            model.env.cr.execute(
                SQL("UPDATE %s SET %s = %s WHERE id = %s", table, column, token, id_)
            )


class SealedChar(Sealed, fields.Char):
    """A line of text, encrypted at rest."""


class SealedText(Sealed, fields.Text):
    """A text, encrypted at rest."""


class SealedBinary(Sealed, fields.Binary):
    """A file, encrypted at rest in the table itself.

    As an attachment it would lie in the filestore, with an index of its words.
    """

    attachment = False
    column_type = ("text", "text")

    def _seal(self, env, value):
        try:
            return seal(env, b64decode(value))
        except binascii.Error:
            raise UserError(env._("The file came in damaged. Choose it again.")) from None

    def _open(self, plain):
        return b64encode(plain)

    def get_column_update(self, record):
        return self.convert_to_column(super().get_column_update(record), record, validate=False)

    def _convert_db_column(self, model, column):
        as_text = SQL("convert_from(%s, 'UTF8')", SQL.identifier(self.name))
        sql._convert_column(model.env.cr, model._table, self.name, "text", as_text)


def seal(env, plain):
    """Return the token for these bytes.

    :raises UserError: in one sentence, when the key cannot be used
    """
    with _in_words(env):
        return keyring.current().seal(plain)


def unseal(env, token):
    """Return the bytes in this token.

    :raises UserError: in one sentence, when the key is not there or does not fit
    """
    with _in_words(env):
        return keyring.current().open(token)


def blind_index(env, text):
    """Return the keyed hash by which an equal text is found, or False for an empty one.

    Case, spaces and the way accents are composed make no difference.
    """
    words = unicodedata.normalize("NFKC", text or "").casefold().split()
    with _in_words(env):
        return keyring.current().mark(" ".join(words)) if words else False


def _as_cached(value):
    is_token = isinstance(value, str) and value.startswith(keyring.PREFIX)
    return Token(value) if is_token else value


@contextmanager
def _in_words(env):
    try:
        yield
    except keyring.KeyTrouble as trouble:
        _logger.warning("sealed fields: %s", trouble)
        raise UserError(_sentence(env, trouble)) from None


def _sentence(env, trouble):
    if trouble.kind == "exposed":
        return env._(
            "The key file on the server can be read by others and is therefore not used. "
            "Ask the administrator to close it to everybody but Odoo."
        )
    if trouble.kind == "malformed":
        return env._(
            "The key file on the server is damaged. Nothing is lost: "
            "ask the administrator to put its copy back."
        )
    if trouble.kind == "unknown":
        return env._(
            "This was sealed with key %(number)s, which is not there any more. Nothing is lost: "
            "ask the administrator to add that key to the key file again.",
            number=trouble.detail,
        )
    if trouble.kind == "damaged":
        return env._(
            "This cannot be opened: it was changed outside the application. "
            "Ask the administrator to restore it from a backup."
        )
    return env._(
        "The key to what is kept encrypted is not in its place, so nothing of it can be read or "
        "saved now. Nothing is lost: ask the administrator to put the key file back."
    )
