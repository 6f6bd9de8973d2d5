"""For what cannot be shown within one transaction: real threads, real commits, real deaths."""

import os
import signal
import time

from odoo import SUPERUSER_ID, api, sql_db
from odoo.modules.registry import Registry
from odoo.tests.common import get_db_name
from odoo.tools import SQL, config

from .common import ProtocolCase


class OwnDatabase(ProtocolCase):
    """A municipality in a database of its own, a clone that is dropped at the end.

    What :meth:`tell` does is committed; the tests use cursors of their own.
    """

    own_database = True

    @classmethod
    def setUpClass(cls):
        source = get_db_name()
        name = f"{source}_{cls.__name__.lower()}"
        cls.addClassCleanup(cls._lead_to, source)
        cls.addClassCleanup(cls._drop, name)
        sql_db.close_db(source)
        cls._drop(name)
        cls._outside(SQL("CREATE DATABASE %s TEMPLATE %s", *map(SQL.identifier, (name, source))))
        cls._lead_to(name)
        # Odoo would run its own tests at the end of loading
        asked, config["test_enable"] = config["test_enable"], False
        try:
            Registry(name)
        finally:
            config["test_enable"] = asked
        super().setUpClass()
        cls.tell()
        cls.env.flush_all()
        cls.cr._cnx.commit()  # of a cursor that Odoo keeps from committing

    @classmethod
    def tell(cls):
        """Prepare what all tests of the class need."""

    @classmethod
    def _lead_to(cls, name):
        config["db_name"] = name
        config["dbfilter"] = f"^{name}$"

    @classmethod
    def _drop(cls, name):
        Registry.delete(name)
        sql_db.close_db(name)
        cls._outside(SQL("DROP DATABASE IF EXISTS %s WITH (FORCE)", SQL.identifier(name)))

    @classmethod
    def _outside(cls, statement):
        with sql_db.db_connect("postgres").cursor() as cr:
            cr._cnx.autocommit = True
            cr.execute(statement)

    def in_transaction(self, work, user=None):
        """Do ``work(env)`` in a transaction of its own, and keep it."""
        with self.registry.cursor() as cr:
            return work(api.Environment(cr, user.id if user else SUPERUSER_ID, {}))

    def sql(self, query, *args):
        """Return what a query answers, in a transaction of its own."""

        def ask(env):
            env.cr.execute(query, args)
            return env.cr.fetchall() if env.cr.description else []

        return self.in_transaction(ask)

    def killed_after(self, seconds, work):
        """Do ``work(env)`` in a process of its own that is killed after so many seconds.

        :return: whether it was killed, and not done before
        """
        child = os.fork()
        if not child:
            self._live(work)
        time.sleep(seconds)
        os.kill(child, signal.SIGKILL)
        _pid, status = os.waitpid(child, 0)
        self.assertIn(os.waitstatus_to_exitcode(status), (0, -signal.SIGKILL))
        self._let_go(child)
        return os.WIFSIGNALED(status)

    def _let_go(self, child):
        """Wait until PostgreSQL has seen that the child is dead: until then it holds its locks."""
        deadline = time.monotonic() + 30
        while self.sql(
            "SELECT 1 FROM pg_stat_activity WHERE application_name = %s", f"odoo-{child}"
        ):
            self.assertLess(time.monotonic(), deadline, "the dead one's connection is still there")
            time.sleep(0.01)

    def _live(self, work):
        """Be the child: with connections of its own, and no way back into the tests."""
        code = 1
        try:
            # what the parent is connected to is not closed, but left alone
            self.of_the_parent, sql_db._Pool = sql_db._Pool, None
            self.registry._db = sql_db.db_connect(self.registry.db_name)
            self.in_transaction(work)
            code = 0
        finally:
            os._exit(code)
