"""All parts together: what a command needs to run Odoo with this addon."""

import os
import signal
import subprocess
from contextlib import contextmanager

from workbench import debian, odoo_source, paths, postgres, venv
from workbench.say import Failure, run_quietly, say

# A line of Odoo's log that must not be passed over, whatever the exit code says.
# Odoo only warns when demo data fails, and goes on without.
ALARMS = (" ERROR ", " CRITICAL ", "demo data failed to install")

# Set for the programs that a command starts: what it said need not be said again.
NESTED = "AGGRESSION_PROTOCOL_NESTED"


class Workplace:
    """Odoo, its Python and its PostgreSQL, ready to use."""

    def __init__(self, odoo, environment, server_variables):
        self.odoo = odoo
        self.venv = environment
        self.conf = paths.CACHE / f"odoo-{paths.CHECKOUT}.conf"
        server = postgres.Server(environment)
        self.env = {
            **os.environ,
            **server_variables,
            "PATH": os.pathsep.join(
                [str(environment.bin), str(server.client_bin), os.environ["PATH"]]
            ),
            "ODOO_RC": str(self.conf),
            "PYTHONUNBUFFERED": "1",
            NESTED: "1",
        }

    def command(self, *arguments):
        return [str(self.venv.python), "-m", "odoo", *map(str, arguments)]

    def run_odoo(self, step, *arguments):
        """Run Odoo to its end, showing which module it is at; fail on a logged error."""

        def show(line):
            if ": Loading module " in line or ": loading " in line:
                step.detail = line.rpartition("oading ")[2].strip()

        output = run_quietly(self.command(*arguments), "odoo", env=self.env, on_line=show)
        alarms = [line for line in output.splitlines() if any(word in line for word in ALARMS)]
        if alarms:
            kept = paths.LOGS / "odoo-with-errors.log"
            kept.write_text(output, encoding="utf-8")
            raise Failure("\n".join([*alarms[:20], f"Odoo logged errors; all of it: {kept}"]))

    def psql(self, database, query):
        command = ["psql", "-d", database, "-v", "ON_ERROR_STOP=1", "-Atqc", query]
        return run_quietly(command, "psql", env=self.env)


def _write_conf(path):
    options = {
        "addons_path": paths.link_addon(),
        "data_dir": paths.DATA_DIR,
        "http_interface": "127.0.0.1",
        "list_db": False,
    }
    lines = ["[options]", *(f"{name} = {value}" for name, value in options.items())]
    fresh = path.with_name(f".{path.name}.{os.getpid()}")
    fresh.write_text("\n".join(lines) + "\n", encoding="utf-8")
    fresh.replace(path)


def prepare():
    """Install what is missing; return the Odoo and the Python to use."""
    if NESTED not in os.environ:
        debian.ensure_packages()
    odoo = odoo_source.ensure_odoo()
    environment = venv.ensure_venv(
        "venv",
        ["requirements-odoo.txt", "requirements-test.txt"],
        extra=venv.addon_requirements(),
        on_path=str(odoo.path),
        alone=["requirements-test-alone.txt"],
    )
    return odoo, environment


@contextmanager
def opened():
    """Yield a workplace whose PostgreSQL runs for as long as the block."""
    if not os.access(_nearest(paths.CACHE), os.W_OK):
        raise Failure(f"{paths.CACHE} cannot be written; set XDG_CACHE_HOME to a folder that can")
    paths.CACHE.mkdir(parents=True, exist_ok=True)
    odoo, environment = prepare()
    with postgres.running(environment) as variables:
        place = Workplace(odoo, environment, variables)
        _write_conf(place.conf)
        yield place


def foreground(command, **options):
    """Run a command that owns the terminal, and wait for it to end in its own way.

    Ctrl-C reaches it by itself: waiting on gives it the time to stop cleanly.
    """
    process = subprocess.Popen(command, **options)
    signal.signal(signal.SIGTERM, lambda *_: process.terminate())
    while True:
        try:
            return process.wait()
        except KeyboardInterrupt:
            continue


def _nearest(path):
    return next(folder for folder in [path, *path.parents] if folder.exists())


def report(failure):
    """Show a failure and return the exit code for it."""
    say(f"\n{failure}")
    return 1


def main(function):
    """Run a command's main function; a failure or Ctrl-C ends it without a traceback."""
    try:
        return function() or 0
    except Failure as failure:
        return report(failure)
    except KeyboardInterrupt:
        say("\nStopped.")
        return 130
