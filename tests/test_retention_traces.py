import base64
import os
import shutil
import tempfile
from unittest.mock import patch

import psycopg2

from odoo.fields import Command
from odoo.tests import freeze_time
from odoo.tools import SQL, config, mute_logger

from ..models.privacy import keyring
from ..models.privacy.readings import Key, append
from .canary import words_in
from .common_retention import CLOSED, RetentionCase

WARNED, DUE = "2032-01-01 03:00:00", "2033-06-01 03:00:00"
CANARY = "kanarie0123456789abcdef"
TOKEN = "kanarie"
KEEPS_OFF = "odoo.addons.aggression_protocol.models.admin.off_limits.holds_cases"
# What may refer to a case without a cascade, and why.
LASTING = {"aggression.read.log.incident_id": "emptied by the retention itself"}


class Destruction(RetentionCase):
    """Two cases full of one word, with everything that can be hung on a case."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls().checked()
        cls.case = cls().full("J. " + CANARY)
        cls.others = cls().full("P. Pietersen", story="Something else.")

    def full(self, causer, **values):
        words = {
            "story": f"He said {CANARY}.",
            "where": CANARY,
            "causer_description": CANARY,
            "file_ids": [
                Command.create(
                    {
                        "filename": f"{CANARY}.txt",
                        "content": base64.b64encode(CANARY.encode()),
                        "source": CANARY,
                    }
                )
            ],
            **values,
        }
        case = self.old_aggression(named=causer, impact=CANARY, **words)
        with freeze_time(CLOSED):
            case.affected_ids.aftercare_ids.talk_ids.notes = CANARY
            case.causer_ids.write({"address": CANARY, "accounts": CANARY})
            self.env["aggression.causer.identification"]._note(
                case, "recognised", case.causer_ids, case.causer_ids, CANARY
            )
            for name, values in (
                ("aggression.step.note", {"text": CANARY}),
                ("aggression.sharing.wizard", {"user_id": 1, "reason": CANARY}),
                ("aggression.hold.wizard", {"until": "2030-01-01", "reason": CANARY}),
                ("aggression.causer.wizard", {"reason": CANARY}),
            ):
                self.model_as("clerk", name).create({"incident_id": case.id, **values})
            self.model_as("clerk", "aggression.step.note").create(
                {"incident_id": case.id, "text": CANARY}
            ).action_save()
            self.hang_on(case)
            self.look_at(case)
        return case

    def hang_on(self, case):
        """What other modules, or a careless administrator, hung on it before that was refused."""
        with patch(KEEPS_OFF, return_value=False):
            self._hang_on(case)

    def _hang_on(self, case):
        self.attachments = self.env["ir.attachment"].create(
            [
                {"name": CANARY, "raw": (CANARY * 9).encode(), "res_model": name, "res_id": id_}
                for name, id_ in (
                    ("aggression.incident", case.id),
                    ("aggression.facts", case.facts_ids.id),
                    ("aggression.causer", case.causer_ids.id),
                )
            ]
        )
        self.attachments[1].res_field = "story"
        self.env["mail.message"].create(
            {"model": "aggression.incident", "res_id": case.id, "body": CANARY}
        )
        self.env["ir.model.data"].create(
            {
                "module": "__export__",
                "name": f"{CANARY}_{case.id}",
                "model": "aggression.incident",
                "res_id": case.id,
            }
        )

    def look_at(self, case):
        key = Key(self.users["councillor"].id, False, "screen", "opened", "aggression.talk")
        person = case.affected_ids.id
        append(self.env.cr, {key: {1: (case.id, person)}})

    def rows_of_log(self, case):
        self.env.cr.execute(
            "SELECT count(*) FROM aggression_read_log WHERE incident_id = %s OR reference = %s",
            (case.id, case.reference),
        )
        return self.env.cr.fetchone()[0]

    def everything(self):
        """Yield (table, column, value as text) of every row of every table there is."""
        self.env.flush_all()
        self.env.cr.execute(
            "SELECT table_name, column_name, data_type FROM information_schema.columns "
            "JOIN information_schema.tables USING (table_schema, table_name) "
            "WHERE table_schema = current_schema() AND table_type = 'BASE TABLE' "
            "AND data_type IN ('text', 'character varying', 'bytea', 'jsonb', 'json')"
        )
        for table, column, kind in self.env.cr.fetchall():
            name = SQL.identifier(column)
            value = SQL("encode(%s, 'escape')", name) if kind == "bytea" else SQL("%s::text", name)
            wanted = SQL(
                "SELECT %s FROM %s WHERE %s ~* %s OR %s LIKE %s",
                *(value, SQL.identifier(table), value, TOKEN, value, f"%{keyring.PREFIX}%"),
            )
            self.env.cr.execute(wanted)
            for (found,) in self.env.cr.fetchall():
                yield table, column, found

    def traces(self):
        """Return {table.column} in which the word is, open, sealed or encoded."""
        keys, found = keyring.current(), set()
        for table, column, value in self.everything():
            if value.startswith(keyring.PREFIX):
                value = keys.open(value).decode("utf-8", "replace")
            if TOKEN in value or words_in(value):
                found.add(f"{table}.{column}")
        return found

    def files_with_it(self):
        store, found = config.filestore(self.env.cr.dbname), []
        for folder, _folders, names in os.walk(store):
            for name in names:
                with open(os.path.join(folder, name), "rb") as file:
                    if CANARY.encode() in file.read():
                        found.append(name)
        return found


class TestTraces(Destruction):
    """M8, C5: after its term nothing of a case is left."""

    def have_own_filestore(self):
        """Work on a copy: the workers share one, and emptying it takes what another just wrote."""
        shared = config.filestore(self.env.cr.dbname)
        own = tempfile.mkdtemp(dir=os.path.dirname(shared))
        self.addCleanup(shutil.rmtree, own)
        shutil.copytree(shared, own, copy_function=os.link, dirs_exist_ok=True)
        self.startPatcher(patch.object(config, "filestore", return_value=own))

    def test_no_trace(self):
        """No word of it in the database, the files or the server log; nobody's row is left."""
        self.have_own_filestore()
        self.others.affected_ids.aftercare_ids.talk_ids.notes = "x"
        references = (self.case | self.others).mapped("reference")
        before = self.traces()
        self.assertGreater(len(before), 15, "the test is not deaf")
        self.assertIn("aggression_step_note.text", before)
        self.assertIn("aggression_causer_identification.identity", before)
        with self.assertLogs("odoo", "DEBUG") as heard, mute_logger("odoo.sql_db"):
            self.until_gone(WARNED, DUE)
        self.assertFalse(self.case.exists() or self.others.exists())
        self.assertEqual(self.traces(), set())
        self.env["ir.attachment"]._gc_file_store_unsafe()
        self.assertFalse(self.files_with_it())
        self.assertNotIn(TOKEN, str(heard.output))
        self.assertIn("cases destroyed", str(heard.output))
        for reference in references:
            self.assertNotIn(reference, str(heard.output))

    def test_no_row(self):
        """No row of this addon refers to a case that is gone, in whatever column."""
        ids = self.case.ids + self.others.ids
        self.until_gone(WARNED, DUE)
        for model in self.env.registry.values():
            if model._original_module != "aggression_protocol" or not model._auto:
                continue
            for field in model._fields.values():
                if (
                    field.comodel_name == "aggression.incident"
                    and field.store
                    and field.column_type
                ):
                    self.env.cr.execute(
                        SQL(
                            "SELECT count(*) FROM %s WHERE %s = ANY(%s)",
                            SQL.identifier(model._table),
                            SQL.identifier(field.name),
                            ids,
                        )
                    )
                    self.assertEqual(self.env.cr.fetchone(), (0,), str(field))
            if issubclass(model, self.env.registry["aggression.confidential"]):
                self.env.cr.execute(SQL("SELECT count(*) FROM %s", SQL.identifier(model._table)))
                self.assertEqual(self.env.cr.fetchone(), (0,), model._name)

    def test_everything_goes_with_its_case(self):
        """What refers to a case, or to anything of it, does so with a cascade: also what comes."""
        apart = self.env.registry["aggression.append.only"]
        parts = {
            name: model
            for name, model in self.env.registry.items()
            if not model._abstract
            and (
                issubclass(model, self.env.registry["aggression.confidential"]) or model._transient
            )
            and model._original_module == "aggression_protocol"
        }
        for name, model in parts.items():
            owners = [
                field
                for field in model._fields.values()
                if field.type == "many2one"
                and field.store
                and field.comodel_name in {"aggression.incident", *parts}
                and not issubclass(model, apart)
            ]
            for field in owners:
                shared = field.required or not model._transient
                if shared:
                    self.assertEqual(field.ondelete, "cascade", f"{name}.{field.name}")
                else:
                    required = [other for other in owners if other.required]
                    self.assertTrue(required, f"{name}.{field.name} would stay without its case")

    def test_the_read_log_keeps_who_and_when(self):
        """Who looked when stays, for who must account for it; at which case, or whose, does not."""
        log = self.env["aggression.read.log"]
        self.assertTrue(self.rows_of_log(self.case))
        names = ["user_id", "at", "kind", "way", "model", "company_id", "personal"]
        rows = log.search([("incident_id", "=", self.case.id)])
        before = rows.read(names)
        reference = self.case.reference
        self.until_gone(WARNED, DUE)
        self.assertEqual(rows.read(names), before)
        for row in rows:
            self.assertFalse(row.incident_id or row.reference or row.sudo().concerns_id)
        self.assertFalse(log.search([("reference", "=", reference)]))

    @mute_logger("odoo.sql_db")
    def test_the_door_opens_for_those_columns_alone(self):
        """Even within the retention's own door who and when cannot be changed."""
        for change in (
            "user_id = 1",
            "at = now()",
            "kind = 'listed'",
            "incident_id = 1, su = true",
        ):
            with (
                self.subTest(change=change),
                self.assertRaises(psycopg2.errors.InsufficientPrivilege),
                self.env.cr.savepoint(flush=False),
            ):
                self.env.cr.execute("SET LOCAL aggression.retention = 'on'")
                self.env.cr.execute(f"UPDATE aggression_read_log SET {change}")
        self.env.cr.execute("SET LOCAL aggression.retention = 'off'")

    @mute_logger("odoo.sql_db")
    def test_a_signed_list_stays(self):
        """Undeletable and unchangeable, also as the retention and after ten years."""
        run = self.until_gone(WARNED, DUE)
        self.assertEqual(run.state, "done")
        statements = (
            "DELETE FROM aggression_retention_run",
            "DELETE FROM aggression_retention_count",
            "UPDATE aggression_retention_count SET number = 1",
            "UPDATE aggression_retention_run SET left_out = 7",
            "UPDATE aggression_retention_run SET signed_by_id = 1",
            "TRUNCATE aggression_retention_run CASCADE",
        )
        for statement in statements:
            for door in ("off", "on"):
                with (
                    self.subTest(statement=statement, door=door),
                    self.assertRaises(psycopg2.errors.InsufficientPrivilege),
                    self.env.cr.savepoint(flush=False),
                ):
                    self.env.cr.execute(f"SET LOCAL aggression.retention = '{door}'")
                    self.env.cr.execute(statement)
