"""The chain of seals on the log of changes of rights: how it is made, and how it is checked.

Rows are sealed right after their transaction, in one of its own: so nobody who works waits for
somebody else, and the seal before it is always the one that was written last.
"""

import logging

from odoo.tools import SQL

from ..privacy import keyring

_logger = logging.getLogger(__name__)

# What of a row is under the seal, as text that is always the same for the same row.
CONTENT = SQL(
    "jsonb_build_array(c.id, c.at, c.by_id, c.kind, c.step, c.user_id, c.reference, c.what, "
    "c.company_id)::text"
)
# A transaction that began earlier can end later: so far back is looked for rows without a seal.
LOOK_BACK = 10_000


def seal_safely(registry):
    """Seal what is new. What fails now is sealed with the next change."""
    try:
        with registry.cursor() as cr:
            seal_new(cr)
    except Exception:
        _logger.exception("Changes of rights could not be sealed yet")


def seal_new(cr):
    """Seal the rows that have no seal yet, in a transaction that has done nothing before."""
    # first of all: only then does the transaction see what whoever held it wrote
    cr.execute("LOCK TABLE aggression_rights_seal IN EXCLUSIVE MODE")
    keys = keyring.current()
    cr.execute("SELECT seal, change_id FROM aggression_rights_seal ORDER BY id DESC LIMIT 1")
    previous, newest = cr.fetchone() or (None, 0)
    cr.execute(
        SQL(
            """
            SELECT c.id, c.at, c.kind, %s FROM aggression_rights_change c
            LEFT JOIN aggression_rights_seal s ON s.change_id = c.id
            WHERE s.id IS NULL AND c.id > %s ORDER BY c.id
            """,
            CONTENT,
            newest - LOOK_BACK,
        )
    )
    for number, at, kind, content in cr.fetchall():
        seal = _seal(keys, previous, content)
        cr.execute(
            "INSERT INTO aggression_rights_seal (at, change_id, previous, seal) "
            "VALUES (%s, %s, %s, %s)",
            [at, number, previous, seal],
        )
        # for a log that is kept elsewhere: there the end of the chain cannot be cut off
        _logger.info("change of rights %s (%s) sealed %s", number, kind, seal[:16])
        previous = seal


def verify(env):
    """Return [(number of a row, what is wrong with it)]; empty when all is as it was written."""
    env.flush_all()
    keys = keyring.current()
    env.cr.execute(
        SQL(
            """
            SELECT COALESCE(c.id, s.change_id), c.id, s.id, s.previous, s.seal, %s
            FROM aggression_rights_change c
            FULL JOIN aggression_rights_seal s ON s.change_id = c.id
            ORDER BY s.id, c.id
            """,
            CONTENT,
        )
    )
    troubles, last = [], None
    for number, change, sealed, previous, seal, content in env.cr.fetchall():
        if not sealed:
            troubles.append((number, "unsealed"))
            continue
        if last is not None and previous != last:
            troubles.append((number, "unlinked"))
        if not change:
            troubles.append((number, "gone"))
        elif seal != _seal(keys, previous, content):
            troubles.append((number, "changed"))
        last = seal
    return troubles


def _seal(keys, previous, content):
    # the line breaks keep this apart from every other use of the same key
    return keys.mark(f"rights change\n{previous or ''}\n{content}")
