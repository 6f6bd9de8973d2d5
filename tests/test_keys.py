import os
import subprocess
import sys
import tempfile
from pathlib import Path
from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.tests import BaseCase, TransactionCase
from odoo.tools import config, mute_logger

from ..hooks import make_keys
from ..models.privacy import keyring
from ..models.privacy.keyring import KeyTrouble


class OwnKeys(BaseCase):
    """Keys in a folder of the test itself."""

    def setUp(self):
        super().setUp()
        folder = self.enterContext(tempfile.TemporaryDirectory())
        self.path = Path(folder) / "some.keys"
        elsewhere = {keyring.FILE_IN_ENVIRONMENT: str(self.path), keyring.IN_ENVIRONMENT: ""}
        self.enterContext(patch.dict(os.environ, elsewhere))
        self.enterContext(mute_logger("odoo.addons.aggression_protocol.models.privacy.sealing"))
        keyring.create()

    def seals(self):
        return [line for line in self.path.read_text().splitlines() if line.startswith("seal=")]


class TestKeyFile(OwnKeys, TransactionCase):
    """C5: the key is outside the database, closed to others, and never overwritten."""

    def assertTrouble(self, kind):
        with self.assertRaises(KeyTrouble) as caught:
            keyring.current()
        self.assertEqual(caught.exception.kind, kind)

    def test_closed_to_others_from_the_beginning(self):
        self.assertEqual(self.path.stat().st_mode & 0o777, 0o600)
        before = self.path.read_text()
        with self.assertRaises(FileExistsError):
            keyring.create()
        make_keys(self.env)
        self.assertEqual(self.path.read_text(), before)

    def test_made_at_the_installation(self):
        self.path.unlink()
        make_keys(self.env)
        self.assertEqual(self.path.stat().st_mode & 0o777, 0o600)
        self.path.chmod(0o640)
        with self.assertRaisesRegex(UserError, "others on this machine"):
            make_keys(self.env)

    def test_open_to_others_is_refused(self):
        keyring.current()
        for mode in (0o640, 0o604, 0o644):
            self.path.chmod(mode)
            self.assertTrouble("exposed")
        self.path.chmod(0o600)
        keyring.current()

    def test_a_damaged_file_is_refused(self):
        good = self.path.read_text()
        index = good[good.index("index=") :]
        for text in ("", "hello", good + index, good.replace("seal=", "seal=x"), index, "é"):
            self.path.write_text(text)
            self.assertTrouble("malformed" if text != "é" else "missing")

    def test_keys_in_the_environment(self):
        """They go before the file, on one line or on several."""
        token = keyring.current().seal(b"words")
        for separator in ("\n", " "):
            lines = [ln for ln in self.path.read_text().splitlines() if not ln.startswith("#")]
            text = {keyring.IN_ENVIRONMENT: separator.join(lines)}
            with (
                patch.dict(os.environ, text),
                patch.object(keyring, "path", side_effect=AssertionError),
            ):
                self.assertEqual(keyring.current().open(token), b"words")

    def test_where_the_file_is(self):
        """Environment, settings file, data folder: the first that says something."""
        self.assertEqual(keyring.path(), self.path)
        settings = self.path.with_name("odoo.conf")
        settings.write_text("[aggression_protocol]\nkey_file = /elsewhere/some.keys\n")
        with patch.dict(os.environ, {keyring.FILE_IN_ENVIRONMENT: ""}):
            self.assertEqual(keyring.path(), Path(config["data_dir"]) / keyring.FILE_NAME)
            with patch.dict(config.options, {"config": str(settings)}):
                self.assertEqual(keyring.path(), Path("/elsewhere/some.keys"))

    def test_a_tampered_token_is_not_opened(self):
        keys = keyring.current()
        token = keys.seal(b"words")
        self.assertNotIn(keys.seals[0][:8], token, "the number tells nothing of the key")
        for wrong in (token[:-5] + "AAAA=", token[:40], "sealed:"):
            with self.assertRaises(KeyTrouble):
                keys.open(wrong)

    def test_command_line(self):
        """Make and check the keys without starting Odoo."""
        self.path.unlink()
        made = self.command("create")
        self.assertIn(str(self.path), made.stdout)
        self.assertIn("File exists", self.command("create").stderr)
        [number] = keyring.current().numbers
        checked = self.command("check", "-d", self.env.cr.dbname)
        self.assertIn(f"Keys: {number}", checked.stdout)
        self.assertEqual(checked.returncode, 0, checked.stderr)
        keyring.parse(self.command("create", "--stdout").stdout)

    def command(self, *arguments):
        paths = ",".join(config["addons_path"])
        return subprocess.run(
            [sys.executable, "-m", "odoo", f"--addons-path={paths}", "aggression_keys", *arguments],
            capture_output=True,
            text=True,
        )
