from base64 import b64encode
from itertools import count
from pathlib import Path

import psycopg2

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import Form, freeze_time
from odoo.tools import SQL, config

from ..models.privacy.sealing import Sealed
from .common import ProtocolCase

CANARY = "goudvink"

# What stands readable in a case or a screen, and may: random, derived from the protocol, or a hash.
READABLE = {
    "key",
    "reference",
    "name_hash",
    "likely_hashes",
    "sha256",
    "sentence",
    "repeat_sentence",
    # the log of changes of rights: names of groups and fields, and keyed hashes
    "what",
    "previous",
    "seal",
    "year",
    # what is public: published figures and what is written about them
    "label",
    "introduction",
    "conclusions",
    "changes",
}


class Planted(ProtocolCase):
    """A case in which every place where people type holds a word of its own."""

    def setUp(self):
        super().setUp()
        self._words = count()

    def word(self):
        return f"{CANARY}{next(self._words)} in a sentence"

    def plant(self):
        """Take a case from its report to its care, and leave a half-filled report behind."""
        values = {
            "impact": self.word(),
            "story": self.word(),
            "where": self.word(),
            "causer_kind": "person",
            "causer_name": self.word(),
            "causer_description": self.word(),
            "file_ids": [Command.create(self.a_file())],
        }
        incident = self.report(**values)
        self.report(hit=self.word(), office="civil_servant")
        self.classify(incident, "threat", cause_note=self.word())
        self.decide(incident, grounds=self.word(), view=self.word(), **self.a_deviation())
        self.sudo_plant(incident)
        self.model_as("clerk", "aggression.report.wizard").create(
            self._report_values(
                self.word(),
                "civil_servant",
                {**values, "file_ids": [Command.create(self.a_file())]},
            )
        )
        self.env.flush_all()
        return incident

    def a_file(self):
        content = b64encode(self.word().encode())
        return {"filename": self.word(), "content": content, "source": self.word()}

    def a_deviation(self):
        line = {"type_id": self.measure_type("oral_warning").id, "scope": self.word()}
        return {
            "line_ids": [Command.clear(), Command.create(line)],
            "deviation_reason": self.word(),
        }

    def sudo_plant(self, incident):
        """Notes of a talk, an address, a duty, a note in the timeline, a colleague added."""
        talk = incident.affected_ids.aftercare_ids.talk_ids[:1]
        self.as_user("mayor", talk).notes = self.word()
        causer = self.as_user("clerk", incident.causer_ids)
        causer.write({"address": self.word(), "accounts": self.word()})
        self.env["aggression.causer.identification"]._note(
            incident, "recognised", causer, causer, self.word()
        )
        duty = incident.duty_ids.filtered(
            lambda duty: duty.state == "open" and duty.fulfilment == "note"
        )[:1]
        self.as_user("clerk", duty)._complete(self.word(), self.word())
        case = {"incident_id": incident.id}
        self.model_as("clerk", "aggression.step.note").create(
            {**case, "text": self.word()}
        ).action_save()
        self.model_as("clerk", "aggression.sharing.wizard").create(
            {**case, "user_id": self.users["uninvolved"].id, "reason": self.word()}
        ).action_share()


@freeze_time("2026-03-07 10:00:00")
class TestNothingReadable(Planted):
    """C5, Z6: what people type about a case is readable in the application and nowhere else."""

    def dump(self):
        """Return {table: its rows as text} of the whole database."""
        self.env.cr.execute(
            "SELECT table_name FROM information_schema.tables "
            "WHERE table_schema = current_schema() AND table_type = 'BASE TABLE'"
        )
        tables = {}
        for (table,) in self.env.cr.fetchall():
            self.env.cr.execute(SQL("SELECT t::text FROM %s t", SQL.identifier(table)))
            tables[table] = "\n".join(row for (row,) in self.env.cr.fetchall())
        return tables

    def assertNotReadable(self, text, where):
        forms = (CANARY, CANARY.encode().hex(), b64encode(CANARY.encode()).decode()[:8])
        for form in forms:
            self.assertNotIn(form, text.lower() if form != forms[2] else text, where)

    def test_in_no_table(self):
        incident = self.plant()
        dump = self.dump()
        self.assertIn(incident.reference, dump["aggression_incident"], "the search finds")
        self.assertIn("sealed:", dump["aggression_report_wizard"], "a report was left half-filled")
        for table, rows in dump.items():
            self.assertNotReadable(rows, table)

    def test_in_no_file(self):
        self.plant()
        store = Path(config.filestore(self.env.cr.dbname))
        for path in store.rglob("*"):
            if path.is_file():
                self.assertNotIn(CANARY.encode(), path.read_bytes())
        self.assertFalse(self.env["ir.attachment"].search([("res_model", "=like", "aggression.%")]))

    def test_in_no_log(self):
        """Neither where every query is logged, nor where a query fails and is shown whole."""
        with self.assertLogs("odoo.sql_db", "DEBUG") as log:
            incident = self.plant()
        self.assertIn('INSERT INTO "aggression_facts"', "\n".join(log.output))
        self.assertNotReadable("\n".join(log.output), "log of queries")
        twin = incident.decision_ids.copy_data()[0]
        with (
            self.assertLogs("odoo.sql_db", "ERROR") as log,
            self.assertRaises(psycopg2.IntegrityError),
        ):
            self.env["aggression.decision"]._unlocked().create(
                {**twin, "measure_ids": False, "decided_at": "2026-03-07 10:00:00"}
            )
        self.assertIn("sealed:", log.output[0])
        self.assertNotReadable(log.output[0], "log of a failed query")

    def test_no_column_is_forgotten(self):
        """Every column of a case, or of a screen of a case, in which people type is sealed."""
        guarded, policy = map(self.registry.get, ("aggression.guarded", "aggression.policy"))
        for name, model in self.registry.items():
            of_a_case = issubclass(model, guarded) and not issubclass(model, policy)
            of_a_screen = model._transient and name.startswith("aggression.")
            if not (of_a_case or of_a_screen):
                continue
            for field in model._fields.values():
                if field.store and field.type in ("char", "text", "html", "binary", "json"):
                    sealed = isinstance(field, Sealed) or field.name in READABLE
                    self.assertTrue(sealed, f"{field} is readable in the database")


@freeze_time("2026-03-07 10:00:00")
class TestSealedField(Planted):
    def setUp(self):
        super().setUp()
        self.incident = self.report(story="Once upon a time.", where="At the door")
        self.facts = self.incident.facts_ids

    def column(self, record, name):
        record.flush_recordset()
        self.env.cr.execute(
            SQL(
                "SELECT %s FROM %s WHERE id = %s",
                *(SQL.identifier(name), SQL.identifier(record._table), record.id),
            )
        )
        return self.env.cr.fetchone()[0]

    def fresh(self, record):
        self.env.flush_all()
        self.env.invalidate_all()
        return record

    def test_reads_like_any_field(self):
        """By attribute, read, search_read, web_read, for the user as for the system."""
        facts = self.as_user("clerk", self.facts)
        self.assertEqual(facts.story, "Once upon a time.")
        self.assertEqual(self.fresh(facts).read(["story"])[0]["story"], "Once upon a time.")
        found = facts.search_read([("incident_id", "=", self.incident.id)], ["story", "where"])
        self.assertEqual(found[0]["where"], "At the door")
        asked = {"story": {}, "incident_id": {"fields": {"story": {}}}}
        seen = self.fresh(facts).web_read(asked)[0]
        self.assertEqual(seen["story"], seen["incident_id"]["story"])

    def test_writes_like_any_field(self):
        """Many at once, changed, emptied, copied; each token is another one."""
        model = self.env["aggression.facts"]._unlocked()
        values = {"incident_id": self.incident.id, "story": "The same words."}
        one, other = model.create([values, dict(values)])
        self.assertNotEqual(self.column(one, "story"), self.column(other, "story"))
        one.write({"story": "Other words.", "where": "Elsewhere"})
        self.assertEqual(self.fresh(one).mapped("story"), ["Other words."])
        self.assertTrue(self.column(one, "where").startswith("sealed:"))
        twin = one.copy()
        self.assertEqual(self.fresh(twin).story, "Other words.")
        one.where = False
        self.assertIsNone(self.column(one, "where"))
        self.assertIs(self.fresh(one).where, False)

    def test_a_file_like_any_file(self):
        """On a screen that was saved: read whole, read as a size, replaced, no file at all."""
        values = self._report_values("councillor", None, {})
        line = {"filename": "x.bin", "content": b64encode(b"one")}
        screen = self.model_as("clerk", "aggression.report.wizard").create(
            {**values, "file_ids": [Command.create(line)]}
        )
        file = self.fresh(screen.file_ids)
        self.assertEqual(file.content, b64encode(b"one"))
        file.content = b64encode(bytes(range(256)))
        self.assertEqual(self.fresh(file).content, b64encode(bytes(range(256))))
        self.assertTrue(self.column(file, "content").startswith("sealed:"))
        size = self.fresh(file).with_context(bin_size=True).web_read({"content": {}})
        self.assertRegex(size[0]["content"], r"^\d+ bytes$")
        with self.assertRaisesRegex(UserError, "came in damaged"):
            file.content = b"x"
            file.flush_recordset()

    def test_a_form_keeps_what_is_typed(self):
        talk = self.as_user("mayor", self.incident.affected_ids.aftercare_ids.talk_ids[0])
        with Form(talk) as form:
            form.notes = "Cannot sleep."
        self.assertEqual(Form(self.as_user("mayor", talk)).notes, "Cannot sleep.")
        self.assertTrue(self.column(talk, "notes").startswith("sealed:"))

    def test_searching_is_refused_in_words(self):
        """Nobody is told that there is nothing, where nothing can be found."""
        facts = self.as_user("clerk", self.env["aggression.facts"])
        calls = [
            lambda: facts.search([("story", "ilike", "once")]),
            lambda: facts.search([("story", "=", "Once upon a time.")]),
            lambda: facts.search([("story", "not in", ["Once"])]),
            lambda: facts.search([("incident_id.facts_ids.where", ">", "A")]),
            lambda: facts.search([], order="where"),
            lambda: facts._read_group([], ["where"]),
            lambda: facts._read_group([], [], ["where:array_agg"]),
            lambda: facts.formatted_read_group([], ["where"], ["__count"]),
        ]
        for call in calls:
            with self.assertRaisesRegex(UserError, "is kept encrypted"):
                call()
        self.assertEqual(facts.search_count([("where", "!=", False)]), 1)
        self.assertEqual(facts.search_count([("where", "=", False)]), 0)
        described = facts.fields_get(["story", "where"])
        for name in ("searchable", "sortable", "groupable", "exportable"):
            self.assertFalse(described["story"].get(name), name)

    def test_a_causer_is_found_without_reading(self):
        """M6, A12: an equal name matches by its keyed hash, whatever its case and spaces."""
        names = ["Jan  Jansen", " jan jansen", "Jan Janssen", "JAN JANSEN"]
        causers = [self.report(causer_kind="person", causer_name=name).causer_ids for name in names]
        one, *others = causers
        found = one._suggestions(one.incident_ids)
        self.assertEqual({suggested.earlier for suggested in found}, {others[0], others[2]})
        self.assertEqual({suggested.alike for suggested in found}, {("same_name",)})
        self.assertNotIn("jansen", self.column(one, "name_hash"))
        one.name = False
        self.assertFalse(self.column(one, "name_hash"))

    def test_what_was_there_is_sealed_at_the_upgrade(self):
        """An ordinary column whose field became a sealed one."""
        self.env.cr.execute(
            "UPDATE aggression_facts SET story = 'Readable.' WHERE id = %s", [self.facts.id]
        )
        self.facts._fields["story"]._seal_what_is_there(self.facts)
        self.assertTrue(self.column(self.facts, "story").startswith("sealed:"))
        self.assertEqual(self.fresh(self.facts).story, "Readable.")
