import os
import threading
from unittest.mock import patch

from odoo import SUPERUSER_ID, api
from odoo.exceptions import UserError
from odoo.modules.registry import Registry
from odoo.tests import freeze_time
from odoo.tests.common import get_db_name

from ..models.privacy import keyring, resealing
from .common import ProtocolCase
from .test_keys import OwnKeys


@freeze_time("2026-03-07 10:00:00")
class TestDrill(OwnKeys, ProtocolCase):
    """C5: what happens without the key, and the recovery of docs/keys.md, step by step."""

    STORY = "Nobody else reads this."

    def setUp(self):
        super().setUp()
        self.incident = self.report(story=self.STORY, causer_kind="person", causer_name="J. Jansen")
        self.facts = self.incident.facts_ids
        self.enterContext(self.enter_registry_test_mode())

    def story(self):
        self.env.flush_all()
        self.env.invalidate_all()
        return self.as_user("clerk", self.facts).story

    def copy_out(self):
        """Return what a dump holds of the cases."""
        rows = []
        for table, _column, _batch in resealing.columns(self.registry):
            self.env.cr.execute(f"SELECT t::text FROM {table} t ORDER BY id")
            rows += [row for (row,) in self.env.cr.fetchall()]
        return "\n".join(rows)

    def test_drill(self):
        """Dump, lose the key, put it back, rotate: at no step is anything lost."""
        dump = self.copy_out()
        self.assertNotIn(self.STORY, dump)
        kept = self.path.read_text()

        self.path.unlink()
        with self.assertRaisesRegex(UserError, "put the key file back"):
            self.story()
        keyring.create()
        with self.assertRaisesRegex(UserError, "was sealed with key .* Nothing is lost"):
            self.story()
        self.assertEqual(self.copy_out(), dump, "nothing was overwritten")

        self.path.write_text(kept)
        self.assertEqual(self.story(), self.STORY)

        [old] = self.seals()
        resealing.rotate([self.registry])
        [new] = self.seals()
        self.assertNotEqual(new, old)
        self.assertEqual(self.story(), self.STORY)
        self.path.write_text(kept)
        with self.assertRaisesRegex(UserError, "was sealed with key"):
            self.story()
        # the dump of before the rotation needs the key of before: both can stand in the file
        self.path.write_text(f"{kept}{new}\n")
        self.assertEqual(self.story(), self.STORY)

    def test_without_the_key(self):
        """Reading and writing are refused in a sentence; what is not sealed can be read."""
        before = self.copy_out()
        self.path.unlink()
        self.env.invalidate_all()
        clerk = self.as_user("clerk", self.incident)
        self.assertEqual(clerk.read(["state", "reference"])[0]["state"], "reported")
        self.assertTrue(clerk.causer_ids.reference)
        for call in (
            lambda: clerk.causer_ids.name,
            lambda: clerk.read(["story"]),
            lambda: self.report(),
            lambda: clerk._log("note", "Words."),
        ):
            with self.assertRaisesRegex(UserError, "put the key file back"), self.cr.savepoint():
                call()
            self.env.invalidate_all(flush=False)
        with self.assertRaisesRegex(UserError, "vraag de beheerder het sleutelbestand"):
            clerk.with_context(lang="nl_NL").facts_ids.mapped("story")
        talk = self.incident.affected_ids.aftercare_ids.talk_ids[0]
        with self.assertRaisesRegex(UserError, "put the key file back"), self.cr.savepoint():
            talk.notes = "Words."
            talk.flush_recordset()
        self.env.invalidate_all(flush=False)
        self.assertEqual(self.copy_out(), before)

    def test_a_killed_rotation_goes_on(self):
        """Between two batches everything can be read; the old key goes when nothing needs it."""
        [old] = self.seals()
        with (
            patch.object(resealing, "_sweep_column", side_effect=KeyboardInterrupt),
            self.assertRaises(KeyboardInterrupt),
        ):
            resealing.rotate([self.registry])
        self.assertEqual(self.seals()[1:], [old])
        self.assertEqual(self.story(), self.STORY)
        top = self.seals()[0]
        resealing.rotate([self.registry])
        self.assertEqual(self.seals(), [top], "no third key was made")
        self.assertEqual(self.story(), self.STORY)

    def test_the_old_key_stays_while_something_needs_it(self):
        with (
            patch.object(resealing, "_sweep_column", return_value=0),
            patch.object(resealing, "PAUSE", 0),
            self.assertRaisesRegex(resealing.NotFinished, "still sealed with the old key"),
        ):
            resealing.rotate([self.registry], patience=0)
        self.assertEqual(len(self.seals()), 2)

    def test_one_rotation_at_a_time(self):
        with resealing._alone(), self.assertRaisesRegex(resealing.NotFinished, "under way"):
            resealing.rotate([self.registry])

    def test_keys_in_the_environment(self):
        """A person changes them there; what is in between is done by the command."""
        now = " ".join(line for line in self.path.read_text().splitlines() if "#" not in line)
        fresh = f"seal={keyring.new_key()} {now}"
        with (
            patch.dict(os.environ, {keyring.IN_ENVIRONMENT: now}),
            self.assertRaisesRegex(resealing.NotFinished, "restart"),
        ):
            resealing.rotate([self.registry])
        with patch.dict(os.environ, {keyring.IN_ENVIRONMENT: fresh}):
            self.assertGreater(resealing.rotate([self.registry]), 0)
            self.assertEqual(set(resealing.census(self.registry)), {keyring.current().numbers[0]})
            self.assertEqual(self.story(), self.STORY)


class TestRotationWhileWriting(OwnKeys):
    """C5: a rotation needs no pause; everything is committed for real here."""

    SCREENS, ROUNDS = 12, 3

    def setUp(self):
        super().setUp()
        # no transaction of the test's own: the rotation would wait for its end
        self.registry = Registry(get_db_name())
        self.ids = self.in_transaction(self.make)
        self.addCleanup(self.in_transaction, lambda env: self.screens(env).unlink())

    def in_transaction(self, work):
        with self.registry.cursor() as cr:
            return work(api.Environment(cr, SUPERUSER_ID, {}))

    def screens(self, env):
        return env["aggression.report.wizard"].browse(self.ids)

    def make(self, env):
        values = {
            "occurred_at": "2026-03-06 21:50:00",
            "channel": "email",
            "place": "online",
            "story": "Words 0",
        }
        return env["aggression.report.wizard"].create([values] * self.SCREENS).ids

    def test_rotation_while_writing(self):
        over, failures, written = threading.Event(), [], {}

        def write():
            number = 0
            while not over.is_set():
                number += 1
                id_ = self.ids[number % self.SCREENS]
                try:
                    self.in_transaction(lambda env, n=number, i=id_: self.type(env, i, n))
                    written[id_] = f"Words {number}"
                except Exception as error:
                    if getattr(error, "pgcode", None) != "40001":
                        failures.append(error)

        [first] = self.seals()
        writer = threading.Thread(target=write)
        writer.start()
        try:
            for _round in range(self.ROUNDS):
                resealing.rotate([self.registry])
        finally:
            over.set()
            writer.join()
        self.assertFalse(failures)
        self.assertGreater(len(written), 1)
        self.assertNotIn(first, self.seals())
        self.assertEqual(set(resealing.census(self.registry)), set(keyring.current().numbers))
        stories = self.in_transaction(lambda env: {r.id: r.story for r in self.screens(env)})
        self.assertEqual(stories, {**dict.fromkeys(self.ids, "Words 0"), **written})

    def test_waits_for_who_was_first(self):
        """Who began before the new key was there may still be sealing with the old one."""
        with self.registry.cursor() as cr:
            cr.execute("SELECT 1")
            with self.assertRaisesRegex(resealing.NotFinished, "1 transactions are still"):
                resealing.rotate([self.registry], patience=0)
        self.assertEqual(len(self.seals()), 2)
        self.assertEqual(resealing.rotate([self.registry]), self.SCREENS)
        self.assertEqual(len(self.seals()), 1)

    def test_passes_over_what_is_locked(self):
        """Nobody waits for a rotation, and the rotation holds nobody up."""
        [number] = resealing._with_a_new_key().numbers[1:]
        lock = "SELECT 1 FROM aggression_report_wizard WHERE id = %s FOR UPDATE"
        with self.registry.cursor() as cr:
            cr.execute(lock, self.ids[:1])
            with self.assertRaisesRegex(resealing.NotFinished, "^1 values are still sealed"):
                resealing.reseal(self.registry, [number], patience=0)
        self.assertEqual(resealing.reseal(self.registry, [number], patience=0), 1)

    def type(self, env, id_, number):
        env["aggression.report.wizard"].browse(id_).story = f"Words {number}"
