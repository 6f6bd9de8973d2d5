"""A pytest plugin: instead of running the tests once, tries every mutant on them.

Everything happens in one process with the registry loaded once. What stands in the database is
taken away in a savepoint of the test's own transaction; code is swapped in place.
"""

import hashlib
import re
import signal
import sys
import time
import unittest
from contextlib import ExitStack, contextmanager, nullcontext
from pathlib import Path
from unittest.mock import patch

import pytest
from _pytest.runner import runtestprotocol

from odoo.api import SUPERUSER_ID, Environment
from odoo.modules.registry import Registry
from odoo.sql_db import Savepoint
from odoo.tests.case import TestCase
from odoo.tests.common import get_db_name

from . import guards, stock, swapping
from .schedule import Schedule
from .watching import Watch

PATIENCE = 180  # seconds for one test; a mutant that hangs it is noticed too


# Tests that look at each row of the table of rights apart from all others.
ROW_BY_ROW = ("::test_records", "::test_search", "::test_who_opens_a_screen")


class Source:
    """A guard in the source, as a mutant."""

    in_database = False

    def __init__(self, guard, live):
        self.guard = guard
        self.name = guard.name
        self.about = guard.path
        self.key = f"{guard.path}#{guard.number}"
        self.live = live

    @contextmanager
    def taken_away(self):
        path, line = self.guard.path, self.guard.line
        code = swapping.code_in(guards.without(path, self.guard.number), path)[line]
        with swapping.swapped([(function, code) for function in self.live]):
            yield


class Plugin:
    """Runs the tests once to learn what they reach, then each mutant until a test fails."""

    def __init__(self, folder, state, wanted):
        self.folder = Path(folder)
        self.state = state
        self.wanted = re.compile(wanted)
        self.survivors = None
        self.mutant = None
        self.watch = Watch()

    def pytest_runtestloop(self, session):
        if session.testsfailed:
            return False
        self.items = {item.nodeid: item for item in session.items}
        schedule = Schedule(self._learn(), self.items, self.folder / "killers.json")
        mutants = [mutant for mutant in self._mutants() if self.wanted.search(mutant.name)]
        with self._first_failure_ends():
            self._try_all(mutants, schedule)
        session._setupstate.teardown_exact(None)
        return True

    def pytest_sessionfinish(self, session):
        if self.survivors != 0:
            session.exitstatus = 1

    def _mutants(self):
        live = swapping.live_functions()
        found = [Source(guard, live.get((guard.path, guard.line), [])) for guard in guards.find()]
        with Registry(get_db_name()).cursor() as cr:
            found += stock.find(Environment(cr, SUPERUSER_ID, {}))
        lost = [mutant.name for mutant in found if mutant.about.endswith(".py") and not mutant.live]
        if lost:
            raise RuntimeError(f"not found among the loaded functions: {lost}")
        return found

    # -- learning -------------------------------------------------------------------------

    def _learn(self):
        """Return which test reaches what; only tests that changed since are run for it."""
        path = self.folder / f"watched-{self.state}.json"
        self.watch.recall(path, self._digests())
        fresh = [test for test in self.items if test not in self.watch.seconds]
        if fresh:
            with self.watch.everywhere():
                self._run_once(fresh)
            path.write_text(self.watch.as_json(), encoding="utf-8")
        if failing := sorted(self.watch.failing & self.items.keys()):
            say(f"failing without any mutant, and not asked: {', '.join(failing)}")
        return self.watch

    def _digests(self):
        files = {item.path for item in self.items.values()}
        return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in files}

    def _run_once(self, tests):
        for number, test in enumerate(tests, 1):
            started = now()
            if self._fails(self.items[test]):
                self.watch.failing.add(test)
            self.watch.seconds[test] = now() - started
            if number % 25 == 0 or number == len(tests):
                say(f"watching the guards: {number} of {len(tests)} tests")

    # -- trying ---------------------------------------------------------------------------

    def _try_all(self, mutants, schedule):
        started, alive = now(), dict.fromkeys(mutants)
        for batch in schedule.rounds(mutants):
            for mutant, test in batch:
                if mutant in alive and self._notices(mutant, self.items[test]):
                    del alive[mutant]
                    schedule.remember(mutant, test)
                    done = (
                        f"{len(mutants) - len(alive):4}/{len(mutants)} {int(now() - started):5} s"
                    )
                    say(f"{done}  {mutant.name}  <- {_short(test)}")
        say("\n".join(["", *(f"SURVIVED  {mutant.name}" for mutant in alive)]))
        killed, spent = len(mutants) - len(alive), int(now() - started)
        say(f"{killed} of {len(mutants)} mutants killed in {spent} s.")
        self.survivors = len(alive)

    def _notices(self, mutant, item):
        """Tell whether this test fails when this guard is away."""
        self.mutant = mutant
        try:
            return self._fails(item)
        finally:
            self.mutant = None

    def _fails(self, item):
        """Run a test, leaving what its class has prepared for the next test of that class."""
        item.session._setupstate.teardown_exact(item)
        reports = runtestprotocol(item, nextitem=item.parent, log=False)
        return any(report.failed for report in reports if report.when != "teardown")

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_call(self, item):
        """Take the guard away between the preparation of the class and the test."""
        self.watch.test = item.nodeid
        try:
            with _patience(item), self._without_guard(item.cls):
                return (yield)
        finally:
            self.watch.test = None

    @contextmanager
    def _without_guard(self, cls):
        if self.mutant is None:
            yield
        elif not self.mutant.in_database:
            with self.mutant.taken_away():
                yield
        elif hasattr(cls, "cr") and not getattr(cls, "own_database", False):
            with self._without_in_database(cls):
                yield
        else:
            yield  # with no database, or one of its own, it notices nothing

    @contextmanager
    def _without_in_database(self, cls):
        cls.env.flush_all()
        savepoint = Savepoint(cls.cr)
        try:
            self.mutant.take_away(cls.cr)
            cls.registry.clear_all_caches()
            yield
        finally:
            cls.cr.clear()
            savepoint.close(rollback=True)
            cls.registry.clear_all_caches()

    @contextmanager
    def _first_failure_ends(self):
        """End a test with its first failing part; try the rights on the mutant's model first."""
        with ExitStack() as stack:
            for case in (unittest.TestCase, TestCase):
                part = patch.object(case, "subTest", lambda *_args, **_names: nullcontext())
                stack.enter_context(part)
            stack.enter_context(self._rows_sorted())
            yield

    @contextmanager
    def _rows_sorted(self):
        tests = f"{swapping.PACKAGE}.tests"
        table = sys.modules[f"{tests}.complete_case"].access_table

        def sorted_table():
            about = self.mutant.about if self.mutant else None
            rows = table().items()
            own = {row: cells for row, cells in rows if row.partition(" ")[0] == about}
            if own and (self.watch.test or "").endswith(ROW_BY_ROW):
                return own  # what fails on these rows fails on all
            return {**own, **dict(rows)}

        with ExitStack() as stack:
            for name, module in list(sys.modules.items()):
                if name.startswith(tests) and getattr(module, "access_table", None) is table:
                    stack.enter_context(patch.object(module, "access_table", sorted_table))
            yield


@contextmanager
def _patience(item):
    def lost(_signal, _frame):
        raise TimeoutError(f"{item.nodeid} takes too long")

    signal.signal(signal.SIGALRM, lost)
    signal.alarm(PATIENCE)
    try:
        yield
    finally:
        signal.alarm(0)


def _short(test):
    return test.rpartition("/")[2]


def now():
    return time.clock_gettime(time.CLOCK_MONOTONIC)  # freezegun leaves this one alone


def say(words):
    print(words, flush=True)
