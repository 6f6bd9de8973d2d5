"""Which test passes which guard, and whom it sees refused: the map by which mutants are tried."""

import builtins
import json
from collections import defaultdict
from contextlib import contextmanager
from unittest.mock import patch

from psycopg2 import IntegrityError

from odoo.sql_db import Cursor

from . import guards, swapping


class Watch:
    """Remembers for each guard the tests that reached it and those in which it refused."""

    def __init__(self):
        self.test = None
        self.passed = defaultdict(set)
        self.refused = defaultdict(set)
        self.seconds = {}
        self.failing = []

    def as_json(self):
        return json.dumps(
            {
                "passed": {key: sorted(tests) for key, tests in self.passed.items()},
                "refused": {key: sorted(tests) for key, tests in self.refused.items()},
                "seconds": self.seconds,
                "failing": self.failing,
            }
        )

    def note_passed(self, path, number):
        if self.test:
            self.passed[f"{path}#{number}"].add(self.test)

    def note_refused(self, path, number):
        if self.test:
            self.refused[f"{path}#{number}"].add(self.test)

    def judge(self, path, number, answer, refusing):
        """Note what a condition came to, and return it."""
        self.note_passed(path, number)
        if bool(answer) is refusing:
            self.note_refused(path, number)
        return answer

    def _execute(self, original):
        watch = self

        def execute(cursor, *args, **kwargs):
            try:
                return original(cursor, *args, **kwargs)
            except IntegrityError as error:
                if watch.test:
                    watch.refused[f"sql {error.diag.constraint_name}"].add(watch.test)
                raise

        return execute

    @contextmanager
    def everywhere(self):
        """Watch all guards of the source, and the constraints of the database."""
        live = swapping.live_functions()
        pairs = []
        for path in map(str, guards.files()):
            code = swapping.code_in(guards.watched(path, path), path)
            pairs += [
                (function, code[line])
                for (where, line), functions in live.items()
                if where == path and line in code
                for function in functions
            ]
        builtins.__passed__ = self.note_passed
        builtins.__refused__ = self.note_refused
        builtins.__judged__ = self.judge
        execute = self._execute(Cursor.execute)
        with swapping.swapped(pairs), patch.object(Cursor, "execute", execute):
            yield
