"""Which test passes which guard, and whom it sees refused: the map by which mutants are tried."""

import builtins
import json
import re
from collections import defaultdict
from contextlib import ExitStack, contextmanager
from importlib import import_module
from unittest.mock import patch

from psycopg2 import IntegrityError

from odoo.orm.models import BaseModel
from odoo.sql_db import Cursor

from odoo.addons.base.models.ir_rule import IrRule

from . import guards, swapping

WRITTEN = re.compile(r'\s*(?:INSERT INTO|UPDATE|DELETE FROM)\s+"?(aggression_\w+)')


class Watch:
    """Remembers for each guard the tests that reached it and those in which it refused."""

    def __init__(self):
        self.test = None
        self.passed = defaultdict(set)
        self.refused = defaultdict(set)
        self.seconds = {}
        self.failing = set()
        self.digests = {}

    def recall(self, path, digests):
        """Take over what was learned before of the tests whose files are still the same."""
        self.digests = digests
        if not path.exists():
            return
        known = json.loads(path.read_text(encoding="utf-8"))

        def same(test):
            name = test.partition("::")[0].rpartition("/")[2]
            return known["digests"].get(name) == digests.get(name)

        for name in ("passed", "refused"):
            for key, tests in known[name].items():
                getattr(self, name)[key].update(filter(same, tests))
        self.seconds = {test: spent for test, spent in known["seconds"].items() if same(test)}
        self.failing = set(filter(same, known["failing"]))

    def as_json(self):
        return json.dumps(
            {
                "passed": {key: sorted(tests) for key, tests in self.passed.items()},
                "refused": {key: sorted(tests) for key, tests in self.refused.items()},
                "seconds": self.seconds,
                "failing": sorted(self.failing),
                "digests": self.digests,
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

    def note_model(self, name):
        if self.test and name.startswith("aggression."):
            self.passed[name].add(self.test)

    def _watched(self, holder, name, tell):
        """Return a patch that tells of each call of a method before it goes on."""
        original = getattr(holder, name)

        def method(self, *args, **kwargs):
            tell(self, *args)
            return original(self, *args, **kwargs)

        method.__wrapped__ = original
        return patch.object(holder, name, method)

    def _execute(self, cursor, query, *args):
        words = WRITTEN.match(getattr(query, "code", query))
        if words:
            self.note_model(words[1].replace("_", "."))

    def _refusals_of_the_database(self):
        watch, original = self, Cursor.execute

        def execute(cursor, *args, **kwargs):
            try:
                return original(cursor, *args, **kwargs)
            except IntegrityError as error:
                if watch.test:
                    watch.refused[f"sql {error.diag.constraint_name}"].add(watch.test)
                raise

        return patch.object(Cursor, "execute", execute)

    @contextmanager
    def everywhere(self):
        """Watch all guards of the source, and who asks the database what."""
        builtins.__passed__ = self.note_passed
        builtins.__refused__ = self.note_refused
        builtins.__judged__ = self.judge
        guarded = import_module(f"{swapping.PACKAGE}.models.common.guarded").Guarded
        with ExitStack() as stack:
            stack.enter_context(swapping.swapped(self._reporting_code()))
            stack.enter_context(self._refusals_of_the_database())
            for holder, name, tell in (
                (Cursor, "execute", self._execute),
                (BaseModel, "_check_access", self._asks),
                (IrRule, "_compute_domain", lambda _rules, name, *_: self.note_model(name)),
                (guarded, "_refuse_guarded", lambda model, *_: self.note_model(model._name)),
            ):
                stack.enter_context(self._watched(holder, name, tell))
            yield

    def _asks(self, records, _operation):
        if not records.env.su:
            self.note_model(records._name)

    def _reporting_code(self):
        """Yield each function of the addon that has guards, with code that tells of them."""
        live = swapping.live_functions()
        for path in map(str, guards.files()):
            code = swapping.code_in(guards.watched(path, path), path)
            for (where, line), functions in live.items():
                if where == path and line in code:
                    yield from ((function, code[line]) for function in functions)
