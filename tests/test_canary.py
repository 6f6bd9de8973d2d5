from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.service.model import call_kw
from odoo.tests import freeze_time
from odoo.tools import SQL

from .access_table import PARTS, access_table, model_of
from .canary import (
    HARMLESS,
    NEUTRAL,
    WORD,
    crawl,
    labels,
    paths,
    plant,
    specifications,
    undone,
    words_in,
)
from .complete_case import MORNING, SCREENS, CompleteCase

UNINVOLVED = (
    *("other_councillor", "uninvolved", "kept_out", "employee"),
    *("officer", "manager", "administrator", "stranger"),
    *("taken_off", "former", "stood_in", "stands_in_later"),
)
INVOLVED = (
    *("councillor", "alderman", "desk", "committee_member", "clerk"),
    *("coordinator", "mayor", "confidant", "colleague", "stand_in"),
)
# What only code may read and another field tells: to these columns of access.csv, and to no other.
TOLD_INSTEAD = {
    "aggression.assessment.cause_note": {"clerk", "handler", "mayor", "colleague", "stand_in"},
}


class CanaryCase(CompleteCase):
    """Two complete cases in which every sensitive field holds a word that is nowhere else."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.planted = {}  # {canary: (field, row of access.csv or screen, number of the case)}
        cls.screens = {}
        with freeze_time(MORNING):
            for name, (owner, _parent) in SCREENS.items():
                cls.screens[name] = cls().open_screen(owner, name, cls.cases[0])
        cls.env.flush_all()
        held = {place: rec for place, rec in cls.records.items() if cls().holds_cases(place[0])}
        held.update({(name, 0): cls.env[name].search([]) for name in SCREENS})
        for place, records in held.items():
            for word, field in plant(records).items():
                cls.planted[word] = (field, *place)
        cls.env.invalidate_all()

    @classmethod
    def entitled(cls, login):
        """Return the canaries that this person must hear, by access.csv: those and no others."""
        table = access_table()
        columns = {place: column for column, places in PARTS.items() for place in places}
        return {
            word
            for word, (field, row, number) in cls.planted.items()
            if not field.groups or columns.get((login, number)) in TOLD_INSTEAD.get(str(field), ())
            if (row in SCREENS and cls._owns(login, row))
            or "r" in table[row].get(columns.get((login, number)), "")
        }

    @classmethod
    def _owns(cls, login, screen):
        return SCREENS[screen][0] == login

    def assertHears(self, login, heard, where=""):
        """Check that somebody heard what access.csv says, no more and no less."""
        entitled = self.entitled(login)
        told = [f"{self.planted[word]} in {heard[word]}" for word in set(heard) - entitled]
        self.assertFalse(told, f"{login} hears too much {where}")
        missed = [str(self.planted[word]) for word in entitled - set(heard)]
        self.assertFalse(missed, f"{login} does not hear, so that this test is deaf {where}")


class TestCanary(CanaryCase):
    """C5, M5: what a case holds is heard by who has a part in it, and by nobody else."""

    crawled = {}

    def env_of(self, login):
        self.env.flush_all()
        self.env.invalidate_all()
        return self.env(user=self.users[login])

    def heard_by(self, login):
        """Return what :func:`crawl` hears as this person; nothing changes between the tests."""
        if login not in self.crawled:
            self.crawled[login] = crawl(self.env_of(login))
        return self.crawled[login]

    def test_every_model_has_its_canaries(self):
        """The test is not deaf: a word lies in each model, and the expected people hear many."""
        singing = {model_of(row) for _field, row, _number in self.planted.values()}
        texts = {"char", "text", "html", "binary"}
        silent = {
            name
            for name in [*self.case_models(), *SCREENS]
            if not any(f.type in texts and f.store for f in self.env[name]._fields.values())
        }
        self.assertEqual(
            singing | silent | {"aggression.incident"}, {*self.case_models(), *SCREENS}
        )
        self.assertGreater(len(self.planted), 60)
        planted = {str(field) for field, _row, _number in self.planted.values()}
        for name in (*self.case_models(), *SCREENS):
            for field in self.env[name]._fields.values():
                if field.type in texts and field.store and str(field) not in HARMLESS:
                    self.assertIn(str(field), planted, "no canary in it")
        for login in INVOLVED:
            self.assertTrue(self.entitled(login), login)
        for login in UNINVOLVED:
            self.assertFalse(self.entitled(login), login)

    def test_crawl_of_the_uninvolved(self):
        """Everything that can be read of every model of the whole registry: not one word."""
        for login in (*UNINVOLVED, "anonymous"):
            with self.subTest(login=login):
                self.assertHears(login, self.heard_by(login))

    def test_crawl_of_the_involved(self):
        """Everything that can be read: exactly one's part of the case."""
        for login in INVOLVED:
            with self.subTest(login=login):
                self.assertHears(login, self.heard_by(login))

    def test_notes_of_talks(self):
        """Z2, C5: what is said in care is heard by these two alone, whatever the table says."""
        notes = {
            word: row
            for word, (field, row, number) in self.planted.items()
            if str(field) == "aggression.talk.notes" and number == 0
        }
        heard = {
            login: {notes[word] for word in self.heard_by(login) if word in notes}
            for login in (*INVOLVED, *UNINVOLVED)
        }
        first, second = "aggression.talk", "aggression.talk (second)"
        expected = {
            "councillor": {first},
            "alderman": {second},
            "mayor": {first, second, "aggression.talk (beside)"},
            "confidant": {first},
        }
        self.assertEqual({login: rows for login, rows in heard.items() if rows}, expected)

    def test_names(self):
        """C01, C02: the name of a record, which everybody can find out, tells nothing."""
        for name in self.addon_models():
            if self.holds_cases(name):
                for record in self.env[name].search([]):
                    self.assertRegex(record.display_name, NEUTRAL, name)

    def test_what_messages_and_activities_tell(self):
        """C01: pointing a message at a record shows its name to everybody: and nothing else."""
        for login in ("stranger", "other_councillor", "uninvolved"):
            env = self.env_of(login)
            seen = set()
            for name in self.addon_models():
                if not self.holds_cases(name):
                    continue
                record = self.env[name].search([], limit=1)
                for pointer, shown, answer in labels(env, name, record.id):
                    seen.add(pointer)
                    self.assertFalse(words_in(answer), f"{login}, {pointer} on {name}")
                    for label in filter(None, shown):
                        self.assertRegex(label, NEUTRAL, f"{login}, {pointer} on {name}")
            self.assertIn("mail.message", seen, login)

    def test_forms_on_hidden_records(self):
        """C02, C05, C06: a form pointed at a record of others, saved or not, stays empty."""
        for login in ("uninvolved", "confidant", "clerk"):
            env = self.env_of(login)
            for name in SCREENS:
                if not env[name].has_access("create"):
                    continue
                for values in self._pointers(env[name]):
                    for spec in specifications(env[name]):
                        self._look_through(env, login, name, values, spec)

    def _pointers(self, screen):
        """Yield values that point a screen at each record of both cases, by its number."""
        for field in screen._fields.values():
            for (row, _number), records in self.records.items():
                pointed = field.type == "many2one" and model_of(row)
                if pointed == field.comodel_name and pointed in self.case_models() and records:
                    yield {field.name: records.ids[0]}

    def _look_through(self, env, login, name, values, spec):
        answer = undone(env, lambda: env[name].onchange(dict(values), [], spec))
        if not answer:
            return
        where = f"{login}, {name} {values}, asking {spec}"
        heard = words_in(answer) - self.entitled(login)
        self.assertFalse([self.planted[word] for word in heard], where)
        for field_name, commands in answer["value"].items():
            comodel = env[name]._fields[field_name].comodel_name
            for command in commands if isinstance(commands, list) else ():
                line = command[2] if isinstance(command[2], dict) else {}
                for key, value in line.items():
                    target = env[comodel]._fields[key].comodel_name
                    if target in self.case_models() and value:
                        shown = value["id"] if isinstance(value, dict) else value
                        readable = env[target].search_count([("id", "=", shown)])
                        self.assertTrue(readable, f"{where}: a line about {target}")

    def test_searching_is_no_oracle(self):
        """C10, C11: a domain over any path answers about hidden words as about none at all."""
        models = [*self.case_models(), *SCREENS]
        for login in ("uninvolved", "clerk", "councillor"):
            env, entitled, answered = self.env_of(login), self.entitled(login), 0
            for name in models:
                if not env[name].has_access("read"):
                    continue
                for path, field in paths(self.env, name, models, 2):
                    hidden, own = [], []
                    for word, (other, *_place) in self.planted.items():
                        if other == field:
                            (own if word in entitled else hidden).append(word)
                    count = self._count(env[name], Domain(path, "in", hidden))
                    self.assertFalse(count, f"{login}, {name}, {path}")
                    answered += bool(own and self._count(env[name], Domain(path, "in", own)))
            self.assertEqual(bool(answered), login != "uninvolved", f"{login}: the test itself")

    def _count(self, model, domain):
        try:
            return model.search_count(domain)
        except (AccessError, UserError):
            # no part in it, or sealed: nobody finds anything by its words
            return 0

    def test_no_operator_around_the_rules(self):
        """The ORM's own operator that skips the rules does not come in from outside."""
        duties = self.env_of("clerk")["aggression.duty"]
        for operator in ("any!", "not any!"):
            with self.assertRaises(ValueError):
                call_kw(duties, "search", [[("talk_id", operator, [("notes", "!=", False)])]], {})

    def test_database(self):
        """C39, C49, C65: outside the addon's own tables there is no word anywhere at all."""
        own = {self.env[name]._table for name in self.addon_models()}
        self.env.cr.execute(
            "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = "
            "current_schema::regnamespace ORDER BY relname"
        )
        tables = [table for (table,) in self.env.cr.fetchall()]
        self.assertLess(own, set(tables))
        for table in tables:
            query = SQL(
                "SELECT count(*) FROM %s t WHERE t::text LIKE %s",
                SQL.identifier(table),
                f"%{WORD}%",
            )
            singing = self.env.execute_query(query)[0][0]
            if table not in own:
                self.assertFalse(singing, table)
