"""Rotating the keys: a new one on top, everything sealed anew, then the old one away.

Promise: at any moment everything can be read; a rotation that is killed goes on where it was,
because the key file and the tokens say how far it is; a key is taken away only when nothing is
sealed with it any more and nobody can still be sealing with it.
"""

import fcntl
import os
import time
from collections import Counter
from contextlib import contextmanager

import psycopg2.errors

from odoo.tools import SQL

from . import keyring
from .sealing import Sealed

BATCH = 200
PAUSE = 0.5


class NotFinished(Exception):
    """The rotation stopped half-way; run again, it goes on where it was."""


def rotate(registries, patience=600):
    """Seal everything in these databases with a new key and take the old one away.

    With the keys in the environment a person puts the new key there and takes the old one out;
    what is in between is done here.

    :param registries: every database that is sealed with these keys
    :param int patience: how many seconds to wait for transactions that are under way
    :return: how many values were sealed anew
    :raises NotFinished: with what is still in the way
    """
    with _alone():
        keys = _with_a_new_key()
        retiring = keys.numbers[1:]
        for registry in registries:
            wait_for_who_was_first(registry, patience)
        done = sum(reseal(registry, retiring, patience) for registry in registries)
        if not keyring.in_environment():
            keyring.replace(keyring.path(), keyring.Keyring(keys.seals[:1], keys.index))
        return done


@contextmanager
def _alone():
    """Keep a second rotation out: each would take away the other's new key."""
    if keyring.in_environment():
        yield
        return
    folder = os.open(keyring.path().parent, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except BlockingIOError:
        raise NotFinished("Another rotation is under way.") from None
    finally:
        os.close(folder)


def _with_a_new_key():
    """Return the keys, two or more of them: more than one says that a rotation is under way."""
    keys = keyring.current()
    if len(keys.seals) > 1:
        return keys
    if keyring.in_environment():
        raise NotFinished(
            f"Put a new seal= in {keyring.IN_ENVIRONMENT} before the one that is there, "
            "restart Odoo, and run this again."
        )
    keys = keyring.Keyring([keyring.new_key(), *keys.seals], keys.index)
    keyring.replace(keyring.path(), keys)
    return keys


def wait_for_who_was_first(registry, patience):
    """Wait until every transaction has ended that may have sealed before the new key came."""
    with registry.cursor() as cr:
        cr.execute("SELECT clock_timestamp()")
        [moment] = cr.fetchone()
    older = SQL(
        """SELECT count(*) FROM pg_stat_activity
            WHERE datname = current_database() AND backend_type = 'client backend'
              AND xact_start < %s AND pid <> pg_backend_pid()""",
        moment,
    )
    _patiently(patience, lambda: _number(registry, older), "transactions are still under way")


def reseal(registry, retiring, patience):
    """Seal anew, in small transactions, what is sealed with one of the retiring keys.

    Rows that somebody is writing are passed over and looked at again.

    :return: how many values were sealed anew
    """
    done = 0

    def sweep():
        nonlocal done
        done += sum(_sweep_column(registry, column, retiring) for column in columns(registry))
        return sum(census(registry)[number] for number in retiring)

    _patiently(patience, sweep, "values are still sealed with the old key")
    return done


def _sweep_column(registry, column, retiring):
    done = last = 0
    while True:
        try:
            with registry.cursor() as cr:
                ids = _reseal_batch(cr, column, retiring, last)
        except psycopg2.errors.SerializationFailure:
            continue
        if not ids:
            return done
        done += len(ids)
        last = ids[-1]


def _reseal_batch(cr, column, retiring, last):
    table, name = SQL.identifier(column[0]), SQL.identifier(column[1])
    query = SQL(
        """SELECT id, %s FROM %s WHERE id > %s AND %s = ANY(%s)
            ORDER BY id LIMIT %s FOR UPDATE SKIP LOCKED""",
        *(name, table, last, _number_in(name), retiring, column[2]),
    )
    cr.execute(query, log_exceptions=False)
    rows = cr.fetchall()
    keys = keyring.current()
    for id_, token in rows:
        fresh = keys.seal(keys.open(token))
        cr.execute(SQL("UPDATE %s SET %s = %s WHERE id = %s", table, name, fresh, id_))
    return [id_ for id_, _token in rows]


def columns(registry):
    """Return (table, column, how many to take at once) of every sealed column there is.

    A database that was not upgraded yet may lack some, or hold them as another type.
    """
    wanted = {
        (model._table, field.name): 1 if field.type == "binary" else BATCH
        for model in registry.values()
        for field in model._fields.values()
        if isinstance(field, Sealed) and field.store and model._auto and not model._abstract
    }
    with registry.cursor() as cr:
        cr.execute(
            "SELECT table_name, column_name FROM information_schema.columns "
            "WHERE table_schema = current_schema() AND (table_name, column_name) IN %s "
            "AND data_type IN ('text', 'character varying')",
            [tuple(wanted)],
        )
        return sorted((*column, wanted[column]) for column in cr.fetchall())


def census(registry):
    """Return {number of a key: how many values are sealed with it}; "" counts what is readable."""
    found = Counter()
    for table, name, _batch in columns(registry):
        column = SQL.identifier(name)
        query = SQL(
            """SELECT CASE WHEN %s ^@ %s THEN %s ELSE '' END, count(*)
                FROM %s WHERE %s <> '' GROUP BY 1""",
            *(column, keyring.PREFIX, _number_in(column), SQL.identifier(table), column),
        )
        with registry.cursor() as cr:
            cr.execute(query)
            found.update(dict(cr.fetchall()))
    return found


def _number_in(column):
    """Return the SQL for the number of the key that a token was sealed with."""
    return SQL("substr(%s, %s, %s)", column, len(keyring.PREFIX) + 1, keyring.DIGITS)


def _number(registry, query):
    with registry.cursor() as cr:
        cr.execute(query)
        return cr.fetchone()[0]


def _patiently(patience, look, words):
    """Call ``look`` until it returns nothing more to wait for."""
    end = time.monotonic() + patience
    while left := look():
        if time.monotonic() >= end:
            raise NotFinished(f"{left} {words}. Run this again later; it goes on where it was.")
        time.sleep(PAUSE)
