import logging
from contextlib import contextmanager
from itertools import cycle

from psycopg2.errors import ForeignKeyViolation

from odoo.fields import Command
from odoo.tests import HttpCase, freeze_time

from .canary import words_in
from .complete_case import MORNING
from .test_canary import CanaryCase

WRONG = ("date", "datetime", "integer", "many2one", "selection")
NOWHERE = 2**31 - 1


class Listener(logging.Handler):
    """Keeps everything that is logged, as a log file would."""

    def __init__(self):
        super().__init__(logging.DEBUG)
        self.lines = []
        self.setFormatter(logging.Formatter("%(name)s %(levelname)s %(message)s"))

    def emit(self, record):
        self.lines.append(self.format(record))  # with the traceback, if there is one


@contextmanager
def listening():
    """Log everything there is to log, SQL included, and yield the lines."""
    # Odoo's loggers have levels of their own; without one they follow the root
    names = [name for name in logging.root.manager.loggerDict if name.startswith(("odoo", "werk"))]
    loggers = [logging.root, *map(logging.getLogger, names)]
    states = [(logger, logger.level, logger.propagate) for logger in loggers]
    listener, others = Listener(), [h for logger in loggers for h in logger.handlers]
    levels = [(handler, handler.level) for handler in others]
    try:
        for handler in others:
            handler.setLevel(logging.CRITICAL + 1)  # what goes wrong here goes wrong on purpose
        for logger in loggers:
            logger.setLevel(logging.DEBUG)
            logger.propagate = True
        logging.root.addHandler(listener)
        yield listener.lines
    finally:
        logging.root.removeHandler(listener)
        for logger, level, propagate in states:
            logger.setLevel(level)
            logger.propagate = propagate
        for handler, level in levels:
            handler.setLevel(level)


class TestLog(CanaryCase, HttpCase):
    """C63: whatever goes wrong, and however much is logged, no word of a case is in the log."""

    def rpc(self, model, method, *args, debug=""):
        call = {"model": model, "method": method, "args": list(args), "kwargs": {}}
        address = f"/web/dataset/call_kw{debug}"
        return self.url_open(address, json={"jsonrpc": "2.0", "params": call}).json()

    def sing(self):
        """Return a canary, for what somebody types."""
        return next(self.fresh)

    def setUp(self):
        super().setUp()
        self.fresh = cycle(self.planted)

    @freeze_time(MORNING)
    def test_steps(self):
        """Reading a case and taking its steps, with every statement logged."""
        with listening() as lines:
            self._read_as("clerk")
            self._read_as("mayor")
            self._told_in_canaries()
        self.assertSilent(lines)

    def _read_as(self, login):
        self.authenticate(login, login)
        for name in self.case_models():
            model = self.env(user=self.users[login])[name]
            if model.has_access("read"):
                self.rpc(name, "search_read", [], list(model._fields)[:60])

    def _told_in_canaries(self):
        case = self.report(
            "desk",
            person_ids=[
                Command.clear(),
                Command.create({"user_id": self.users["councillor"].id, "impact": self.sing()}),
            ],
            **{name: self.sing() for name in ("story", "where", "causer_name")},
            causer_kind="person",
        )
        self.classify(case, "threat", cause_note=self.sing())
        self.decide(case, grounds=self.sing(), view=self.sing())
        self.env.flush_all()

    def test_provoked_errors(self):
        """Missing, wrong, too much: an error says what is wrong and not what was typed."""
        with listening() as lines:
            for login in ("clerk", "uninvolved", "stranger"):
                self.authenticate(login, login)
                for model, method, *args in self._mistakes():
                    answer = self.rpc(model, method, *args, debug="?debug=1")
                    self.assertIn("error", answer, f"{login}, {model}.{method}: {args}")
        self.assertSilent(lines)

    def _mistakes(self):
        """Yield calls that go wrong, with canaries in what is typed."""
        for name in (*self.case_models(), *self.screens):
            record = self.env[name].search([], limit=1)
            values = {field.name: self.sing() for field in self._texts(name)}
            yield name, "create", [{**values, "no_such_field": 1}]
            if set(self._wrong_types(name)) - set(models.MAGIC_COLUMNS):
                yield name, "create", [{**values, **self._wrong_types(name)}]
            yield name, "write", record.ids, {**values, "no_such_field": 1}
            yield name, "write", record.ids, {**values, **self._wrong_types(name)}
            yield name, "search", [["no_such_field", "=", 1]], self.sing()
            yield name, "no_such_method", record.ids, self.sing()

    def _texts(self, name):
        fields = self.env[name]._fields.values()
        return [f for f in fields if f.type in ("char", "text") and f.store and not f.related]

    def _wrong_types(self, name):
        fields = self.env[name]._fields.values()
        return {f.name: "no such thing" for f in fields if f.type in WRONG}

    def test_the_database_refuses(self):
        """C63: a statement that fails is logged whole, and what it holds of a case is sealed."""
        for name in (*self.case_models(), *self.screens):
            sealed = [f for f in self._texts(name) if not getattr(f, "exportable", True)]
            if sealed:
                with self.subTest(model=name), listening() as lines:
                    self._break(self.env[name].search([], limit=1), sealed)
                    self.assertTrue([line for line in lines if "bad query" in line])
                    self.assertSilent(lines)

    def _break(self, record, fields):
        """Write canaries as the ORM does, in a statement that the database refuses."""
        values = {field.name: field.convert_to_column(self.sing(), record) for field in fields}
        with self.assertRaises(ForeignKeyViolation), self.env.cr.savepoint():
            record._write({**values, "create_uid": NOWHERE})
            self.env.cr.execute("SET CONSTRAINTS ALL IMMEDIATE")

    def test_the_log_is_heard(self):
        """The other tests here are not deaf: a word that is logged anywhere is found."""
        word = self.sing()
        for logger in ("odoo.sql_db", "odoo.http", "odoo.addons.mail.x", "werkzeug", "anything"):
            with listening() as lines:
                logging.getLogger(logger).debug("told: %s", word)
            self.assertEqual(words_in(lines), {word}, logger)

    def assertSilent(self, lines):
        """Check that there was something to hear, and no canary in it."""
        self.assertGreater(len(lines), 5)
        self.assertFalse([line for line in lines if words_in(line)][:1])
