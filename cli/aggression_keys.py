import sys

from odoo.cli.command import Command
from odoo.modules.registry import Registry
from odoo.sql_db import db_connect
from odoo.tools import config
from odoo.tools.sql import table_exists

ADDON = "aggression_protocol"


class AggressionKeys(Command):
    """Make, check and rotate the keys to what the aggression protocol encrypts"""

    name = "aggression_keys"
    epilog = """
        The keys stand in AGGRESSION_PROTOCOL_KEYS, or in the file that
        AGGRESSION_PROTOCOL_KEY_FILE or the settings file names, or in the data folder.
        Set ODOO_RC to the settings file of Odoo, and run this as Odoo's own user.
        """

    def __init__(self):
        commands = self.parser.add_subparsers(dest="command", required=True)
        create = commands.add_parser("create", help="make the key file, if there is none")
        create.add_argument("--stdout", action="store_true", help="print keys, write no file")
        check = commands.add_parser("check", help="tell which keys seal how much")
        rotate = commands.add_parser("rotate", help="seal everything with a new key")
        rotate.add_argument("--patience", type=int, default=600, metavar="SECONDS")
        check.add_argument("-d", "--database", metavar="NAME,NAME", help="only these databases")

    def run(self, arguments):
        options = self.parser.parse_args(arguments)
        config.parse_config(["--no-http", "--log-level=error"], setup_logging=True)
        # Only now: the addon is found by the settings.
        from odoo.addons.aggression_protocol.models.privacy import keyring, resealing

        try:
            sys.exit(getattr(self, f"_{options.command}")(options, keyring, resealing))
        except (keyring.KeyTrouble, resealing.NotFinished, OSError) as trouble:
            sys.exit(str(trouble))

    def _create(self, options, keyring, _resealing):
        if options.stdout:
            print(keyring.write_out(keyring.new_keyring()), end="")
        else:
            print(f"Made {keyring.create()}. Keep a copy of it apart from the database.")

    def _check(self, options, keyring, resealing):
        keys = keyring.current()
        print(f"Keys: {', '.join(keys.numbers)} (the first one seals)")
        wrong = 0
        named = options.database and options.database.split(",")
        for registry in self._registries(named or self._databases()):
            for number, values in sorted(resealing.census(registry).items()):
                known = number in keys.numbers
                wrong += not known
                state = "can be read" if known else "KEY IS NOT THERE" if number else "NOT SEALED"
                print(f"{registry.db_name}: {values} values, key {number or '-'}: {state}")
        return min(wrong, 1)

    def _rotate(self, options, keyring, resealing):
        done = resealing.rotate(self._registries(self._databases()), options.patience)
        print(f"{done} values are sealed anew with key {keyring.current().numbers[0]}.")
        if keyring.in_environment():
            print(f"Take the old keys out of {keyring.IN_ENVIRONMENT} now.")
        print("Keep the old key with the backups that were made until today.")

    def _databases(self):
        """Return every database of Odoo's PostgreSQL user, served or not: they share the keys."""
        with db_connect("postgres").cursor() as cr:
            cr.execute(
                "SELECT datname FROM pg_database WHERE datallowconn AND NOT datistemplate "
                "AND pg_get_userbyid(datdba) = current_user ORDER BY datname"
            )
            return [name for (name,) in cr.fetchall()]

    def _registries(self, names):
        return [Registry(name) for name in names if self._has_addon(name)]

    def _has_addon(self, name):
        with db_connect(name).cursor() as cr:
            if not table_exists(cr, "ir_module_module"):
                return False
            cr.execute(
                "SELECT 1 FROM ir_module_module WHERE name = %s AND state IN %s",
                (ADDON, ("installed", "to upgrade")),
            )
            return bool(cr.rowcount)
