import logging
import os
import random
from collections import Counter

from odoo.service.model import call_kw
from odoo.sql_db import Savepoint
from odoo.tests import HttpCase, freeze_time
from odoo.tools import mute_logger

from .canary import words_in
from .complete_case import MORNING, SCREENS
from .fuzzing import TEXTS, Fuzz, is_a_sentence, is_ours
from .test_access_doors import steps_of
from .test_canary import UNINVOLVED, CanaryCase

_logger = logging.getLogger(__name__)

INPUTS = int(os.environ.get("ATTACK_INPUTS", "2000"))
READING = {
    "read": lambda fuzz, model: [fuzz.value()],
    "web_read": lambda fuzz, model: [{fuzz.text(): {}}],
    "search_read": lambda fuzz, model: [[(_name(fuzz, model), "=", fuzz.value())], ["id"]],
    "search_count": lambda fuzz, model: [[(_name(fuzz, model), "ilike", fuzz.text())]],
    "name_search": lambda fuzz, model: [fuzz.text()],
    "onchange": lambda fuzz, model: [fuzz.values(model), [], {_name(fuzz, model): {}}],
    "default_get": lambda fuzz, model: [list(model._fields)],
    "export_data": lambda fuzz, model: [[_name(fuzz, model)]],
}
WRITING = {
    "create": lambda fuzz, model: [fuzz.values(model)],
    "write": lambda fuzz, model: [fuzz.values(model)],
    "web_save": lambda fuzz, model: [fuzz.values(model), {"id": {}}],
    "copy": lambda fuzz, model: [fuzz.values(model)],
    "unlink": lambda fuzz, model: [],
    "load": lambda fuzz, model: [[_name(fuzz, model)], [[str(fuzz.value())]]],
}
ON_RECORDS = {"read", "web_read", "onchange", "export_data", "write", "web_save", "copy", "unlink"}
# What those who have no part in a case can change at all: their own screens, and by a report.
OWN = {
    *("report_wizard", "report_person", "report_file", "report_excluded_rel"),
    *(
        "council_feedback",
        "council_annex",
        "handover_wizard",
        "emergency_wizard",
        "data_subject_wizard",
    ),
    *("triangle_agenda", "triangle_agenda_rel", "risk_talk_wizard", "meeting_start"),
    *("report_draft", "report_draft_file"),
}
# What a role that changes hands takes along, by the functional manager who sees no case.
HANDED_OVER = {"role_assignment", "access", "duty", "entry", "notice", "aftercare"}
CHANGED = """
    SELECT relname, n_tup_ins + n_tup_upd + n_tup_del FROM pg_stat_xact_user_tables
    WHERE relname LIKE 'aggression%'
"""


def _name(fuzz, model):
    return fuzz.random.choice(list(model._fields))


def _took_nothing_in(answer):
    """Tell whether an import answers that it took back whatever it had tried."""
    return isinstance(answer, dict) and answer.get("ids") is False and "messages" in answer


@freeze_time(MORNING)
class TestFuzz(CanaryCase, HttpCase):
    """Ten thousand inputs by `make attack`, two thousand in every run."""

    def setUp(self):
        super().setUp()
        names = [*self.case_models(), *SCREENS, "res.users", "aggression.role", "aggression.office"]
        ids = {name: self.env[name].search([], limit=20).ids for name in names}
        self.fuzz = Fuzz(random.Random(19), ids)
        self.models = [*self.case_models(), *SCREENS, *SCREENS]
        self.found = Counter()
        self.tried = set()

    @mute_logger("odoo.sql_db", "odoo.http", "odoo.models", "odoo.fields")
    def test_calls(self):
        """C21, C66: whatever a remote call sends: a sentence, no word of a case, no change."""
        for number in range(INPUTS):
            login = self.fuzz.random.choice(sorted(self.users))
            self.call(number, login, *self.chosen(login))
        _logger.info("%s inputs, %s different: %s", INPUTS, len(self.tried), dict(self.found))
        self.assertEqual(self.found.total(), INPUTS)
        self.assertGreater(len(self.tried), INPUTS * 0.9, "or it turns in a circle")
        self.assertGreater(self.found["answered"], INPUTS / 20)
        self.assertGreater(self.found["a sentence"], INPUTS / 10)

    def chosen(self, login):
        """Return model, method, arguments and context of a call."""
        name = self.fuzz.random.choice(self.models)
        model = self.env[name]
        steps = list(steps_of(model))
        method = self.fuzz.random.choice([*READING, *WRITING, *steps])
        makers = {**READING, **WRITING}
        args = makers[method](self.fuzz, model) if method in makers else []
        if method in ON_RECORDS or method in steps:
            known = self.fuzz.ids[name]
            if name in SCREENS and self.fuzz.random.random() < 0.5:
                known = self.screens[name].ids
            args = [[self.fuzz.random.choice((*known, 10**7))], *args]
        return name, method, args, self.fuzz.context(model)

    def call(self, number, login, name, method, args, context):
        model = self.env[name].with_user(self.users[login])
        told = f"input {number}: {login} {name}.{method}{args!r:.300} {context!r:.200}"
        self.tried.add(told.partition(": ")[2])
        self.env.flush_all()
        savepoint, before = Savepoint(self.env.cr), self.changed()
        try:
            answer = call_kw(model, method, args, {"context": context})
            self.env.flush_all()
            self.found["answered"] += 1
            if login in UNINVOLVED:
                self.assertFalse(words_in(answer), told)
            if login in UNINVOLVED and not _took_nothing_in(answer):
                self.assertLessEqual(self.changed_since(before), self.allowed(name, method), told)
        except AssertionError:
            raise
        except Exception as error:
            self.found["a sentence" if is_a_sentence(error) else "an error of Odoo's own"] += 1
            self.assertFalse(words_in(str(error)) and login in UNINVOLVED, told)
            self.assertFalse(is_ours(error) and not is_a_sentence(error), f"{told}: {error!r}")
        finally:
            self.env.cr.clear()
            savepoint.close(rollback=True)

    def allowed(self, name, method):
        """Return the tables that somebody without a part in a case may change by this call."""
        if (name, method) == ("aggression.report.wizard", "action_submit"):
            return set(self.changed()) | {"aggression_causer_incident_rel"}
        tables = OWN | HANDED_OVER if method == "action_hand_over" else OWN
        if (name, method) == ("aggression.risk.talk.wizard", "action_ask"):
            tables = tables | {"risk_talk", "notice"}
        return {f"aggression_{table}" for table in tables}

    def changed(self):
        self.env.cr.execute(CHANGED)
        return dict(self.env.cr.fetchall())

    def changed_since(self, before):
        return {table for table, count in self.changed().items() if count != before.get(table, 0)}

    @mute_logger("odoo.http", "odoo.sql_db", "werkzeug")
    def test_routes(self):
        """C45, C51: the addon's own address, with whatever stands in it: never a 500, no word."""
        file = self.cases[0].evidence_ids.reference
        texts = [text.strip() or "x" for text in TEXTS if "\x00" not in text]
        for login in (None, "stranger", "employee"):
            self.authenticate(login, login)
            for text in texts:
                text = text[:2000]
                for address in (
                    f"/aggression/file/{text}",
                    f"/aggression/file/{file}?{text}={text}",
                    f"/aggression/file/{file}/{text}",
                ):
                    answer = self.url_open(address, allow_redirects=False)
                    self.assertLess(answer.status_code, 500, address[:200])
                    self.assertFalse(words_in(answer.content), address[:200])
                    self.assertNotIn("Traceback", answer.text)
